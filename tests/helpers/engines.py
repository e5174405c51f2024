"""Makes entries for an engine, and asks it one thing at a time, each of its newest commit."""

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from opensearchpy import OpenSearch

from indexer.index.answer import Answer
from indexer.index.engine import Engine, Entry
from indexer.index.engines import LOCAL, open_engine
from indexer.index.engines.remote import Remote
from indexer.index.fields import KEYS, WORDS, Facet, Field
from indexer.index.matches import Term
from indexer.index.request import Request

# Addresses of nodes, see tests/cluster; what begins with PILCROW_ is a setting.
CLUSTER = "TEST_OPENSEARCH"
SHARDS = 3
STARTED = (*LOCAL, *(("opensearch",) if os.environ.get(CLUSTER) else ()))  # that can be asked


def remote_of(name: str) -> Remote:
    """The cluster for an engine; the test is skipped where it needs one and there is none."""
    if name != "opensearch":
        return Remote()
    if not os.environ.get(CLUSTER):
        pytest.skip("there is no OpenSearch; run: python -m tests.cluster pytest")
    return Remote(urls=os.environ[CLUSTER], shards=SHARDS)


def reached(name: str) -> dict[str, Any]:
    """The settings of a library with this engine."""
    return {"engine": name, "engine_url": remote_of(name).urls}


def opened_at(name: str, folder: Path, store: str = "a-store") -> Engine:
    """An engine for a store, with its index in `folder`, or under a name that is made of it."""
    return open_engine(name, folder, {"store": _named(folder, store)}, remote_of(name))


def forget(name: str, folder: Path) -> None:
    """Takes out of the cluster what was made for stores of `folder`."""
    if name == "opensearch" and os.environ.get(CLUSTER):
        client = OpenSearch(os.environ[CLUSTER].split(","))
        client.indices.delete(index=f"pilcrow-{_named(folder, '')}*")
        client.close()


def _named(folder: Path, store: str) -> str:
    return f"{hashlib.sha256(str(folder).encode()).hexdigest()[:12]}-{store}"


def search(engine: Engine, request: Request) -> Answer:
    """The passages for `request`."""
    with engine.searcher() as searcher:
        return searcher.search(request)


def count(engine: Engine) -> int:
    """How many passages the index holds."""
    with engine.searcher() as searcher:
        return searcher.count()


def keys(engine: Engine) -> dict[str, frozenset[int]]:
    """Each document's slug with the keys of its entries."""
    with engine.searcher() as searcher:
        return dict(searcher.keys())


def of_each(most: int) -> dict[Facet, int]:
    """Every facet, `most` values of each."""
    return dict.fromkeys(Facet, most)


Open = Callable[[], Engine]

TEXTS = {
    1: "the minister spoke of trade and transit",
    2: "transit of goods and transit of people",
    3: "a minister and another minister and a third minister",
    4: "nothing to see",
}


def entry(key: int, text: str, days: tuple[int, int] | None = None, **fields: str) -> Entry:
    words = {Field.EXACT: text, Field.STEM: text}
    words |= {Field(name): value for name, value in fields.items() if name in WORDS}
    keys = {Field(name): value.split() for name, value in fields.items() if name in KEYS}
    facets = {Facet(name): value.split() for name, value in fields.items() if name in tuple(Facet)}
    return Entry(key, words, keys, facets, days)


def found(engine: Engine, match: object, **options: object) -> list[int]:
    answer = search(engine, Request(match, **options))  # type: ignore[arg-type]
    return [hit.key for hit in answer.found]


def stem(word: str) -> Term:
    return Term(Field.STEM, word)
