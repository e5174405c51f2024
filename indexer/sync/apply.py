"""Carries a plan out on the store."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from indexer import readers
from indexer.corpus.slugs import slug
from indexer.corpus.walk import FoundFile
from indexer.document import FileRecord
from indexer.editions.align import align
from indexer.progress import Tick
from indexer.reading.protocol import Limits, Parsed, Refused
from indexer.store.store import Store
from indexer.store.transaction import Transaction
from indexer.sync.plan import Plan, failure_of

_SECONDS = 1.0  # of one transaction of the store: what a crash can cost

Results = Iterator[tuple[int, tuple[FoundFile, Parsed | Refused]]]
Content = Callable[[FoundFile], str]
Read = Callable[[Sequence[FoundFile]], Iterator[tuple[FoundFile, Parsed | Refused]]]


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did. `failures` are files that could not be read, with the reasons.

    `notes` are what the readers left out or doubted in the files that were read this time.
    `awaits` says which process rebuilds the index, where one does: what was read is found once
    that is done. Else it is empty.
    """

    plan: Plan
    failures: Mapping[str, str]
    awaits: str = ""
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def apply(
    store: Store, plan: Plan, tick: Tick, limits: Limits, read: Read, content: Content
) -> Report:
    """Carries `plan` out on the store; a file that cannot be read keeps what it last said.

    `read` gives each file in order with what was read of it within `limits`, or why nothing was;
    `content` the hash of what one holds, or nothing where that cannot be told.
    """
    failures = dict(plan.unread)
    with store.writing() as transaction:
        for record in plan.removed:
            transaction.remove(record.slug)
        for record, file in plan.moved:
            _move(transaction, record, file)
        for file in plan.touched:
            transaction.touch(file.path, file.hint)
    files = (*plan.new, *plan.changed)
    results = enumerate(read(files), start=1)
    names = _Names(store, plan.slugs)

    def refuse(file: FoundFile, refused: Refused) -> None:
        failures[file.path] = failure_of(file, refused, limits, content(file))

    notes: dict[str, tuple[str, ...]] = {}

    def put(transaction: Transaction, file: FoundFile, parsed: Parsed) -> None:
        if parsed.notes:
            notes[file.path] = parsed.notes
        _put(transaction, names, file, parsed, readers.version(file.path, limits.recognition))

    while _apply_some(store, put, results, refuse, lambda at: tick("Reading", at, len(files))):
        pass
    with store.writing() as transaction:
        transaction.set_failures({**plan.elsewhere, **failures})
    reasons = {path: failure.reason for path, failure in failures.items()}
    return Report(plan, reasons, notes=notes)


class _Names:
    """Which document a file is, and which slugs are taken."""

    def __init__(self, store: Store, known: Mapping[str, str]) -> None:
        self.known = known
        self._store = store

    def new(self, path: str) -> str:
        """A slug for a file that is no document yet."""
        name = slug(path, self._taken.__contains__)
        self._taken.add(name)
        return name

    @cached_property
    def _taken(self) -> set[str]:
        return self._store.slugs()


def _apply_some(
    store: Store,
    put: Callable[[Transaction, FoundFile, Parsed], None],
    results: Results,
    refuse: Callable[[FoundFile, Refused], None],
    tick: Callable[[int], None],
) -> bool:
    """Puts what comes within `_SECONDS` into the store at once; whether there may be more."""
    end = time.monotonic() + _SECONDS
    with store.writing() as transaction:
        for at, (file, parsed) in results:
            if isinstance(parsed, Refused):
                refuse(file, parsed)
            else:
                put(transaction, file, parsed)
            tick(at)
            if time.monotonic() > end:
                return True
    return False


def _move(transaction: Transaction, record: FileRecord, file: FoundFile) -> None:
    def taken(candidate: str) -> bool:
        owner = transaction.owner(candidate)
        return owner not in ("", record.slug)

    transaction.move(record.slug, slug(file.path, taken), file.path, file.hint)


def _put(
    transaction: Transaction, names: _Names, file: FoundFile, parsed: Parsed, reader: str
) -> None:
    name = names.known.get(file.path)
    record = FileRecord(
        file=file.path,
        slug=name or names.new(file.path),
        hint=file.hint,
        hash=parsed.hash,
        reader=reader,
        present=True,
    )
    if name is None:
        transaction.add(record, parsed.metadata, parsed.notes, parsed.passages)
        return
    passages = align(transaction.standing(name), parsed.passages, transaction.retired(name))
    transaction.put(record, parsed.metadata, parsed.notes, passages)
