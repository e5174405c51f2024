"""Answers one query as of one commit of the index."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.index.answer import Answer
from indexer.index.engine import Searcher
from indexer.index.fields import Facet, Field
from indexer.index.matches import AllOf, AnyOf, Match, Term
from indexer.index.request import Order, Request
from indexer.query import Diagnostic, Query, parse
from indexer.search.budget import CUT, Budget
from indexer.search.cited import Cites
from indexer.search.compiler import QueryCompiler
from indexer.search.counting import Counting
from indexer.search.destinations import Destination
from indexer.search.highlighter import Highlighter
from indexer.search.hits import Hit, HitBuilder, Within
from indexer.search.lines import Lines, Side, lines
from indexer.search.narrowing import Narrowing
from indexer.search.reranking import WINDOW, Finds, Rows, reranked
from indexer.search.results import Results
from indexer.search.suggestions import Suggestion, suggestions
from indexer.search.tiers import CompiledQuery, Tier, compiled
from indexer.search.vocabulary import Known, Vocabulary
from indexer.search.walking import walk
from indexer.search.weights import Weights
from indexer.steps import step
from indexer.store.rows import FoundRow

_NONE: tuple[Answer, tuple[Hit, ...]] = (Answer(0, ()), ())
_SUGGESTED = 100  # characters; a longer query is a sentence, and says enough


@dataclass(frozen=True, slots=True)
class Page:
    """Which page, from 1, in which order, with which facets and how many values of each."""

    number: int
    size: int
    order: Order = Order.RELEVANCE
    facets: Mapping[Facet, int] = field(default_factory=dict)

    @property
    def offset(self) -> int:
        """How many passages come before it."""
        return (self.number - 1) * self.size


class Execution:
    """What one query asks of one searcher and of the store."""

    def __init__(self, store: Finds, searcher: Searcher, known: Known) -> None:
        self._store = store
        self._cites = Cites(store.cited)
        self._searcher = searcher
        self._vocabulary = Vocabulary(searcher, known)
        self._weights = Weights(searcher, known)
        self._counted = Budget(self._weights)  # for suggestions

    def results(
        self, text: str, query: Query, page: Page, leads_to: tuple[Destination, ...] = ()
    ) -> Results:
        """One page of what was found for `query`, which `text` was parsed into.

        `leads_to` are the destinations of that.
        """
        with step("compile"):
            found, diagnostics = self.compile(query)
        notices = tuple(diagnostic.text for diagnostic in (*query.diagnostics, *diagnostics))
        if found is None:
            return _nothing(text, page, notices, leads_to)
        counting = Counting(self._searcher, Narrowing(text, query), self._matching)
        divided = counting.divided(page.facets) if page.facets else {}
        answer, hits = self._best(found.every, found, page, divided)
        if not answer.total:
            notices += counting.excluded()
        falls_short = answer.total < page.size
        tier = _second_tier(found, answer.total) if falls_short and page.number == 1 else None
        first = Page(1, page.size, page.order)
        some, partial = self._best(tier, found, first, {}) if tier else _NONE
        return Results(
            query=text,
            total=answer.total,
            page=page.number,
            size=page.size,
            hits=hits,
            partial_total=some.total,
            partial=partial,
            notices=notices,
            suggestions=self._suggestions(query, answer.total) if falls_short else (),
            order=page.order,
            facets=counting.facets(answer, page.facets),
            in_documents=counting.in_documents(found.every.match, answer, hits)
            if page.facets
            else {},
            destinations=leads_to,
            extent=counting.extent(found.every.match, answer) if page.facets else None,
        )

    def every(self, query: Query, order: Order) -> Iterator[FoundRow]:
        """All that `query` finds in full, in the order of the pages."""
        found, _ = self.compile(query)
        if found is not None:
            yield from walk(self._store, self._searcher, found, order)

    def lines(self, text: str, query: Query, page: Page, side: Side | None) -> Lines:
        """A line for each hit of what `query` finds in full, and a page of it with the facets."""
        results = self.results(text, query, page)
        found, _ = self.compile(query)
        if found is None:
            return Lines(results, [], 0, is_cut=False)
        rows = walk(self._store, self._searcher, found, page.order)
        return lines(rows, Highlighter(found.wanted), results, side)

    def within(self, query: Query, slug: str, most: int) -> Within | None:
        """What `query` finds in one document of at most `most` passages; None if it asks nothing.

        Raises `IndexUnavailable` where the index cannot be read.
        """
        found, _ = self.compile(query)
        if found is None:
            return None
        keys: frozenset[int] = frozenset()
        for tier in (found.every, found.some):
            if tier and not keys:
                match = AllOf((tier.match, Term(Field.DOCUMENT, slug)))
                answer = self._searcher.search(Request(match, limit=most))
                keys = frozenset(each.key for each in answer.found)
        return Within(keys, HitBuilder(found))

    def keys(self, query: Query, slugs: Sequence[str]) -> frozenset[int]:
        """The keys of all that `query` finds in full in the documents at `slugs`."""
        found, _ = self.compile(query)
        if found is None:
            return frozenset()
        there = AnyOf(tuple(Term(Field.DOCUMENT, slug) for slug in slugs))
        request = Request(AllOf((found.every.match, there)), limit=self._searcher.count())
        return frozenset(each.key for each in self._searcher.search(request).found)

    def compile(
        self, query: Query, budget: Budget | None = None
    ) -> tuple[CompiledQuery | None, Sequence[Diagnostic]]:
        """`query` in the engine's terms, if it asks for anything, and what the index says of it.

        Without a `budget` it has one of its own.
        """
        if query.root is None:
            return None, ()
        languages = self._vocabulary.languages
        budget = budget or Budget(self._weights)
        compiler = QueryCompiler(
            languages, self._weights, self._vocabulary, query, budget, self._cites
        )
        clauses = compiler.clauses(query.root)
        extra = compiler.beyond(query.extra, clauses)
        return (compiled(clauses, extra, self._weights) if clauses else None), compiler.diagnostics

    def _suggestions(self, query: Query, total: int) -> tuple[Suggestion, ...]:
        if len(query.text) > _SUGGESTED:
            return ()
        return suggestions(query, total, self._vocabulary, self._count)

    def _count(self, text: str) -> int | None:
        """How many passages a query finds in full; None if it was cut.

        All that are counted for one query may cost as much together as it may.
        """
        found, diagnostics = self.compile(parse(text), self._counted)
        if any(each.kind in CUT for each in diagnostics):
            return None
        return self._searcher.search(Request(found.every.match, limit=0)).total if found else 0

    def _matching(self, query: Query) -> Match | None:
        found, _ = self.compile(query)
        return found.every.match if found else None

    def _best(
        self, tier: Tier, found: CompiledQuery, page: Page, facets: Mapping[Facet, int]
    ) -> tuple[Answer, tuple[Hit, ...]]:
        """The passages of one tier on a page, and how many have each value of `facets`.

        The first `WINDOW` are ranked again by their texts, whatever page is asked for, so that
        pages follow one another.
        """
        reranks = found.is_ranked and page.order is Order.RELEVANCE and page.offset < WINDOW
        last = page.offset + page.size
        offset, limit = (0, max(WINDOW, last)) if reranks else (page.offset, page.size)
        request = Request(tier.match, tier.boosts, offset, limit, page.order, facets)
        with step("engine"):
            answer = self._searcher.search(request)
        ranks, rows = answer.found, Rows(self._store)
        if reranks:
            with step("rerank"):  # which reads the texts of the best from the store
                ranks = reranked(ranks, found, rows)[page.offset : last]
        with step("store"):
            there = rows.of(ranks)
        with step("marks"):
            build = HitBuilder(found)
            hits = [build(there[each.key], each.score) for each in ranks if each.key in there]
        return answer, tuple(hits)


def _nothing(
    text: str, page: Page, notices: tuple[str, ...], leads_to: tuple[Destination, ...]
) -> Results:
    """The answer to a text that asks for nothing."""
    return Results(
        *(text, 0, page.number, page.size, ()),
        notices=notices,
        order=page.order,
        destinations=leads_to,
    )


def _second_tier(found: CompiledQuery, total: int) -> Tier | None:
    """A query of one word has one only if the word occurs in no text at all."""
    soft = [clause for clause in found.clauses if clause.soft]
    return found.some if len(soft) > 1 or not total else None
