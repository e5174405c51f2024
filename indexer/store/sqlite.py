"""What only SQLite needs: a file that is there, its pragmas, and words for one that is damaged."""

import os
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

import sqlalchemy as sa

from indexer.errors import StoreUnavailable

WAYS_OUT = (
    "'pilcrow restore FILE' puts a backup in its place, and docs/backup.md tells what can be had "
    "without one"
)
Seen = tuple[int, int]  # the device and the number of a file

_DAMAGED = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}
_PRAGMAS = (
    "synchronous=NORMAL",  # safe after a crash, with the journal that `settle` chooses
    "busy_timeout=30000",
    "foreign_keys=ON",
    "mmap_size=4000000000",
)


def prepare(engine: sa.Engine) -> None:
    """Lets `engine` connect to a file that is there, and to the same one as long as it lives.

    A file that is gone would else be made anew, and one that was replaced not be noticed.
    """
    first: list[Seen] = []

    def connect(_: object, __: object, given: list[Any], options: dict[str, Any]) -> None:
        seen(engine)
        # Made of the engine's own address: some releases give the same list again each time.
        given[0] = address(Path(str(engine.url.database)), "rw")
        options["uri"] = True

    def connected(connection: Any, _: object) -> None:  # noqa: ANN401
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")
        first.append(seen(engine))

    def taken(*_: object) -> None:
        check(engine, first[0])

    sa.event.listen(engine, "do_connect", connect)
    sa.event.listen(engine, "connect", connected)
    sa.event.listen(engine, "checkout", taken)


def settle(engine: sa.Engine) -> None:
    """Lets readers read while one writes, which the file then remembers."""
    with engine.connect() as connection:
        if connection.exec_driver_sql("PRAGMA journal_mode").scalar() != "wal":
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")


def address(path: Path, mode: str) -> str:
    """The address by which SQLite opens a file: to read (`ro`), or to write too (`rw`)."""
    return f"file:{quote(os.fsencode(path))}?mode={mode}"


def make_place(path: Path) -> None:
    """Makes an empty file, unless one is there. Raises `StoreUnavailable`."""
    try:
        path.touch()
    except OSError as error:
        raise StoreUnavailable(f"the store {path} cannot be made: {error.strerror}") from error


def is_damaged(error: BaseException | None) -> bool:
    """Whether the file is no database, or not all of one."""
    code = getattr(error, "sqlite_errorcode", 0) or 0
    return code & 0xFF in _DAMAGED


def check(engine: sa.Engine, first: Seen) -> None:
    """Raises `StoreUnavailable` if the file is not the one that was seen at `first`."""
    if seen(engine) != first:
        raise StoreUnavailable(
            f"the store {engine.url.database} was replaced while this was running, as a "
            "restore does; start it again"
        )


def seen(engine: sa.Engine) -> Seen:
    """Which file it is. Raises `StoreUnavailable` where there is none."""
    path = str(engine.url.database)
    try:
        found = os.stat(path)  # noqa: PTH116 - it takes half as long as the method of the path
    except OSError as error:
        raise StoreUnavailable(f"the store {path} is gone: {error.strerror}; {WAYS_OUT}") from error
    return found.st_dev, found.st_ino
