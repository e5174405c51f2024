"""Splits a query text into lexemes, and says what had to be repaired."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from indexer.query.tree import Diagnostic, DiagnosticKind

MAX_LENGTH = 1_000  # characters


class Sign(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a query. `field` is what was before a colon; `tail` is the `~5` after it."""

    sign: Sign
    text: str
    at: int
    field: str = ""
    tail: str = ""


QUOTES = '"“”„‟«»「」『』＂'
# The sign within a Hebrew acronym, which most keyboards give as a quotation mark.
_GERSHAYIM = r"""(?<=[\u05d0-\u05ea])["”](?=[\u05d0-\u05ea])"""
_OPERATORS = {"AND": Sign.AND, "OR": Sign.OR, "NOT": Sign.NOT, "&&": Sign.AND, "||": Sign.OR}
_NAMES = ("AND", "OR", "NOT")
_TOKEN = re.compile(
    rf"""
    (?P<minus>[-−–](?=[^\s\-−–]))?
    (?:(?P<field>[^\W\d_]+):(?=[^\s:)])(?!//))?
    (?:
        [{QUOTES}](?P<phrase>[^{QUOTES}]*)(?P<end>[{QUOTES}]?)(?P<tail>~\d*)?
      | (?P<open>\()
      | (?P<close>\))
      | (?P<word>
          (?:[§¶]{{1,2}}\s+(?=\d))? (?:[^\s(){QUOTES}]|{_GERSHAYIM})+
          (?:(?<=\d)(?:\([^\W_]{{1,4}}\))+)?
          (?:(?<=\d)\s+§(?!\S))?
        )
    )
    """,
    re.VERBOSE,
)


def tokens(text: str, diagnostics: list[Diagnostic]) -> list[Lexeme]:
    """The tokens of `text`; what was repaired is added to `diagnostics`."""
    found = [token for match in _TOKEN.finditer(text) for token in _read(match, diagnostics)]
    return _of_capitals(found, diagnostics) if _is_in_capitals(found) else found


def _is_in_capitals(found: list[Lexeme]) -> bool:
    """Whether all that is typed beside the operators is in capitals, as a pasted title may be."""
    rest = [each for each in found if each.text not in _NAMES]
    return " ".join(each.text for each in rest).isupper() and not any(each.field for each in rest)


def _of_capitals(found: list[Lexeme], diagnostics: list[Diagnostic]) -> list[Lexeme]:
    """`found` with AND, OR and NOT as words."""
    operators = [each for each in found if each.text in _NAMES and each.sign is not Sign.WORD]
    if operators:
        said = (
            "All of it is in capitals, so that AND, OR and NOT were taken as words. To join with "
            "them, write the other words in small letters."
        )
        diagnostics.append(Diagnostic(DiagnosticKind.OPERATOR, said, operators[0].at))
    return [replace(each, sign=Sign.WORD) if each in operators else each for each in found]


def readable(text: str, diagnostics: list[Diagnostic]) -> str:
    """`text` cut at MAX_LENGTH and freed of invisible characters; `diagnostics` as in `tokens`."""
    text = text.replace("\u00ad", "")  # the corpus is read without soft hyphens too
    if len(text) > MAX_LENGTH:
        cut = text.rfind(" ", MAX_LENGTH // 2, MAX_LENGTH)
        text = text[: cut if cut > 0 else MAX_LENGTH]
        said = (
            f"Only the first {len(text):,} characters were searched for, of {MAX_LENGTH:,} at most."
        )
        diagnostics.append(Diagnostic(DiagnosticKind.TOO_LONG, said, len(text)))
    hidden = [
        c
        for c in text
        if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in "\t\n\r\u200c\u200d"
    ]
    if hidden:
        diagnostics.append(
            Diagnostic(
                DiagnosticKind.CONTROL, "Invisible characters were left out.", text.index(hidden[0])
            )
        )
        text = text.translate(
            {ord(c): " " if unicodedata.category(c) == "Cc" else None for c in hidden}
        )
    return text


def _read(match: re.Match[str], diagnostics: list[Diagnostic]) -> Iterator[Lexeme]:
    at = match.start()
    field = (match["field"] or "").lower()
    if match["minus"]:
        yield Lexeme(Sign.NOT, "-", at)
        at = match.end("minus")
    if match["open"]:
        yield Lexeme(Sign.OPEN, "(", at, field)
    elif match["close"]:
        yield Lexeme(Sign.CLOSE, ")", at)
    elif match["word"] is not None:
        word = match["word"]
        sign = _OPERATORS.get(word, Sign.WORD) if not (field or match["minus"]) else Sign.WORD
        yield Lexeme(sign, word, at, field)
    else:
        if not match["end"]:
            said = "A quotation mark is missing; the phrase was taken to reach to the end."
            diagnostics.append(Diagnostic(DiagnosticKind.QUOTE, said, at))
        yield Lexeme(Sign.PHRASE, match["phrase"], at, field, match["tail"] or "")
