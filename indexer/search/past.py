"""A moment in, what can be searched as it stood then out.

The index holds what stands now. Most documents are still what they were; those that are not are
left out of it, and searched as they were in a small index of their own, made when it is asked for.
"""

import re
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from weakref import finalize

from indexer.document import StoredDocument
from indexer.errors import TooMuchHasChanged
from indexer.index.answer import Answer, Counts, ScoredKey, most_frequent
from indexer.index.engine import Engine, Searcher
from indexer.index.engines import open_beside
from indexer.index.entries import entries
from indexer.index.fields import Facet, Field
from indexer.index.matches import AnyOf, Everything, Match, Term, Without
from indexer.index.request import Order, Request
from indexer.query.dates import days
from indexer.store.rows import FoundRow
from indexer.store.store import Store

MOST = 10_000  # paragraphs of documents that have changed; a few seconds of indexing
_KEPT = 3  # moments whose indexes are kept
_VALUES = 1_000_000  # of a facet: all
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def moment(text: str) -> str:
    """What `text` means: a day to its end, or a moment, as the store writes it (ISO 8601, UTC).

    Raises `ValueError` if it is neither.
    """
    if _DAY.fullmatch(text):
        return f"{date.fromisoformat(text).isoformat()}T23:59:59+00:00"
    at = datetime.fromisoformat(text.replace(" ", "+"))
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return at.astimezone(UTC).isoformat(timespec="seconds")


def known(text: str) -> str:
    """`moment`, but not later than now: nobody knows the state of a later one."""
    return min(moment(text), datetime.now(UTC).isoformat(timespec="seconds"))


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Past:
    """The documents that were other than now at a moment, and an index of these.

    `documents` are those that were there, `altered` the slugs of all that are not what they were,
    `days` the first day that the date of each of their passages can mean.
    """

    at: str
    position: int
    documents: Mapping[str, StoredDocument]
    altered: frozenset[str]
    days: dict[int, int]
    engine: Engine

    def found(self, store: Store, keys: Collection[int]) -> dict[int, FoundRow]:
        """`Store.found`, with each document as it was."""
        there = store.found(keys)
        return {key: row.within(self.documents.get(row.slug)) for key, row in there.items()}


class Pasts:
    """Makes what a moment needs, and keeps the last ones."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._kept: list[tuple[str, int, Past | None]] = []
        self._lock = Lock()

    def at(self, at: str) -> Past | None:
        """The past at a moment of the form that `moment` gives; None if all is as it was.

        Raises `TooMuchHasChanged`.
        """
        with self._lock:
            position = self._store.position()
            for kept_at, kept_position, past in self._kept:
                if (kept_at, kept_position) == (at, position):
                    return past
            past = self._made(at, position)
            self._kept = [*self._kept, (at, position, past)][-_KEPT:]
            return past

    def documents(self, at: str) -> int:
        """How many documents were there at a moment."""
        past, now = self.at(at), self._store.held().documents
        if past is None:
            return now
        stand = self._store.described(past.altered)
        return now - sum(each.present for each in stand.values()) + len(past.documents)

    def _made(self, at: str, position: int) -> Past | None:
        altered = self._store.altered(at)
        if not altered:
            return None
        then = {slug: document for slug, document in altered.items() if document}
        passages = sum(document.passages for document in then.values())
        if passages > MOST:
            raise TooMuchHasChanged(
                f"{passages:,} paragraphs are in documents that have changed since {at[:10]}, and "
                f"{MOST:,} at most are searched as they were; ask for a later day"
            )
        folder = Path(mkdtemp(prefix="pilcrow-past-"))
        engine = open_beside(self._engine.name, folder, {"as-of": at})
        first: dict[int, int] = {}
        with engine.rebuild() as fresh, fresh.update() as batch:
            for slug, document in then.items():
                stood = self._store.passages(slug, document.edition)
                batch.put(slug, entries(document, stood))
                day = (days(document.metadata.date) or (0, 0))[0]
                first |= {each.key: day for each in stood}
            batch.commit(1)
        past = Past(at, position, then, frozenset(altered), first, engine)
        finalize(past, _give_up, engine, folder)
        return past


def _give_up(engine: Engine, folder: Path) -> None:
    """When nobody refers to a past any more, or the process ends."""
    engine.close()
    rmtree(folder, ignore_errors=True)


class PastStore:
    """What `past` and `store` have of the passages found."""

    def __init__(self, store: Store, past: Past) -> None:
        self.cited = store.cited
        self._store = store
        self._past = past

    def found(self, keys: Collection[int]) -> dict[int, FoundRow]:
        """See `Store.found`."""
        return self._past.found(self._store, keys)


class PastSearcher:
    """Implements `indexer.index.engine.Searcher`: one commit of the index, and one of a past."""

    def __init__(self, store: Store, past: Past, live: Searcher, then: Searcher) -> None:
        self._store = store
        self._past = past
        self._live, self._then = live, then

    @property
    def commit(self) -> Hashable:
        """See `Searcher.commit`."""
        return self._live.commit, self._past.at, self._past.position

    def search(self, request: Request) -> Answer:
        """See `Searcher.search`; scores of the two are by frequencies of their own."""
        last = request.offset + request.limit
        facets = dict.fromkeys(request.facets, _VALUES)
        wide = replace(request, offset=0, limit=last, facets=facets)
        live = self._live.search(replace(wide, match=self._unaltered(request.match)))
        then = self._then.search(wide)
        merged = self._merged(live.found, then.found, request.order)[request.offset : last]
        return Answer(
            live.total + then.total,
            tuple(merged),
            {f: _added(live, then, f, most) for f, most in request.facets.items()},
        )

    def count(self) -> int:
        """See `Searcher.count`."""
        return self.search(Request(Everything(), limit=0)).total

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """See `Searcher.frequencies`."""
        both = zip(self._live.frequencies(terms), self._then.frequencies(terms), strict=True)
        return [sum(pair) for pair in both]

    def vocabulary(self, field: Field, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See `Searcher.vocabulary`."""
        counts = dict(self._live.vocabulary(field, prefix))
        for term, count in self._then.vocabulary(field, prefix):
            counts[term] = counts.get(term, 0) + count
        yield from sorted(counts.items())

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """See `Searcher.keys`."""
        every = self._live.keys()  # which is no dictionary
        live = (pair for pair in every if pair[0] not in self._past.altered)
        yield from sorted(chain(live, self._then.keys()), key=lambda pair: pair[0])

    def _unaltered(self, match: Match) -> Match:
        slugs = sorted(self._past.altered)
        there = AnyOf(tuple(Term(Field.DOCUMENT, slug) for slug in slugs))
        return Without(match, there) if slugs else match

    def _merged(
        self, live: Sequence[ScoredKey], then: Sequence[ScoredKey], order: Order
    ) -> list[ScoredKey]:
        if order is Order.RELEVANCE:
            return sorted([*live, *then], key=lambda each: -each.score)
        dates = self._store.dates([each.key for each in live])
        first = {key: (days(day) or (0, 0))[0] for key, day in dates.items()} | self._past.days
        sign = 1 if order is Order.OLDEST else -1
        return sorted([*live, *then], key=lambda e: (not first[e.key], sign * first[e.key]))


def _added(live: Answer, then: Answer, facet: Facet, most: int) -> Counts:
    counts = {count.value: count.passages for count in live.facets[facet]}
    for count in then.facets[facet]:
        counts[count.value] = counts.get(count.value, 0) + count.passages
    return most_frequent(counts.items(), most)
