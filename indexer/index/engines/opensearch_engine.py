"""The engine for more than one machine: an OpenSearch cluster, a generation an index of its own.

pilcrow-<store>-gen-0001    an index, with fingerprint and position in the `_meta` of its mapping
pilcrow-<store>-read        an alias of the live one, which searches ask
pilcrow-<store>-write       another, which what writes looks up
"""

from __future__ import annotations

import time
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from indexer.errors import IndexUnavailable
from indexer.index.engine import Batch, Engine, Entry
from indexer.index.engines.generations import Fingerprint
from indexer.index.engines.opensearch_bulk import Bulk, document_of
from indexer.index.engines.opensearch_client import Json, connect, errors, every, whole
from indexer.index.engines.opensearch_query import FIRST_DAY, LAST_DAY
from indexer.index.engines.opensearch_searcher import (
    DOCUMENT,
    FACETS,
    KEY,
    OpenSearchSearcher,
)
from indexer.index.engines.remote import Remote
from indexer.index.fields import KEYS, POSITIONS, SCORED, WORDS

_FORMAT = "1"  # of the mapping below; raise it when it changes, or what goes into it
_WORDS = "words"  # the analyzer that splits at white space and does nothing else
_LONGEST = 8_000  # characters of a whole value: Lucene takes 32,766 bytes
_SLUGS = 500  # documents whose old entries are looked up in one call
_HELD = 600.0  # seconds that a replaced index is kept, for searches that have begun on it
_GREEN = 60.0  # seconds until the replicas of a new index must be there

Meta = dict[str, Any]


def open_engine(folder: Path, made_for: Fingerprint, remote: Remote) -> OpenSearchEngine:
    """The engine with its index in a cluster; `folder` is not used."""
    del folder
    fingerprint = {**made_for, "format": _FORMAT, "shards": str(remote.shards)}
    name = f"pilcrow-{_plain(made_for.get('store', ''))}"
    return OpenSearchEngine(connect(remote), remote, name, fingerprint)


def _plain(text: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in text.lower())[:64] or "none"


def _mapping() -> dict[str, Any]:
    words = {
        field.value: {
            "type": "text",
            "analyzer": _WORDS,
            "index_options": "positions" if field in POSITIONS else "freqs",
            "norms": field in SCORED,
            "fielddata": True,  # vocabularies are read from it
        }
        for field in WORDS
    }
    values = [DOCUMENT, *(key.value for key in KEYS), *FACETS.values()]
    whole_values = {name: {"type": "keyword", "ignore_above": _LONGEST} for name in values}
    numbers = {name: {"type": "long"} for name in (KEY, FIRST_DAY, LAST_DAY)}
    return {
        "dynamic": "strict",
        "_source": {"enabled": False},  # the store has all of it
        "_routing": {"required": True},
        "properties": {**words, **whole_values, **numbers},
    }


