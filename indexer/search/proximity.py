"""Scores how near to each other a text has words that are side by side in a query.

Part of the ranking, but not of what an engine is asked: the places of two frequent words are the
slowest thing in any index, and only the best passages are looked at.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.analysis import analyzer

_NEAR = 4  # other words between two that count as near
_FAR = _NEAR * 100  # characters; no four terms are longer


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words as written; what they add `beside` each other in this order, and when `near`."""

    words: tuple[str, str]
    beside: float
    near: float


def words(text: str) -> list[str]:
    """The words of `text` as they are compared here."""
    return analyzer.plain(text).split() or analyzer.analyze(text, "").exact


def bonus(folded: str, pairs: Sequence[Pair]) -> float:
    """What `pairs` add to the score of a text: its words, with a space around each of them."""
    return sum(_of_pair(pair, folded) for pair in pairs)


def _of_pair(pair: Pair, folded: str) -> float:
    first, second = ([*_places(folded, f" {word} ")] for word in pair.words)
    near = beside = False
    for one in first:
        for other in second:
            if one != other and abs(one - other) < _FAR:
                between = folded[min(one, other) : max(one, other)].split()[1:]
                near = near or len(between) <= _NEAR
                beside = beside or (one < other and not between)
    return near * pair.near + beside * pair.beside


def _places(folded: str, word: str) -> Iterator[int]:
    """Where `word` is, which brings the spaces around it."""
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + 1)
