"""The passages of two language versions in; which of one are which of the other, out. Pure.

The cheapest way through both texts in order (see `costs`): one by one where that fits, two or
three for one where a version parts a paragraph, or none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.document import Passage
from indexer.works.corridor import corridor
from indexer.works.costs import FAR, STEPS, Costs
from indexer.works.features import Features, features


class Ground(StrEnum):
    """What a pair stands on."""

    NUMBER = "number"  # both have the same official number
    ORDER = "order"  # they have none, and stand between the same ones, one for one
    LENGTH = "length"  # so their length, figures and headings fit best
    NONE = "none"  # there is no counterpart


@dataclass(frozen=True, slots=True)
class Joined:
    """Places on the left and on the right, from 0, that say the same; one side may be empty.

    `doubt` goes from 0, where nothing speaks against it, to 1. `conflicts` says that figures of the
    texts do: both have some, and none in common; or that their numbers cannot be the same.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    ground: Ground
    doubt: float
    conflicts: bool = False


Step = tuple[int, int]  # how many passages on the left, and on the right


def pair(left: Sequence[Passage], right: Sequence[Passage]) -> tuple[Joined, ...]:
    """Every passage of both, in the order of both, with its counterparts."""
    here, there = features(left), features(right)
    return tuple(_judged(_Way(here, there).steps(), here, there))


class _Way:
    """The cheapest way from both beginnings to both ends (dynamic programming)."""

    def __init__(self, left: Sequence[Features], right: Sequence[Features]) -> None:
        self._costs = Costs(left, right)
        self._ends = (len(left), len(right))
        self._cost: list[dict[int, float]] = [{} for _ in range(len(left) + 1)]
        self._step: list[dict[int, Step]] = [{} for _ in range(len(left) + 1)]
        self._cost[0][0] = 0.0
        for i, (first, last) in enumerate(corridor(left, right)):
            for j in range(first, last + 1):
                self._arrive(i, j)

    def steps(self) -> list[Step]:
        """The steps of the way, the first first."""
        i, j = self._ends
        found: list[Step] = []
        while i or j:
            step = self._step[i][j]
            found.append(step)
            i, j = i - step[0], j - step[1]
        return found[::-1]

    def _arrive(self, i: int, j: int) -> None:
        """Notes the cheapest way to the place before the passages `i` and `j`, if there is any."""
        least, came = self._cost[i].get(j, FAR), (0, 0)
        if i and (cost := self._cost[i - 1].get(j, FAR) + self._costs.alone_left[i - 1]) < least:
            least, came = cost, (1, 0)
        if j and (cost := self._cost[i].get(j - 1, FAR) + self._costs.alone_right[j - 1]) < least:
            least, came = cost, (0, 1)
        for step in STEPS:
            a, b = step
            before = self._cost[i - a].get(j - b, FAR) if a <= i and b <= j else FAR
            if before < FAR:
                cost = before + self._costs.step(i - a, j - b, step, least - before)
                if cost < least:
                    least, came = cost, step
        if came != (0, 0):
            self._cost[i][j], self._step[i][j] = least, came


# How far to trust each, from the one that is hardly ever wrong to the one that is wrong most often
# (docs/benchmarks.md); more where a pair is none of one with one, or contradicts itself.
_DOUBT = {Ground.NUMBER: 0.0, Ground.ORDER: 0.05, Ground.LENGTH: 0.2, Ground.NONE: 0.5}
_PARTED = 0.2
_CONFLICTING = 0.3


def _judged(
    steps: Sequence[Step], left: Sequence[Features], right: Sequence[Features]
) -> Iterator[Joined]:
    """The steps as places, each with what it stands on."""
    even = _even(steps, left, right)
    i = j = 0
    for (a, b), is_even in zip(steps, even, strict=True):
        these, those = tuple(range(i, i + a)), tuple(range(j, j + b))
        i, j = i + a, j + b
        if not (a and b):
            yield Joined(these, those, Ground.NONE, _DOUBT[Ground.NONE])
            continue
        one, other = left[these[0]], right[those[0]]
        ground = _ground(one, other, is_even=is_even)
        doubt = _DOUBT[ground] + _PARTED * ((a, b) != (1, 1))
        conflicts = _conflict(one, other)
        doubt += _CONFLICTING * conflicts
        yield Joined(these, those, ground, round(doubt, 2), conflicts)


def _ground(one: Features, other: Features, *, is_even: bool) -> Ground:
    if _same_number(one, other):
        return Ground.NUMBER
    return Ground.ORDER if is_even else Ground.LENGTH


def _same_number(one: Features, other: Features) -> bool:
    return not one.values.isdisjoint(other.values)


def _conflict(one: Features, other: Features) -> bool:
    """Whether both have figures and share none, or both have numbers that cannot be the same."""
    if one.values and other.values and not _same_number(one, other):
        return True
    return bool(one.figures and other.figures) and one.figures.isdisjoint(other.figures)


def _even(steps: Sequence[Step], left: Sequence[Features], right: Sequence[Features]) -> list[bool]:
    """Whether each step lies between two pairs with the same numbers, and all there are 1:1."""
    even: list[bool] = []
    run = 0
    i = j = 0
    clean = True
    for a, b in steps:
        run += 1
        clean = clean and (a, b) == (1, 1)
        if (a, b) == (1, 1) and _same_number(left[i], right[j]):
            even += [clean] * run
            run, clean = 0, True
        i, j = i + a, j + b
    return even + [clean] * run
