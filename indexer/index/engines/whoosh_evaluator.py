"""Ranks the documents of an open Whoosh reader for a request.

Whoosh's own query matchers are left aside, and only its postings are read. In small indexes its
"or" loses passages if another matcher skips ahead in it, and its totals depend on how it was
asked. Whole posting lists as arrays are also faster, and can be kept for the next query.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.matching import Matcher
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from indexer.index.answer import Counts, most_frequent
from indexer.index.bm25 import K1, B, idf
from indexer.index.fields import SCORED, Facet, Field
from indexer.index.matches import (
    Adjacent,
    AllOf,
    AnyOf,
    Dated,
    Everything,
    Match,
    Near,
    Term,
    Without,
)
from indexer.index.request import Order, Request

FACETS = {facet: f"facet_{facet.value}" for facet in Facet} | {Facet.DOCUMENT: "document"}
DAY = "day"  # the column with the first day of a document

_CACHE = 64_000_000  # bytes of posting lists that are kept

Ids = NDArray[np.int64]
Scores = NDArray[np.float64]
Places = list[list[int]]  # of each term, where it is in a document
Fits = Callable[[Places], bool]


class Scored(NamedTuple):
    """Document numbers, ascending, with a score each."""

    ids: Ids
    scores: Scores


class Evaluator:
    """Answers requests over one reader, which never changes."""

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._reader: IndexReader = searcher.reader()
        self._count = int(self._reader.doc_count_all())
        self._lists: dict[object, Scored] = {}
        self._kept = 0
        self._last: tuple[Match, Scored] | None = None
        self._facets: dict[Facet, tuple[list[str], Ids, Ids]] = {}

    def search(self, request: Request) -> tuple[int, Scored, dict[Facet, Counts]]:
        """How many match in all, the asked ranks, best first, and the counts of the facets.

        Equal scores are in the order of the index.
        """
        found = self._evaluate(request.match)
        self._last = request.match, found
        scores = self._scores(found, request)
        last = min(request.offset + request.limit, len(scores))
        best = np.lexsort((found.ids, -scores)) if last else np.empty(0, np.int64)
        ranks = best[request.offset : last]
        if request.order is not Order.RELEVANCE:
            scores = np.zeros(len(scores))
        facets = {f: self._counts(f, found.ids, most) for f, most in request.facets.items()}
        return len(found.ids), Scored(found.ids[ranks], scores[ranks]), facets

    def _scores(self, found: Scored, request: Request) -> Scores:
        """What `found` is ranked by, the highest first."""
        if request.order is not Order.RELEVANCE:
            days = self._days().scores[found.ids]
            return days if request.order is Order.NEWEST else np.where(days, -days, -np.inf)
        scores = found.scores.copy()
        for boost in request.boosts:
            _add(scores, found.ids, self._evaluate(boost))
        return scores

    def _days(self) -> Scored:
        """The first day of each document; 0 if it has no date."""

        def read() -> Scored:
            days = self._reader.column_reader(DAY)
            ids = np.arange(self._count)
            return Scored(ids, np.array([days[number] for number in range(self._count)], float))

        return self._kept_list(DAY, read)

    def _counts(self, facet: Facet, ids: Ids, most: int) -> Counts:
        """How many of `ids` have each value; a posting list is the documents that have one."""
        if not (most and len(ids)):
            return ()
        there = np.zeros(self._count, bool)
        there[ids] = True
        values, numbers, ordinals = self._values(facet)
        counts = np.bincount(ordinals[there[numbers]], minlength=len(values)).tolist()
        return most_frequent((pair for pair in zip(values, counts, strict=True) if pair[1]), most)

    def _values(self, facet: Facet) -> tuple[list[str], Ids, Ids]:
        """The values of a facet, and each pair of a document and the ordinal of its value."""
        if facet not in self._facets:
            name = FACETS[facet]
            values = [str(value) for value in self._reader.field_terms(name)]
            lists = [list(self._reader.postings(name, v.encode()).all_ids()) for v in values]
            ordinals = np.repeat(np.arange(len(values)), [len(each) for each in lists])
            numbers = np.array(list(chain.from_iterable(lists)), np.int64)
            self._facets[facet] = values, numbers, ordinals
        return self._facets[facet]

    def _evaluate(self, match: Match) -> Scored:  # noqa: PLR0911 - one return for each kind
        """The documents of `match`; what was asked for last may be a part of it."""
        if self._last and self._last[0] is match:
            return self._last[1]
        match match:
            case Term(field, term, weight):
                return self._term(field, term, weight)
            case Adjacent(field, terms):
                return self._placed(field, terms, _adjacent)
            case Near(field, terms, slop):
                return self._placed(field, terms, _near(slop))
            case AllOf(children):
                return self._all(children)
            case AnyOf(children):
                return self._any(children)
            case Without(wanted, unwanted):
                kept = self._evaluate(wanted)
                stays = ~np.isin(kept.ids, self._evaluate(unwanted).ids, assume_unique=True)
                return Scored(kept.ids[stays], kept.scores[stays])
            case Dated() | Everything():
                return self._unscored(match)

    def _all(self, children: Sequence[Match]) -> Scored:
        lists = sorted((self._evaluate(child) for child in children), key=lambda s: len(s.ids))
        ids = lists[0].ids
        for other in lists[1:]:
            ids = np.intersect1d(ids, other.ids, assume_unique=True)
        scores = np.zeros(len(ids))
        for each in lists:
            _add(scores, ids, each)
        return Scored(ids, scores)

    def _any(self, children: Sequence[Match]) -> Scored:
        there = np.zeros(self._count, bool)
        scores = np.zeros(self._count)
        for child in children:
            found = self._evaluate(child)
            there[found.ids] = True
            scores[found.ids] += found.scores
        ids = np.flatnonzero(there)
        return Scored(ids, scores[ids])

    def _term(self, field: Field, term: str, weight: float) -> Scored:
        impacts = self._kept_list((field, term), lambda: self._impacts(field, term))
        if field not in SCORED:
            return Scored(impacts.ids, np.zeros(len(impacts.ids)))
        rarity = idf(int(self._reader.doc_count()), len(impacts.ids))
        return Scored(impacts.ids, impacts.scores * (weight * rarity * (K1 + 1)))

    def _impacts(self, field: Field, term: str) -> Scored:
        """The posting list, with the part of BM25 that depends on the document for a score."""
        ids: list[int] = []
        frequencies: list[float] = []
        for postings in self._postings(field, [term]):
            matcher = postings[0]
            while matcher.is_active():
                ids.append(matcher.id())
                frequencies.append(matcher.weight())
                matcher.next()
        counts = np.array(frequencies)
        if field not in SCORED:
            return Scored(np.array(ids, np.int64), counts)
        length_of = self._reader.doc_field_length
        lengths = np.array([length_of(number, field.value, 1) for number in ids])
        average = self._searcher.avg_field_length(field.value) or 1
        return Scored(
            np.array(ids, np.int64), counts / (counts + K1 * (1 - B + B * lengths / average))
        )

    def _unscored(self, match: Dated | Everything) -> Scored:
        return self._kept_list(match, lambda: self._documents(match))

    def _documents(self, match: Dated | Everything) -> Scored:
        numbers: Iterable[int] = self._reader.all_doc_ids()
        if isinstance(match, Dated):
            begun = query.NumericRange("first_day", None, match.last)
            ended = query.NumericRange("last_day", match.first, None)
            numbers = sorted(
                set(self._searcher.docs_for_query(begun))
                & set(self._searcher.docs_for_query(ended))
            )
        ids = np.array(list(numbers), np.int64)
        return Scored(ids, np.zeros(len(ids)))

    def _placed(self, field: Field, terms: tuple[str, ...], fits: Fits) -> Scored:
        """The documents with all terms, those kept whose places fit."""
        candidates = self._all([Term(field, term) for term in set(terms)]).ids.tolist()
        kept: list[int] = []
        if candidates:
            for matchers in self._postings(field, terms):
                kept += _fitting(matchers, candidates, fits)
        found = np.array(kept, np.int64)
        return Scored(found, np.zeros(len(found)))

    def _postings(self, field: Field, terms: Sequence[str]) -> Iterator[list[Matcher]]:
        """Whoosh's matchers for the postings of `terms`, if all of them are there."""
        if all((field.value, term.encode()) in self._reader for term in terms):
            distinct = {term: self._reader.postings(field.value, term.encode()) for term in terms}
            yield [distinct[term] for term in terms]

    def _kept_list(self, key: object, make: Callable[[], Scored]) -> Scored:
        found = self._lists.get(key)
        if found is None:
            found = make()
            self._kept += found.ids.nbytes + found.scores.nbytes
            if self._kept > _CACHE:
                self._lists.clear()
                self._kept = found.ids.nbytes + found.scores.nbytes
            self._lists[key] = found
        return found


def _add(scores: Scores, ids: Ids, more: Scored) -> None:
    """Adds the scores of `more` to those of `ids` that it has too."""
    at = np.searchsorted(ids, more.ids)
    there = at < len(ids)
    at, added = at[there], more.scores[there]
    same = ids[at] == more.ids[there]
    scores[at[same]] += added[same]


def _fitting(matchers: list[Matcher], candidates: list[int], fits: Fits) -> Iterator[int]:
    distinct = list({id(matcher): matcher for matcher in matchers}.values())
    for number in candidates:
        places = {}
        for matcher in distinct:
            matcher.skip_to(number)
            places[id(matcher)] = matcher.value_as("positions")
        if fits([places[id(matcher)] for matcher in matchers]):
            yield number


def _adjacent(places: Places) -> bool:
    starts = set(places[0])
    for ahead, found in enumerate(places):
        starts.intersection_update([place - ahead for place in found])
        if not starts:
            return False
    return True


def _near(slop: int) -> Fits:
    def fits(places: Places) -> bool:
        gaps = (abs(b - a) - 1 for a in places[0] for b in places[1])
        return any(0 <= gap <= slop for gap in gaps)

    return fits
