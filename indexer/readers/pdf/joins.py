"""The lines of a paragraph in, its text out: line-end hyphens, broken addresses, signs. Pure."""

import itertools
import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import partial

from indexer.readers.common.seams import SOFT_HYPHEN, seam
from indexer.readers.pdf.lines import Line

# What a word such as long-term begins with; at the end of a line its hyphen belongs to it.
_FIRST = frozenset(
    (
        *("all", "cross", "decision", "ex", "fact", "far", "first", "full", "fund", "half", "high"),
        *("large", "law", "long", "low", "non", "part", "peace", "policy", "rule", "second"),
        *(
            "self",
            "short",
            "single",
            "small",
            "so",
            "third",
            "two",
            "three",
            "four",
            "five",
            "ten",
            "vice",
        ),
        *("well", "year"),
    )
)
# The last part of words such as follow-up. No language breaks a word into halves so short.
_LAST = frozenset(("by", "off", "up"))
_NOT_COMPOUND = frozenset(("here", "there", "where"))  # before "by"
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_ADDRESS = re.compile(r"(?<!\S)(?=\S*+$)\S*?(?:\w:/|www\.|\S@)|https?:$")
_HOST = re.compile(r"\w\.\S*\w{3}\.$|\w{3}\S*\.\S*\w\.$")
_BREAK = re.compile(r"(?:[/.\-_?&=#%~:@+]|\{[^{}\s]*,)$")
_CODE_BREAK = re.compile(r"(?:[._]|\{[^{}\s]*,)$")
_LONGEST_END = 200  # characters: of an address over several lines, say
_PUNCTUATION = ".,;:!?()[]{}\"'“”‘’«»"
_LIGATURES = {ord(c): unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆĳŉ"}
_HYPHENS = {ord("‐"): "-", ord("‑"): "-"}
_INVISIBLE = dict.fromkeys(map(ord, "\ufeff\u200b\u2060\ufffd"), "")


class Joiner:
    """Joins lines into text, knowing the words that the document writes elsewhere."""

    def __init__(self, lines: Iterable[Line]) -> None:
        """`lines` are those of the whole document."""
        self._words: set[str] = set()
        self._tokens: set[str] = set()
        parted = False
        for line in lines:
            # The last word of a line may be half of one, and then the next line has the rest.
            inner = line.text.split()[parted:-1]
            parted = line.text.endswith(("-", SOFT_HYPHEN))
            self._words.update(_WORD.findall(" ".join(inner).casefold()))
            self._tokens.update(token.strip(_PUNCTUATION) for token in inner)
        self._prefixes = {word.partition("-")[0] for word in self._words if "-" in word}

    def join(self, lines: Sequence[Line]) -> str:
        """The text of `lines`, which are the lines of one paragraph."""
        parts = [line.text for line in lines[:1]]
        end = parts[-1] if parts else ""  # of the text, as far as it counts
        for before, line in itertools.pairwise(lines):
            is_code = before.ends_in_code and line.opens_in_code
            cut, glue = self._seam(end, line.text, is_code=is_code)
            parts[-1] = parts[-1][: len(parts[-1]) - cut]
            parts.append(glue + line.text)
            end = line.text if glue else (end[-_LONGEST_END:] + line.text)
        return " ".join("".join(parts).replace(SOFT_HYPHEN, "").split())

    def _seam(self, text: str, line: str, *, is_code: bool) -> tuple[int, str]:
        """How many characters of `text` go before `line` follows, and what stands between."""
        met = seam(text, line, partial(self._is_broken, text, is_code=is_code))
        if met:
            return met
        if re.search(r"\w-$", text) and re.match(r"\w", line):
            return 0, ""
        return 0, "" if self._runs_on(text, line, is_code=is_code) else " "

    def _is_broken(self, text: str, left: str, right: str, *, is_code: bool) -> bool:
        """Whether `left`, at the end of `text`, and `right` are halves of one word."""
        if _ADDRESS.search(text):
            return False
        left, right = left.casefold(), right.casefold()
        if left + right in self._words:
            return True
        if is_code or f"{left}-{right}" in self._words or left in self._prefixes | _FIRST:
            return False
        if right in _LAST and left not in _NOT_COMPOUND:
            return False
        return not (left in self._words and right in self._words)

    def _runs_on(self, text: str, line: str, *, is_code: bool) -> bool:
        """Whether `text` ends within an address, a path or the like, which goes on in `line`."""
        last, first = text.rpartition(" ")[2], line.partition(" ")[0]
        if not _BREAK.search(last):
            return False
        if f"{last}{first}".strip(_PUNCTUATION) in self._tokens:
            return True
        goes_on = first[0].islower() or not first[0].isalpha()
        if _ADDRESS.search(last) or (is_code and _CODE_BREAK.search(last)):
            return goes_on
        if last.endswith("/"):
            return last not in self._tokens or self._is_rest(first)
        return goes_on and bool(_HOST.search(last)) and self._is_rest(first)

    def _is_rest(self, first: str) -> bool:
        """Whether `first` is no word in its own right."""
        bare = first.strip(_PUNCTUATION)
        return bare not in self._tokens or not bare.isalpha()


def tidy(text: str) -> str:
    """`text` with ligatures as letters, the usual hyphen, and without what does not show."""
    return text.translate(_LIGATURES).translate(_HYPHENS).translate(_INVISIBLE)
