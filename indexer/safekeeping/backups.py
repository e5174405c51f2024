"""Backups of the store in SQLite, a file each, made while it is used; those of days are kept."""

from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from indexer.config import Settings
from indexer.errors import BadSetting, StoreUnavailable
from indexer.store import copies
from indexer.store.copies import Contents
from indexer.store.databases import address_of

_NAME = "pilcrow-%Y-%m-%d.db"
_GLOB = "pilcrow-[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9].db"


def file_of(settings: Settings) -> Path:
    """The file that the store is in. Raises `BadSetting` for a store in PostgreSQL."""
    url = sa.make_url(address_of(settings.store, settings.data))
    if url.get_backend_name() != "sqlite":
        raise BadSetting(
            "the store is in PostgreSQL, whose own programs back it up and restore it: pg_dump "
            "and pg_restore, then 'pilcrow restore' without a file (docs/backup.md)"
        )
    return Path(str(url.database))


def backup(settings: Settings, target: Path) -> Contents:
    """Writes the store as it is at one moment to the file `target`; others may write meanwhile.

    A backup that is there is replaced once the new one is whole. Raises `BadSetting` for what is
    there and no backup, and `StoreUnavailable`.
    """
    source = file_of(settings)
    if target.is_dir():
        raise BadSetting(f"{target} is a folder; give the name of a file in it")
    if target.exists():
        try:
            copies.contents(target)
        except StoreUnavailable as error:
            raise BadSetting(f"{target} is no backup, and stays as it is: {error}") from error
    return copies.copy(source, target)


def before_upgrade(settings: Settings) -> None:
    """Keeps the store as the earlier version left it, if there is a folder for backups.

    Raises `StoreUnavailable`, and then the store had better stay as it is.
    """
    url = sa.make_url(address_of(settings.store, settings.data))
    if settings.backup_folder and url.get_backend_name() == "sqlite":
        source, folder = file_of(settings), Path(settings.backup_folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreUnavailable(f"{folder} takes no backup: {error.strerror}") from error
        copies.copy(source, folder / f"pilcrow-schema-{copies.contents(source).schema}.db")


def kept(folder: Path | str) -> list[Path]:
    """The daily backups in a folder, the oldest first."""
    return sorted(Path(folder).glob(_GLOB))


def daily(settings: Settings) -> Path | None:
    """Makes the backup of this day (UTC), if one is wanted and not there yet; and where it is.

    Of older ones the newest `backup_keep` are kept. Raises `StoreUnavailable`.
    """
    if not settings.backup_folder:
        return None
    folder = Path(settings.backup_folder)
    target = folder / datetime.now(UTC).strftime(_NAME)
    if target.exists():
        return None
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copies.copy(file_of(settings), target)
        for old in kept(folder)[: -settings.backup_keep]:
            old.unlink()
    except OSError as error:
        raise StoreUnavailable(f"{folder} takes no backup: {error.strerror}") from error
    return target
