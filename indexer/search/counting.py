"""Counts what a query found: by facets, by document, and what its conditions have in common."""

from collections.abc import Callable, Mapping, Sequence

from indexer.index.answer import Answer, Counts
from indexer.index.engine import Searcher
from indexer.index.fields import Facet, Field
from indexer.index.matches import AllOf, AnyOf, Everything, Match, Term
from indexer.index.request import Request
from indexer.query import And, Or, Query, written
from indexer.search.hits import Hit
from indexer.search.narrowing import Narrowing
from indexer.search.results import Extent

Compile = Callable[[Query], Match | None]  # what a query matches, if it asks for anything

_ALL = 1_000_000  # values of a facet
_EXTENT = (Facet.DOCUMENT, Facet.YEAR)
_SINGLE = (Facet.YEAR, Facet.DOCUMENT, Facet.LANGUAGE)  # of which a passage has one value


class Counting:
    """What is counted for one query, as of one commit."""

    def __init__(self, searcher: Searcher, narrowing: Narrowing, compiled: Compile) -> None:
        self._searcher = searcher
        self._narrowing = narrowing
        self._compiled = compiled

    def divided(self, asked: Mapping[Facet, int]) -> dict[Facet, int]:
        """Those of `asked` that are counted with the query itself: nothing is chosen of them.

        All values of what the extent needs, so that it need not be asked for again.
        """
        kept = {facet: most for facet, most in asked.items() if not self._narrowing.of(facet)}
        return kept | {facet: _ALL for facet in kept if facet in _EXTENT}

    def facets(self, answer: Answer, asked: Mapping[Facet, int]) -> dict[Facet, Counts]:
        """The facets, those with chosen values as if none of these was."""
        return {
            facet: answer.facets[facet][:most]
            if facet in answer.facets
            else self._beside(facet, most)
            for facet, most in asked.items()
        }

    def in_documents(self, match: Match, answer: Answer, hits: Sequence[Hit]) -> dict[str, int]:
        """How many passages of `match`, which `answer` is for, are in each document of `hits`."""
        slugs = tuple(dict.fromkeys(hit.document.slug for hit in hits))
        if not slugs:
            return {}
        counts = {c.value: c.passages for c in answer.facets.get(Facet.DOCUMENT, ())}
        if all(slug in counts for slug in slugs):
            return {slug: counts[slug] for slug in slugs}
        there = AnyOf(tuple(Term(Field.DOCUMENT, slug) for slug in slugs))
        asked = {Facet.DOCUMENT: len(slugs)}
        found = self._searcher.search(Request(AllOf((match, there)), limit=0, facets=asked))
        return {count.value: count.passages for count in found.facets[Facet.DOCUMENT]}

    def extent(self, match: Match, answer: Answer) -> Extent:
        """In how many documents `match`, which `answer` is for, is, and in which years."""
        found = dict(answer.facets)
        if asked := {facet: _ALL for facet in _EXTENT if facet not in found}:
            found |= self._searcher.search(Request(match, limit=0, facets=asked)).facets
        years = [c.value for c in found[Facet.YEAR] if c.value.isdecimal()]
        first, last = (min(years), max(years)) if years else ("", "")
        return Extent(len(found[Facet.DOCUMENT]), first, last)

    def excluded(self) -> tuple[str, ...]:
        """A sentence for all conditions that exclude each other, where nothing was found."""
        return tuple(said for facet in _SINGLE if (said := self._excluded(facet)))

    def _excluded(self, facet: Facet) -> str:
        nodes = tuple(condition.node for condition in self._narrowing.of(facet))
        if len(nodes) < 2 or self._total(And(nodes)):  # noqa: PLR2004 - it takes two to disagree
            return ""
        typed = " and ".join(map(written, nodes))
        either = written(
            Or(tuple(leaf for each in self._narrowing.of(facet) for leaf in each.leaves))
        )
        return f"No paragraph has {typed} together; {either} finds what has one of them."

    def _total(self, root: And) -> int:
        match = self._compiled(Query("", root))
        return self._searcher.search(Request(match, limit=0)).total if match else 0

    def _beside(self, facet: Facet, most: int) -> Counts:
        match = self._compiled(self._narrowing.without(facet)) or Everything()
        return self._searcher.search(Request(match, limit=0, facets={facet: most})).facets[facet]