class OpenSearchEngine:
    """Implements `indexer.index.engine.Engine`.

    All passages of a document are in one shard (they are routed by its slug), and nothing that is
    written is seen before a commit refreshes: so no search sees half of a document.
    """

    name = "opensearch"
    batch_size = 20_000  # passages that a batch holds in memory until it commits

    def __init__(
        self, client: OpenSearch, remote: Remote, name: str, fingerprint: Fingerprint
    ) -> None:
        self._client = client
        self._remote = remote
        self._name = name
        self._fingerprint = fingerprint

    def searcher(self) -> OpenSearchSearcher:
        """See `Engine.searcher`."""
        index, meta = self._live()
        return OpenSearchSearcher(self._client, index, str(meta["commit"]), self._remote.seconds)

    def position(self) -> int:
        """See `Engine.position`."""
        return int(self._live()[1]["position"])

    def is_stale(self) -> bool:
        """See `Engine.is_stale`. Raises `IndexUnavailable` where the cluster cannot be asked."""
        found = self._aliased()
        return found is None or found[1].get("fingerprint") != self._fingerprint

    def damage(self) -> list[str]:
        """See `Engine.damage`: nodes compare the checksums of their files themselves."""
        return []

    @contextmanager
    def update(self) -> Iterator[Batch]:
        """See `Engine.update`."""
        index, meta = self._live()
        self._sweep()
        with errors():
            is_empty = self._client.count(index=index)["count"] == 0
        yield _Batch(self._client, index, meta, is_empty=is_empty)

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        """See `Engine.rebuild`."""
        index = self._unfinished() or self._fresh()
        try:
            yield _Unfinished(self, index)
        except IndexUnavailable:
            self._remove([index])
            raise
        self._switch(index)

    def close(self) -> None:
        """See `Engine.close`."""
        self._client.close()

    def meta_of(self, index: str) -> tuple[str, Meta]:
        """The index behind a name, and what it says of itself. Raises `IndexUnavailable`."""
        with errors():
            found = self._client.indices.get_mapping(index=index)
        ((name, said),) = found.items()
        meta = said["mappings"].get("_meta")
        if not meta:
            raise IndexUnavailable(f"the index {name} is none of ours; run 'pilcrow rebuild'")
        return str(name), meta

    def _live(self) -> tuple[str, Meta]:
        return self.meta_of(f"{self._name}-read")

    def _aliased(self) -> tuple[str, Meta] | None:
        """The live index, if there is one."""
        with errors():
            if not self._client.indices.exists_alias(name=f"{self._name}-read"):
                return None
        return self._live()

    def _generations(self) -> dict[str, Meta]:
        """All indexes of this store, each with what it says of itself."""
        with errors():
            try:
                found = self._client.indices.get_mapping(index=f"{self._name}-gen-*")
            except NotFoundError:
                return {}
        return {name: said["mappings"].get("_meta", {}) for name, said in found.items()}

    def _unfinished(self) -> str:
        """What is left of the last build, if it fits; one that was live has a lower number."""
        live = self._aliased()
        for name, meta in self._generations().items():
            if meta.get("fingerprint") == self._fingerprint and (not live or name > live[0]):
                return name
        return ""

    def _fresh(self) -> str:
        self._sweep(fresh=True)
        last = max((int(name[-4:]) for name in self._generations()), default=0)
        index = f"{self._name}-gen-{last + 1:04}"
        meta = {"fingerprint": self._fingerprint, "position": 0, "commit": _new()}
        settings = {
            "number_of_shards": self._remote.shards,
            "number_of_replicas": 0,  # it is copied once it is full
            "refresh_interval": -1,  # only a commit makes anything visible
            "analysis": _ANALYSIS,
        }
        body = {"settings": {"index": settings}, "mappings": {**_mapping(), "_meta": meta}}
        with errors():
            self._client.indices.create(index=index, body=body)
        return index

    def _switch(self, index: str) -> None:
        """Makes `index` the live one, in one step, once it is as safe as it is to be."""
        with errors():
            replicas = {"index": {"number_of_replicas": self._remote.replicas}}
            self._client.indices.put_settings(index=index, body=replicas)
            self._await_replicas(index)
            old = {n: m for n, m in self._generations().items() if n != index and m}
            names = (f"{self._name}-read", f"{self._name}-write")
            actions = [{"remove": {"index": f"{self._name}-gen-*", "alias": n}} for n in names]
            actions = actions if self._aliased() else []
            actions += [{"add": {"index": index, "alias": n}} for n in names]
            self._client.indices.update_aliases(body={"actions": actions})
        for name, meta in old.items():
            self._say(name, {**meta, "replaced": time.time()})

    def _await_replicas(self, index: str) -> None:
        """Waits for the copies; with fewer nodes than copies it goes on without them."""
        nodes = int(self._client.cluster.health()["number_of_data_nodes"])
        if nodes > self._remote.replicas:
            params = {"wait_for_status": "green", "timeout": f"{int(_GREEN)}s"}
            self._client.cluster.health(index=index, params=params, request_timeout=_GREEN + 5)

    def _say(self, index: str, meta: Meta) -> None:
        with errors():
            self._client.indices.put_mapping(index=index, body={"_meta": meta})

    def _sweep(self, *, fresh: bool = False) -> None:
        """Removes old generations that no search can be asking any more.

        With `fresh` also what is left of builds, which nobody will go on with.
        """
        live = self._aliased()
        number = live[0] if live else ""
        oldest = time.time() - _HELD
        for name, meta in self._generations().items():
            if name != number and (
                float(meta.get("replaced", oldest)) < oldest if name < number else fresh
            ):
                self._remove([name])

    def _remove(self, indexes: Iterable[str]) -> None:
        with errors():
            for index in indexes:
                self._client.indices.delete(index=index, params={"ignore_unavailable": "true"})


_ANALYSIS = {
    "tokenizer": {_WORDS: {"type": "whitespace", "max_token_length": 1_000_000}},
    "analyzer": {_WORDS: {"type": "custom", "tokenizer": _WORDS}},
}


class _Unfinished(OpenSearchEngine):
    """An engine on a generation that is not live yet; for what fills it, there is no other."""

    def __init__(self, engine: OpenSearchEngine, index: str) -> None:
        super().__init__(engine._client, engine._remote, engine._name, engine._fingerprint)
        self.batch_size = engine.batch_size
        self._index = index

    def _live(self) -> tuple[str, Meta]:
        return self.meta_of(self._index)

    def _aliased(self) -> tuple[str, Meta] | None:
        return self._live()

    def close(self) -> None:
        """The connection is that of the engine."""


class _Batch:
    """Implements `indexer.index.engine.Batch`.

    What is put is held until the commit, which sends all of it: so what is not committed leaves
    nothing behind. A crash while it is sent leaves entries that nobody sees; the same changes are
    then sent again, under the same ids.
    """

    def __init__(self, client: OpenSearch, index: str, meta: Meta, *, is_empty: bool) -> None:
        self._client = client
        self._index = index
        self._meta = meta
        self._is_empty = is_empty
        self._changed: dict[str, dict[int, bytes]] = {}
        self._sent: set[str] = set()

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        self._changed[document] = {
            entry.key: document_of(self._index, document, entry) for entry in entries
        }

    def drop(self, document: str) -> None:
        self._changed[document] = {}

    def commit(self, position: int) -> None:
        with errors():
            bulk = Bulk(self._client)
            old = self._standing()
            for document, entries in self._changed.items():
                for key in old.get(document, frozenset()) - entries.keys():
                    bulk.delete(self._index, document, key)
                for action in entries.values():
                    bulk.add(action)
            bulk.end()
            whole(self._client.indices.refresh(index=self._index))
            self._meta = {**self._meta, "position": position, "commit": _new()}
            self._client.indices.put_mapping(index=self._index, body={"_meta": self._meta})
        self._sent.update(self._changed)
        self._changed = {}

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
        return whole(self._client.search(index=self._index, body=body))


def _new() -> str:
    return uuid.uuid4().hex
