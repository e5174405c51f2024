"""Carries a plan out on the store, alone or beside other workers that have the same plan."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from indexer import readers
from indexer.corpus.slugs import rivals, slug
from indexer.corpus.walk import FoundFile
from indexer.document import Failure, FileRecord
from indexer.editions.align import align
from indexer.processes.lock import FOREVER
from indexer.progress import Tick
from indexer.reading.protocol import Limits, Parsed, Refused, Wanted, every
from indexer.store.store import Store
from indexer.store.transaction import Transaction
from indexer.store.work import Work
from indexer.sync.plan import Plan, failure_of, is_as_read, known_failure, same_hint
from indexer.sync.sharing import Share

_SECONDS = 1.0  # of one transaction of the store: what a crash can cost
_SHARED = 0.3  # the same of reading, where others wait to write: readers have more work than that
_PAUSE = 0.2  # seconds between two looks at what others are reading

Read = Callable[[Sequence[FoundFile], Wanted], Iterator[tuple[FoundFile, Parsed | Refused]]]
Content = Callable[[FoundFile], str]


@dataclass(frozen=True, slots=True)
class Means:
    """How files are read.

    `read` gives each file in order with what was read of it within `limits`, or why nothing was;
    `content` the hash of what one holds, or nothing where that cannot be told.
    """

    limits: Limits
    read: Read
    content: Content


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did. `failures` are files that could not be read, with the reasons.

    `notes` are what the readers left out or doubted in the files that were read this time.
    `awaits` says which process rebuilds the index, or brings it up, where one does: what was read
    is found once that is done. Else it is empty. Of a store that is shared, `plan` is what this
    worker did; `others` is how many files others have read, `left` are those that they still read.
    """

    plan: Plan
    failures: Mapping[str, str]
    awaits: str = ""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    others: int = 0
    left: tuple[str, ...] = ()


def settle(work: Work, plan: Plan) -> bool:
    """Does what needs no reading; or nothing, where the store is not as it was planned for.

    It may not be where others write to it. The caller keeps them from planning meanwhile.
    """
    with work.writing() as transaction:
        if work.is_shared and not _fits(transaction, plan):
            return False
        for record in plan.removed:
            transaction.remove(record.slug)
        for record, file in plan.moved:
            _move(transaction, record, file)
        for file in plan.touched:
            transaction.touch(file.path, file.hint)
        for path in plan.mended:
            transaction.tried(path, None)
        for path, failure in plan.unread.items():
            transaction.tried(path, failure)
    return True


def apply(
    store: Store, work: Work, plan: Plan, tick: Tick, means: Means, patience: float = FOREVER
) -> Report:
    """Reads and writes the files of a plan that is settled.

    A file that cannot be read keeps what it last said. Where other workers read some of the files,
    they are waited for, `patience` seconds after there is nothing else to do.
    """
    task = _Task(store, work, plan, tick, means)
    left = task.run(patience)
    with work.writing() as transaction:
        transaction.ended()
    return task.report(left)


def _fits(transaction: Transaction, plan: Plan) -> bool:
    """Whether what is to be moved or removed is as it was, and no other file is in its way."""
    concerned = (*plan.removed, *(record for record, _ in plan.moved))
    places = transaction.records([file.path for _, file in plan.moved])
    is_free = not any(record.present for record in places.values())
    return is_free and all(map(transaction.stands, concerned))


def _move(transaction: Transaction, record: FileRecord, file: FoundFile) -> None:
    def taken(candidate: str) -> bool:
        owner = transaction.owner(candidate)
        return owner not in ("", record.slug)

    transaction.move(record.slug, slug(file.path, taken), file.path, file.hint)


