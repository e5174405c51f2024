"""The search service: what a person typed in, a page of ranked and marked passages out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from indexer.document import StoredDocument, StoredPassage
from indexer.index.engine import Engine
from indexer.index.fields import Facet
from indexer.index.request import Order
from indexer.query import Diagnostic, Query, parse
from indexer.search.completions import Completion, completions
from indexer.search.destinations import destinations
from indexer.search.execution import Execution, Page
from indexer.search.hits import Hit, Within
from indexer.search.lines import Lines, Side
from indexer.search.past import Pasts, PastSearcher, PastStore
from indexer.search.results import Results
from indexer.search.since import Since
from indexer.search.tiers import CompiledQuery
from indexer.search.vocabulary import KnownByCommit, Vocabulary
from indexer.steps import step
from indexer.store.store import Store

PAGE_SIZE = 10

__all__ = ["PAGE_SIZE", "Hit", "Results", "Search", "Within"]


class Search:
    """The service over one store and one engine."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._known, self._known_then = KnownByCommit(), KnownByCommit()
        self._pasts = Pasts(store, engine)
        self._state = -1, 0, ""  # a position of the log, and what `_now` says of it
        self.since = Since(store, engine)

    def __call__(
        self,
        text: str,
        page: int,
        size: int,
        order: Order = Order.RELEVANCE,
        facets: Mapping[Facet, int] | None = None,
        as_of: str = "",
    ) -> Results:
        """Page `page` of the passages that match `text`, `size` a page, now or `as_of` a moment.

        `facets` are those to count, each with how many of its values. Raises `IndexUnavailable` or
        `StoreUnavailable`; never for what `text` is.
        """
        with step("parse"):
            query = parse(text)
        if query.root is None:  # which no index is needed for
            notices = tuple(diagnostic.text for diagnostic in query.diagnostics)
            return Results(text, 0, page, size, (), notices=notices, order=order)
        asked = Page(page, size, order, facets or {})
        with self._execution(as_of) as execution:
            is_first = page == 1 and not as_of
            leads_to = destinations(text, self._store) if is_first else ()
            results = execution.results(text, query, asked, leads_to)
        return self._dated(results, as_of)

    def every(
        self, text: str, order: Order = Order.RELEVANCE, as_of: str = ""
    ) -> Iterator[tuple[StoredDocument, StoredPassage]]:
        """All passages that match `text` in full, in the order of the pages, a few at a time.

        One commit answers to the end. Raises as a search does, at any step.
        """
        query = parse(text)
        if query.root is None:
            return
        with self._execution(as_of) as execution:
            for row in execution.every(query, order):
                yield row.document(), row.passage()

    def lines(
        self,
        text: str,
        order: Order = Order.RELEVANCE,
        side: Side | None = None,
        facets: Mapping[Facet, int] | None = None,
        as_of: str = "",
    ) -> Lines:
        """A line for each hit of what `text` finds in full, in an order or sorted by a side."""
        query = parse(text)
        with self._execution(as_of) as execution:
            found = execution.lines(text, query, Page(1, 1, order, facets or {}), side)
        return replace(found, results=self._dated(found.results, as_of))

    def within(self, text: str, slug: str, most: int) -> Within | None:
        """What `text` finds in one document of at most `most` passages; None if it asks nothing."""
        query = parse(text)
        if query.root is None:
            return None
        with self._execution() as execution:
            return execution.within(query, slug, most)

    def completions(self, text: str) -> tuple[Completion, ...]:
        """What may be meant by `text`, which a person is still typing."""
        with self._engine.searcher() as searcher:
            vocabulary = Vocabulary(searcher, self._known.of(searcher))
            return completions(text, searcher, vocabulary)

    def compile(self, query: Query) -> tuple[CompiledQuery | None, Sequence[Diagnostic]]:
        """`query` in the engine's terms, if it asks for anything, and what the index says of it."""
        with self._execution() as execution:
            return execution.compile(query)

    def _dated(self, results: Results, as_of: str) -> Results:
        """`results` with how many documents there were, and when."""
        if results.extent is None:
            return results
        of, at = (self._pasts.documents(as_of), as_of) if as_of else self._now()
        return replace(results, extent=replace(results.extent, of=of, at=at))

    def _now(self) -> tuple[int, str]:
        """How many documents there are, and when one last changed; counted once for each write.

        The position is read first, so that what another process writes meanwhile is seen next time.
        """
        position = self._store.position()
        state = self._state
        if state[0] != position:
            of, at = self._store.held().documents, self._store.changed_at()
            state = self._state = position, of, at
        return state[1:]

    @contextmanager
    def _execution(self, as_of: str = "") -> Iterator[Execution]:
        """All of a query is asked of one searcher, so that no answer mixes two commits.

        Raises `TooMuchHasChanged` where a past state would take too long to make.
        """
        with self._engine.searcher() as searcher:
            past = self._pasts.at(as_of) if as_of else None
            if past is None:
                yield Execution(self._store, searcher, self._known.of(searcher))
                return
            with past.engine.searcher() as then:
                both = PastSearcher(self._store, past, searcher, then)
                yield Execution(PastStore(self._store, past), both, self._known_then.of(both))
