"""What an engine answers: keys with scores, and counts of facets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.index.fields import Facet


class ScoredKey(NamedTuple):
    """One passage found: its key in the store and its score, higher is better.

    Ranked by date, the score is 0.
    """

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class Count:
    """How many of the passages found have this value of a facet; exact."""

    value: str
    passages: int


Counts = tuple[Count, ...]


def most_frequent(counts: Iterable[tuple[str, int]], most: int) -> Counts:
    """The `most` values with the highest of `counts`, equal ones in the order of their values."""
    ranked = sorted(counts, key=lambda pair: (-pair[1], pair[0]))
    return tuple(Count(*pair) for pair in ranked[:most])


@dataclass(frozen=True, slots=True)
class Answer:
    """The asked ranks, best first; `total` counts all that match, exactly.

    Equal scores are in an order that stays the same for as long as the index does, so that pages
    follow one another. `facets` are counted over all that match, equal counts by value.
    """

    total: int
    found: tuple[ScoredKey, ...]
    facets: Mapping[Facet, Counts] = field(default_factory=dict)
