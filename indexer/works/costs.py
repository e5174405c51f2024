"""Two stretches of passages in; what it costs to take one for the other's translation, out.

Costs are negative logarithms of odds, in the way of Gale and Church (A Program for Aligning
Sentences in Bilingual Corpora, 1993), whose model of lengths this is; numbers, figures and
headings speak for a pair or against it.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

from indexer.works.features import Features

FAR = math.inf

# Steps: so many passages on the left are so many on the right, and what that costs by itself.
# Of Gale and Church's own bilingual texts 89 % were 1:1, 9 % 1:2 or 2:1, 1 % had no counterpart.
STEPS = {(1, 1): 0.0, (1, 2): 4.0, (2, 1): 4.0, (1, 3): 5.5, (3, 1): 5.5}
_LONGEST = 3

_ALONE = 2.5  # a passage without a counterpart
_LEFT_OUT = 0.01  # what each letter of it costs: a heading costs little, a paragraph much
_LEFT_OUT_AT_MOST = 2.0

# Of the length of a translation, for each letter of the text: 6.8 for the sentences that Gale and
# Church counted, but whole paragraphs of other languages differ more.
_VARIANCE = 10.0
_LENGTH_AT_MOST = 6.0  # no length proves more against a pair than that
_TOGETHER_AT_MOST = 12.0  # against several for one, which has nothing but its length to show
_GRAIN = 16  # steps of the table of what lengths cost, for each standard deviation

_SAME_POSITION, _SAME_VALUE, _OTHER_VALUE, _UNNUMBERED = -6.0, -4.0, 8.0, 3.0
_INNER = 3.0  # a number in the midst of what is taken for one passage of the other text
_DEPTH = 1.0
_FIGURES = 5.0
_OPENS = 2.0
_OTHER_KIND = 0.5
_OTHER_END = 1.0
_NOTE = 8.0


def _table() -> tuple[float, ...]:
    """What a difference in length costs, by how many standard deviations it is."""
    costs: list[float] = []
    while not costs or costs[-1] < _TOGETHER_AT_MOST:
        share = math.erfc(len(costs) / _GRAIN / math.sqrt(2))
        costs.append(min(-math.log(share), _TOGETHER_AT_MOST))
    return tuple(costs)


_LENGTHS = _table()


class _Group(NamedTuple):
    """Passages after each other, taken as one: the first of them, and what they have together."""

    first: Features
    figures: frozenset[str]
    length: float
    inner: float


class Costs:
    """The costs between two documents."""

    def __init__(self, left: Sequence[Features], right: Sequence[Features]) -> None:
        self._ratio = _ratio(left, right)
        self._variance = _VARIANCE * self._ratio / 2
        # By how many there are in a group, and by the place of the first.
        self._left = [_groups(left, many, self._ratio) for many in range(1, _LONGEST + 1)]
        self._right = [_groups(right, many, 1.0) for many in range(1, _LONGEST + 1)]
        self.alone_left = [_alone(each.length * max(self._ratio, 1.0)) for each in left]
        self.alone_right = [_alone(each.length / min(self._ratio, 1.0)) for each in right]

    def step(self, i: int, j: int, many: tuple[int, int], at_most: float) -> float:
        """Of passages from `i` on the left for those from `j` on the right, `many` of each.

        `FAR` where it is more than `at_most`, or at once where that is seen.
        """
        one, other = self._left[many[0] - 1][i], self._right[many[1] - 1][j]
        cost = STEPS[many] + one.inner + other.inner + _number(one.first, other.first)
        if cost - _FIGURES - _OPENS > at_most:
            return FAR
        cost += _outside(one.first, other.first)
        cost += _figures(one.figures, other.figures)
        # Gale and Church: how unlikely texts of the same meaning are to differ so in length.
        spread = math.sqrt(self._variance * max(one.length + other.length, 1.0))
        at = int(abs(other.length - one.length) / spread * _GRAIN)
        length = _LENGTHS[min(at, len(_LENGTHS) - 1)]
        cost += length if many != (1, 1) else min(length, _LENGTH_AT_MOST)
        return cost if cost < at_most else FAR


def _ratio(left: Sequence[Features], right: Sequence[Features]) -> float:
    """How much longer the right text is; 1 where either has none."""
    here, there = (sum(each.length for each in side) for side in (left, right))
    return there / here if here and there else 1.0


def _groups(some: Sequence[Features], many: int, ratio: float) -> list[_Group]:
    """Each passage with those behind it, `many` in all; lengths as they would be on the right."""
    if many == 1:
        return [_Group(each, each.figures, each.length * ratio, 0.0) for each in some]
    found = []
    for at in range(len(some) - many + 1):
        these = some[at : at + many]
        inner = sum(_INNER * (bool(each.values) + bool(each.opens)) for each in these[1:])
        figures = frozenset[str]().union(*(each.figures for each in these))
        found.append(_Group(these[0], figures, sum(f.length for f in these) * ratio, inner))
    return found


def _alone(length: float) -> float:
    """By the length that the text has in the language that takes more letters."""
    return _ALONE + min(_LEFT_OUT * length, _LEFT_OUT_AT_MOST)


def _number(one: Features, other: Features) -> float:
    """What their official numbers say."""
    if one.position and one.position == other.position:
        return _SAME_POSITION
    if not (one.values or other.values):
        return 0.0
    deeper = 0.0 if one.depth == other.depth else _DEPTH
    if not (one.values and other.values):
        return _UNNUMBERED + deeper
    return (_OTHER_VALUE if one.values.isdisjoint(other.values) else _SAME_VALUE) + deeper


def _outside(one: Features, other: Features) -> float:
    """What headings, kinds and the ends of texts say."""
    cost = _NOTE if one.is_note != other.is_note else 0.0
    cost += _OTHER_KIND if one.kind is not other.kind else 0.0
    cost += _OTHER_END if one.ends != other.ends else 0.0
    if one.opens and other.opens:
        return cost - _OPENS
    return cost + (_OPENS if one.opens or other.opens else 0.0)


def _figures(one: frozenset[str], other: frozenset[str]) -> float:
    """What the figures in the texts say: all in common for the pair, none against it."""
    many = max(len(one), len(other))
    if not many:
        return 0.0
    weight = _FIGURES * min(many, 3) / 3
    if not (one and other):
        return weight / 2
    shared = 2 * len(one & other) / (len(one) + len(other))
    return weight * (1 - 2 * shared)
