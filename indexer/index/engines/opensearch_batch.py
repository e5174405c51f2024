"""Changes to an index in OpenSearch, of which nothing is seen before they are committed."""

import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from opensearchpy import OpenSearch

from indexer.index.engine import Entry
from indexer.index.engines.opensearch_bulk import Bulk, Place, deletion_of, document_of
from indexer.index.engines.opensearch_client import Json, errors, every, whole
from indexer.index.engines.opensearch_searcher import DOCUMENT, KEY

Meta = dict[str, Any]

_SLUGS = 500  # documents whose old entries are looked up in one call


class OpenSearchBatch:
    """Implements `indexer.index.engine.Batch`.

    What is put is held until the commit, which sends all of it: so what is not committed leaves
    nothing behind. A crash while it is sent leaves entries that nobody sees; the same changes are
    then sent again, under the same ids. With `at_once`, for an empty index that nobody searches
    yet, it is sent while more is put.

    Each change carries the number of its commit, and the cluster refuses one that is older than
    what it has: a node that stood still may go on with a request that was given up long ago.
    """

    def __init__(
        self, client: OpenSearch, index: str, meta: Meta, *, is_empty: bool, at_once: bool
    ) -> None:
        self._client = client
        self._index = index
        self._meta = meta
        self._is_empty = is_empty
        self._at_once = at_once
        self._bulk = Bulk(client)
        self._changed: dict[str, dict[int, bytes]] = {}
        self._sent: set[str] = set()

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        """See `Batch.put`."""
        place = self._place(document)
        actions = {entry.key: document_of(place, entry) for entry in entries}
        if self._at_once and document not in self._sent:
            with errors():
                for action in actions.values():
                    self._bulk.add(action)
            self._sent.add(document)
            self._changed.pop(document, None)
        else:
            self._changed[document] = actions

    def drop(self, document: str) -> None:
        """See `Batch.drop`."""
        self._changed[document] = {}

    def commit(self, position: int) -> None:
        """See `Batch.commit`."""
        with errors():
            old = self._standing()
            for document, entries in self._changed.items():
                place = self._place(document)
                for key in old.get(document, frozenset()) - entries.keys():
                    self._bulk.add(deletion_of(place, key))
                for action in entries.values():
                    self._bulk.add(action)
            self._bulk.wait()
            whole(self._client.indices.refresh(index=self._index))
            number = int(self._meta["number"]) + 1
            said = {"position": position, "number": number, "commit": uuid.uuid4().hex}
            self._meta = {**self._meta, **said}
            self._client.indices.put_mapping(index=self._index, body={"_meta": self._meta})
        self._sent.update(self._changed)
        self._changed = {}

    def close(self) -> None:
        """Sends nothing more."""
        self._bulk.close()

    def _place(self, document: str) -> Place:
        return Place(self._index, document, int(self._meta["number"]))

    def _standing(self) -> dict[str, frozenset[int]]:
        """The keys of the entries that the changed documents have had so far."""
        changed = [d for d in self._changed if not self._is_empty or d in self._sent]
        found: dict[str, set[int]] = {}
        for at in range(0, len(changed), _SLUGS):
            body = {
                "query": {"terms": {DOCUMENT: changed[at : at + _SLUGS]}},
                "sort": [{KEY: "asc"}],
                "docvalue_fields": [DOCUMENT, KEY],
            }
            for hit in every(self._ask, body):
                slug, key = hit["fields"][DOCUMENT][0], int(hit["fields"][KEY][0])
                found.setdefault(slug, set()).add(key)
        return {slug: frozenset(keys) for slug, keys in found.items()}

    def _ask(self, body: Json) -> Mapping[str, Any]:
        params = {"allow_partial_search_results": "false"}
        return whole(self._client.search(index=self._index, body=body, params=params))
