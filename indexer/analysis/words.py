"""Finds words as a person tells them apart; in scripts without spaces, each sign."""

import re
from functools import cache

from indexer.analysis.scripts import SIGNS, is_latin, marks

_LETTER = rf"[^\W_{SIGNS}]"
# Marks beyond the first plane would make every letter wait for a search through a list.
_LAST = 0xFFFF


def words(text: str) -> list[str]:
    """The words of `text` in order, case-folded, without the punctuation."""
    folded = text.casefold()
    return _word(is_latin(folded)).findall(folded)


def tokens(text: str) -> list[tuple[int, int]]:
    """The places of the words of `text` and of its punctuation marks: all but white space."""
    return [match.span() for match in _token(is_latin(text)).finditer(text)]


@cache
def _word(latin: bool) -> re.Pattern[str]:
    letters = rf"{_LETTER}+" if latin else rf"{_LETTER}+(?:[{marks(_LAST)}]+{_LETTER}*)*"
    signs = "" if latin else rf"|[{SIGNS}][{marks(_LAST)}]*"
    # What stands between letters or digits belongs to the word: 1,000, 2020-08-11, A/RES/70/1.
    return re.compile(rf"{letters}(?:[-‐‑.,:/_'’]{letters})*{signs}")


@cache
def _token(latin: bool) -> re.Pattern[str]:
    return re.compile(rf"{_word(latin).pattern}|\S")
