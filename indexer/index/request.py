"""What an engine is asked: which passages, in which order, and which of the ranks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from indexer.index.fields import Facet
from indexer.index.matches import Match


class Order(StrEnum):
    """How the passages found are ranked. Those without a date come last in both orders of date."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Request:
    """Which passages, and which of the ranks to answer with.

    `boosts` add their scores to those of the passages that `match`; they find none themselves.
    `facets` are those to count, each with how many of its values, the most frequent first. Ranked
    by date, passages of the same first day are in the order of the index.
    """

    match: Match
    boosts: tuple[Match, ...] = ()
    offset: int = 0
    limit: int = 10
    order: Order = Order.RELEVANCE
    facets: Mapping[Facet, int] = field(default_factory=dict)
