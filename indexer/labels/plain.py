"""A text in; whether its first word is a plain one, no number and no name of a part, out."""

from functools import lru_cache

from indexer.labels.numerals import word_value
from indexer.labels.units import code_of

_WORD = 20  # characters of a first word that are looked at
_BEFORE_NUMBERS = frozenset(("Nr", "No", "PP", "OP"))


def opens_plainly(text: str) -> bool:
    """Whether `text`, which starts without space, has no label and names no part by its first word.

    Nearly all texts are so, and are told here without a pattern; of others nothing is said.
    """
    words = text[:_WORD].split(None, 1)
    return bool(words) and _is_plain(words[0])


@lru_cache(maxsize=8192)
def _is_plain(word: str) -> bool:
    if not (word.isascii() and word.isalpha()) or word in _BEFORE_NUMBERS:
        return False
    return not (code_of(word) or word_value(word))
