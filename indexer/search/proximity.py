"""Scores how near to each other a text has words that are side by side in a query.

Part of the ranking, but not of what an engine is asked: the places of two frequent words are the
slowest thing in any index, and only the best passages are looked at.
"""

from collections.abc import Sequence
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
    added = 0.0
    for pair in pairs:
        one, other = pair.words
        first, second = f" {one} ", f" {other} "
        if first in folded and second in folded:
            if f" {one} {other} " in folded:
                added += pair.near + pair.beside
            elif _is_near(first, second, folded):
                added += pair.near
    return added


def _is_near(one: str, other: str, folded: str) -> bool:
    """Whether two words, with the spaces around them, have at most `_NEAR` others between."""
    places = _places(folded, other)
    for first in _places(folded, one):
        for second in places:
            start, end = (first, second) if first < second else (second, first)
            if 0 < end - start < _FAR and folded.count(" ", start, end) <= _NEAR + 1:
                return True
    return False


def _places(folded: str, word: str) -> Sequence[int]:
    """Where `word` is, which brings the spaces around it."""
    found, at = [], folded.find(word)
    while at >= 0:
        found.append(at)
        at = folded.find(word, at + 1)
    return found
