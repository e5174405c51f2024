"""What a query finds in one document: each hit's marks, its number, and the way to the next."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from indexer.document import StoredDocument, StoredPassage
from indexer.search.service import Hit, Within
from web.parts import Part

_TICKS = 400  # places on the strip beside the text; more would run into each other
SPAN = 1000  # units that the strip is high


@dataclass(frozen=True, slots=True)
class Tick:
    """A hit on the strip: how far down in the document it is, of `SPAN`, by the letters before."""

    stored: StoredPassage
    place: int


class Trail:
    """The hits of `query` among `passages`, those of `document` as it stands.

    `within` is what the query finds there, `here` the passage that the page is about, if any:
    what brought the reader to it is marked, whether it is a hit or not.
    """

    def __init__(
        self,
        query: str,
        document: StoredDocument,
        passages: Sequence[StoredPassage],
        within: Within | None,
        here: StoredPassage | None = None,
    ) -> None:
        self.query = query
        self._document = document
        self._within = within
        self._here = here.key if here else None
        keys = within.keys if within else frozenset()
        self._places = [at for at, stored in enumerate(passages) if stored.key in keys]
        self._passages = passages
        at = next((at for at, each in enumerate(passages) if each.key == self._here), -1)
        self._left, self._right = bisect_left(self._places, at), bisect_right(self._places, at)

    @property
    def total(self) -> int:
        """How many hits the document has."""
        return len(self._places)

    @property
    def number(self) -> int:
        """Which of the hits the page is about, from 1; 0 if none of them."""
        return self._right if self._right > self._left else 0

    @property
    def before(self) -> StoredPassage | None:
        """The hit before the place that the page is about."""
        return self._passages[self._places[self._left - 1]] if self._left else None

    @property
    def after(self) -> StoredPassage | None:
        """The hit after it; the first if the page is about the document."""
        more = self._right < len(self._places)
        return self._passages[self._places[self._right]] if more else None

    def first_of(self, part: Part) -> int:
        """The number of the first hit in a part of the document, from 1."""
        return bisect_left(self._places, part.first) + 1

    def beyond(self, part: Part) -> tuple[tuple[str, StoredPassage | None], ...]:
        """The last hit `before` a part and the first `after` it, if there are any."""
        first, last = bisect_left(self._places, part.first), bisect_left(self._places, part.last)
        before = self._passages[self._places[first - 1]] if first else None
        after = self._passages[self._places[last]] if last < len(self._places) else None
        return ("before", before), ("after", after)

    def hit(self, stored: StoredPassage) -> Hit | None:
        """What to mark in a passage; None in one that is no hit."""
        if self._within and (stored.key in self._within.keys or stored.key == self._here):
            return self._within.makes.of(self._document, stored)
        return None

    def is_hit(self, stored: StoredPassage) -> bool:
        """Whether the query finds this passage."""
        return self._within is not None and stored.key in self._within.keys

    def ticks(self) -> list[Tick]:
        """The hits on the strip; of very many, some."""
        ends = [0, *accumulate(len(each.passage.text) + 1 for each in self._passages)]
        step = -(-len(self._places) // _TICKS) or 1
        return [
            Tick(self._passages[at], SPAN * ends[at] // ends[-1]) for at in self._places[::step]
        ]
