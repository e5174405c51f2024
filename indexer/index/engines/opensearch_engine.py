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
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from indexer.errors import IndexUnavailable, IndexUnreachable
from indexer.index.engine import Batch, Engine
from indexer.index.engines.generations import Fingerprint
from indexer.index.engines.opensearch_batch import Meta, OpenSearchBatch
from indexer.index.engines.opensearch_client import connect, errors, whole
from indexer.index.engines.opensearch_mapping import ANALYSIS, mapping
from indexer.index.engines.opensearch_searcher import OpenSearchSearcher
from indexer.index.engines.remote import Remote

_FORMAT = "2"  # of the mapping below; raise it when it changes, or what goes into it
_HELD = 600.0  # seconds that a replaced index is kept, for searches that have begun on it
_IDLE = 60.0  # seconds in which no copy of a new index is being made, until it is given up
# How the health of an index is waited for; where it does not come, the answer has status 408.
_WAITED = {"wait_for_status": "green", "timeout": "10s", "ignore": 408}

_WRITING = 60  # seconds of a call that nobody waits for, if a search may not take longer


class Clients(NamedTuple):
    """One for what people wait for, one for what writes, with more patience."""

    asking: OpenSearch
    writing: OpenSearch


def open_engine(folder: Path, made_for: Fingerprint, remote: Remote) -> OpenSearchEngine:
    """The engine with its index in a cluster; `folder` is not used."""
    del folder
    fingerprint = {**made_for, "format": _FORMAT, "shards": str(remote.shards)}
    name = f"pilcrow-{_plain(made_for.get('store', ''))}"
    patient = replace(remote, seconds=max(_WRITING, remote.seconds))
    clients = Clients(connect(remote), connect(patient, compress=False))
    return OpenSearchEngine(clients, remote, name, fingerprint)


def _plain(text: str) -> str:
    return "".join(sign if sign.isalnum() else "-" for sign in text.lower())[:64] or "none"


