"""Orders the best passages again by what only their texts can say: nearness, company and length."""

from collections.abc import Collection, Mapping, Sequence
from operator import add, attrgetter
from typing import Protocol

from indexer.index.answer import ScoredKey
from indexer.search.company import regularised, vectors
from indexer.search.proximity import bonus, words
from indexer.search.tiers import CompiledQuery
from indexer.store.cited import Cited
from indexer.store.rows import FoundRow

WINDOW = 20  # passages, the best by the engine's scores; all others keep their places

_WHOLE = 20  # words; a text that is shorter is a fragment of what it was a part of
SHARE = 0.5  # of its score is what a fragment may lose


class Finds(Protocol):
    """The store, or what it had at another time; `cited` knows documents by their names."""

    cited: Cited

    def found(self, keys: Collection[int]) -> dict[int, FoundRow]:
        """The passages with these keys, and their documents."""


class Rows:
    """What the store has of the passages found; each is read once."""

    def __init__(self, store: Finds) -> None:
        self._store = store
        self._known: dict[int, FoundRow] = {}

    def of(self, ranks: Sequence[ScoredKey]) -> Mapping[int, FoundRow]:
        """The rows of all `ranks`, by key, and of those asked for before."""
        keys = [each.key for each in ranks if each.key not in self._known]
        if keys:
            self._known |= self._store.found(keys)
        return self._known


def reranked(ranks: Sequence[ScoredKey], query: CompiledQuery, rows: Rows) -> tuple[ScoredKey, ...]:
    """`ranks` with the first `WINDOW` of them in a better order; it is the same on every page."""
    there = rows.of(ranks[:WINDOW])
    window = [each for each in ranks[:WINDOW] if each.key in there]
    found = [there[each.key] for each in window]
    texts = [words(row.text) for row in found]
    scores = [each.score for each in window]
    if query.pairs:
        near = [bonus(f" {' '.join(text)} ", query.pairs) for text in texts]
        scores = list(map(add, scores, near))
    if not query.names_number:
        scores = regularised(scores, vectors(texts, [row.language for row in found]))
        if not query.is_sentence:
            scores = [score * _wholeness(text) for score, text in zip(scores, texts, strict=True)]
    keys = map(attrgetter("key"), window)
    ordered = sorted(map(ScoredKey, keys, scores), key=attrgetter("score"), reverse=True)
    return (*ordered, *ranks[WINDOW:])


def _wholeness(text: Sequence[str]) -> float:
    """1 for a whole paragraph, less for a fragment.

    BM25 prefers short texts, which is right between paragraphs; a few words that are nearly the
    query itself say no more than the query.
    """
    return 1 - SHARE * max(0, _WHOLE - len(text)) / _WHOLE
