"""The seam to search engines: entries and requests in, keys and scores out.

Drawn for three. Whoosh, Tantivy and OpenSearch all offer fields of ready-made terms, each with its
own BM25; boolean combinations; phrases with slop; a factor on a part's score. Tantivy's binding for
Python has neither scripts nor settings for a query's k1 and b, so that scores are sums of such
parts and nothing else. Whatever needs text analysis happens before this seam.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Field(StrEnum):
    """The fields of terms that every engine indexes for a passage."""

    EXACT = "exact"  # the words of the text as written; with positions
    STEM = "stem"  # the same, stemmed
    TITLE = "title"  # the stems of the document's title
    HEADING = "heading"  # the stems of the heading path


@dataclass(frozen=True, slots=True)
class Term:
    """Passages with `term` in `field`, scored by BM25 (k1 1.2, b 0.75) over that field."""

    field: Field
    term: str


@dataclass(frozen=True, slots=True)
class Adjacent:
    """Passages with `terms` next to each other in this order, in a field with positions."""

    field: Field
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Passages that match every child; the scores are added."""

    children: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Passages that match at least one child; the scores are added."""

    children: tuple[Match, ...]


Match = Term | Adjacent | AllOf | AnyOf


@dataclass(frozen=True, slots=True)
class Boost:
    """Adds `weight` times the score of `match` to passages found; it never finds any itself."""

    match: Match
    weight: float


@dataclass(frozen=True, slots=True)
class Request:
    """Which passages, how their scores are made up, and which of the ranks to answer with."""

    match: Match
    boosts: tuple[Boost, ...] = ()
    offset: int = 0
    limit: int = 10


@dataclass(frozen=True, slots=True)
class Found:
    """One passage found: its key in the store and its score, higher is better."""

    key: int
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The asked ranks, best first; `total` counts all that match, exactly.

    Equal scores are in an order that stays the same for as long as the index does, so that pages
    follow one another.
    """

    total: int
    found: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What an engine indexes of one passage: its key and the terms of each field, in order."""

    key: int
    terms: Mapping[Field, Sequence[str]]


class Batch(Protocol):
    """Changes to an index; nothing of them is seen before `commit`."""

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        """Replaces all entries of `document` (a slug). Once for a document between commits."""

    def drop(self, document: str) -> None:
        """Takes out all entries of `document`; no error where there are none."""

    def commit(self, position: int) -> None:
        """Makes the changes so far visible, durably, and notes the log's position they reach to."""


class Engine(Protocol):
    """One engine with its live index.

    One process writes at a time (the caller holds the lock); any number read meanwhile, and see a
    commit or a rebuilt index at their next search without being told. Every method raises
    `IndexUnavailable` where the index cannot be opened; none ever answers for an index that is
    missing or damaged, or makes a new one in its place.
    """

    name: str

    def search(self, request: Request) -> Answer:
        """The passages for `request`."""

    def position(self) -> int:
        """The position in the change log up to which the live index has followed."""

    def is_stale(self) -> bool:
        """Whether there is no index yet, or one made by other code or for another store."""

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Each document's slug with the keys of its entries, in no order."""

    def update(self) -> AbstractContextManager[Batch]:
        """A batch on the live index. What is not committed when the context ends is dropped."""

    def rebuild(self) -> AbstractContextManager[Batch]:
        """A batch on a new, empty index, which takes the live one's place when the context ends.

        When it ends with an exception the live index stays as it was.
        """

    def close(self) -> None:
        """Gives up files and connections."""