class OpenSearchEngine:
    """Implements `indexer.index.engine.Engine`.

    All passages of a document are in one shard (they are routed by its slug), and nothing that is
    written is seen before a commit refreshes: so no search sees half of a document.
    """

    name = "opensearch"
    batch_size = 20_000  # passages that a batch holds in memory until it commits

    def __init__(
        self, clients: Clients, remote: Remote, name: str, fingerprint: Fingerprint
    ) -> None:
        self._clients = clients
        self._remote = remote
        self._name = name
        self._fingerprint = fingerprint

    def searcher(self) -> OpenSearchSearcher:
        """See `Engine.searcher`."""
        index, meta = self._live(local=True)
        return OpenSearchSearcher(
            self._clients.asking, index, str(meta["commit"]), self._remote.seconds
        )

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
        batch = self._batch(index, meta)
        try:
            yield batch
        finally:
            batch.close()

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        """See `Engine.rebuild`."""
        index = self._unfinished() or self._fresh()
        try:
            yield _Unfinished(self, index)
        except IndexUnreachable:
            raise
        except IndexUnavailable:
            self._remove([index])
            raise
        self._switch(index)

    def close(self) -> None:
        """See `Engine.close`."""
        for client in self._clients:
            client.close()

    def meta_of(self, index: str, *, local: bool = False) -> tuple[str, Meta]:
        """The index behind a name, and what it says of itself. Raises `IndexUnavailable`.

        With `local` any node may say what it knows, so that searches need no cluster manager.
        """
        params = {"local": "true"} if local else {}
        with errors():
            found = self._clients.asking.indices.get_mapping(index=index, params=params)
        ((name, said),) = found.items()
        meta = said["mappings"].get("_meta")
        if not meta:
            raise IndexUnavailable(f"the index {name} is none of ours; run 'pilcrow rebuild'")
        return str(name), meta

    def _batch(self, index: str, meta: Meta, *, unseen: bool = False) -> OpenSearchBatch:
        """A batch on an index that is `unseen` while nobody searches it."""
        client = self._clients.writing
        with errors():
            if unseen:  # what was sent and never committed is to be replaced too
                whole(client.indices.refresh(index=index))
            is_empty = client.count(index=index)["count"] == 0
        return OpenSearchBatch(client, index, meta, is_empty=is_empty, at_once=unseen and is_empty)

    def _live(self, *, local: bool = False) -> tuple[str, Meta]:
        return self.meta_of(f"{self._name}-read", local=local)

    def _aliased(self) -> tuple[str, Meta] | None:
        """The live index, if there is one."""
        with errors():
            if not self._clients.asking.indices.exists_alias(name=f"{self._name}-read"):
                return None
        return self._live()

    def _generations(self) -> dict[str, Meta]:
        """All indexes of this store, each with what it says of itself."""
        with errors():
            try:
                found = self._clients.writing.indices.get_mapping(index=f"{self._name}-gen-*")
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
        meta = {
            "fingerprint": self._fingerprint,
            "position": 0,
            "number": 0,
            "commit": uuid.uuid4().hex,
        }
        settings = {
            "number_of_shards": self._remote.shards,
            "number_of_replicas": 0,  # it is copied once it is full
            "refresh_interval": -1,  # only a commit makes anything visible
            "analysis": ANALYSIS,
        }
        body = {"settings": {"index": settings}, "mappings": {**mapping(), "_meta": meta}}
        with errors():
            self._clients.writing.indices.create(index=index, body=body)
        return index

    def _switch(self, index: str) -> None:
        """Makes `index` the live one, in one step, once it is as safe as it is to be."""
        self._copy(index)
        with errors():
            old = {n: m for n, m in self._generations().items() if n != index and m}
            names = (f"{self._name}-read", f"{self._name}-write")
            actions = [{"remove": {"index": f"{self._name}-gen-*", "alias": n}} for n in names]
            actions = actions if self._aliased() else []
            actions += [{"add": {"index": index, "alias": n}} for n in names]
            self._clients.writing.indices.update_aliases(body={"actions": actions})
        for name, meta in old.items():
            self._say(name, {**meta, "replaced": time.time()})

    def _copy(self, index: str) -> None:
        """Has the copies of a full index made, and waits as long as any is being made.

        With fewer nodes than copies it goes on without them. Raises `IndexUnavailable`.
        """
        client = self._clients.writing
        with errors():
            replicas = {"index": {"number_of_replicas": self._remote.replicas}}
            client.indices.put_settings(index=index, body=replicas)
            found = client.cluster.health(index=index)
            until = time.monotonic() + _IDLE
            while not _is_copied(found, self._remote.replicas):
                if found["initializing_shards"]:
                    until = time.monotonic() + _IDLE
                elif time.monotonic() > until:
                    missing = found["unassigned_shards"]
                    raise IndexUnreachable(f"no node takes {missing} copies of the new index")
                found = client.cluster.health(index=index, params=_WAITED, request_timeout=_WRITING)

    def _say(self, index: str, meta: Meta) -> None:
        with errors():
            self._clients.writing.indices.put_mapping(index=index, body={"_meta": meta})

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
                self._clients.writing.indices.delete(
                    index=index, params={"ignore_unavailable": "true"}
                )


def _is_copied(health: Mapping[str, Any], replicas: int) -> bool:
    """Whether an index of this health has all the copies that there can be."""
    return bool(health["status"] == "green" or health["number_of_data_nodes"] <= replicas)


class _Unfinished(OpenSearchEngine):
    """An engine on a generation that is not live yet; for what fills it, there is no other."""

    def __init__(self, engine: OpenSearchEngine, index: str) -> None:
        super().__init__(engine._clients, engine._remote, engine._name, engine._fingerprint)
        self.batch_size = engine.batch_size
        self._index = index

    @contextmanager
    def update(self) -> Iterator[Batch]:
        """See `Engine.update`. Copies are made when the index is full, before anybody must wait."""
        with super().update() as batch:
            yield batch
        self._copy(self._index)

    def _batch(self, index: str, meta: Meta, *, unseen: bool = True) -> OpenSearchBatch:
        return super()._batch(index, meta, unseen=unseen)

    def _live(self, *, local: bool = False) -> tuple[str, Meta]:
        return self.meta_of(self._index, local=local)

    def _aliased(self) -> tuple[str, Meta] | None:
        return self._live()

    def close(self) -> None:
        """The connections are those of the engine."""
