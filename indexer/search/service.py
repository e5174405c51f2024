"""The search service: what a person typed in, a page of ranked and marked passages out."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from indexer.document import StoredDocument, StoredPassage
from indexer.index.engine import Answer, Counts, Engine, Facet, Found, Order, Request, Searcher
from indexer.query import Diagnostic, Query, parse
from indexer.search.compiler import Compiler, Part
from indexer.search.highlights import Marker, Span
from indexer.search.proximity import WINDOW, Pair, bonus
from indexer.search.suggestions import Suggestion, suggestions
from indexer.search.tiers import Matching, Tier, matching
from indexer.search.vocabulary import Known, Vocabulary
from indexer.search.weights import Weights
from indexer.store.rows import FoundRow
from indexer.store.store import Store

PAGE_SIZE = 10

_NONE: tuple[Answer, tuple["Hit", ...]] = (Answer(0, ()), ())
_SUGGESTED = 100  # characters; a longer query is a sentence, and says enough


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the document it stands in.

    `marks` are what to mark in its text, `windows` what of a long text to show. `missing` are the
    words of the query that its text lacks, none in the first tier; `above` are those of them that
    stand in its title or headings.
    """

    document: StoredDocument
    passage: StoredPassage
    score: float
    marks: tuple[Span, ...]
    windows: tuple[Span, ...]
    missing: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Results:
    """One page of a search. `total` counts all passages that match in full; `page` is from 1.

    `partial` are passages that lack some of the words, `partial_total` how many there are; they
    follow where those in full do not fill a page. `notices` are sentences on what of the query
    could not be taken as it was typed, `suggestions` other queries that may find more. `facets`
    count the passages that match in full by publisher and the like.
    """

    query: str
    total: int
    page: int
    size: int
    hits: tuple[Hit, ...]
    partial_total: int = 0
    partial: tuple[Hit, ...] = ()
    notices: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    order: Order = Order.RELEVANCE
    facets: Mapping[Facet, Counts] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many pages of passages that match in full there are."""
        return -(-self.total // self.size)


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which of the ranks, in which order, with how many values of each facet."""

    offset: int
    limit: int
    order: Order = Order.RELEVANCE
    facets: int = 0


class Search:
    """The service over one store and one engine."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._known = Known(commit=None)

    def __call__(
        self, text: str, page: int, size: int, order: Order = Order.RELEVANCE, facets: int = 0
    ) -> Results:
        """Page `page` of the passages that match `text`, `size` a page.

        `facets` is how many values of each facet to count. Raises `IndexUnavailable` or
        `StoreUnavailable`; never for what `text` is.
        """
        query = parse(text)
        asked = _Asked((page - 1) * size, size, order, facets)
        if query.root is None:  # which no index is needed for
            notices = tuple(diagnostic.text for diagnostic in query.diagnostics)
            return Results(text, 0, page, size, (), notices=notices, order=order)
        with self._asking() as asking:
            return asking.results(text, query, page, asked)

    def matching(self, query: Query) -> tuple[Matching | None, Sequence[Diagnostic]]:
        """`query` in the engine's terms, if it asks for anything, and what the index says of it."""
        with self._asking() as asking:
            return asking.matching(query)

    @contextmanager
    def _asking(self) -> Iterator["_Asking"]:
        """One commit to ask, with what is known of its words."""
        with self._engine.searcher() as searcher:
            if self._known.commit != searcher.commit:
                self._known = Known(searcher.commit)
            yield _Asking(self._store, searcher, Vocabulary(searcher, self._known))


