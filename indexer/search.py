"""The search service: what a person typed in, a page of ranked and marked passages out."""

from dataclasses import dataclass

from indexer.document import StoredDocument, StoredPassage
from indexer.engine import Answer, Engine, Request
from indexer.matching import Matching, matching
from indexer.query import parse
from indexer.snippets import Span, marks
from indexer.store import Store

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the document it stands in and what to mark in its text."""

    document: StoredDocument
    passage: StoredPassage
    score: float
    marks: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """One page of a search. `total` counts all passages that match; `page` counts from 1.

    `notices` are sentences on what of the query could not be taken as it was typed.
    """

    query: str
    total: int
    page: int
    size: int
    hits: tuple[Hit, ...]
    notices: tuple[str, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return -(-self.total // self.size)


def search(store: Store, engine: Engine, text: str, page: int, size: int) -> Results:
    """Page `page` of the passages that match `text`, `size` a page.

    Raises `IndexUnavailable` or `StoreUnavailable`; never for what `text` is.
    """
    query = parse(text)
    wanted = matching(query.root, store.languages()) if query.root else None
    if wanted is None:
        return Results(text, 0, page, size, (), query.notices)
    request = Request(wanted.match, wanted.boosts, offset=(page - 1) * size, limit=size)
    answer = engine.search(request)
    return Results(text, answer.total, page, size, _hits(store, answer, wanted), query.notices)


def _hits(store: Store, answer: Answer, wanted: Matching) -> tuple[Hit, ...]:
    passages = store.by_keys([found.key for found in answer.found])
    documents = store.by_slugs({passage.document for passage in passages.values()})
    return tuple(
        Hit(documents[stored.document], stored, found.score, _marks(stored, wanted))
        for found in answer.found
        if (stored := passages.get(found.key))
    )


def _marks(stored: StoredPassage, wanted: Matching) -> tuple[Span, ...]:
    return marks(stored.passage.text, stored.passage.language, wanted.wanted)
