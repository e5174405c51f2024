"""A store in SQLite as one file: copied while it is used, and looked at before it is trusted."""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from indexer import atomic, disks
from indexer.errors import StoreUnavailable
from indexer.store import migrations, schema, sqlite

_SAID = 3  # findings of a damaged file that are told


@dataclass(frozen=True, slots=True)
class Contents:
    """What a file has of a store: `schema` is its version, `position` that of its last write.

    `documents` are those present, `changed_at` when the last of all changed (ISO 8601, UTC).
    """

    schema: str
    identity: str
    position: int
    documents: int
    editions: int
    changed_at: str


def contents(path: Path) -> Contents:
    """What is in the store in the file at `path`, which is read from end to end.

    Raises `StoreUnavailable` where it is no store, not a whole one, or of an unknown version.
    """
    with _errors(path), closing(_opened(path, "ro")) as database:
        wrong = damage(database)
        if wrong:
            raise StoreUnavailable(f"{path} is damaged: {'; '.join(wrong)}")
        facts = _facts(database)
        version = facts.get(schema.SCHEMA, "")
        if not migrations.is_known(version):
            said = f"has schema {version}, which this version cannot use" if version else "is none"
            raise StoreUnavailable(f"{path} is to be a store of Pilcrow, and {said}")

        def one(query: str) -> int | str:
            return database.execute(query).fetchone()[0] or 0

        return Contents(
            schema=version,
            identity=facts[schema.IDENTITY],
            position=int(one("SELECT max(seq) FROM changes")),
            documents=int(one("SELECT count(*) FROM documents WHERE present")),
            editions=int(one("SELECT count(*) FROM editions")),
            changed_at=str(one("SELECT max(changed_at) FROM documents") or ""),
        )


def damage(database: sqlite3.Connection) -> list[str]:
    """What SQLite finds wrong in a file; nothing where it is whole."""
    found = [str(row[0]) for row in database.execute(f"PRAGMA quick_check({_SAID})")]
    return [] if found == ["ok"] else found


def copy(source: Path, target: Path, *, renewed: bool = False) -> Contents:
    """Copies the store in the file `source` as it is at one moment, while others may write to it.

    The copy gets its name once it is whole and on disk, in the place of what may be there. If it
    is `renewed`, it has an identity of its own. Raises `StoreUnavailable`.
    """
    beside = target.with_name(f".{target.name}.{secrets.token_hex(8)}")
    try:
        with _errors(source), closing(_opened(source, "ro")) as here, _errors(target):
            _fill(here, beside)
        if renewed:
            _renew(beside)
        told = contents(beside)
        with _errors(target):
            with beside.open("rb+") as file:
                os.fsync(file.fileno())
            beside.replace(target)
            atomic.keep_names(target.parent)
        return told
    finally:
        for left in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                beside.with_name(f"{beside.name}{left}").unlink(missing_ok=True)


def _fill(here: sqlite3.Connection, beside: Path) -> None:
    beside.touch(exist_ok=False)
    with closing(_opened(beside, "rw")) as there:
        here.backup(there)  # all at once, in one transaction of a reader, whom no writer waits for
        there.execute("PRAGMA journal_mode=DELETE")  # one file, which can be read where it lies


def _renew(path: Path) -> None:
    with _errors(path), closing(_opened(path, "rw")) as database, database:
        database.execute(
            "UPDATE facts SET value = lower(hex(randomblob(16))) WHERE name = ?",
            [schema.IDENTITY],
        )


def _facts(database: sqlite3.Connection) -> dict[str, str]:
    there = database.execute("SELECT 1 FROM sqlite_master WHERE name = 'facts'").fetchone()
    return dict(database.execute("SELECT name, value FROM facts")) if there else {}


def _opened(path: Path, mode: str) -> sqlite3.Connection:
    if not path.is_file():
        raise StoreUnavailable(f"there is no file {path}")
    return sqlite3.connect(sqlite.address(path, mode), uri=True, timeout=30)


@contextmanager
def _errors(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        said = "is damaged, or no store" if sqlite.is_damaged(error) else "cannot be used"
        lacks = disks.wanting(error, path)
        raise StoreUnavailable(f"{path} {said}: {lacks or error}") from error
    except OSError as error:
        raise StoreUnavailable(
            f"{path} cannot be used: {disks.wanting(error) or error.strerror}"
        ) from error
