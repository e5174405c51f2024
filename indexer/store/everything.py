"""All texts that a store has ever held, document by document: what a proof is about."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

import sqlalchemy as sa

from indexer.store import schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query

_AT_ONCE = 100  # documents whose texts are held at once


class HeldText(NamedTuple):
    """A text of the paragraph `id`, from edition `since` until edition `until`, exclusive."""

    id: str
    since: int
    until: int | None
    label: str
    text: str


class HeldDocument(NamedTuple):
    """A document, and all its texts by their ids and editions."""

    slug: str
    edition: int
    present: bool
    texts: tuple[HeldText, ...]


class Everything:
    """The documents, from what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    def documents(self) -> Iterator[HeldDocument]:
        """Every document that is or was there, by slug, sign by sign."""
        d, p = schema.documents.c, schema.passages.c
        known = self._run(sa.select(d.id, d.slug, d.edition, d.present))
        ordered = sorted(map(tuple, known), key=lambda row: row[1])
        for at in range(0, len(ordered), _AT_ONCE):
            some = ordered[at : at + _AT_ONCE]
            query = sa.select(p.document, p.id, p.since, p.until, p.label, p.text)
            query = query.where(p.document.in_([row[0] for row in some])).order_by(p.document)
            found = {
                number: sorted(HeldText(*row[1:]) for row in group)
                for number, group in groupby(map(tuple, self._run(query)), key=lambda row: row[0])
            }
            for number, slug, edition, present in some:
                texts = tuple(found.get(number, ()))
                yield HeldDocument(slug, edition, bool(present), texts)
