"""Asks an engine one thing at a time, each of its newest commit."""

from indexer.index.answer import Answer
from indexer.index.engine import Engine
from indexer.index.request import Request


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
