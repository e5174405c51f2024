"""A text in, its words out as a person tells them apart; in scripts without spaces, its signs."""

import re
import unicodedata
from functools import cache

_SIGNS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_LETTER = rf"[^\W_{_SIGNS}]"


def words(text: str) -> list[str]:
    """The words of `text` in order, case-folded, without the punctuation."""
    return _patterns()[0].findall(text.casefold())


def tokens(text: str) -> list[tuple[int, int]]:
    """The places of the words of `text` and of its punctuation marks: all but white space."""
    return [match.span() for match in _patterns()[1].finditer(text)]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What is a word, and what is one or a punctuation mark; made late, since it takes a while."""
    # Combining marks are no letters to `re`, yet words of many scripts contain them. (Those beyond
    # the first plane would make every letter wait for a search through a list, and are left out.)
    marks = "".join(c for c in map(chr, range(0xFFFF)) if unicodedata.category(c) in ("Mn", "Mc"))
    letters = rf"{_LETTER}+(?:[{marks}]+{_LETTER}*)*"
    # What stands between letters or digits belongs to the word: 1,000, 2020-08-11, A/RES/70/1.
    word = rf"{letters}(?:[-‐‑.,:/_'’]{letters})*|[{_SIGNS}][{marks}]*"
    return re.compile(word), re.compile(rf"{word}|\S")
