"""The corpus and the store in; the store brought up to the corpus out."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, field, replace
from functools import cached_property
from pathlib import Path

from indexer import readers
from indexer.corpus.files import FoundFile, content_hash, load, slug
from indexer.document import Failure, FileRecord
from indexer.editions.align import align
from indexer.errors import DocumentError
from indexer.progress import Tick
from indexer.reading.worker import Limits, Parsed, Refused, refusal
from indexer.store.store import Store
from indexer.store.transaction import Transaction

_SECONDS = 1.0  # of one transaction of the store: what a crash can cost

Results = Iterator[tuple[int, tuple[FoundFile, Parsed | Refused]]]
Read = Callable[[Sequence[FoundFile]], Iterator[tuple[FoundFile, Parsed | Refused]]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync is going to do; `unread` are files that are known not to be readable.

    `touched` have another time but the content they had; `moved` pairs what was known with where
    the same content lies now. `elsewhere` are files that could not be read before and that
    were not looked for this time. `slugs` are those of files that are documents, or were.
    """

    new: tuple[FoundFile, ...] = ()
    changed: tuple[FoundFile, ...] = ()
    moved: tuple[tuple[FileRecord, FoundFile], ...] = ()
    removed: tuple[FileRecord, ...] = ()
    touched: tuple[FoundFile, ...] = ()
    unchanged: int = 0
    unread: Mapping[str, Failure] = field(default_factory=dict)
    elsewhere: Mapping[str, Failure] = field(default_factory=dict)
    slugs: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Differences:
    """How a corpus folder and the store differ, told without opening a file.

    `there` are the paths of files to be read, `gone` those of files that were there; `found` is
    how many files lie there now, `known` how many documents have one, as far as the store knows.
    """

    there: tuple[str, ...]
    gone: tuple[str, ...]
    found: int
    known: int


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did. `failures` are files that could not be read, with the reasons.

    `awaits` says which process makes the index anew, where one does: what was read is found once
    that is done. Else it is empty.
    """

    plan: Plan
    failures: Mapping[str, str]
    awaits: str = ""


@dataclass(frozen=True, slots=True)
class _Check:
    """What a look at a file's content gave: its hash, or why there is none; or no look at all."""

    hash: str = ""
    failure: Failure | None = None


def make_plan(
    store: Store,
    corpus: Path,
    found: Sequence[FoundFile],
    limits: Limits,
    concerned: Callable[[str], bool] | None = None,
) -> Plan:
    """Compares the files `found` in `corpus` with what the store knows; changes nothing.

    `concerned` tells by its path which file was looked for, where it was not all of them. Content
    is read only where a known file's size or time has changed, and where a new file may be one
    that is gone from its place; and not where it was tried in vain before.
    """
    known, failed = store.files(), store.failures()
    elsewhere = {}
    if concerned is not None:
        known = {p: each for p, each in known.items() if concerned(p) or not each.present}
        elsewhere = {path: each for path, each in failed.items() if not concerned(path)}
    paths = {file.path for file in found}
    may_have_moved = any(path not in paths for path in known)
    checks: dict[str, _Check] = {}
    for file in found:
        if _same_hint(file, known.get(file.path)):
            continue
        if failure := _in_vain(file, failed, limits):
            checks[file.path] = _Check(failure=failure)
        elif may_have_moved or file.path in known:
            checks[file.path] = _check(corpus, file, limits)
        else:
            checks[file.path] = _Check()
    return replace(plan(found, known, checks), elsewhere=elsewhere)


def differences(store: Store, found: Sequence[FoundFile], limits: Limits) -> Differences:
    """Compares the files `found` with what the store knows, by size and time alone."""
    known, failed = store.files(), store.failures()
    paths = {file.path for file in found}
    present = [path for path, record in known.items() if record.present]
    return Differences(
        there=tuple(
            file.path
            for file in found
            if not (_same_hint(file, known.get(file.path)) or _in_vain(file, failed, limits))
        ),
        gone=tuple(path for path in (*present, *failed) if path not in paths),
        found=len(found),
        known=len(present),
    )


