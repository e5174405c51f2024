"""The words of a paragraph in; the keys of the paragraphs that may be worded alike, out."""

from collections.abc import Sequence
from itertools import combinations
from typing import NamedTuple

from indexer.index.engine import Searcher
from indexer.index.fields import Field
from indexer.index.matches import AllOf, AnyOf, Match, Term
from indexer.index.request import Order, Request
from indexer.wording.sketch import by_chance, sketch

MOST = 5_000  # paragraphs that are looked at for one

_RARE = 30  # in how many paragraphs a term may be that says enough by itself,
_CHANCE = 2  # and how many times as many as have any term by chance, beside these
_FEWEST = 3  # terms that are asked for, however frequent


class Candidates(NamedTuple):
    """Keys of passages that may be alike; `is_whole` if none of them was left out."""

    keys: tuple[int, ...]
    is_whole: bool


def candidates(searcher: Searcher, words: Sequence[str]) -> Candidates:
    """The paragraphs that share terms of the sketch: a rare one, or two others.

    What half of all paragraphs have in a row says little by itself, and a paragraph that is worded
    alike shares more than that. Where there are still too many, the most frequent terms are given
    up one by one; where even that does not help, the oldest are taken.
    """
    terms = [Term(Field.WORDING, each) for each in sketch(words)]
    if not terms:
        return Candidates((), is_whole=True)
    counted = zip(searcher.frequencies(terms), terms, strict=True)
    ranked = sorted(counted, key=lambda each: (each[0], each[1].term))
    rare = _RARE + _CHANCE * by_chance(searcher.count())
    while True:
        answer = searcher.search(Request(_match(ranked, rare), limit=MOST, order=Order.OLDEST))
        if answer.total <= MOST or len(ranked) <= _FEWEST:
            keys = tuple(each.key for each in answer.found)
            return Candidates(keys, is_whole=answer.total <= MOST)
        ranked.pop()


def _match(ranked: Sequence[tuple[int, Term]], most: float) -> Match:
    """What to ask for, of terms with the number of paragraphs that have each, the rarest first.

    In a rare one are at most so many.
    """
    is_short = len(ranked) < _FEWEST  # so that an alike one may share a single term
    rare = [term for many, term in ranked if many <= most or is_short]
    others = [term for many, term in ranked if many > most]
    return AnyOf((*rare, *(AllOf(pair) for pair in combinations(others, 2))))
