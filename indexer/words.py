"""A text in, its words out as a person tells them apart; in scripts without spaces, its signs."""

import re
import unicodedata

# Combining marks are no letters to `re`, yet words of many scripts contain them. (Those beyond the
# first plane would make every letter wait for a search through a list, and are left out.)
_MARKS = "".join(c for c in map(chr, range(0xFFFF)) if unicodedata.category(c) in ("Mn", "Mc"))
_SIGNS = (
    "\u0e00-\u0eff"  # Thai, Lao
    "\u1000-\u109f"  # Myanmar
    "\u1780-\u17ff"  # Khmer
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"  # Japanese
    "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Han
)
_LETTER = rf"[^\W_{_SIGNS}]"
_LETTERS = rf"{_LETTER}+(?:[{_MARKS}]+{_LETTER}*)*"
# What stands between letters or digits belongs to the word: 1,000, 2020-08-11, don't, A/RES/70/1.
_WORD = rf"{_LETTERS}(?:[-‐‑.,:/_'’]{_LETTERS})*|[{_SIGNS}][{_MARKS}]*"
_WORDS = re.compile(_WORD)
_TOKENS = re.compile(rf"{_WORD}|\S")


def words(text: str) -> list[str]:
    """The words of `text` in order, case-folded, without the punctuation."""
    return _WORDS.findall(text.casefold())


def tokens(text: str) -> list[tuple[int, int]]:
    """The places of the words of `text` and of its punctuation marks: all but white space."""
    return [match.span() for match in _TOKENS.finditer(text)]