class _Names:
    """Which slugs are taken; found out when that is first asked."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._position: int | None = None

    @cached_property
    def taken(self) -> set[str]:
        """The slugs that documents have or had."""
        self._position = self._store.position()  # before: what comes in between is seen twice
        return self._store.slugs()

    def new(self, path: str) -> str:
        """A slug for a file that is no document yet."""
        name = slug(path, self.taken.__contains__)
        self.taken.add(name)
        return name

    def catch_up(self, transaction: Transaction) -> None:
        """Takes in what others have given since; nobody does while the transaction lasts."""
        if self._position is not None:
            self._position, given = transaction.slugs_since(self._position)
            self.taken.update(given)


class _Task:
    """The reading and writing of the files of a plan."""

    def __init__(self, store: Store, work: Work, plan: Plan, tick: Tick, means: Means) -> None:
        self._work, self._plan, self._means = work, plan, means
        self._files = (*plan.new, *plan.changed)
        self._names = _Names(store)
        fresh = [file.path for file in plan.new if file.path not in plan.slugs]
        groups = rivals(fresh, self._names.taken) if work.is_shared else {}
        self._share = Share(work, self._files, self._is_read, groups)
        self._say = tick
        self._own: set[str] = set()  # files that this worker has read, and written
        self._failures: dict[str, Failure] = {}
        self._notes: dict[str, tuple[str, ...]] = {}

    def run(self, patience: float) -> list[FoundFile]:
        """Reads until all is done; the files that others still read after `patience` seconds."""
        left: Sequence[FoundFile] = self._files
        since = time.monotonic()
        while left:
            wants = self._share.wants if self._work.is_shared else every
            results = self._means.read(left, wants)
            done = len(self._own)
            while self._some(results):
                pass
            left = self._share.left() if self._work.is_shared else []
            if len(self._own) > done:
                since = time.monotonic()
            elif 0 <= patience <= time.monotonic() - since:
                return left
            elif left:
                time.sleep(_PAUSE)
            self._tick()
        return []

    def report(self, left: Sequence[FoundFile]) -> Report:
        """What this worker has done."""
        own, failures = self._own, {**self._share.failures, **self._failures}
        plan = replace(
            self._plan,
            new=tuple(file for file in self._plan.new if file.path in own),
            changed=tuple(file for file in self._plan.changed if file.path in own),
        )
        return Report(
            plan,
            {path: each.reason for path, each in {**plan.unread, **failures}.items()},
            notes=self._notes,
            others=len(self._files) - len(own) - len(left),
            left=tuple(file.path for file in left),
        )

    def _some(self, results: Iterator[tuple[FoundFile, Parsed | Refused]]) -> bool:
        """Writes what is read within a moment; whether there may be more."""
        more = False

        def within() -> Iterator[tuple[FoundFile, Parsed | Failure]]:
            nonlocal more
            end = time.monotonic() + (_SHARED if self._work.is_shared else _SECONDS)
            for file, result in results:
                yield file, self._judged(file, result)
                more = time.monotonic() > end
                if more:
                    return

        if not self._work.is_shared:
            with self._work.writing() as transaction:
                self._write(transaction, within(), self._plan.slugs)
        elif some := list(within()):  # first, since all others wait for a transaction
            self._write_beside_others(some)
        return more

    def _judged(self, file: FoundFile, result: Parsed | Refused) -> Parsed | Failure:
        if isinstance(result, Parsed):
            return result
        return failure_of(file, result, self._means.limits, self._means.content(file))

    def _write_beside_others(self, some: list[tuple[FoundFile, Parsed | Failure]]) -> None:
        """Writes what nobody has written meanwhile, and gives up the claims."""
        paths = [file.path for file, _ in some]
        with self._work.writing() as transaction:
            known = transaction.records(paths)
            self._names.catch_up(transaction)
            fresh = []
            for file, result in some:
                record = known.get(file.path)
                if record and isinstance(result, Parsed) and self._is_as_read(record, result):
                    transaction.touch(file.path, file.hint)
                else:
                    fresh.append((file, result))
            slugs = {path: record.slug for path, record in known.items()}
            self._write(transaction, fresh, slugs)
        self._share.finish(paths)

    def _write(
        self,
        transaction: Transaction,
        some: Iterable[tuple[FoundFile, Parsed | Failure]],
        slugs: Mapping[str, str],
    ) -> None:
        for file, result in some:
            if isinstance(result, Failure):
                transaction.tried(file.path, result)
                self._failures[file.path] = result
            else:
                transaction.tried(file.path, None)
                if result.notes:
                    self._notes[file.path] = result.notes
                self._put(transaction, file, result, slugs.get(file.path))
            self._own.add(file.path)
            self._tick()

    def _put(
        self, transaction: Transaction, file: FoundFile, parsed: Parsed, name: str | None
    ) -> None:
        record = FileRecord(
            file=file.path,
            slug=name or self._names.new(file.path),
            hint=file.hint,
            hash=parsed.hash,
            reader=readers.version(file.path, self._means.limits.recognition),
            present=True,
        )
        if name is None:
            transaction.add(record, parsed.metadata, parsed.notes, parsed.passages)
            return
        passages = align(transaction.standing(name), parsed.passages, transaction.retired(name))
        transaction.put(record, parsed.metadata, parsed.notes, passages)

    def _is_as_read(self, record: FileRecord, parsed: Parsed) -> bool:
        """Whether another has written this, be it of a copy with another time."""
        return is_as_read(record, parsed.hash, self._means.limits.recognition)

    def _is_read(self, file: FoundFile, record: FileRecord | None, failure: Failure | None) -> bool:
        limits = self._means.limits
        failed = {file.path: failure} if failure else {}
        return same_hint(file, record, limits.recognition) or bool(
            known_failure(file, failed, limits)
        )

    def _tick(self) -> None:
        self._say("Reading", len(self._own) + self._share.others, len(self._files))
