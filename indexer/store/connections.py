"""Connections of the database's own driver, kept open for what every search asks.

SQLAlchemy's pool takes longer to give one and to take it back than SQLite takes for ten paragraphs.
"""

from collections.abc import Sequence
from contextlib import closing
from typing import Any, NamedTuple

import sqlalchemy as sa

from indexer.store import sqlite


class _Kept(NamedTuple):
    seen: sqlite.Seen  # which file it was opened to
    connection: sa.PoolProxiedConnection


class Connections:
    """Connections to one database. Threads may share them, each with one at a time."""

    def __init__(self, db: sa.Engine) -> None:
        self.db = db
        self._is_file = db.dialect.name == "sqlite"  # else a server, which may hang up at any time
        self._idle: list[_Kept] = []

    def rows(self, statement: str, values: Sequence[Any] | dict[str, Any]) -> list[Any]:
        """What `statement`, which only reads, gives. Raises the driver's errors, and SQLAlchemy's.

        And `StoreUnavailable` where the file is another one than at first.
        """
        if not self._is_file:
            with closing(self.db.raw_connection()) as pooled:
                return _read(pooled, statement, values)
        seen, kept = self._taken()
        try:
            sqlite.check(self.db, seen)
            found = _read(kept.dbapi_connection, statement, values)
        except BaseException:
            kept.close()
            raise
        self._idle.append(_Kept(seen, kept))
        return found

    def close(self) -> None:
        """Gives up those that nobody uses."""
        while self._idle:
            self._idle.pop().connection.close()

    def _taken(self) -> _Kept:
        try:
            return self._idle.pop()
        except IndexError:  # all are in use
            pass
        kept = self.db.raw_connection()
        kept.detach()  # from the pool, which would give it to others too
        return _Kept(sqlite.seen(self.db), kept)


def _read(connection: Any, statement: str, values: Sequence[Any] | dict[str, Any]) -> list[Any]:  # noqa: ANN401
    cursor = connection.cursor()
    cursor.execute(statement, values)
    rows: list[Any] = cursor.fetchall()
    return rows
