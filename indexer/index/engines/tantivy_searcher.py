"""Answers what is asked of one commit of a Tantivy index."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import tantivy

from indexer import disks
from indexer.errors import IndexUnavailable
from indexer.index.answer import Answer, Counts, ScoredKey, most_frequent
from indexer.index.engines import generations
from indexer.index.engines.tantivy_query import FIRST_DAY, Queries
from indexer.index.fields import Facet, Field
from indexer.index.matches import Term
from indexer.index.request import Order, Request

DOCUMENT, KEY = Field.DOCUMENT.value, "key"
FACETS = {facet: f"facet_{facet.value}" for facet in Facet} | {Facet.DOCUMENT: DOCUMENT}

_EVERY = 1 << 30  # more values of a facet than any index has
_TIES = 50  # values asked for beyond those wanted, so that equal counts are seldom cut

Pairs = list[tuple[str, int]]


class Errors:
    """Maps all that Tantivy raises to one error of ours.

    It also panics, which reaches Python as an exception that is no `Exception`, of a class with no
    public name. This is no `contextmanager`, which would take longer than some of the calls in it.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is not None and _is_tantivys(error):
            what = f"{type(error).__name__}: {error}"
            todo = disks.wanting(error) or "run 'pilcrow rebuild'"
            message = f"the search index cannot be used ({what}); {todo}"
            raise IndexUnavailable(message) from error


errors = Errors()


def _is_tantivys(error: BaseException) -> bool:
    if isinstance(error, Exception):
        return not isinstance(error, IndexUnavailable)
    return type(error).__name__ == "PanicException"


@dataclass(frozen=True, slots=True)
class TantivySearcher:
    """Implements `indexer.index.engine.Searcher`: what Tantivy has open of one commit."""

    generation: Path
    index: tantivy.Index
    seen: generations.Seen
    searcher: tantivy.Searcher
    queries: Queries

    def __enter__(self) -> "TantivySearcher":
        return self

    def __exit__(self, *_: object) -> None:
        """Tantivy closes its files when nobody refers to the searcher any more."""

    @property
    def commit(self) -> Hashable:
        """See `Searcher.commit`."""
        return self.generation, self.seen

    def search(self, request: Request) -> Answer:
        """See `Searcher.search`."""
        with errors:
            query = self.queries.of(request)
            total, ranks = _ranked(self.searcher, query, request)
            facets = _counts(self.searcher, query, request.facets) if request.facets else {}
        return Answer(total, ranks, facets)

    def count(self) -> int:
        """See `Searcher.count`."""
        with errors:
            return self.searcher.num_docs

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """See `Searcher.frequencies`."""
        with errors:
            return [self.searcher.doc_freq(term.field, term.term) for term in terms]

    def vocabulary(self, field: Field, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See `Searcher.vocabulary`."""
        with errors:
            terms = self.searcher.terms_with_prefix(field.value, prefix)
        yield from terms

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """See `Searcher.keys`."""
        with errors:
            slugs = sorted(self.searcher.terms_with_prefix(DOCUMENT, ""))
        for slug, most in slugs:
            with errors:
                query = self.queries.matching(Term(Field.DOCUMENT, slug))
                hits = self.searcher.search(query, most, count=False).hits
                found = frozenset(_keys_at(self.searcher, [address for _, address in hits]))
            if found:
                yield slug, found


def _ranked(
    searcher: tantivy.Searcher, query: tantivy.Query, request: Request
) -> tuple[int, tuple[ScoredKey, ...]]:
    """How many match, and the asked ranks."""
    by: dict[str, Any] = {}
    if request.order is not Order.RELEVANCE:
        order = tantivy.Order.Desc if request.order is Order.NEWEST else tantivy.Order.Asc
        by = {"order_by_field": FIRST_DAY, "order": order}
    # A limit of none is more than Tantivy can be asked for.
    result = searcher.search(query, max(request.limit, 1), offset=request.offset, **by)
    hits = result.hits[: request.limit]
    keys = _keys_at(searcher, [address for _, address in hits])
    scores = [0.0] * len(hits) if by else [score for score, _ in hits]
    return result.count, tuple(map(ScoredKey, keys, scores))  # type: ignore[attr-defined] # left out of Tantivy's annotations


def _keys_at(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[int]:
    return cast(list[int], searcher.fast_field_values(KEY, addresses))


def _counts(
    searcher: tantivy.Searcher, query: tantivy.Query, asked: Mapping[Facet, int]
) -> dict[Facet, Counts]:
    """Each facet's most frequent values; exact, since each segment is asked for all of its own.

    Tantivy cuts among equal counts as it likes: where it did, it is asked once more, for all.
    """
    found = _pairs(searcher, query, {facet: most + _TIES for facet, most in asked.items()})
    cut = {f: _EVERY for f, most in asked.items() if _is_cut_among_equals(found[f], most)}
    found |= _pairs(searcher, query, cut) if cut else {}
    return {facet: most_frequent(found[facet], most) for facet, most in asked.items()}


def _is_cut_among_equals(pairs: Pairs, most: int) -> bool:
    return len(pairs) == most + _TIES and pairs[-1][1] == pairs[most - 1][1]


def _pairs(
    searcher: tantivy.Searcher, query: tantivy.Query, sizes: Mapping[Facet, int]
) -> dict[Facet, Pairs]:
    """Values with their counts, the most frequent first."""
    asked = {
        facet.value: {"terms": {"field": FACETS[facet], "size": size, "segment_size": _EVERY}}
        for facet, size in sizes.items()
    }
    answered: Mapping[str, Any] = searcher.aggregate(query, asked)
    return {
        facet: [(each["key"], each["doc_count"]) for each in answered[facet.value]["buckets"]]
        for facet in sizes
    }
