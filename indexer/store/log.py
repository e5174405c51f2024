"""The change log as a person follows it: what happened to which document, and in which edition."""

from collections.abc import Callable, Collection, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from indexer.document import Edition, StoredPassage
from indexer.store import rows, schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query


class Happening(StrEnum):
    """What a row of the change log is about."""

    NEW = "new"
    CHANGED = "changed"
    WITHDRAWN = "withdrawn"
    RETURNED = "returned"
    MOVED = "moved"


class Event(NamedTuple):
    """A row of the log: at position `seq` something happened to the document now at `slug`.

    `edition` is the one that it has had since, `at` when that was (ISO 8601, UTC). `came` and
    `went` count the passages that are so for the first time, and the last, with a new edition.
    """

    seq: int
    document: int
    slug: str
    happening: Happening
    edition: Edition
    at: str
    came: int
    went: int


class Log:
    """Reads the log by what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    def position(self) -> int:
        """The position of the last write; 0 for an empty store."""
        return int(self._run(sa.select(sa.func.max(schema.changes.c.seq).label("seq")))[0].seq or 0)

    @property
    def identity(self) -> str:
        """The store's own name: 32 hexadecimal digits."""
        f = schema.facts.c
        return str(self._run(sa.select(f.value).where(f.name == schema.IDENTITY))[0].value)

    def between(self, after: int, last: int) -> tuple[Event, ...]:
        """The events at positions from `after`, exclusive, to `last`, the first first."""
        c = schema.changes.c
        return self._events(c.seq > after, c.seq <= last)

    def of(self, slug: str) -> tuple[Event, ...]:
        """All events of the document at `slug`, the first first."""
        d = schema.documents.c
        document = sa.select(d.id).where(d.slug == slug).scalar_subquery()
        return self._events(schema.changes.c.document == document)

    def last(self, documents: Collection[int]) -> int:
        """The position of the last event of any of these documents; 0 for none."""
        c = schema.changes.c
        query = sa.select(sa.func.max(c.seq).label("seq")).where(c.document.in_(list(documents)))
        return int(self._run(query)[0].seq or 0)

    def ended(self, documents: Collection[int], most: int) -> tuple[StoredPassage, ...] | None:
        """Texts in these documents that no index has any more; None for more than `most`."""
        p, d = schema.passages.c, schema.documents.c
        ended = sa.and_(
            p.document.in_(list(documents)), sa.or_(p.until.is_not(None), sa.not_(d.present))
        )
        query = rows.PASSAGES.where(ended).order_by(p.document, p.order).limit(most + 1)
        found = tuple(map(rows.passage, self._run(query)))
        return found if len(found) <= most else None

    def _events(self, *which: sa.ColumnElement[bool]) -> tuple[Event, ...]:
        c, d = schema.changes.c, schema.documents.c
        e, p = schema.editions.c, schema.passages.c
        count = sa.select(sa.func.count()).where(p.document == c.document)
        is_new = c.happening.in_((Happening.NEW, Happening.CHANGED, Happening.RETURNED))
        came = sa.case((is_new, count.where(p.since == c.edition).scalar_subquery()), else_=0)
        went = sa.case((is_new, count.where(p.until == c.edition).scalar_subquery()), else_=0)
        said = sa.cast(e.metadata, sa.Text)
        query = (
            sa.select(c.seq, d.id, d.slug, c.happening, e.number, said, e.at, c.at, came, went)
            .select_from(schema.changes)
            .join(schema.documents, d.id == c.document)
            .join(schema.editions, sa.and_(e.document == d.id, e.number == c.edition))
            .where(*which)
            .order_by(c.seq)
        )
        return tuple(map(_event, self._run(query)))


def _event(row: Sequence[Any]) -> Event:
    seq, document, slug, happening, *edition, at, came, went = row
    then = rows.edition(edition)
    return Event(seq, document, slug, Happening(happening), then, at, came, went)
