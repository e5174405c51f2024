"""A text in, its words as they are compared and their places in it out.

Two words are the same if their keys are: letters without regard to capitals, ligatures, width,
unseen signs, points of Arabic and Hebrew, hyphens between letters, and the script of digits.
Nothing else is folded: an accent, a changed letter or digit is another word.
"""

import re
import unicodedata
from functools import cache, cached_property, lru_cache
from itertools import pairwise

from indexer.analysis.scripts import EAST_ASIAN, SIGNS, is_latin, marks
from indexer.analysis.typography import GERSHAYIM, LETTERLIKE, UNSEEN, visible

Span = tuple[int, int]

HYPHENS = "-\u2010\u2011\u00ad"
_SIGN = re.compile(f"[{SIGNS}]")
_BETWEEN_SIGNS = re.compile(rf"(?<=[{EAST_ASIAN}])\s+|(?<!\s)\s++(?=[{EAST_ASIAN}])")
_SPACES = re.compile(r"\s+")
_UNMEANT = re.compile(rf"[{HYPHENS}\[\]\s\"”]+")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_AT_LINE_END = r"(?:[ \t]*\r?\n[ \t]*)?"
_BY_DIGITS = re.compile(r"(?<=\d)-(?=\d)")
# Powers and indices: NFKC would make 106 of ten to the sixth.
_SMALL = {ord(c): f"^{unicodedata.digit(c)}" for c in "⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉"}
_MARKS_TO = 0xFFFF  # marks beyond the first plane would make every letter wait for a long search


class Words:
    """The words of a text: `keys` are compared, `spans` are their (start, end) in the text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.spans: list[Span] = [m.span() for m in _pattern(is_latin(text)).finditer(text)]
        self.keys: list[str] = [key(text[start:end]) for start, end in self.spans]

    def __len__(self) -> int:
        return len(self.keys)

    @cached_property
    def pairs(self) -> frozenset[tuple[str, str]]:
        """Two words next to each other, all of them: few texts share many of these by chance."""
        return frozenset(pairwise(self.keys))

    def said(self, first: int, end: int) -> str:
        """The text from the word `first` up to, and not with, the word `end`."""
        return self.text[slice(*self.span(first, end))]

    def span(self, first: int, end: int) -> Span:
        """The place in the text of the words from `first` to before `end`; empty before `first`."""
        if first < end:
            return self.spans[first][0], self.spans[end - 1][1]
        at = self.spans[first][0] if first < len(self.spans) else len(self.text.rstrip())
        return at, at


@lru_cache(maxsize=200_000)
def key(word: str) -> str:
    """What is compared of a word."""
    if word.isascii() and word.isalpha():
        return word.lower()
    told = _DASH.sub("-", visible(word.translate(_SMALL)))
    told = "".join(map(_by_value, told))
    parts = _BY_DIGITS.split(told)  # a hyphen between digits says something
    return "-".join(_UNMEANT.sub("", part) for part in parts)


def size(words: Words) -> float:
    """How many words they are; of scripts without spaces, where signs are compared, about how many.

    A Chinese word has 1.7 signs on average.
    """
    signs = sum(1 for each in words.keys if _SIGN.match(each))
    return len(words) - signs + signs / 1.7


def is_sign(word: str) -> bool:
    """Whether it is a sign of a script without spaces."""
    return bool(_SIGN.match(word))


def as_set(text: str) -> str:
    """`text` without what differs from one setting of it to another, and nobody sees.

    White space is one space, and none beside signs of Chinese and Japanese; soft hyphens, marks of
    direction and the like are gone; letters are composed (NFC).
    """
    if not text.isascii():
        text = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
        text = _BETWEEN_SIGNS.sub("", text)
    return _SPACES.sub(" ", text).strip()


def _by_value(sign: str) -> str:
    """A digit of any script as that of ASCII."""
    return sign if sign.isascii() or not sign.isdecimal() else str(unicodedata.decimal(sign))


# Not the tatweel and the gershayim, which are seen.
_UNSEEN = re.compile(f"(?![\u0640\u05f4])[{UNSEEN}]")


@cache
def _pattern(latin: bool) -> re.Pattern[str]:
    letter = rf"[^\W_{SIGNS}{LETTERLIKE}]"  # an apostrophe parts words: l'État, don't
    inner = rf"[{marks(_MARKS_TO)}{UNSEEN}]"
    run = r"[^\W_]+" if latin else rf"{letter}+(?:{inner}+{letter}*)*"
    joins = (
        GERSHAYIM,
        rf"[{HYPHENS}]{_AT_LINE_END}",
        r"(?<=\d)[.,:/\u2010-\u2015](?=\d)",
    )
    # "[d]ecides" is one word whose capital the writer changed.
    changed = rf"\[{letter}\](?={letter})"
    signs = "" if latin else rf"|[{SIGNS}]{inner}*"
    return re.compile(rf"(?:{changed})?{run}(?:(?:{'|'.join(joins)}){run})*{signs}")
