"""What documents say in; which of them goes on where another one left off, out. Pure.

Nothing tells of most documents that they are the yearly ones on a subject. Their wording does: the
next one takes up much of what is particular to the last. What stands in many documents on
everything counts for nothing here.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.wording.threes import ALIKE, Threes

LEAST = 2  # paragraphs that must be taken up
PART = 0.2  # of those that are particular to a document, which the next one takes up


class Taken(NamedTuple):
    """How many of the paragraphs that are particular to a document another one has, alike."""

    many: int
    of: int

    @property
    def needed(self) -> float:
        """How many are enough to be the next of its kind."""
        return max(LEAST, PART * self.of)

    @property
    def goes_on(self) -> bool:
        """Whether that many are taken up."""
        return self.many >= self.needed


class TakesUp:
    """Which of the paragraphs that are particular to a document others take up."""

    def __init__(self, own: Sequence[Threes]) -> None:
        self._own = own
        self._places: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, each in enumerate(own):
            for three in each:
                self._places[three].append(at)

    @property
    def needed(self) -> float:
        """How many must be taken up."""
        return Taken(0, len(self._own)).needed

    def by(self, others: Iterable[Threes]) -> Taken:
        """How many are alike to one of the paragraphs of another document."""
        taken: set[int] = set()
        for other in others:
            shared = Counter(at for three in other for at in self._places.get(three, ()))
            for at, many in shared.items():
                if many >= ALIKE * max(len(other), len(self._own[at])):
                    taken.add(at)
        return Taken(len(taken), len(self._own))


def nearest(one: Threes, others: Sequence[Threes]) -> tuple[int, float]:
    """The place of the text most alike and its share of threes; (-1, 0) where none has any."""
    shares = [
        (len(one & other) / max(len(one), len(other), 1), -at) for at, other in enumerate(others)
    ]
    best, at = max(shares, default=(0.0, 1))
    return (-at, best) if best else (-1, 0.0)
