"""The texts that stand no more: those of earlier editions, and of documents that have left."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from indexer.store import schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query


class Earlier:
    """These texts, from what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    def texts(self, limit: int) -> list[tuple[int, str]]:
        """The keys and texts of `limit` passages that stand no more, the last that stood first."""
        d, p = schema.documents.c, schema.passages.c
        gone = sa.or_(sa.not_(d.present), p.until.is_not(None))
        query = sa.select(p.key, p.text).join_from(schema.passages, schema.documents)
        # Documents of one edition have none: without this every passage would be looked at.
        query = query.where(sa.or_(d.edition > 1, sa.not_(d.present)), gone)
        return [(row.key, row.text) for row in self._run(query.order_by(p.key.desc()).limit(limit))]
