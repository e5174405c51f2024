"""What documents say in; which of them goes on where another one left off, out. Pure.

Nothing tells of most documents that they are the yearly ones on a subject. Their wording does: the
next one takes up much of what is particular to the last. What stands in many documents on
everything counts for nothing here.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from indexer.wording.threes import ALIKE, Threes

LEAST = 2  # paragraphs that must be taken up
PART = 0.2  # of those that are particular to a document, which the next one takes up


class Taken(NamedTuple):
    """How many of the paragraphs that are particular to a document another one has, alike."""

    many: int
    of: int

    @property
    def goes_on(self) -> bool:
        """Whether that is enough to be the next of its kind."""
        return self.many >= max(LEAST, PART * self.of)


def taken_up(own: Sequence[Threes], other: Sequence[Threes]) -> Taken:
    """How many of the paragraphs `own` are alike to one of `other`."""
    return Taken(sum(nearest(each, other)[1] >= ALIKE for each in own), len(own))


def nearest(one: Threes, others: Sequence[Threes]) -> tuple[int, float]:
    """The place of the text most alike and its share of threes; (-1, 0) where none has any."""
    places = defaultdict(list)
    for at, other in enumerate(others):
        for three in other & one:
            places[at].append(three)
    shared = Counter({at: len(found) for at, found in places.items()})
    shares = [(many / max(len(one), len(others[at])), -at) for at, many in shared.items()]
    best, at = max(shares, default=(0.0, 1))
    return -at, best
