"""Puts a backup in the place of the store, and sees to it that no index fits that followed it."""

from contextlib import ExitStack, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from indexer.config import Settings
from indexer.errors import BadSetting, StoreUnavailable
from indexer.processes.lock import builder_lock, writer_lock
from indexer.safekeeping.backups import file_of
from indexer.safekeeping.missing import note
from indexer.store import copies
from indexer.store.copies import Contents
from indexer.store.locks import ALONE
from indexer.store.store import Store

_BESIDE = ("", "-wal", "-shm")  # what SQLite keeps beside a file belongs to it


@dataclass(frozen=True, slots=True)
class Restored:
    """`contents` are now in the store; what was in its place is at `replaced`, None for nothing."""

    contents: Contents
    replaced: Path | None


def restore(settings: Settings, source: Path, *, force: bool, wait: float = 0) -> Restored:
    """Puts the backup `source` in the place of the store, in one step once it is there and whole.

    What was there is kept beside it under another name. Raises `BadSetting` where there is a
    store, unless `force`, with what it has and the backup has not; `StoreUnavailable` for a file
    that is no whole backup; and `Locked`.
    """
    target = file_of(settings)
    there = copies.contents(source)
    if target.exists() and target.samefile(source):
        raise BadSetting(f"{source} is the store itself")
    if target.exists() and not force:
        raise BadSetting(
            f"there is a store at {target}: {_lost(target, there)}. With --force the backup takes "
            "its place, and it is kept beside it under another name"
        )
    settings.data.mkdir(parents=True, exist_ok=True)
    with builder_lock(settings.data, wait), writer_lock(settings.data, wait):
        coming = target.with_name(f"{target.name}.restored")
        told = copies.copy(source, coming, renewed=True)
        try:
            replaced = _put_aside(target)
            coming.replace(target)
        except OSError as error:
            raise StoreUnavailable(f"{target} cannot be replaced: {error.strerror}") from error
        note(settings.data, told.identity)
    return Restored(told, replaced)


def renew(settings: Settings, wait: float = 0) -> None:
    """After the database of the store was restored by its own programs: makes every index stale.

    Raises `StoreUnavailable` where there is no whole store in it, and `Locked`.
    """

    def making() -> None:
        raise StoreUnavailable(f"there is no store at {settings.store}; restore it first")

    store = Store(settings.store, settings.store_password_file, making=making)
    with ExitStack() as held:
        held.callback(store.close)
        held.enter_context(builder_lock(settings.data, wait))
        held.enter_context(writer_lock(settings.data, wait))
        held.enter_context(store.exclusive(ALONE, wait))
        store.check()
        note(settings.data, store.renew())


def _lost(target: Path, there: Contents) -> str:
    try:
        here = copies.contents(target)
    except StoreUnavailable as error:
        return f"it cannot be read ({error})"
    said = (
        f"it has {here.documents:,} documents in {here.editions:,} editions, the last of "
        f"{here.changed_at or 'no day'}; the backup has {there.documents:,} in "
        f"{there.editions:,}, the last of {there.changed_at or 'no day'}"
    )
    more = here.position - there.position
    if here.identity == there.identity and more > 0:
        return f"{said}, so that {more:,} writes would be lost"
    return said


def _put_aside(target: Path) -> Path | None:
    """Renames the store with what belongs to it; where to. None if there is none."""
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H%M%SZ")
    aside = target.with_name(f"{target.stem}-before-restore-{moment}{target.suffix}")
    was_there = target.exists()
    for each in reversed(_BESIDE):
        with suppress(FileNotFoundError):
            target.with_name(f"{target.name}{each}").rename(f"{aside}{each}")
    return aside if was_there else None
