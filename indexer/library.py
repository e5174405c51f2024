"""Settings in, a `Library` out: the one place where the parts are wired together."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from indexer import analysis, entries, readers
from indexer.check import Agreement, compare
from indexer.config import Settings
from indexer.document import StoredDocument, StoredPassage
from indexer.engine import Engine, Order
from indexer.engines import advice, open_engine
from indexer.errors import IndexUnavailable, Locked, NotFound, StoreUnavailable
from indexer.files import FoundFile, concerns, discover, ignored
from indexer.history import Moment, Revision, Successor, life, revisions, successor
from indexer.indexing import follow, must_rebuild, put_right, rebuild
from indexer.lock import FOREVER, builder_lock, writer_lock
from indexer.reading import read_all
from indexer.search import PAGE_SIZE, Results, Search
from indexer.store import Store, sqlite_address
from indexer.sync import Differences, Plan, Report, Tick, apply, differences, make_plan
from indexer.worker import Limits, Parsed, Refused

_PATIENCE = 4  # times the seconds of work: a reader that stands still, or a busy machine


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with the passages that stand in it, in order."""

    document: StoredDocument
    passages: tuple[StoredPassage, ...]


@dataclass(frozen=True, slots=True)
class Life:
    """What has happened to a passage, the first first; `stored` is what it is, or last was.

    `former` are the slugs that its document had before it moved, each with when it did (ISO 8601,
    UTC).
    """

    document: StoredDocument
    stored: StoredPassage
    moments: tuple[Moment, ...]
    former: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Info:
    """What a library holds.

    `behind` is how many writes the index has yet to follow, `synced_at` when the newest edition
    came in (ISO 8601, UTC), and `failures` are the files that could not be read, with reasons.
    `advice` says what to do where there is too much for the engine; else it is empty.
    """

    documents: int
    passages: int
    engine: str
    behind: int
    corpus: str
    data: str
    synced_at: str
    failures: dict[str, str]
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a library can be used: `store` and `index` say why not, and are empty where they can.

    `passages` is how many are indexed, `behind` how many writes the index has yet to follow; 0
    where that cannot be known.
    """

    store: str = ""
    index: str = ""
    passages: int = 0
    behind: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether both can be used."""
        return not (self.store or self.index)


