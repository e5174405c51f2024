"""Finds the documents in which words stand next to each other, or near, by arrays of places."""

from collections.abc import Mapping, Sequence
from functools import reduce

import numpy as np

from indexer.index.engines.whoosh_codec import Numbers, Packed


def common(one: Numbers, other: Numbers) -> Numbers:
    """What two ascending arrays have both."""
    few, many = (one, other) if len(one) < len(other) else (other, one)
    if not len(few):
        return few
    at = np.searchsorted(many, few)
    at[at == len(many)] = 0
    return np.asarray(few[many[at] == few])


def adjacent(lists: Mapping[str, Packed], terms: Sequence[str]) -> Numbers:
    """The documents with `terms` one after the other, of which `lists` are the posting lists."""
    placed = _Placed(lists, gap=len(terms))
    sizes = {term: len(places) for term, places in placed.at.items()}
    ahead = min(range(len(terms)), key=lambda at: sizes[terms[at]])
    starts = placed.at[terms[ahead]] - ahead
    for term in sorted(sizes, key=lambda term: sizes[term]):
        there = np.zeros(placed.end, bool)
        there[placed.at[term]] = True
        for shift, other in enumerate(terms):
            if other == term and shift != ahead:
                starts = starts[there[starts + shift]]
    return placed.documents(starts)


def near(lists: Mapping[str, Packed], slop: int) -> Numbers:
    """The documents with two terms, in any order, at most `slop` others between.

    `lists` are their posting lists; one, if the same term is to be there twice.
    """
    placed = _Placed(lists, gap=slop + 2)
    # The last bit of a number tells whose place it is. The nearest two are beside each other.
    marked = [places * 2 + whose for whose, places in enumerate(placed.at.values())]
    places = np.concatenate(marked)
    places.sort(kind="stable")
    fits = np.diff(places >> 1) <= slop + 1
    if len(marked) > 1:
        fits &= np.diff(places & 1) != 0
    return placed.documents(places[1:][fits] >> 1)


class _Placed:
    """The places of terms in the documents that have all of them, on one line.

    Each document has a stretch of it, with `gap` places that nothing is at before and behind.
    """

    def __init__(self, lists: Mapping[str, Packed], gap: int) -> None:
        self._ids = reduce(common, sorted((each.ids for each in lists.values()), key=len))
        parts = {term: _within(each, self._ids) for term, each in lists.items()}
        furthest = [places[np.cumsum(counts) - 1] for counts, places in parts.values()]
        lengths = reduce(np.maximum, furthest) + (1 + gap)
        self._starts = gap + np.cumsum(lengths) - lengths
        self.end = gap + int(lengths.sum())  # of the line
        self.at = {
            term: np.repeat(self._starts, counts) + places
            for term, (counts, places) in parts.items()
        }

    def documents(self, places: Numbers) -> Numbers:
        """The documents that `places` of the line are in, each once."""
        found = np.zeros(len(self._ids), bool)
        found[np.searchsorted(self._starts, places, side="right") - 1] = True
        return self._ids[found]


def _within(of: Packed, ids: Numbers) -> tuple[Numbers, Numbers]:
    """How often a term is in each of `ids`, all of which have it, and the places there."""
    if len(ids) == len(of.ids):
        return of.counts, of.places.astype(np.int64)
    which = np.searchsorted(of.ids, ids)
    counts = of.counts[which]
    before = np.cumsum(of.counts)[which] - counts  # places of other documents
    shifts = before - (np.cumsum(counts) - counts)
    at = np.repeat(shifts, counts) + np.arange(int(counts.sum()))
    return counts, of.places[at].astype(np.int64)
