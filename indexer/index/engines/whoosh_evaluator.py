"""Ranks the documents of an open Whoosh reader for a request.

Whoosh's own query matchers are left aside, and only its postings are read. In small indexes its
"or" loses passages if another matcher skips ahead in it, and its totals depend on how it was
asked. Whole posting lists as arrays are also faster, and can be kept for the next query.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from whoosh import query
from whoosh.searching import Searcher

from indexer.index.answer import Counts, most_frequent
from indexer.index.bm25 import K1, idf
from indexer.index.engines.whoosh_codec import Numbers
from indexer.index.engines.whoosh_lexicon import Lexicon
from indexer.index.engines.whoosh_places import adjacent, near
from indexer.index.engines.whoosh_postings import Postings
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
_MANY = 32  # children whose union is kept too, as one query asks for it several times
_FEW = 128  # times fewer documents are looked up one by one

Scores = NDArray[np.float64]


class Scored(NamedTuple):
    """Document numbers, ascending, with a score each."""

    ids: Numbers
    scores: Scores


class Evaluator:
    """Answers requests over one reader, which never changes."""

    def __init__(self, searcher: Searcher, lexicon: Lexicon) -> None:
        self._searcher = searcher
        self._postings = Postings(searcher, lexicon)
        self._count = self._postings.count
        self._there = int(searcher.doc_count())
        self._lists: dict[object, Scored] = {}
        self._kept = 0
        self._last: tuple[Match, Scored] | None = None
        self._facets: dict[Facet, tuple[list[str], Numbers, Numbers]] = {}

    def search(self, request: Request) -> tuple[int, Scored, dict[Facet, Counts]]:
        """How many match in all, the asked ranks, best first, and the counts of the facets.

        Equal scores are in the order of the index.
        """
        found = self._evaluate(request.match)
        self._last = request.match, found
        scores = self._scores(found, request)
        last = min(request.offset + request.limit, len(scores))
        ranks = _best(scores, last)[request.offset :]
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
            self._add(scores, found.ids, self._evaluate(boost))
        return scores

    def _days(self) -> Scored:
        """The first day of each document; 0 if it has no date."""

        def read() -> Scored:
            return Scored(np.arange(self._count), self._postings.column(DAY).astype(float))

        return self._kept_list(DAY, read)

    def _counts(self, facet: Facet, ids: Numbers, most: int) -> Counts:
        """How many of `ids` have each value; a posting list is the documents that have one."""
        if not (most and len(ids)):
            return ()
        there = np.zeros(self._count, bool)
        there[ids] = True
        values, numbers, ordinals = self._values(facet)
        counts = np.bincount(ordinals[there[numbers]], minlength=len(values)).tolist()
        return most_frequent((pair for pair in zip(values, counts, strict=True) if pair[1]), most)

    def _values(self, facet: Facet) -> tuple[list[str], Numbers, Numbers]:
        """The values of a facet, and each pair of a document and the ordinal of its value."""
        if facet not in self._facets:
            self._facets[facet] = self._postings.values(FACETS[facet])
        return self._facets[facet]

    def _evaluate(self, match: Match) -> Scored:  # noqa: PLR0911 - one return for each kind
        """The documents of `match`; what was asked for last may be a part of it."""
        if self._last and self._last[0] is match:
            return self._last[1]
        match match:
            case Term(field, term, weight):
                return self._term(field, term, weight)
            case Adjacent() | Near():
                return self._kept_list(match, lambda: self._placed(match))
            case AllOf(children):
                return self._all(children)
            case AnyOf(children) if len(children) > _MANY:  # words that a pattern stands for
                return self._kept_list(match, lambda: self._any_of_many(children))
            case AnyOf(children):
                return self._any(children)
            case Without(wanted, unwanted):
                kept = self._evaluate(wanted)
                stays = ~self._has(self._evaluate(unwanted).ids, kept.ids)
                return Scored(kept.ids[stays], kept.scores[stays])
            case Dated() | Everything():
                return self._unscored(match)

    def _all(self, children: Sequence[Match]) -> Scored:
        lists = sorted((self._evaluate(child) for child in children), key=lambda s: len(s.ids))
        ids = lists[0].ids
        for other in lists[1:]:
            ids = ids[self._has(other.ids, ids)]
        scores = np.zeros(len(ids))
        for each in lists:
            self._add(scores, ids, each)
        return Scored(ids, scores)

    def _has(self, ids: Numbers, wanted: Numbers) -> NDArray[np.bool_]:
        """Which of `wanted` are in `ids`."""
        if not len(ids):
            return np.zeros(len(wanted), bool)
        if len(wanted) * _FEW < self._count:
            at = np.minimum(np.searchsorted(ids, wanted), len(ids) - 1)
            return np.asarray(ids[at] == wanted)
        there = np.zeros(self._count, bool)
        there[ids] = True
        return there[wanted]

    def _add(self, scores: Scores, ids: Numbers, more: Scored) -> None:
        """Adds the scores of `more` to those of `ids` that it has too."""
        if not (len(ids) and more.scores.any()):
            return
        if len(ids) * _FEW < self._count:
            at = np.minimum(np.searchsorted(more.ids, ids), len(more.ids) - 1)
            scores += np.where(more.ids[at] == ids, more.scores[at], 0)
            return
        added = np.zeros(self._count)
        added[more.ids] = more.scores
        scores += added[ids]

    def _any(self, children: Sequence[Match]) -> Scored:
        there = np.zeros(self._count, bool)
        scores = np.zeros(self._count)
        for child in children:
            found = self._evaluate(child)
            there[found.ids] = True
            scores[found.ids] += found.scores
        ids = np.flatnonzero(there)
        return Scored(ids, scores[ids])

    def _any_of_many(self, children: Sequence[Match]) -> Scored:
        """What `_any` gives. Terms of one field are scored together: each alone takes longer."""
        terms = [child for child in children if isinstance(child, Term)]
        fields = {child.field for child in terms}
        if len(terms) < len(children) or len(fields) > 1:
            return self._any(children)
        name = terms[0].field.value
        ids, counts, which = self._postings.together(name, [term.term for term in terms])
        if not fields <= SCORED:
            found = np.unique(ids)
            return Scored(found, np.zeros(len(found)))
        frequencies = np.bincount(which, minlength=len(terms)).tolist()
        factors = np.array(
            [
                term.weight * idf(self._there, frequency) * (K1 + 1)
                for term, frequency in zip(terms, frequencies, strict=True)
            ]
        )
        impacts = counts / (counts + self._postings.norms(name)[ids])
        scores = np.bincount(ids, impacts * factors[which], self._count).astype(float)
        there = np.zeros(self._count, bool)
        there[ids] = True
        found = np.flatnonzero(there)
        return Scored(found, scores[found])

    def _term(self, field: Field, term: str, weight: float) -> Scored:
        impacts = self._kept_list((field, term), lambda: self._impacts(field, term))
        if field not in SCORED:
            return Scored(impacts.ids, np.zeros(len(impacts.ids)))
        rarity = idf(self._there, len(impacts.ids))
        return Scored(impacts.ids, impacts.scores * (weight * rarity * (K1 + 1)))

    def _impacts(self, field: Field, term: str) -> Scored:
        """The posting list, with the part of BM25 that depends on the document for a score."""
        ids, counts, _ = self._postings.of(field.value, term)
        if field not in SCORED:
            return Scored(ids, counts.astype(float))
        return Scored(ids, counts / (counts + self._postings.norms(field.value)[ids]))

    def _unscored(self, match: Dated | Everything) -> Scored:
        return self._kept_list(match, lambda: self._documents(match))

    def _documents(self, match: Dated | Everything) -> Scored:
        ids = self._postings.everything()
        if isinstance(match, Dated):
            begun = query.NumericRange("first_day", None, match.last)
            ended = query.NumericRange("last_day", match.first, None)
            found = set(self._searcher.docs_for_query(begun))
            found &= set(self._searcher.docs_for_query(ended))
            ids = np.array(sorted(found), np.int64)
        return Scored(ids, np.zeros(len(ids)))

    def _placed(self, match: Adjacent | Near) -> Scored:
        """The documents with all terms, those kept whose places fit."""
        field = match.field.value
        lists = {term: self._postings.of(field, term) for term in dict.fromkeys(match.terms)}
        match match:
            case Near(slop=slop):
                ids = near(lists, slop)
            case Adjacent(terms=terms):
                ids = adjacent(lists, terms)
        return Scored(ids, np.zeros(len(ids)))

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


def _best(scores: Scores, most: int) -> Numbers:
    """The indexes of the `most` highest scores, the highest first; of equal ones the first."""
    there = np.arange(len(scores))
    if 0 < most < len(scores):
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        there = np.flatnonzero(scores >= least)
    return there[np.argsort(-scores[there], kind="stable")][:most]
