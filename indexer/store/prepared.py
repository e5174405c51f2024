"""The queries that every search asks, compiled once, and run without the results of SQLAlchemy.

These take as long as all that SQLite does for a page. Rows come as plain tuples, by place.
"""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

from indexer.store.connections import Connections

_KEPT = 64  # statements, one for each number of keys


class Prepared:
    """A query whose one parameter is `keys`, any number of values; or one that has none."""

    def __init__(self, connections: Connections, query: sa.Select[Any]) -> None:
        self._connections = connections
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
        return self._connections.rows(statement, values)

    def _rendered(self, count: int) -> tuple[str, tuple[str, ...]]:
        """The statement for so many keys, and the names of these; none where they go by place."""
        dialect = self._connections.db.dialect
        state = self._compiled.construct_expanded_state({"keys": [0] * count} if count else None)
        return state.statement, () if dialect.positional else tuple(state.parameters)

    @cached_property
    def _compiled(self) -> SQLCompiler:
        return self._query.compile(dialect=self._connections.db.dialect)
