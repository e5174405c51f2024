"""The opening of a paragraph in, its official label and the rest of the text out."""

import re
from string import ascii_letters
from typing import NamedTuple

from indexer.labels.months import is_day
from indexer.labels.named import named
from indexer.labels.numerals import (
    CIRCLED,
    LETTERS,
    SUFFIXES,
    cjk_value,
    digits,
    roman_value,
)
from indexer.labels.plain import opens_plainly
from indexer.labels.units import WEAK, Rank, rank_of

_BIS = rf"(?:[ -]?(?:{SUFFIXES})\b)"
_BRACKET = re.compile(rf"(?P<open>[(（])\s?(?P<token>[^\W_]{{1,5}}){_BIS}?\s?[)）]")
_NUMBER = re.compile(
    rf"(?P<number>\d{{1,4}})(?P<suffix>{_BIS}|[a-zA-Z]{{1,2}}(?!\w)|\s[A-Z](?=\.))?"
    r"(?P<more>(?:\.\d{1,3}[a-zA-Z]?(?!\w))*)"
)
_AFTER_NUMBER = re.compile(r"\s?(?:[.．][ºª°]?\)?[-–—]?|[ºª°]\.?\)?[-–]?|[)）]\.?|、)|[-–](?=\s)")
_LETTERED = re.compile(rf"(?P<token>[^\W\d_]{{1,5}}){_BIS}?(?P<after>[.)）、．])")
_PREFIXED = re.compile(r"[A-Z](?:\.\d{1,3}){1,3}[.)]?(?=\s+[^\W\d_a-z])")
_COUNTED = re.compile(
    r"(?:Nr\.?|No\.|№|N[°º]\.?|Núm\.|Num\.)\s*\d{1,4}[a-z]?[.:)]?(?=\s+[^\W\d_a-z])"
    rf"|(?:PP|OP)\s?\d{{1,3}}{_BIS}?[.:]?(?=\s)"
)
_MAY_NAME = re.compile(r"\d{1,4}(?:\s?[a-z])?(?:\.?\s?[§a-zа-яөү]|[-‐‑–][^\W\d_]{2})")
_SQUARE = re.compile(r"\[(?!(?:1[5-9]|20)\d\d\])\d{1,4}[a-z]?\]")  # but a year is a citation's
_CIRCLE = re.compile(CIRCLED)
_DASH = re.compile(r"[—–-]{1,2}\s?(?=[(（])")
_STRONG = re.compile(r"[.:．：]\s?[—–-]?(?=\s|[^\W\d_a-z])|\)(?=\s)")
_LONE_DASH = re.compile(r"\s*[—–-]{1,2}\s+")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_AMOUNT = re.compile(
    r"(?:%|€|\$|£|(?:Mio|Mrd|Million|Milliard|Tausend|Prozent|Euro|EUR|USD|CHF|GBP)\w*)",
)
_CITED = re.compile(
    r"(?:Abs|Absatz|Absätze|Satz|Nr|Nummer|Buchst|Buchstabe|Unterabs|Unterabsatz|Halbsatz|Ziff|Ziffer"
    r"|Alt|Para|Paragraph|Al|Alinéa|Apartado)\.?\s+[(\d]|(?:Of|And|Or|Und|من|في|و)\s"
    r"|[A-Z]\s+[a-z]"
)
_ABBREVIATION = re.compile(r"[A-Z][a-zäöü]{0,2}[A-Z]{1,5}\b(?!\s+[A-Z]{2})")
_COPYRIGHT = re.compile(r"\(c\)\s+(?:\d{4}|[Cc]opyright)")
_MOST_BRACKETS = 3
_STEMS = frozenset("甲乙丙丁戊己庚辛壬癸")
_DOTTED = frozenset("abcdefghijklmnopqrstuvwxyz")


class Labelled(NamedTuple):
    """A paragraph's official label as printed, or an empty one, and its text without it."""

    label: str
    text: str


def split_label(text: str) -> Labelled:
    """The official number or letter that `text` opens with (`5.`, `(a)`, `Art. 4(2)`, `§ 12`).

    A capital letter before a dot is an initial rather than a label, a number counts only with its
    dot or bracket, and a number before a month is a day, so that "S. Jones", "30 states",
    "Article 4 of the Treaty", "2020." and "5. März 2019" stay text.
    """
    bare = text.strip()
    if opens_plainly(bare):
        return Labelled("", bare)
    label, end = _opening(bare)
    rest = bare[end:].lstrip() if label else ""
    return Labelled(label, rest) if rest else Labelled("", bare)


