"""The queries that every search asks, compiled once, and run without the results of SQLAlchemy.

These take as long as all that SQLite does for a page. Rows come as plain tuples, by place.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

_KEPT = 64  # statements, one for each number of keys


class Prepared:
    """A query whose one parameter is `keys`, any number of values; or one that has none."""

    def __init__(self, db: sa.Engine, query: sa.Select[Any]) -> None:
        self._db = db
        self._query = query
        self._statement = lru_cache(_KEPT)(self._rendered)

    def __call__(self, keys: Sequence[int | str]) -> Sequence[Sequence[Any]]:
        """The rows for `keys`, in any order.

        Raises SQLAlchemy's errors, and those of the database's own driver.
        """
        return self._run(keys) if keys else []

    def one(self) -> Sequence[Any]:
        """The one row of a query without `keys`. Raises the same."""
        return self._run(())[0]

    def _run(self, keys: Sequence[int | str]) -> Sequence[Sequence[Any]]:
        statement, names = self._statement(len(keys))
        values = dict(zip(names, keys, strict=True)) if names else keys
        connection = self._db.raw_connection()
        try:
            cursor = connection.cursor()
            cursor.execute(statement, values)
            return cursor.fetchall()
        finally:
            connection.close()

    def _rendered(self, count: int) -> tuple[str, tuple[str, ...]]:
        """The statement for so many keys, and the names of these; none where they go by place."""
        compiled = self._query.compile(dialect=self._db.dialect)
        state = compiled.construct_expanded_state({"keys": [0] * count} if count else None)
        names = () if self._db.dialect.positional else tuple(state.parameters)
        return state.statement, names