class _Asking:
    """All that one query asks of one commit."""

    def __init__(self, store: Store, searcher: Searcher, vocabulary: Vocabulary) -> None:
        self._store = store
        self._searcher = searcher
        self._vocabulary = vocabulary
        self._weights = Weights(searcher)

    def results(self, text: str, query: Query, page: int, asked: _Asked) -> Results:
        size, order = asked.limit, asked.order
        found, told = self.matching(query)
        notices = tuple(diagnostic.text for diagnostic in (*query.diagnostics, *told))
        if found is None:
            return Results(text, 0, page, size, (), notices=notices, order=order)
        answer, hits = self._best(found.every, found, asked)
        tier = _second_tier(found, answer.total) if answer.total < size and page == 1 else None
        some, partial = self._best(tier, found, _Asked(0, size, order)) if tier else _NONE
        return Results(
            query=text,
            total=answer.total,
            page=page,
            size=size,
            hits=hits,
            partial_total=some.total,
            partial=partial,
            notices=notices,
            suggestions=self._suggestions(query, answer.total) if answer.total < size else (),
            order=order,
            facets=answer.facets,
        )

    def matching(self, query: Query) -> tuple[Matching | None, Sequence[Diagnostic]]:
        if query.root is None:
            return None, ()
        vocabulary, weights = self._vocabulary, self._weights
        compiler = Compiler(vocabulary.languages, weights, vocabulary, query)
        parts = compiler.parts(query.root)
        extra = compiler.beyond(query.extra, parts)
        return (matching(parts, extra, weights) if parts else None), compiler.told

    def _suggestions(self, query: Query, total: int) -> tuple[Suggestion, ...]:
        if len(query.text) > _SUGGESTED:
            return ()
        return suggestions(query, total, self._vocabulary, self._count)

    def _count(self, text: str) -> int:
        found, _ = self.matching(parse(text))
        return self._searcher.search(Request(found.every.match, limit=0)).total if found else 0

    def _best(self, tier: Tier, found: Matching, asked: _Asked) -> tuple[Answer, tuple[Hit, ...]]:
        """The passages of one tier at the asked ranks.

        Of the first `WINDOW` the engine's scores are raised by proximity, whatever page is asked
        for, so that pages follow one another.
        """
        reranked = found.pairs and asked.order is Order.RELEVANCE and asked.offset < WINDOW
        last = asked.offset + asked.limit
        offset, limit = (0, max(WINDOW, last)) if reranked else (asked.offset, asked.limit)
        request = Request(tier.match, tier.boosts, offset, limit, asked.order, asked.facets)
        answer = self._searcher.search(request)
        ranks, stored = answer.found, _Stored(self._store)
        if reranked:
            ranks = _reranked(ranks, found.pairs, last, stored)[asked.offset : last]
        there, made = stored.of(ranks), _Describer(found)
        hits = (made.hit(there[each.key], each.score) for each in ranks if each.key in there)
        return answer, tuple(hits)


class _Stored:
    """What the store has of the passages found, asked once for each."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, FoundRow] = {}

    def of(self, ranks: Sequence[Found]) -> Mapping[int, FoundRow]:
        keys = [each.key for each in ranks if each.key not in self._known]
        if keys:
            self._known |= self._store.found(keys)
        return self._known


def _reranked(
    ranks: Sequence[Found], pairs: Sequence[Pair], last: int, stored: _Stored
) -> tuple[Found, ...]:
    """`ranks` with the scores of the first `WINDOW` raised where words are neighbours.

    Those that would stay below rank `last` whatever their text says are left as they are.
    """
    window = ranks[:WINDOW]
    if len(window) <= 1:
        return tuple(ranks)
    most = sum(pair.beside + pair.near for pair in pairs)
    least = window[min(last, len(window)) - 1].score - most
    near = [each for each in window if each.score >= least]
    there = stored.of(near)
    raised = [
        Found(each.key, each.score + bonus(there[each.key].text, pairs))
        for each in near
        if each.key in there
    ]
    return (*sorted(raised, key=lambda each: -each.score), *ranks[len(near) :])


def _second_tier(found: Matching, total: int) -> Tier | None:
    """A query of one word has one only where the word stands in no text at all."""
    soft = [part for part in found.parts if part.soft]
    return found.some if len(soft) > 1 or not total else None


class _Describer:
    """Makes hits of what one query found."""

    def __init__(self, found: Matching) -> None:
        self._parts = [part for part in found.parts if not part.negated]
        self._marker = Marker(found.wanted)

    def hit(self, row: FoundRow, score: float) -> Hit:
        document, stored = row.document(), row.passage()
        passage = stored.passage
        marked = self._marker(passage.text, passage.language)
        missing = [self._parts[at] for at in marked.missing if self._parts[at].soft]
        above = _above(document, stored, missing) if missing else ()
        names = tuple(part.name for part in missing)
        return Hit(document, stored, score, marked.spans, marked.windows, names, above)


def _above(
    document: StoredDocument, stored: StoredPassage, parts: Sequence[Part]
) -> tuple[str, ...]:
    """The names of those of `parts` that stand in the title or the headings."""
    text = " · ".join((document.metadata.title, *stored.passage.heading))
    found = Marker([part.wanted for part in parts])(text, stored.passage.language)
    return tuple(part.name for at, part in enumerate(parts) if at not in found.missing)