def plan(
    found: Iterable[FoundFile], known: Mapping[str, FileRecord], checks: Mapping[str, _Check]
) -> Plan:
    """What to do about `found`, given what is `known` by path and the hashes of the suspects."""
    found = list(found)
    paths = {file.path for file in found}
    lost = [record for path, record in known.items() if path not in paths]
    lost.sort(key=lambda record: not record.present)
    unread = {path: check.failure for path, check in checks.items() if check.failure}
    moved: list[tuple[FileRecord, FoundFile]] = []
    new: list[FoundFile] = []
    changed: list[FoundFile] = []
    touched: list[FoundFile] = []
    for file in found:
        record, check = known.get(file.path), checks.get(file.path)
        if check is None or check.failure:
            continue
        if record is not None and record.present:
            (touched if _is_as_read(record, check.hash) else changed).append(file)
        elif source := _source(lost, record, check.hash):
            lost.remove(source)
            moved.append((source, file))
        else:
            new.append(file)
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        moved=tuple(moved),
        removed=tuple(record for record in lost if record.present),
        touched=tuple(touched),
        unchanged=len(found) - len(checks),
        unread=unread,
        slugs={f.path: known[f.path].slug for f in (*new, *changed) if f.path in known},
    )


def _source(lost: list[FileRecord], record: FileRecord | None, content: str) -> FileRecord | None:
    """The file that was moved here: not in its place, with this content.

    One that was gone before counts too: a move may be seen as a removal first. None where the
    content is what last lay here itself: then it has come back.
    """
    if record is not None and record.hash == content:
        return None
    return next((each for each in lost if each.hash == content), None)


def _same_hint(file: FoundFile, record: FileRecord | None) -> bool:
    return record is not None and _is_as_read(record, record.hash) and record.hint == file.hint


def _is_as_read(record: FileRecord, content: str) -> bool:
    return record.present and record.hash == content and record.reader == readers.VERSION


def _in_vain(file: FoundFile, failed: Mapping[str, Failure], limits: Limits) -> Failure | None:
    """Why this very file could not be read with these readers and limits, if it was tried."""
    failure = failed.get(file.path)
    return failure if failure and failure.tried == _tried(file, limits) else None


def _tried(file: FoundFile, limits: Limits) -> str:
    return f"{file.hint} by {readers.VERSION} within {astuple(limits)}"


def _check(corpus: Path, file: FoundFile, limits: Limits) -> _Check:
    try:
        return _Check(hash=content_hash(*load(corpus, file, limits.max_bytes)))
    except DocumentError as error:
        return _Check(failure=_failure(file, refusal(error), limits))


def _failure(file: FoundFile, refused: Refused, limits: Limits) -> Failure:
    return Failure(refused.reason, _tried(file, limits) if refused.lasts else "")


def apply(store: Store, plan: Plan, tick: Tick, limits: Limits, read: Read) -> Report:
    """Carries `plan` out on the store; a file that cannot be read keeps what it last said.

    `read` gives each file in order with what was read of it within `limits`, or why nothing was.
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
        failures[file.path] = _failure(file, refused, limits)

    while _apply_some(store, names, results, refuse, lambda at: tick("Reading", at, len(files))):
        pass
    with store.writing() as transaction:
        transaction.set_failures({**plan.elsewhere, **failures})
    return Report(plan, {path: failure.reason for path, failure in failures.items()})


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
    names: _Names,
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
                _put(transaction, names, file, parsed)
            tick(at)
            if time.monotonic() > end:
                return True
    return False


def _move(transaction: Transaction, record: FileRecord, file: FoundFile) -> None:
    def taken(candidate: str) -> bool:
        owner = transaction.owner(candidate)
        return owner not in ("", record.slug)

    transaction.move(record.slug, slug(file.path, taken), file.path, file.hint)


def _put(transaction: Transaction, names: _Names, file: FoundFile, parsed: Parsed) -> None:
    name = names.known.get(file.path)
    record = FileRecord(
        file=file.path,
        slug=name or names.new(file.path),
        hint=file.hint,
        hash=parsed.hash,
        reader=readers.VERSION,
        present=True,
    )
    if name is None:
        transaction.add(record, parsed.metadata, parsed.notes, parsed.passages)
        return
    passages = align(transaction.standing(name), parsed.passages, transaction.retired(name))
    transaction.put(record, parsed.metadata, parsed.notes, passages)
