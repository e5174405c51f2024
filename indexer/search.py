"""The search service: what a person typed in, a page of ranked and marked passages out."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.document import StoredDocument, StoredPassage
from indexer.engine import Answer, Engine, Request
from indexer.matching import Matching, Tier, matching
from indexer.parts import Compiler, Part
from indexer.query import Diagnostic, Query, parse
from indexer.snippets import Span, marks
from indexer.store import Store
from indexer.suggest import Suggestion, suggestions
from indexer.vocabulary import Vocabulary
from indexer.weights import Weights

PAGE_SIZE = 10

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
    could not be taken as it was typed, `suggestions` other queries that may find more.
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

    @property
    def pages(self) -> int:
        """How many pages of passages that match in full there are."""
        return -(-self.total // self.size)


class Search:
    """The service over one store and one engine."""

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._vocabulary = Vocabulary(engine)

    def __call__(self, text: str, page: int, size: int) -> Results:
        """Page `page` of the passages that match `text`, `size` a page.

        Raises `IndexUnavailable` or `StoreUnavailable`; never for what `text` is.
        """
        query = parse(text)
        found, told = self.matching(query)
        notices = tuple(diagnostic.text for diagnostic in (*query.diagnostics, *told))
        if found is None:
            return Results(text, 0, page, size, (), notices=notices)
        answer = self._ask(found.every, (page - 1) * size, size)
        tier = _second_tier(found, answer.total) if answer.total < size and page == 1 else None
        some = self._ask(tier, 0, size) if tier else Answer(0, ())
        return Results(
            query=text,
            total=answer.total,
            page=page,
            size=size,
            hits=self._hits(answer, found),
            partial_total=some.total,
            partial=self._hits(some, found),
            notices=notices,
            suggestions=self._suggestions(query, answer.total) if answer.total < size else (),
        )

    def matching(self, query: Query) -> tuple[Matching | None, Sequence[Diagnostic]]:
        """`query` in the engine's terms, if it asks for anything, and what the index says of it."""
        if query.root is None:
            return None, ()
        weights = Weights(self._engine)
        languages = self._store.languages()
        compiler = Compiler(languages, weights, self._vocabulary, query)
        parts = compiler.parts(query.root)
        extra = compiler.beyond(query.extra, parts)
        return (matching(parts, extra, weights) if parts else None), compiler.told

    def _suggestions(self, query: Query, total: int) -> tuple[Suggestion, ...]:
        if len(query.text) > _SUGGESTED:
            return ()
        languages = self._store.languages()
        return suggestions(query, total, self._vocabulary, languages, self._count)

    def _count(self, text: str) -> int:
        found, _ = self.matching(parse(text))
        return self._ask(Tier(found.every.match, ()), 0, 0).total if found else 0

    def _ask(self, tier: Tier, offset: int, limit: int) -> Answer:
        return self._engine.search(Request(tier.match, tier.boosts, offset, limit))

    def _hits(self, answer: Answer, found: Matching) -> tuple[Hit, ...]:
        passages = self._store.by_keys([each.key for each in answer.found])
        documents = self._store.by_slugs({stored.document for stored in passages.values()})
        return tuple(
            _hit(documents[stored.document], stored, each.score, found)
            for each in answer.found
            if (stored := passages.get(each.key))
        )


def _second_tier(found: Matching, total: int) -> Tier | None:
    """A query of one word has one only where the word stands in no text at all."""
    soft = [part for part in found.parts if part.soft]
    return found.some if len(soft) > 1 or not total else None


def _hit(document: StoredDocument, stored: StoredPassage, score: float, found: Matching) -> Hit:
    parts = [part for part in found.parts if not part.negated]
    passage = stored.passage
    marked = marks(passage.text, passage.language, [part.wanted for part in parts])
    missing = [parts[at] for at in marked.missing if parts[at].soft]
    above = _above(document, stored, missing) if missing else ()
    names = tuple(part.name for part in missing)
    return Hit(document, stored, score, marked.spans, marked.windows, names, above)


def _above(
    document: StoredDocument, stored: StoredPassage, parts: Sequence[Part]
) -> tuple[str, ...]:
    """The names of those of `parts` that stand in the title or the headings."""
    text = " · ".join((document.metadata.title, *stored.passage.heading))
    found = marks(text, stored.passage.language, [part.wanted for part in parts])
    return tuple(part.name for at, part in enumerate(parts) if at not in found.missing)
