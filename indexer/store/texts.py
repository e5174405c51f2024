"""The texts of many passages at once, with little else: what a comparison of wordings needs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from indexer.store import schema

Rows = Callable[[sa.Executable, Mapping[str, Any]], Sequence[sa.Row[Any]]]  # what runs a query

_AT_ONCE = 10_000  # keys in one query; SQLite allows a limited number of parameters

_p, _d = schema.passages.c, schema.documents.c
_TEXTS = (
    sa.select(_p.key, _d.slug, _p.id, _d.date, _p.label, _p.language, _p.text)
    .join_from(schema.passages, schema.documents)
    .where(_p.key.in_(sa.bindparam("keys", expanding=True)))
)


class StoredText(NamedTuple):
    """What a passage says, under its key, and where: its document's slug and date, its own id.

    `date` is as exactly as known, or empty; `label` the official number as printed.
    """

    key: int
    document: str
    id: str
    date: str
    label: str
    language: str
    text: str


class Texts:
    """The texts, from what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    def of(self, keys: Sequence[int]) -> Iterator[StoredText]:
        """The passages with these keys, in any order, those that no longer stand included."""
        for at in range(0, len(keys), _AT_ONCE):
            for row in self._run(_TEXTS, {"keys": keys[at : at + _AT_ONCE]}):
                yield StoredText(*tuple(row))
