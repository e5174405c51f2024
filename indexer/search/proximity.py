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


def words(text: str) -> Sequence[str]:
    """The words of `text` as they are compared here."""
    return analyzer.plain_words(text) or analyzer.analyze(text, "").exact


def bonus(folded: str, pairs: Sequence[Pair]) -> float:
    """What `pairs` add to the score of a text: its words, with a space around each of them."""
    return sum([_of_pair(pair, folded) for pair in pairs])


def _of_pair(pair: Pair, folded: str) -> float:
    one, other = pair.words
    if f" {one} {other} " in folded:
        return pair.near + pair.beside
    one, other = f" {one} ", f" {other} "
    if one not in folded or other not in folded or not _is_near(one, other, folded):
        return 0.0
    return pair.near


def _is_near(one: str, other: str, folded: str) -> bool:
    """Whether two words, with the spaces around them, have at most `_NEAR` others between."""
    places = [*_places(folded, other)]
    return any(
        len(folded[min(first, second) : max(first, second)].split()) <= _NEAR + 1
        for first in _places(folded, one)
        for second in places
        if first != second and abs(first - second) < _FAR
    )


def _places(folded: str, word: str) -> Iterator[int]:
    """Where `word` is, which brings the spaces around it."""
    at = folded.find(word)
    while at >= 0:
        yield at
        at = folded.find(word, at + 1)
