"""Events of the change log in, those that a query concerns out, with the passages that it finds.

The index has what stands now. What has stood between two events and does so no more is searched in
a small index of its own, so that an event is judged by what was written with it, whenever it is
asked for.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from threading import Lock
from typing import NamedTuple
from weakref import finalize

from indexer.document import StoredPassage
from indexer.index.engine import Engine, Searcher
from indexer.index.engines import open_beside
from indexer.index.entries import entries
from indexer.query import Query
from indexer.search.execution import Execution
from indexer.search.vocabulary import KnownByCommit
from indexer.store.log import Event, Happening
from indexer.store.store import Store

MOST = 5_000  # passages that no longer stand; a second or two of indexing
_KEPT = 4  # indexes of these


class Concern(NamedTuple):
    """An event, the matching passages that came with it, and those that it ended.

    With an event that has no texts of its own both are what matches in the edition: they have
    come where a document returned or moved, and ended where it was withdrawn.
    """

    event: Event
    came: tuple[StoredPassage, ...]
    went: tuple[StoredPassage, ...]


class Concerned(NamedTuple):
    """The events that a query concerns, of those up to some position in the log.

    `is_whole` is false where too much has ended for it to be looked at: then only what still
    stands was.
    """

    concerns: tuple[Concern, ...]
    is_whole: bool


class Since:
    """Answers from one store and one engine."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._known, self._known_ended = KnownByCommit(), KnownByCommit()
        self._kept: list[tuple[object, Engine | None]] = []
        self._lock = Lock()

    def position(self) -> int:
        """Up to where in the log it can be said what a query concerns: what the index has."""
        return min(self._store.position(), self._engine.position())

    def __call__(self, query: Query, after: int, last: int) -> Concerned:
        """The events from `after`, exclusive, to `last` that `query` concerns, the first first."""
        while True:  # until nothing is written of these documents meanwhile
            events = self._store.log.between(after, last)
            documents = tuple(sorted({event.document for event in events}))
            written = self._store.log.last(documents)
            found = self._found(query, events, documents, written)
            if self._store.log.last(documents) == written:
                return found

    def _found(
        self, query: Query, events: Sequence[Event], documents: tuple[int, ...], written: int
    ) -> Concerned:
        slugs = sorted({event.slug for event in events})
        if not slugs:
            return Concerned((), is_whole=True)
        with self._engine.searcher() as searcher:
            keys = self._keys(query, searcher, slugs, self._known)
        ended = self._ended(documents, written)
        if ended is not None:
            with ended.searcher() as searcher:
                keys |= self._keys(query, searcher, slugs, self._known_ended)
        rows = self._store.found(keys).values()
        found: dict[str, list[StoredPassage]] = {slug: [] for slug in slugs}
        for stored in sorted((row.passage() for row in rows), key=lambda s: s.passage.order):
            found.setdefault(stored.document, []).append(stored)  # it may just have moved
        concerns = (_concern(event, found[event.slug]) for event in events)
        told = tuple(each for each in concerns if each.came or each.went)
        return Concerned(told, is_whole=ended is not None)

    def _keys(
        self, query: Query, searcher: Searcher, slugs: Sequence[str], known: KnownByCommit
    ) -> frozenset[int]:
        return Execution(self._store, searcher, known.of(searcher)).keys(query, slugs)

    def _ended(self, documents: tuple[int, ...], written: int) -> Engine | None:
        """An index of what has ended in these documents; None if that is too much."""
        asked = documents, written
        with self._lock:
            for kept, engine in self._kept:
                if kept == asked:
                    return engine
            ended = self._store.log.ended(documents, MOST)
            made = None if ended is None else self._made(ended)
            self._kept = [*self._kept, (asked, made)][-_KEPT:]
            return made

    def _made(self, ended: Sequence[StoredPassage]) -> Engine:
        by_slug: dict[str, list[StoredPassage]] = {}
        for stored in ended:
            by_slug.setdefault(stored.document, []).append(stored)
        described = self._store.described(by_slug)
        with _folder() as folder:
            engine = open_beside(self._engine.name, folder, {"ended": ""})
            with engine.rebuild() as fresh, fresh.update() as batch:
                for slug, passages in by_slug.items():
                    batch.put(slug, entries(described[slug], passages))
                batch.commit(1)
        finalize(engine, rmtree, folder, ignore_errors=True)
        return engine


def _concern(event: Event, found: Sequence[StoredPassage]) -> Concern:
    number = event.edition.number
    stood = tuple(stored for stored in found if stored.stands_in(number))
    if event.happening is Happening.WITHDRAWN:
        return Concern(event, (), stood)
    if event.happening in (Happening.RETURNED, Happening.MOVED):
        return Concern(event, stood, ())
    came = tuple(stored for stored in stood if stored.since == number)
    went = tuple(stored for stored in found if stored.until == number)
    # What was only renumbered, or moved by a paragraph above it, says what it said.
    same = {_said(stored) for stored in came} & {_said(stored) for stored in went}
    came, went = (tuple(s for s in each if _said(s) not in same) for each in (came, went))
    only_described = event.happening is Happening.CHANGED and not (event.came or event.went)
    return Concern(event, stood if only_described else came, went)


def _said(stored: StoredPassage) -> tuple[str, str]:
    return stored.passage.id, stored.passage.text


@contextmanager
def _folder() -> Iterator[Path]:
    """A new folder, which goes again where what is done with it fails."""
    folder = Path(mkdtemp(prefix="pilcrow-ended-"))
    try:
        yield folder
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
