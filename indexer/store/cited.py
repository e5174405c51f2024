"""Documents by the names under which texts cite them, and the places in them that are cited."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from indexer.document import StoredDocument, StoredPassage
from indexer.store import rows, schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query

_MOST = 24  # documents of one name: the languages of a text, and some


class Cited:
    """Answers from what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    def named(self, keys: Collection[str]) -> Mapping[str, Sequence[StoredDocument]]:
        """For each key of a name the documents that have it and are there, the newest first.

        See `indexer.naming.name_key`. A key that no document has is left out.
        """
        d, n = schema.documents.c, schema.names.c
        query = sa.select(n.key, *rows.DOCUMENTS.selected_columns).join_from(
            schema.names, schema.documents
        )
        query = query.where(n.key.in_(list(keys)), d.present).order_by(d.date.desc(), d.slug)
        found: dict[str, list[StoredDocument]] = defaultdict(list)
        for row in map(tuple, self._run(query)):
            found[row[0]].append(rows.document(row[1:]))
        return {key: documents[:_MOST] for key, documents in found.items()}

    def opening(self, key: str) -> Sequence[StoredDocument]:
        """The documents that are there and have a name which goes on after the words of `key`."""
        d, n = schema.documents.c, schema.names.c
        goes_on = sa.and_(n.key > f"{key} ", n.key < f"{key}!")  # "!" is the sign behind a space
        named = sa.select(n.document).where(goes_on)
        query = rows.DOCUMENTS.where(d.id.in_(named), d.present)
        found = self._run(query.order_by(d.date.desc(), d.slug).limit(_MOST))
        return tuple(map(rows.document, found))

    def standing(self, slugs: Collection[str]) -> Mapping[str, Mapping[str, str]]:
        """For each document the local ids that stand in it, each with its official position."""
        d, p = schema.documents.c, schema.passages.c
        query = sa.select(d.slug, p.id, p.natural_id).join_from(schema.passages, schema.documents)
        query = query.where(d.slug.in_(list(slugs)), p.until.is_(None)).order_by(p.order)
        found: dict[str, dict[str, str]] = {slug: {} for slug in slugs}
        for slug, local_id, position in map(tuple, self._run(query)):
            found[slug][local_id] = position
        return found

    def names_of(self, slug: str) -> frozenset[str]:
        """The keys of all names of a document."""
        d, n = schema.documents.c, schema.names.c
        query = sa.select(n.key).join_from(schema.names, schema.documents).where(d.slug == slug)
        return frozenset(str(row.key) for row in self._run(query))

    def passage(self, slug: str, local_id: str) -> StoredPassage | None:
        """The passage that stands at an address, if one does."""
        d, p = schema.documents.c, schema.passages.c
        query = rows.PASSAGES.where(d.slug == slug, p.id == local_id, p.until.is_(None))
        found = self._run(query)
        return rows.passage(found[0]) if found else None
