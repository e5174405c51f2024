"""The seam to search engines: entries and requests in, keys and scores out.

Drawn for three. Whoosh, Tantivy and OpenSearch all offer fields of ready-made terms, each with its
own BM25; boolean combinations; phrases with slop; a factor on a part's score. Tantivy's binding for
Python has neither scripts nor settings for a query's k1 and b, so that scores are sums of such
parts and nothing else. Whatever needs text analysis happens before this seam.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol


class Field(StrEnum):
    """The fields of terms that every engine indexes for a passage: words first, then keys."""

    STEM = "stem"  # stems of the text, and of what it stands under
    EXACT = "exact"  # words of the text as written, and of what it stands under
    TITLE = "title"
    HEADING = "heading"
    PUBLISHER = "publisher"
    DOCUMENT = "document"
    LABEL = "label"
    LANGUAGE = "language"
    TAG = "tag"


class Facet(StrEnum):
    """What the passages found are counted by; the values are what a person reads."""

    PUBLISHER = "publisher"
    YEAR = "year"
    LANGUAGE = "language"
    TAG = "tag"


class Order(StrEnum):
    """How the passages found are ranked. Those without a date come last in both orders of date."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


K1, B = 1.2, 0.75  # of BM25, in every engine

POSITIONS = frozenset({Field.EXACT, Field.TITLE, Field.HEADING, Field.PUBLISHER})
SCORED = frozenset({Field.STEM, Field.EXACT})
WORDS = (Field.STEM, Field.EXACT, Field.TITLE, Field.HEADING, Field.PUBLISHER)
KEYS = (Field.LABEL, Field.LANGUAGE, Field.TAG)  # beside the document's slug


def idf(count: int, frequency: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in `frequency` of `count` passages.

    It is Lucene's, and never negative.
    """
    found = min(frequency, count)
    return math.log(1 + (count - found + 0.5) / (found + 0.5))


@dataclass(frozen=True, slots=True)
class Term:
    """Passages with `term` in `field`.

    In a scored field the score is `weight` times BM25 over that field:
    idf * f * (k1 + 1) / (f + k1 * (1 - b + b * length / average)), k1 1.2, b 0.75 (Robertson and
    Zaragoza, 2009). In any other field it is 0.
    """

    field: Field
    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Adjacent:
    """Passages with `terms` next to each other in this order; they score 0."""

    field: Field
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Passages with both `terms`, in any order, at most `slop` others between; they score 0.

    The same term twice means two places. Three and more are no one's to ask for: engines differ
    in what they call near there.
    """

    field: Field
    terms: tuple[str, str]
    slop: int


@dataclass(frozen=True, slots=True)
class Dated:
    """Passages of documents whose days overlap those from `first` to `last`; they score 0.

    Days are numbers YYYYMMDD, both ends included.
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Everything:
    """All passages; they score 0."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Passages that match every child; the scores are added."""

    children: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Passages that match at least one child; the scores are added."""

    children: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Passages that match `wanted` and not `unwanted`, with the score of `wanted`."""

    wanted: Match
    unwanted: Match


Match = Term | Adjacent | Near | Dated | Everything | AllOf | AnyOf | Without


@dataclass(frozen=True, slots=True)
class Request:
    """Which passages, and which of the ranks to answer with.

    `boosts` add their scores to those of the passages that `match`; they find none themselves.
    `facets` is how many values of each facet to count, the most frequent first. Ranked by date,
    passages of the same first day are in the order of the index.
    """

    match: Match
    boosts: tuple[Match, ...] = ()
    offset: int = 0
    limit: int = 10
    order: Order = Order.RELEVANCE
    facets: int = 0


@dataclass(frozen=True, slots=True)
class ScoredKey:
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


@dataclass(frozen=True, slots=True)
class Entry:
    """What an engine indexes of one passage.

    `key` is the passage's in the store. `words` are the terms of each field in order, with white
    space between them, as every engine can take them; no term contains any. A term may be said
    several times over; it then counts as often. `keys` and `facets` are whole values. `days` are
    the first and the last day that the document's date can mean, as YYYYMMDD, or None where it has
    no date.
    """

    key: int
    words: Mapping[Field, str]
    keys: Mapping[Field, Sequence[str]] = field(default_factory=dict)
    facets: Mapping[Facet, Sequence[str]] = field(default_factory=dict)
    days: tuple[int, int] | None = None


class Batch(Protocol):
    """Changes to an index; nothing of them is seen before `commit`."""

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        """Replaces all entries of `document` (a slug). Once for a document between commits."""

    def drop(self, document: str) -> None:
        """Takes out all entries of `document`; no error where there are none."""

    def commit(self, position: int) -> None:
        """Makes the changes so far visible, durably, and notes the log's position they reach to."""


class Searcher(Protocol):
    """One commit of an index, which never changes: all that a query asks, it asks of one searcher.

    So its counts, frequencies and ranks agree with each other whatever is written meanwhile. It
    answers until its context ends, after a newer commit, after a rebuild has switched to another
    index, and after the old one was swept. Threads may share it.

    In Whoosh and Tantivy it is a reader of open files. OpenSearch has two ways to say the same. A
    point in time holds the segments of all shards for some minutes, and is what an engine there
    uses: frequencies and vocabularies can be asked of it by aggregations. A limit on `seq_no`
    under the alias of one generation costs nothing to hold, but deleted passages vanish from
    under it, so that counts would not agree.

    Methods raise `IndexUnavailable` if the index turns out to be damaged.
    """

    @property
    def commit(self) -> Hashable:
        """What differs between any two commits: the key for what is derived from one and kept."""

    def search(self, request: Request) -> Answer:
        """The passages for `request`."""

    def count(self) -> int:
        """How many passages there are."""

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """In how many passages each of `terms` is.

        Passages that were replaced may count until the engine merges its segments: good enough for
        weights, and no answer to a person.
        """

    def vocabulary(self, field: Field, prefix: str = "") -> Iterator[tuple[str, int]]:
        """The terms of `field` that start with `prefix`, each with its number of passages.

        The numbers are as good as those of `frequencies`.
        """

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Each document's slug with the keys of its entries, by slug."""


class Engine(Protocol):
    """One engine with its live index.

    One process writes at a time (the caller holds the lock). Any number read meanwhile, and see a
    commit or a rebuilt index with their next searcher without being told; no search fails for it.
    Every method raises `IndexUnavailable` if the index cannot be opened; none ever answers for an
    index that is missing or damaged, or makes a new one in its place.
    """

    name: str
    batch_size: int  # passages between two commits of a large batch; it bounds the memory

    def searcher(self) -> AbstractContextManager[Searcher]:
        """A searcher on the newest commit of the live index."""

    def position(self) -> int:
        """The position in the change log up to which the live index has followed."""

    def is_stale(self) -> bool:
        """Whether there is no index yet, or one made by other code or for another store."""

    def update(self) -> AbstractContextManager[Batch]:
        """A batch on the live index. What is not committed when the context ends is dropped."""

    def rebuild(self) -> AbstractContextManager[Engine]:
        """An engine on a new index, which takes the live one's place when the context ends.

        The new index is empty, its position 0; or it is that of the last rebuild, if that was
        interrupted and the index fits and opens: its position tells how far it had come. One
        process rebuilds at a time (the caller holds the lock for it), and the live index may
        follow on meanwhile.

        If the context ends with an exception, the live index stays as it was. The new one is
        thrown away on `IndexUnavailable`, since it is of no use; after anything else the next
        rebuild goes on with it.
        """

    def close(self) -> None:
        """Gives up files and connections."""