def _no_tick(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""


class Library:
    """All that the command line and the web front end can ask for.

    Methods raise `StoreUnavailable` or `IndexUnavailable` where the data cannot be used.
    """

    def __init__(self, settings: Settings, store: Store, engine: Engine) -> None:
        self.settings = settings
        self._store = store
        self.engine = engine
        self.service = Search(store, engine)

    def __enter__(self) -> "Library":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Gives up files and connections."""
        self.engine.close()
        self._store.close()

    def search(
        self,
        text: str,
        page: int = 1,
        size: int = PAGE_SIZE,
        *,
        order: Order = Order.RELEVANCE,
        facets: int = 0,
    ) -> Results:
        """Page `page`, from 1, of the passages that match what a person typed.

        `facets` is how many values of each facet to count.
        """
        return self.service(text, page, size, order, facets)

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents in the corpus, by slug."""
        return self._store.documents()

    def newest(self, limit: int, offset: int = 0) -> tuple[StoredDocument, ...]:
        """Some of the documents in the corpus: those of the latest dates first."""
        return self._store.newest(limit, offset)

    def document(self, slug: str, edition: int | None = None) -> Reading:
        """A document and its passages, as they stand now or stood in `edition`, from 1.

        Raises `NotFound` where there is none, and, unless an edition is asked for, where its file
        has left the corpus.
        """
        document = self._store.document(slug)
        if edition is not None:
            return self._as_of(document, edition)
        if not document.present:
            raise NotFound(f"the file of document {slug!r} is no longer in the corpus")
        return self._reading(document)

    def locate(self, slug: str, local_id: str, edition: int | None = None) -> StoredPassage:
        """The passage at an address, as it stands or last stood, or as it stood in `edition`.

        Raises `NotFound`.
        """
        document, history = self._store.document(slug), self._store.history(slug, local_id)
        if edition is None:
            return history[-1]
        self._check_edition(document, edition)
        stood = [stored for stored in history if stored.stands_in(edition)]
        if not stood:
            raise NotFound(
                f"{history[0].address} did not stand in edition {edition}; "
                f"it first stood in edition {history[0].since}"
            )
        return stood[0]

    def life(self, slug: str, local_id: str) -> Life:
        """All that has happened to the passage at an address. Raises `NotFound`."""
        document, history = self._store.document(slug), self._store.history(slug, local_id)
        moments = life(history, self._store.editions(slug))
        return Life(document, history[-1], moments, self._store.former(slug))

    def revisions(self, slug: str) -> tuple[Revision, ...]:
        """The editions of a document, the first first, each with what it did. Raises `NotFound`."""
        self._store.document(slug)
        return revisions(self._store.histories(slug), self._store.editions(slug))

    def successor(self, retired: StoredPassage) -> Successor | None:
        """Where in its document to look now for a passage that no longer stands, if anywhere."""
        slug = retired.document
        if retired.until is None or not self._store.document(slug).present:
            return None
        last = self._store.passages(slug, retired.until - 1)
        return successor(retired, last, self._store.passages(slug))

    def moved(self, slug: str) -> str:
        """The slug that the document once at `slug` has now, or an empty string."""
        return self._store.moved(slug)

    def of_file(self, path: str) -> StoredDocument | None:
        """The document of a file in the corpus folder, if there is one."""
        return self._store.document_of(path)

    def with_content(self, hashes: Collection[str]) -> StoredDocument | None:
        """A document whose file has one of these content hashes, if there is one."""
        return self._store.document_with(hashes)

    def read(
        self, folder: Path, only: Collection[str]
    ) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
        """What a sync would read of the files at the paths `only` below `folder`; no more."""
        found = list(discover(folder, frozenset(readers.READERS), readers.SIDECAR, only))
        return read_all(folder, found, self._limits)

    def export(self) -> Iterator[Reading]:
        """Every document of the corpus with its passages, by slug."""
        for document in self.documents():
            yield self._reading(document)

    def info(self) -> Info:
        """Counts and places."""
        held = self._store.held()
        behind = self._store.position() - (0 if self.engine.is_stale() else self.engine.position())
        return Info(
            documents=held.documents,
            passages=held.passages,
            engine=self.engine.name,
            behind=behind,
            corpus=str(self.settings.corpus),
            data=str(self.settings.data),
            synced_at=held.synced_at,
            failures={file: each.reason for file, each in self._store.failures().items()},
            advice=advice(self.engine.name, held.passages),
        )

    def readiness(self) -> Readiness:
        """Whether store and index can be used; cheap enough to be asked all the time."""
        try:
            position = self._store.position()
        except StoreUnavailable as error:
            return Readiness(store=str(error))
        try:
            passages, followed = self.engine.count(), self.engine.position()
        except IndexUnavailable as error:
            return Readiness(index=str(error))
        return Readiness(passages=passages, behind=max(0, position - followed))

    def advice(self) -> str:
        """What to do where the index has grown too large for the engine; else empty."""
        return advice(self.engine.name, self.engine.count())

    def is_indexed(self) -> bool:
        """Whether there is an index that can be searched."""
        return not self.engine.is_stale()

    def check(self) -> Agreement:
        """Compares store and index, both ways."""
        return compare(self._store, self.engine)

    def plan(self, only: Collection[str] | None = None) -> Plan:
        """What `sync` would do; changes nothing."""
        concerned = None if only is None else concerns(only, readers.SIDECAR)
        found = self._found(only)
        return make_plan(self._store, self.settings.corpus, found, self._limits, concerned)

    def differences(self) -> Differences:
        """Where `sync` would have something to do; opens no file and changes nothing."""
        return differences(self._store, self._found(), self._limits)

    def ignored(self) -> list[str]:
        """The files of the corpus folder that no reader takes."""
        return ignored(self.settings.corpus, frozenset(readers.READERS), readers.SIDECAR)

    def sync(
        self,
        tick: Tick = _no_tick,
        *,
        only: Collection[str] | None = None,
        wait: float = 0,
    ) -> Report:
        """Brings the store up to the corpus folder and the index up to the store.

        `only` are paths in the corpus folder: nothing else is looked at than what a change at
        these concerns, files, folders or sidecars, there or gone. An index that does not fit is
        made anew, while others may write. Another process that writes, or makes the index anew, is
        waited for `wait` seconds; then raises `Locked`, or lets the other finish the index.
        """
        with writer_lock(self.settings.data, wait):
            plan = self.plan(only)
            report = apply(self._store, self.settings.corpus, plan, tick, self._limits)
            if not must_rebuild(self._store, self.engine):
                follow(self._store, self.engine, tick)
                return report
        try:
            self.rebuild(tick, wait=wait, always=False)
        except Locked as other:
            return replace(report, awaits=str(other))
        return report

    def _reading(self, document: StoredDocument) -> Reading:
        """By its edition, lest a sync between two questions give it the passages of the next."""
        return Reading(document, self._store.passages(document.slug, document.edition))

    def _as_of(self, document: StoredDocument, edition: int) -> Reading:
        self._check_edition(document, edition)
        if edition == document.edition:
            return self._reading(document)
        then = self._store.editions(document.slug)[edition - 1]
        passages = self._store.passages(document.slug, edition)
        as_it_was = replace(
            document,
            edition=edition,
            metadata=then.metadata,
            changed_at=then.at,
            passages=len(passages),
            notes=(),  # they are not kept
        )
        return Reading(as_it_was, passages)

    @staticmethod
    def _check_edition(document: StoredDocument, edition: int) -> None:
        if not 1 <= edition <= document.edition:
            newest = f"the newest is {document.edition}"
            raise NotFound(f"/d/{document.slug} has no edition {edition}; {newest}")

    def rebuild(self, tick: Tick = _no_tick, *, wait: float = 0, always: bool = True) -> None:
        """Makes the index anew from the store, and switches to it once the two agree.

        Others may search and write meanwhile. Another process that does the same is waited for
        `wait` seconds; then raises `Locked`. Unless `always`, nothing is done where the index fits.
        """
        with builder_lock(self.settings.data, wait):
            if always or must_rebuild(self._store, self.engine):
                alone = partial(writer_lock, self.settings.data, FOREVER)
                rebuild(self._store, self.engine, tick, alone)

    def repair(self, tick: Tick = _no_tick, *, wait: float = 0) -> Agreement:
        """Puts right in what store and index disagree, and compares them again.

        An index that cannot be used, or does not fit, is made anew. Waits as `rebuild` does.
        """
        if not self._put_right(tick, wait):
            self.rebuild(tick, wait=wait)
        return self.check()

    def _put_right(self, tick: Tick, wait: float) -> bool:
        """Whether the index is one that can be put right; then it has been."""
        try:
            if must_rebuild(self._store, self.engine):
                return False
            found = self.check()
            with writer_lock(self.settings.data, wait):
                put_right(self._store, self.engine, found, tick)
        except IndexUnavailable:
            return False
        return True

    def _found(self, only: Collection[str] | None = None) -> list[FoundFile]:
        suffixes = frozenset(readers.READERS)
        return list(discover(self.settings.corpus, suffixes, readers.SIDECAR, only))

    @property
    def _limits(self) -> Limits:
        return Limits(
            max_bytes=self.settings.max_file_mb * 1_000_000,
            seconds=self.settings.read_seconds,
            patience=_PATIENCE * self.settings.read_seconds,
            megabytes=self.settings.read_mb,
        )


def open_library(settings: Settings) -> Library:
    """The library in the data folder that `settings` name; the folder is made where missing."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"the data folder {settings.data} cannot be made: {error.strerror}"
        raise StoreUnavailable(message) from error
    store = Store(sqlite_address(settings.data))
    return Library(settings, store, open_engine(settings.engine, settings.data, stamp(store)))


def stamp(store: Store) -> dict[str, str]:
    """What an index of `store` is made for; one made for anything else is stale."""
    return {"store": store.identity, "analysis": analysis.VERSION, "entries": entries.VERSION}
