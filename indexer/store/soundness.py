"""Whether the store is whole: by its database, by its tables, by the digests of its editions."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from indexer.store import schema
from indexer.store.digests import altered

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query

_SAID = 3  # findings that are told


def wrong(engine: sa.Engine, run: Rows) -> list[str]:
    """What is wrong, in a few lines; nothing where all is whole."""
    if engine.dialect.name == "sqlite":
        found = [str(row[0]) for row in run(sa.text(f"PRAGMA quick_check({_SAID})"))]
        if found != ["ok"]:
            return found
    return _miscounted(run) or list(altered(run, _SAID))


def _miscounted(run: Rows) -> list[str]:
    """Documents that have another number of passages, or of editions, than they say.

    Both are read for it from end to end, which a damaged table does not survive.
    """
    d, e, p = schema.documents.c, schema.editions.c, schema.passages.c
    standing = (
        sa.select(p.document, sa.func.count().label("standing"))
        .where(p.until.is_(None))
        .group_by(p.document)
        .subquery()
    )
    numbered = (
        sa.select(e.document, sa.func.max(e.number).label("last"), sa.func.count().label("all"))
        .group_by(e.document)
        .subquery()
    )
    query = (
        sa.select(d.slug)
        .outerjoin(standing, standing.c.document == d.id)
        .outerjoin(numbered, numbered.c.document == d.id)
        .where(
            sa.or_(
                sa.func.coalesce(standing.c.standing, 0) != d.passages,
                sa.func.coalesce(numbered.c.last, 0) != d.edition,
                sa.func.coalesce(numbered.c.all, 0) != d.edition,
            )
        )
        .order_by(d.slug)
        .limit(_SAID)
    )
    return [f"{row.slug} has not the paragraphs and editions that it says" for row in run(query)]
