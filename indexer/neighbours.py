"""Words side by side in a query, and the texts found, in; what that adds to their scores, out.

Part of the ranking, but not of what an engine is asked: the places of two frequent words are the
slowest thing in any index, and only the best passages are looked at.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer import analysis

WINDOW = 30  # passages, the best by the engine's scores; all others keep those

_NEAR = 4  # other words between two that count as near


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words as written; what they add `beside` each other in this order, and when `near`."""

    words: tuple[str, str]
    beside: float
    near: float


def bonus(text: str, pairs: Sequence[Pair]) -> float:
    """What `pairs` add to the score of `text`."""
    if text.isascii():
        folded = text.lower()
        pairs = [p for p in pairs if p.words[0] in folded and p.words[1] in folded]
    if not pairs:
        return 0.0
    wanted = {word for pair in pairs for word in pair.words}
    places: dict[str, list[int]] = {word: [] for word in wanted}
    for place, word in enumerate(analysis.exact(text)):
        if word in wanted:
            places[word].append(place)
    return sum(_of_pair(pair, *(places[word] for word in pair.words)) for pair in pairs)


def _of_pair(pair: Pair, first: list[int], second: list[int]) -> float:
    gaps = {b - a for a in first for b in second} - {0}
    near = any(abs(gap) <= _NEAR + 1 for gap in gaps)
    return near * pair.near + (1 in gaps) * pair.beside
