"""The documents that are there as a list for programs: parts of it, each with its newest change."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from indexer.store import schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query

PART = 10_000  # documents at most; so many of the longest addresses are within 50 MB


class Listing:
    """The list, from what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    def parts(self) -> dict[int, str]:
        """The parts that have documents, from 1, each with when one of these last changed."""
        d = schema.documents.c
        number = ((d.id - 1) // PART + 1).label("number")
        query = sa.select(number, sa.func.max(d.changed_at).label("at")).where(d.present)
        found = self._run(query.group_by(number).order_by(number))
        return {int(row.number): row.at for row in found}

    def part(self, number: int) -> list[tuple[str, str]]:
        """The documents of a part, each as its slug and when it last changed, in a fixed order.

        A document stays in its part, whatever comes or goes.
        """
        d = schema.documents.c
        within = sa.and_(d.id > (number - 1) * PART, d.id <= number * PART)
        query = sa.select(d.slug, d.changed_at).where(d.present, within).order_by(d.id)
        return [(row.slug, row.changed_at) for row in self._run(query)]
