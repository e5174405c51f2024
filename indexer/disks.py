"""An error in, what its disk lacks and what to do about it out: room, or the right to write."""

import errno
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

NO_ROOM = "there is no room on the disk; make some and do it again, nothing is lost"
READ_ONLY = "the disk, or the folder, is read-only; have it take changes and do it again"

_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT))
_READ_ONLY = frozenset((errno.EROFS, errno.EACCES, errno.EPERM))
_FAILING = frozenset((sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN))
_LEAST = 65_536  # bytes of room, without which SQLite cannot open what is shared by its readers


def wanting(error: BaseException, place: Path | None = None) -> str:
    """`NO_ROOM` or `READ_ONLY`, if that is what `error` or its causes tell; else nothing.

    `place` is the file or the folder at which it happened, of which SQLite says too little.
    """
    for each in _causes(error):
        if said := _wanting(each, place):
            return said
    return ""


def _wanting(error: BaseException, place: Path | None) -> str:
    number = error.errno if isinstance(error, OSError) else None
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if number in _NO_ROOM or code == sqlite3.SQLITE_FULL or os.strerror(errno.ENOSPC) in str(error):
        return NO_ROOM
    if number in _READ_ONLY or code == sqlite3.SQLITE_READONLY:
        return READ_ONLY
    if os.strerror(errno.EROFS) in str(error):  # as Tantivy says it, without a number
        return READ_ONLY
    return _of(place) if code in _FAILING and place else ""


def _of(place: Path) -> str:
    folder = place if place.is_dir() else place.parent
    if not folder.is_dir():
        return ""
    if not os.access(folder, os.W_OK):
        return READ_ONLY
    return NO_ROOM if shutil.disk_usage(folder).free < _LEAST else ""


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error`, what it was raised from, and what SQLAlchemy wraps."""
    at: BaseException | None = error
    while at is not None:
        yield at
        at = getattr(at, "orig", None) or at.__cause__ or at.__context__
