"""The corpus, the store and an engine in; the store brought up to the corpus, the engine to it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer import readers
from indexer.editions import align
from indexer.engine import Batch, Engine
from indexer.entries import entries
from indexer.errors import DocumentError
from indexer.files import FoundFile, content_hash, load, slug
from indexer.passages import split
from indexer.store import FileRecord, Store, Transaction

_FILES = 100  # in one transaction of the store: what a crash can cost
_DOCUMENTS = 16  # asked of the store at once for an engine, which bounds the memory

Tick = Callable[[str, int, int], None]  # (what is being done, how far, out of how many)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync is going to do; `unread` are files that could not even be opened, with reasons.

    `touched` have another time but the content they had; `moved` pairs what was known with where
    the same content lies now.
    """

    new: tuple[FoundFile, ...] = ()
    changed: tuple[FoundFile, ...] = ()
    moved: tuple[tuple[FileRecord, FoundFile], ...] = ()
    removed: tuple[FileRecord, ...] = ()
    touched: tuple[FoundFile, ...] = ()
    unchanged: int = 0
    unread: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What a sync did. `failures` are files that could not be read, with the reasons."""

    plan: Plan
    failures: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Check:
    """What a look at a file's content gave: its hash, or why there is none."""

    hash: str = ""
    reason: str = ""


def make_plan(store: Store, corpus: Path, found: Sequence[FoundFile], max_bytes: int) -> Plan:
    """Compares the files `found` in `corpus` with what the store knows; changes nothing.

    Content is read only where a file is new or its size or time has changed.
    """
    known = store.files()
    suspects = [file for file in found if not _same_hint(file, known.get(file.path))]
    checks = {file.path: _check(corpus, file, max_bytes) for file in suspects}
    return plan(found, known, checks)


def plan(
    found: Iterable[FoundFile], known: Mapping[str, FileRecord], checks: Mapping[str, _Check]
) -> Plan:
    """What to do about `found`, given what is `known` by path and the hashes of the suspects."""
    found = list(found)
    paths = {file.path for file in found}
    gone = [record for record in known.values() if record.present and record.file not in paths]
    unread = {path: check.reason for path, check in checks.items() if check.reason}
    moved: list[tuple[FileRecord, FoundFile]] = []
    new: list[FoundFile] = []
    changed: list[FoundFile] = []
    touched: list[FoundFile] = []
    for file in found:
        record, check = known.get(file.path), checks.get(file.path)
        if check is None or check.reason:
            continue
        if record is not None and record.present:
            (touched if _is_as_read(record, check.hash) else changed).append(file)
        elif source := _source(gone, record, check.hash):
            gone.remove(source)
            moved.append((source, file))
        else:
            new.append(file)
    return Plan(
        new=tuple(new),
        changed=tuple(changed),
        moved=tuple(moved),
        removed=tuple(gone),
        touched=tuple(touched),
        unchanged=len(found) - len(checks),
        unread=tuple(unread.items()),
    )


def _source(gone: list[FileRecord], record: FileRecord | None, content: str) -> FileRecord | None:
    """The file that was moved here: gone from its place, with this content.

    None where the content is what last lay here itself: then it has come back.
    """
    if record is not None and record.hash == content:
        return None
    return next((each for each in gone if each.hash == content), None)


def _same_hint(file: FoundFile, record: FileRecord | None) -> bool:
    return record is not None and _is_as_read(record, record.hash) and record.hint == file.hint


def _is_as_read(record: FileRecord, content: str) -> bool:
    return record.present and record.hash == content and record.reader == readers.VERSION


def _check(corpus: Path, file: FoundFile, max_bytes: int) -> _Check:
    try:
        return _Check(hash=content_hash(*load(corpus, file, max_bytes)))
    except DocumentError as error:
        return _Check(reason=str(error))


def apply(store: Store, corpus: Path, plan: Plan, max_bytes: int, tick: Tick) -> Report:
    """Carries `plan` out on the store; a file that cannot be read keeps what it last said."""
    failures = dict(plan.unread)
    with store.writing() as transaction:
        for record in plan.removed:
            transaction.remove(record.slug)
        for record, file in plan.moved:
            _move(transaction, record, file)
        for file in plan.touched:
            transaction.touch(file.path, file.hint)
    files = (*plan.new, *plan.changed)
    for start in range(0, len(files), _FILES):
        with store.writing() as transaction:
            for at, file in enumerate(files[start : start + _FILES], start=start + 1):
                try:
                    _read_into(transaction, corpus, file, max_bytes)
                except DocumentError as error:
                    failures[file.path] = str(error)
                tick("Reading", at, len(files))
    with store.writing() as transaction:
        transaction.set_failures(failures)
    return Report(plan, failures)


def _move(transaction: Transaction, record: FileRecord, file: FoundFile) -> None:
    def taken(candidate: str) -> bool:
        owner = transaction.owner(candidate)
        return owner not in ("", record.slug)

    transaction.move(record.slug, slug(file.path, taken), file.path, file.hint)


def _read_into(transaction: Transaction, corpus: Path, file: FoundFile, max_bytes: int) -> None:
    data, sidecar = load(corpus, file, max_bytes)
    document = readers.read(Path(file.path), data, sidecar)
    name = transaction.slug_of(file.path) or slug(file.path, lambda s: bool(transaction.owner(s)))
    passages = align(transaction.standing(name), split(document), transaction.used_ids(name))
    record = FileRecord(
        file.path, name, file.hint, content_hash(data, sidecar), readers.VERSION, present=True
    )
    transaction.put(record, document.metadata, document.notes, passages)


def follow(store: Store, engine: Engine, tick: Tick, *, rebuild: bool = False) -> int:
    """Brings `engine` up to the store; how many documents that took.

    The index is made anew where it is stale, and where `rebuild` says so.
    """
    if rebuild or engine.is_stale() or engine.position() > store.position():
        with engine.rebuild() as batch:
            return _fill(store, batch, engine.batch_size, tick)
    if engine.position() == store.position():
        return 0
    with engine.update() as batch:
        return _catch_up(store, batch, engine, tick)


def _fill(store: Store, batch: Batch, size: int, tick: Tick) -> int:
    position = store.position()
    slugs = [document.slug for document in store.documents()]
    _index(store, batch, [(0, slug) for slug in slugs], size, tick)
    batch.commit(position)
    return len(slugs)


def _catch_up(store: Store, batch: Batch, engine: Engine, tick: Tick) -> int:
    last = {slug: seq for seq, slug in store.changes(after=engine.position())}
    changes = sorted((seq, slug) for slug, seq in last.items())
    _index(store, batch, changes, engine.batch_size, tick)
    return len(changes)


def _index(
    store: Store, batch: Batch, changes: Sequence[tuple[int, str]], size: int, tick: Tick
) -> None:
    """Puts each changed document as it stands, and commits whenever enough has come together."""
    pending = 0
    for done in range(0, len(changes), _DOCUMENTS):
        some = changes[done : done + _DOCUMENTS]
        standing = store.standing([name for _, name in some])
        for _, name in some:
            if name in standing:
                batch.put(name, entries(*standing[name]))
            else:
                batch.drop(name)
        pending += sum(len(passages) for _, passages in standing.values())
        if pending >= size or done + len(some) == len(changes):
            batch.commit(some[-1][0])
            pending = 0
        tick("Indexing", done + len(some), len(changes))
