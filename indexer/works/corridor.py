"""The features of two versions in; where among the right passages each left one is looked for, out.

Numbers and figures that stand once on either side lead through long texts, so that the work grows
with their length and not with its square.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from itertools import pairwise

from indexer.works.features import Features

_NEAR = 3  # passages to either side of the way between two that lead
_NEARLY = 7  # more, where these are so many apart
_WIDEST = (60, 20, 0)  # more, at most, where one side has passages that the other has not
_MOST = 300_000  # places in all, for which a narrower corridor is taken if there is one

Place = tuple[int, int]


def corridor(left: Sequence[Features], right: Sequence[Features]) -> list[Place]:
    """For each number of left passages, from 0, the least and the most right ones beside them."""
    ends = (len(left), len(right))
    leading = [(0, 0), *_steady(longest_rise(_leading(left, right))), ends]
    rows: list[Place] = []
    for widest in _WIDEST:
        rows = _rows(leading, widest)
        if sum(most - least for least, most in rows) <= _MOST:
            break
    return rows


def _rows(leading: Sequence[Place], widest: int) -> list[Place]:
    """What lies around the lines from each of the `leading` places to the next one."""
    ends = leading[-1]
    rows: list[Place] = [(ends[1], 0)] * (ends[0] + 1)
    for (i, j), (k, m) in pairwise(leading):
        here, there = k - i, m - j
        near = _NEAR + min(here, there, _NEARLY) + min(abs(here - there), widest)
        wide = max(near, there // max(here, 1) + 1)
        for row in range(i, k + 1):
            first = j + there * (row - i) // max(here, 1)
            last = first if here else m
            least, most = rows[row]
            rows[row] = min(least, max(0, first - wide)), max(most, min(ends[1], last + wide))
    return rows


def _leading(left: Sequence[Features], right: Sequence[Features]) -> list[Place]:
    """Places of passages with the same position, or the same figures, that no other has."""
    found: set[Place] = set()
    for here, there in (
        ([each.position for each in left], [each.position for each in right]),
        ([_telling(each) for each in left], [_telling(each) for each in right]),
    ):
        places = _once(there)
        found |= {(i, places[what]) for what, i in _once(here).items() if what in places}
    return sorted(found)


def _steady(places: Sequence[Place]) -> list[Place]:
    """`places` without those that lead aside while the one before and the one behind do not."""
    aside = [second - first for first, second in places]
    lone = {at for at in range(1, len(places) - 1) if aside[at - 1] == aside[at + 1] != aside[at]}
    return [place for at, place in enumerate(places) if at not in lone]


def _telling(each: Features) -> frozenset[str]:
    """The figures of a passage if they are enough to know it by."""
    return each.figures if len(each.figures) > 1 else frozenset()


def _once(values: Iterable[Hashable]) -> dict[Hashable, int]:
    """The place of each value that is something and stands once."""
    listed = list(values)
    times = Counter(listed)
    return {value: at for at, value in enumerate(listed) if value and times[value] == 1}


def longest_rise(places: Sequence[Place]) -> list[Place]:
    """As many of `places`, sorted by their first, as rise in both."""
    tails: list[int] = []
    ends: list[int] = []
    before: list[int] = []
    for index, (_, second) in enumerate(places):
        length = bisect_left(tails, second)
        # Of two with the same first place only one can rise.
        while length and places[ends[length - 1]][0] == places[index][0]:
            length -= 1
        before.append(ends[length - 1] if length else -1)
        tails[length : length + 1], ends[length : length + 1] = [second], [index]
    rise: list[Place] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.append(places[index])
        index = before[index]
    return rise[::-1]