def _opening(text: str) -> tuple[str, int]:
    """The label that `text` opens with, and where the text behind it starts."""
    first = text[:1]
    if first.isdecimal():
        return _numbered(text)
    if first in "(（":
        return _bracketed(text)
    if first == "[":
        return _plain(_SQUARE.match(text))
    if first.isalpha() or first in "§¶№":
        return _named(text) or _counted(text) or _lettered(text)
    return _plain(_CIRCLE.match(text))


def _plain(found: re.Match[str] | None) -> tuple[str, int]:
    return (" ".join(found[0].split()), found.end()) if found else ("", 0)


def _counted(text: str) -> tuple[str, int] | None:
    found = _COUNTED.match(text) or _PREFIXED.match(text)
    return _plain(found) if found else None


def _numbered(text: str) -> tuple[str, int]:
    if _MAY_NAME.match(text) and (found := _named(text)):
        return found
    number = _NUMBER.match(text)
    if not number or (number["suffix"] or "") in ("st", "nd", "rd", "th"):
        return "", 0
    after = _AFTER_NUMBER.match(text, number.end())
    if not after:
        return _bare_number(text, number)
    if _is_no_number(number, after[0].strip(), text[after.end() :]):
        return "", 0
    return _with_brackets(text, after.end(), is_dotted=True)


def _bare_number(text: str, number: re.Match[str]) -> tuple[str, int]:
    """A number such as 5.1, which needs no dot behind it where a capital letter follows."""
    end = number.end()
    parts = digits(number["more"]).split(".")[1:]
    rest = text[end:].lstrip()
    opens = text[end : end + 1].isspace() and rest[:1].isalpha() and not rest[:1].islower()
    is_amount = len(parts) == 1 and len(parts[0]) > 2  # noqa: PLR2004 (1.000 is a thousand)
    if not parts or number["suffix"] or _AMOUNT.match(rest) or is_amount:
        return "", 0
    return (number[0], end) if opens else _with_brackets(text, end, is_dotted=True, needs=True)


def _is_no_number(number: re.Match[str], sign: str, after: str) -> bool:
    """Whether what stands before a dot or bracket is a year, a day, or a measure."""
    plain = not number["suffix"] and not number["more"]
    rest = after.lstrip()
    if plain and _YEAR.fullmatch(digits(number["number"])) and sign[:1] in ".)":
        return True
    if plain and sign == "." and is_day(digits(number["number"]), after):
        return True
    if "°" in sign and len(rest) > 1 and not rest[1].isalpha():
        return True  # degrees
    if sign.endswith(("-", "–")) and not rest[:1].isalpha():
        return True
    if not after[:1].isspace():
        return not _opens_directly(after) and sign != "、" and not _BRACKET.match(after)
    return sign == "." and bool(_AMOUNT.match(rest) and number["more"])


def _opens_directly(after: str) -> bool:
    """Whether a sentence opens right behind a label, as in "6.No space" and "1.為"."""
    first, second = after[:1], after[1:2]
    if not first.isalpha():
        return first in '“«„"「《（'
    return not first.islower() and (not first.isupper() or second.isalpha() or second.isspace())


def _bracketed(text: str) -> tuple[str, int]:
    found = _BRACKET.match(text)
    if not found or not _is_token(found["token"]) or _COPYRIGHT.match(text):
        return "", 0
    return _with_brackets(text, 0)


def _with_brackets(
    text: str, at: int, *, is_dotted: bool = False, needs: bool = False
) -> tuple[str, int]:
    """The label up to `at` with the brackets behind it: `1.—(1)`, `3. (1)`, `(2)(b)`.

    A bracket counts within the one before it only if it is of another kind.
    """
    label, kind, count = text[:at].rstrip(" -–—"), "dot" if is_dotted else "", 0
    while count < _MOST_BRACKETS:
        dash = _DASH.match(text, at)
        start = dash.end() if dash else len(text) - len(text[at:].lstrip())
        found = _BRACKET.match(text, start)
        if not found or not _is_token(found["token"]) or not _is_below(kind, found["token"]):
            break
        gap = " " if at and start > at and not dash else ""
        label, at, count = f"{label}{gap}{found[0]}", found.end(), count + 1
        kind = "digit" if found["token"][:1].isdecimal() else "letter"
    if not count:
        return ("", 0) if needs else (text[:at].strip(), at)
    if not _may_follow(text[at:], kind):
        return ("", 0) if needs or not is_dotted else (text[:at], at)
    if text[at : at + 1] in (".", ":"):
        label, at = label + text[at], at + 1
    return label, at


