"""The words of a paragraph in, a few terms out that it shares with paragraphs worded alike. Pure.

Each three words in a row have a number. The smallest numbers of a paragraph are its sketch
(bottom-k; Broder, "On the resemblance and containment of documents", 1997): of two paragraphs that
share a part of their threes, about that part of the smallest is the same. So an index that has the
sketches of all paragraphs finds those that may be alike, without comparing any two of them.
"""

from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

SIZE = 8  # numbers of a sketch; see docs/decisions/0021-agreed-language.md for what was measured
_BITS = (
    18  # of each that are kept, so that a large index does not have a term for every three words
)
_MEMO_SIZE = 100_000
# Odd numbers, so that every bit of a word's own number counts, and its place among the three too.
_PLACES = tuple(map(np.uint64, (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)))
_FIRST, _SECOND, _THIRD = _PLACES
_LOW = (1 << _BITS) - 1


class _Numbers(dict[str, int]):
    """Word → a number of 64 bits, the same in every process."""

    def __missing__(self, word: str) -> int:
        if len(self) >= _MEMO_SIZE:
            self.clear()
        found = int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little")
        self[word] = found
        return found


_numbers = _Numbers()


def sketch(words: Sequence[str]) -> list[str]:
    """The terms of a paragraph with these words: at most `SIZE`, none for no words."""
    if not words:
        return []
    missing = len(_PLACES) - len(words)
    own = np.fromiter(map(_numbers.__getitem__, words), np.uint64, len(words))
    if missing > 0:
        own = np.append(own, np.zeros(missing, np.uint64))
    threes = own[:-2] * _FIRST
    threes += own[1:-1] * _SECOND
    threes += own[2:] * _THIRD
    smallest = _smallest(threes)
    return ["%x" % (number & _LOW) for number in smallest]


def by_chance(paragraphs: int) -> float:
    """In how many of so many paragraphs a term is for words that it does not stand for."""
    return paragraphs * SIZE / (1 << _BITS)


def _smallest(threes: NDArray[np.uint64]) -> list[int]:
    """The `SIZE` smallest numbers, each once; a text may have the same three words twice."""
    if len(threes) > 2 * SIZE:
        found = sorted(set(np.partition(threes, 2 * SIZE)[: 2 * SIZE].tolist()))
        if len(found) >= SIZE:
            return found[:SIZE]
    return sorted(set(threes.tolist()))[:SIZE]
