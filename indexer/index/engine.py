"""The contract that every search engine fulfils.

It fits three. Whoosh, Tantivy and OpenSearch all offer fields of ready-made terms, each with its
own BM25; boolean combinations; phrases with slop; a factor on a clause's score. Tantivy's binding
for Python has neither scripts nor settings for a query's k1 and b, so that scores are sums of such
clauses and nothing else. Whatever needs text analysis happens before this seam.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from indexer.index.answer import Answer
from indexer.index.fields import Facet, Field
from indexer.index.matches import Term
from indexer.index.request import Request


@dataclass(frozen=True, slots=True)
class Entry:
    """What an engine indexes of one passage.

    `key` is the passage's in the store. `words` are the terms of each field in order, with white
    space between them, as every engine can take them; no term contains any. A term may be said
    several times over; it then counts as often. `keys` and `facets` are whole values. `days` are
    the first and the last day that the document's date can mean, as YYYYMMDD, or None if it has
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
        """Takes out all entries of `document`; no error if there are none."""

    def commit(self, position: int) -> None:
        """Makes the changes so far visible, durably, and notes the log's position they reach to."""


class Searcher(Protocol):
    """One commit of an index, which never changes: all that a query asks, it asks of one searcher.

    So its counts, frequencies and ranks agree with each other whatever is written meanwhile. It
    answers until its context ends, after a newer commit, after a rebuild has switched to another
    index, and after the old one was swept. Threads may share it.

    In Whoosh and Tantivy it is a reader of open files, in OpenSearch a point in time, which holds
    the segments of all shards (docs/decisions/0025-opensearch.md).

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
    commit or a rebuilt index with their next searcher; no search fails for it.
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
        """Whether there is no index yet, one made by other code or for another store, or damage."""

    def damage(self) -> list[str]:
        """The files of the live index that are not as they were written; reads all of them.

        From then on the engine answers with `IndexUnavailable`, and is stale, until there is
        another index. Empty for an engine that looks after its files itself.
        """

    def update(self) -> AbstractContextManager[Batch]:
        """A batch on the live index. What is not committed when the context ends is dropped."""

    def rebuild(self) -> AbstractContextManager[Engine]:
        """An engine on a new index, which takes the live one's place when the context ends.

        The new index is empty, its position 0; or it is that of the last rebuild, if that was
        interrupted and the index fits and opens: its position tells how far it had come. One
        process rebuilds at a time (the caller holds the lock for it), and the live index may
        follow on meanwhile.

        If the context ends with an exception, the live index stays as it was. The new one is
        thrown away on `IndexUnavailable`, since it is of no use; after anything else, and where it
        was only unreachable, the next rebuild goes on with it.
        """

    def close(self) -> None:
        """Gives up files and connections."""