def _is_below(kind: str, token: str) -> bool:
    if kind == "digit":
        return not token[:1].isdecimal()
    return kind != "letter" or token[:1].isdecimal() or roman_value(token) in (1, 2)


def _may_follow(after: str, kind: str) -> bool:
    """Whether the text behind a bracket makes it a label, and not a part of a word."""
    first = after[:1]
    if first.isspace() or first in ".:—–" or _opens_directly(after):
        return True
    return kind == "digit" and first.isalpha()


def _is_token(token: str) -> bool:
    """Whether something in brackets, or before one, counts: 5, 1A, a, bb, za, iv, 三."""
    if token[:1].isdecimal():
        number = digits(token).rstrip(ascii_letters)
        return number.isdecimal() and len(number) < 4 and len(token) - len(number) < 3  # noqa: PLR2004
    if len(token) == 1:
        return token.isascii() or token.lower() in LETTERS or bool(cjk_value(token))
    small = token.lower()
    if not small.strip(small[0]) and len(small) < 4:  # noqa: PLR2004 (aa, bbb)
        return small[0] in LETTERS or small.isascii()
    if token.isupper() != token.islower() and roman_value(token):
        return True
    if cjk_value(token):
        return True
    inserted = small[1:2] in "abcd" or small[0] == "z"
    return len(small) == 2 and small.isascii() and (inserted or small[1].isdecimal())  # noqa: PLR2004


def _lettered(text: str) -> tuple[str, int]:
    found = _LETTERED.match(text)
    if not found:
        return "", 0
    token, sign, after = found["token"], found["after"], text[found.end() :]
    if sign in ".．" and not (_is_dotted(token, after) and after[:1].isspace()):
        return "", 0
    if sign == "、" and not cjk_value(token) and token not in _STEMS:
        return "", 0
    if sign in ")）" and not (_is_token(token) and _may_stand(token, after)):
        return "", 0
    return _plain(found)


def _is_dotted(token: str, after: str) -> bool:
    """Whether a letter before a dot counts; capitals are initials, "e. g." is none."""
    rest = after.lstrip()
    if rest[:1].isdecimal() or (rest[1:2] == "." and rest[:1].islower()):
        return False
    if token in _DOTTED:
        return True
    if token.isupper():
        return len(token) > 1 and bool(roman_value(token))
    if token.islower():
        is_greek = len(token) == 1 and "α" <= token <= "ω"
        return is_greek or bool(roman_value(token)) or (len(token) == 2 and token[0] == token[1])  # noqa: PLR2004
    return len(token) == 1 and token in LETTERS and not cjk_value(token)


def _may_stand(token: str, after: str) -> bool:
    return after[:1].isspace() or _opens_directly(after) or not token.isascii()


def _named(text: str) -> tuple[str, int] | None:
    """A label that names what it counts: `Article 4bis`, `§ 2`, `Статья 5.`, `第五条`."""
    found = named(text)
    if not found or (not text[0].isupper() and text[0].lower() != text[0].upper()):
        return None
    at = found.end
    while (bracket := _BRACKET.match(text, _spaced(text, at))) and _is_token(bracket["token"]):
        at = bracket.end()
    strong = _STRONG.match(text, at)
    end = strong.end() if strong else at
    label = " ".join(text[:end].split())
    if strong:
        return label, end
    if dash := _LONE_DASH.match(text, at):
        return label, dash.end()
    word = text.split(maxsplit=1)[0].rstrip(".").casefold()
    is_weak = rank_of(found.code) < Rank.UNIT or word in WEAK
    return None if is_weak or not _opens_sentence(text, at) else (label, end)


def _spaced(text: str, at: int) -> int:
    return at + 1 if text[at : at + 1] == " " else at


def _opens_sentence(text: str, at: int) -> bool:
    """Whether what follows a part's name is its text, and not the rest of a reference to it."""
    rest = text[at:].lstrip()
    gap = text[at : at + 1]
    if text[0] == "제" and gap == "(":
        return True
    if not gap.isspace() or not rest or _CITED.match(rest):
        return False
    if text[0] in "¶第":
        return True
    if text.split(maxsplit=1)[0].isupper() and text[0].isalpha():
        return not rest[0].islower()
    return not rest[0].islower() and not rest[0].isdecimal() and not _ABBREVIATION.match(rest)
