"""A moment in, the documents that have changed since out, as they were then."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from indexer.document import StoredDocument
from indexer.store import rows, schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query


def altered(run: Rows, at: str) -> dict[str, StoredDocument | None]:
    """See `Store.altered`."""
    later, away, elsewhere = _first_later(run, at), *_absences(run, at)
    touched = {*later, *elsewhere}
    found: dict[str, StoredDocument | None] = {}
    for number in touched:
        now = rows.document(run(rows.DOCUMENTS.where(schema.documents.c.id == number))[0])
        edition = later.get(number, now.edition + 1) - 1
        was_there = bool(edition) and number not in away
        if (edition, was_there) == (now.edition, now.present):
            continue  # it was gone in between
        if was_there:
            found[now.slug] = _then(run, number, now, edition)
        elif now.present:
            found[now.slug] = None
    return found


def changed_at(run: Rows) -> str:
    """See `Store.changed_at`."""
    a = schema.absences.c
    last = sa.func.max
    moments = [
        sa.select(last(schema.editions.c.at).label("at")),
        sa.select(last(a.gone).label("at")),
        sa.select(last(a.back).label("at")),
    ]
    return max((row.at or "" for query in moments for row in run(query)), default="")


def _first_later(run: Rows, at: str) -> dict[int, int]:
    """By document, the number of its first edition after `at`, where there is one."""
    e = schema.editions.c
    first = sa.func.min(e.number).label("first")
    query = sa.select(e.document, first).where(e.at > at).group_by(e.document)
    return {row.document: row.first for row in run(query)}


def _absences(run: Rows, at: str) -> tuple[set[int], set[int]]:
    """The documents whose files were gone at `at`, and those that have gone or come back since."""
    a = schema.absences.c
    ended = sa.or_(a.back == "", a.back > at)
    gone = run(sa.select(a.document).where(a.gone <= at, ended))
    since = run(sa.select(a.document).where(sa.or_(a.gone > at, a.back > at)))
    return {row.document for row in gone}, {row.document for row in since}


def _then(run: Rows, document: int, now: StoredDocument, edition: int) -> StoredDocument:
    e, p = schema.editions.c, schema.passages.c
    (row,) = run(rows.EDITIONS.where(e.document == document, e.number == edition))
    was = rows.edition(row)
    stood = sa.and_(p.since <= edition, sa.or_(p.until.is_(None), p.until > edition))
    count = sa.select(sa.func.count().label("passages")).select_from(schema.passages)
    (counted,) = run(count.where(p.document == document, stood))
    return replace(
        now,
        edition=edition,
        metadata=was.metadata,
        changed_at=was.at,
        passages=counted.passages,
        notes=() if edition != now.edition else now.notes,
        present=True,
    )
