"""Makes entries for an engine, and asks it one thing at a time, each of its newest commit."""

from collections.abc import Callable

from indexer.index.answer import Answer
from indexer.index.engine import Engine, Entry
from indexer.index.fields import KEYS, WORDS, Facet, Field
from indexer.index.matches import Term
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
