"""Documents by the keys of their names: those that may be versions of one work."""

from collections.abc import Callable, Collection, Sequence
from typing import Any

import sqlalchemy as sa

from indexer.document import StoredDocument
from indexer.store import rows, schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query

_AT_ONCE = 500  # keys in one query; SQLite allows a limited number of parameters
_MOST = 2_000  # documents of as many keys; a name that more of them have tells nothing


class Versions:
    """The documents, from what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    def named(self, keys: Collection[str]) -> tuple[StoredDocument, ...]:
        """The documents whose files are present and that have a name with one of `keys`, by slug.

        At most 2,000. See `indexer.naming.name_key`.
        """
        d, n = schema.documents.c, schema.names.c
        found: dict[str, StoredDocument] = {}
        asked = sorted(keys)
        for at in range(0, len(asked), _AT_ONCE):
            those = sa.select(n.document).where(n.key.in_(asked[at : at + _AT_ONCE]))
            query = rows.DOCUMENTS.where(d.present, d.id.in_(those)).order_by(d.slug).limit(_MOST)
            for document in map(rows.document, self._run(query)):
                found.setdefault(document.slug, document)
        return tuple(found.values())
