"""Keeps a corpus folder, its store and its index up to date with one another."""

import time
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from indexer.config import Settings
from indexer.corpus.content import content_hash
from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.errors import DocumentError, IndexUnavailable, Locked
from indexer.index.check import Agreement, compare, is_ahead, must_rebuild
from indexer.index.engine import Engine
from indexer.index.engines import LOCAL, advice
from indexer.index.follow import follow, put_right, rebuild
from indexer.processes.lock import FOREVER, builder_lock, writer_lock
from indexer.progress import Tick, no_tick
from indexer.readers import SUFFIXES
from indexer.readers.recognition import Recognition, find_recognition
from indexer.reading.pool import Readers
from indexer.reading.protocol import Limits, Open, Parsed, Reading, Refused
from indexer.store.locks import BUILDING, FOLLOWING, PLANNING
from indexer.store.store import Store
from indexer.store.work import Work
from indexer.sync.apply import Means, Report, apply, settle
from indexer.sync.plan import Differences, Plan, differences, make_plan

_PAUSE = 0.2  # seconds between two looks at how far another has brought the index
_PATIENCE = 4  # times the seconds of work: a reader that stands still, or a busy machine


class Maintenance:
    """What is done to a library, as opposed to what is asked of it: sync, rebuild, check, repair.

    Methods raise `StoreUnavailable` or `IndexUnavailable` where the data cannot be used.
    """

    def __init__(
        self,
        settings: Settings,
        store: Store,
        engine: Engine,
        *,
        stay: bool = False,
        readers: Open = Readers,
    ) -> None:
        self._settings = settings
        self._engine = engine
        self._store = store
        self._corpus = Corpus(settings.corpus, SUFFIXES)
        self._open = readers
        self._readers = Readers(self._corpus, self._limits, stay=True) if stay else None

    def close(self) -> None:
        """Ends the processes that read."""
        if self._readers:
            self._readers.close()

    def plan(self, only: Collection[str] | None = None) -> Plan:
        """What `sync` would do; changes nothing."""
        concerned = None if only is None else self._corpus.concerns(only)
        found = list(self._corpus.files(only))
        return make_plan(self._store, self._corpus, found, self._limits, concerned)

    def differences(self) -> Differences:
        """Where `sync` would have something to do; opens no file and changes nothing."""
        return differences(self._store, list(self._corpus.files()), self._limits)

    def ignored(self) -> list[str]:
        """The files of the corpus folder that no reader takes."""
        return self._corpus.ignored()

    def read(
        self, folder: Path, only: Collection[str]
    ) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
        """What a sync would read of the files at the paths `only` below `folder`; no more."""
        there = Corpus(folder, SUFFIXES)
        with closing(self._open(there, self._limits)) as some:
            yield from some.read(list(there.files(only)))

    def sync(
        self,
        tick: Tick = no_tick,
        *,
        only: Collection[str] | None = None,
        wait: float = 0,
        patience: float = FOREVER,
    ) -> Report:
        """Brings the store up to the corpus folder and the index up to the store.

        `only` are paths in the corpus folder: nothing else is looked at than what a change at
        these concerns, files, folders or sidecars, there or gone. An index that does not fit is
        rebuilt, while others may write. Another process that writes, or rebuilds the index, is
        waited for `wait` seconds; then raises `Locked`, or lets the other finish the index.

        In a store that several machines share, those that sync at once share the files. What
        others are at is waited for `patience` seconds; what is not done by then is in the report.
        """
        if is_ahead(self._store, self._engine):
            # As after a restore. What the store is given next would hide that it was behind.
            self.rebuild(tick, wait=wait)
        with self._alone(wait), self._awake() as some:
            some.start()  # it is ready by the time that it is known what is to be read
            report = self._brought_up(some, tick, only, wait, patience)
            if not must_rebuild(self._store, self._engine):
                return replace(report, awaits=self._followed(tick, patience))
        return replace(report, awaits=self._rebuilt(tick, wait))

    def bring_up(self, tick: Tick = no_tick, *, wait: float = 0, patience: float = FOREVER) -> str:
        """Brings the index up to the store, as a sync does; who does instead, if another does.

        It waits as `sync` does.
        """
        with self._alone(wait):
            if not must_rebuild(self._store, self._engine):
                return self._followed(tick, patience)
        return self._rebuilt(tick, wait)

    def rebuild(self, tick: Tick = no_tick, *, wait: float = 0, always: bool = True) -> None:
        """Rebuilds the index from the store, and switches to it once the two agree.

        Others may search and write meanwhile. Another process that does the same is waited for
        `wait` seconds; then raises `Locked`. Unless `always`, nothing is done where the index fits.
        """
        with builder_lock(self._settings.data, wait), self._of_all(BUILDING, wait):
            if always or must_rebuild(self._store, self._engine):
                rebuild(self._store, self._engine, tick, self._quiet)

    def check(self) -> Agreement:
        """Compares store and index, both ways.

        Raises `StoreUnavailable` where the store itself is not whole.
        """
        self._store.check()
        return compare(self._store, self._engine)

    def damage(self) -> list[str]:
        """The files of the index that are not as they were written; the next sync rebuilds it."""
        return self._engine.damage()

    def repair(self, tick: Tick = no_tick, *, wait: float = 0) -> Agreement:
        """Puts right in what store and index disagree, and compares them again.

        An index that cannot be used, or does not fit, is rebuilt. Waits as `rebuild` does.
        """
        if not self._repaired(tick, wait):
            self.rebuild(tick, wait=wait)
        return self.check()

    def is_searchable(self) -> bool:
        """Whether there is an index that can be searched, be it one that was made otherwise."""
        try:
            self.indexed()
        except IndexUnavailable:
            return False
        return True

    def indexed(self) -> int:
        """How many passages the index has."""
        with self._engine.searcher() as searcher:
            return searcher.count()

    def must_rebuild(self) -> bool:
        """Whether the next sync rebuilds the index, since other code made it or there is none."""
        return must_rebuild(self._store, self._engine)

    def advice(self) -> str:
        """What to do where the index has grown too large for the engine; else empty."""
        return advice(self._engine.name, self.indexed())

    def _repaired(self, tick: Tick, wait: float) -> bool:
        """Whether the index is one that can be put right; then it has been."""
        try:
            if must_rebuild(self._store, self._engine):
                return False
            found = self.check()
            with self._following(wait):
                put_right(self._store, self._engine, found, tick)
        except IndexUnavailable:
            return False
        return True

    def _brought_up(
        self,
        some: Reading,
        tick: Tick,
        only: Collection[str] | None,
        wait: float,
        patience: float,
    ) -> Report:
        """Brings the store up to the corpus folder."""
        means = Means(self._limits, some.read, self._content)
        with self._store.working(wait) as work:
            planned = self._settled(work, only, patience)
            report = apply(self._store, work, planned, tick, means, patience)
            gone = self._gone(report.plan) if work.is_shared else set()
            if not gone:
                return report
            # Whoever saw it go may have looked before it was written, and done nothing.
            late = self._settled(work, gone, FOREVER)
        done = report.plan
        moved, removed = (*done.moved, *late.moved), (*done.removed, *late.removed)
        return replace(report, plan=replace(done, moved=moved, removed=removed))

    def _settled(self, work: Work, only: Collection[str] | None, patience: float) -> Plan:
        """A plan of which all is done that needs no reading."""
        with self._store.exclusive(PLANNING, patience):
            while not settle(work, planned := self.plan(only)):
                pass
        return planned

    def _gone(self, done: Plan) -> set[str]:
        """The files that were read and are not there any more."""
        read = {file.path for file in (*done.new, *done.changed)}
        return read - {file.path for file in self._corpus.files(read)} if read else read

    def _rebuilt(self, tick: Tick, wait: float) -> str:
        """Rebuilds an index that does not fit; who does instead, if another does."""
        try:
            self.rebuild(tick, wait=wait, always=False)
        except Locked as other:
            return str(other)
        return ""

    def _followed(self, tick: Tick, patience: float) -> str:
        """Brings the index up to the store; who does instead, if that is not done in time."""
        position, until = self._store.position(), time.monotonic() + patience
        while True:
            try:
                with self._following(0) if self._store.is_shared else nullcontext():
                    follow(self._store, self._engine, tick)
                    return ""
            except Locked as other:
                if self._engine.position() >= position:
                    return ""
                if patience >= 0 and until <= time.monotonic():
                    return str(other)
            tick("Waiting for the index", 0, 1)
            time.sleep(_PAUSE)

    def _content(self, file: FoundFile) -> str:
        """The hash of what a file holds; empty where that cannot be told."""
        try:
            return content_hash(*self._corpus.load(file, self._limits.max_bytes))
        except DocumentError:
            return ""

    def _alone(self, wait: float) -> AbstractContextManager[None]:
        """The right to write to a store that is on one machine."""
        return nullcontext() if self._store.is_shared else writer_lock(self._settings.data, wait)

    @contextmanager
    def _following(self, wait: float) -> Iterator[None]:
        """The right to write to the live index."""
        with writer_lock(self._settings.data, wait), self._of_all(FOLLOWING, wait):
            yield

    @contextmanager
    def _quiet(self) -> Iterator[None]:
        """The right to write to the live index, while nobody writes to the store."""
        with self._following(FOREVER), self._store.quiet():
            yield

    def _of_all(self, name: str, wait: float) -> AbstractContextManager[None]:
        """The right to do something with the index that no other machine does, if all share it."""
        is_own = self._engine.name in LOCAL
        return nullcontext() if is_own else self._store.exclusive(name, wait)

    @contextmanager
    def _awake(self) -> Iterator[Reading]:
        """The readers that stay, or else some for this time."""
        if self._readers:
            yield self._readers
        else:
            with closing(self._open(self._corpus, self._limits)) as some:
                yield some

    @cached_property
    def _recognition(self) -> Recognition:
        return find_recognition(self._settings.ocr, self._settings.ocr_seconds)

    @property
    def _limits(self) -> Limits:
        found = self._recognition
        return Limits(
            max_bytes=self._settings.max_file_mb * 1_000_000,
            seconds=self._settings.read_seconds,
            patience=_PATIENCE * self._settings.read_seconds + found.patience * found.is_ready,
            megabytes=self._settings.read_mb,
            recognition=found,
        )
