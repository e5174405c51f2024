"""A quotation in, the keys of the passages that it may be from out: what the engine is asked."""

from collections.abc import Collection, Iterator, Sequence
from math import log

from indexer.analysis import analyzer
from indexer.index.engine import Searcher
from indexer.index.fields import Field
from indexer.index.matches import Adjacent, AllOf, AnyOf, Match, Term
from indexer.index.request import Order, Request
from indexer.quotations.text import Quoted
from indexer.quotations.words import is_sign

MOST = 30  # passages that are looked at; measured
_WINDOW = 8  # words next to each other that are looked for first
_WHOLE = 40  # words, where the window stands in too many passages
_RARE = 10  # words by which passages that are only like it are ranked
_FEW, _MANY = 24, 2_000  # terms of a short quotation, passages that its ends may be in
_SHORT, _WINDOWS = 3, 10  # words of a stretch that is unchanged, stretches looked for


class Candidates:
    """Asks one searcher; engines index the same terms, so that each finds the same."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._count = max(1, searcher.count())

    def exact(self, quoted: Quoted, slugs: Collection[str] = ()) -> list[int]:
        """Passages with the rarest words of the longest segment next to each other, oldest first.

        With `slugs`, only those of these documents.
        """
        segment = max(quoted.segments, key=lambda each: each[1] - each[0], default=(0, 0))
        terms = self._terms(quoted.words.said(*segment))
        weights = self._weights(terms)
        if not terms or 0.0 in weights:
            return []
        total, keys = self._adjacent(_rarest(terms, weights, _WINDOW), slugs)
        if total > MOST and len(terms) > _WINDOW:
            more = self._adjacent(_rarest(terms, weights, _WHOLE), slugs)[1]
            keys = more or keys
        return keys

    def like(self, quoted: Quoted, slugs: Collection[str] = ()) -> list[int]:
        """Passages with stretches of its words, those with the most of its rare words first."""
        terms = [t for segment in quoted.segments for t in self._terms(quoted.words.said(*segment))]
        weights = self._weights(terms)
        known = dict(zip(terms, weights, strict=True))
        rare = sorted((t for t in known if known[t]), key=lambda t: -known[t])[:_RARE]
        if not rare:
            return []
        ranked = tuple(Term(Field.EXACT, term) for term in rare)
        stretches = tuple(Adjacent(Field.EXACT, w) for w in _stretches(terms, weights))
        found = self._ranked(AnyOf(stretches), ranked, slugs) if stretches else []
        if len(found) < MOST:
            found += self._ranked(AnyOf(ranked), (), slugs)
        return list(dict.fromkeys(found))

    def across(self, quoted: Quoted) -> list[int]:
        """Passages that a short quotation may begin in the end of, and go on in the next.

        Too few of its words are in either for `like` to tell these two from many others.
        """
        terms = self._terms(quoted.text)
        if len(quoted.segments) != 1 or len(terms) > _FEW or 0.0 in self._weights(terms):
            return []
        found: list[int] = []
        for border in range(2, len(terms) - 1):
            ahead = self._every(terms[max(0, border - _WINDOW) : border])
            behind = self._every(terms[border : border + _WINDOW]) if ahead else ()
            # A document's passages have their keys one after the other where they came together.
            found += sorted(key for key in ahead if key + 1 in behind)
        return list(dict.fromkeys(found))[:MOST]

    def titled(self, quoted: Quoted) -> list[int]:
        """A passage of a document with the words in its title, or under a heading with them."""
        terms = tuple(self._terms(quoted.text))
        if not terms:
            return []
        fields = (Field.TITLE, Field.HEADING)
        match = AnyOf(tuple(Adjacent(field, terms[:_WHOLE]) for field in fields))
        answer = self._searcher.search(Request(match, limit=1, order=Order.OLDEST))
        return [each.key for each in answer.found]

    def _every(self, terms: Sequence[str]) -> frozenset[int]:
        """All passages with `terms` next to each other or the first two thousand."""
        answer = self._searcher.search(Request(Adjacent(Field.EXACT, tuple(terms)), limit=_MANY))
        return frozenset(each.key for each in answer.found)

    def _terms(self, text: str) -> list[str]:
        """The terms of a text; of signs at its ends there may be others in what it is cut from."""
        terms = analyzer.terms(text, "")[0]
        first = 1 if terms and len(terms[0]) == 1 and is_sign(terms[0]) else 0
        last = len(terms) - (1 if terms and len(terms[-1]) == 1 and is_sign(terms[-1]) else 0)
        return terms[first:last]

    def _weights(self, terms: Sequence[str]) -> list[float]:
        """How much each says: more, the fewer passages have it; 0 where none has."""
        asked = list(dict.fromkeys(terms))
        counts = self._searcher.frequencies([Term(Field.EXACT, term) for term in asked])
        known = dict(zip(asked, counts, strict=True))
        return [log(1 + self._count / known[term]) if known[term] else 0.0 for term in terms]

    def _adjacent(self, terms: Sequence[str], slugs: Collection[str]) -> tuple[int, list[int]]:
        match = _within(Adjacent(Field.EXACT, tuple(terms)), slugs)
        answer = self._searcher.search(Request(match, limit=MOST, order=Order.OLDEST))
        return answer.total, [each.key for each in answer.found]

    def _ranked(self, match: Match, by: tuple[Match, ...], slugs: Collection[str]) -> list[int]:
        answer = self._searcher.search(Request(_within(match, slugs), by, limit=MOST))
        return [each.key for each in answer.found]


def _within(match: Match, slugs: Collection[str]) -> Match:
    if not slugs:
        return match
    return AllOf((match, AnyOf(tuple(Term(Field.DOCUMENT, slug) for slug in slugs))))


def _rarest(terms: Sequence[str], weights: Sequence[float], size: int) -> Sequence[str]:
    """The `size` terms next to each other that say the most."""
    at = max(range(max(1, len(terms) - size + 1)), key=lambda at: sum(weights[at : at + size]))
    return terms[at : at + size]


def _stretches(terms: Sequence[str], weights: Sequence[float]) -> Iterator[tuple[str, ...]]:
    """Those of three words that say the most; of few, all, so that one is free of any change."""
    places = [at for at in range(len(terms) - _SHORT + 1) if all(weights[at : at + _SHORT])]
    places.sort(key=lambda at: -sum(weights[at : at + _SHORT]))
    if len(places) > _WINDOWS:
        apart: list[int] = []
        for at in places:
            if all(abs(at - other) >= _SHORT for other in apart):
                apart.append(at)
        places = apart
    for at in places[:_WINDOWS]:
        yield tuple(terms[at : at + _SHORT])
