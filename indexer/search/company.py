"""Lets passages that are found together support each other, as far as they are alike.

What answers a query is mostly said in several passages; one that shares only the words of the query
stands alone. This is Diaz's regularisation of scores ("Regularizing ad hoc retrieval scores", CIKM
2005), one step of it, over the best passages only. Nothing is learned from anywhere else.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain, filterfalse
from operator import mul
from typing import NamedTuple

from indexer.analysis import analyzer

SUPPORT = 0.1  # the part of the score that is given by the others; measured, docs/benchmarks.md
_NOTHING = 1e-9  # of the greatest score; what is below comes of rounding
_FEWEST = 3  # passages; two would only support each other


class Vector(NamedTuple):
    """The words of a text that others have too, each with its weight, and how long it is in all.

    `squares` is the sum of the squares of the weights.
    Words of this text alone meet nothing in any other: they count in the `length` only.
    """

    words: Sequence[str]
    weights: Sequence[float]
    squares: float
    length: float


def vectors(texts: Sequence[Sequence[str]], languages: Sequence[str]) -> list[Vector]:
    """The words of each text as a vector; stopwords of its language are left out.

    A word counts by 1 + ln(times) and, as rarity goes by these texts alone, ln(1 + texts / texts
    with it).
    """
    little = [analyzer.stopwords(language).__contains__ for language in languages]
    counts = list(map(Counter, map(filterfalse, little, texts)))
    having = Counter(chain.from_iterable(counts))
    rarity = [math.log1p(len(texts) / many) for many in range(1, len(texts) + 1)]
    shared = {word: rarity[many - 1] for word, many in having.items() if many > 1}
    return [_vector(count, shared, rarity[0]) for count in counts]


def _vector(count: Mapping[str, int], shared: Mapping[str, float], alone: float) -> Vector:
    """The vector of a text; `shared` has the rarity of its words, or they are `alone` in it.

    By `map`, which stays out of Python: some twenty texts of a hundred words are looked at for each
    search.
    """
    words = list(filter(shared.__contains__, count))
    times = list(map(count.__getitem__, words))
    rarities = map(shared.__getitem__, words)
    weights = list(map(mul, rarities, map(_WEIGHT.__getitem__, times)))
    rest = sum(map(_SQUARE.__getitem__, count.values())) - sum(map(_SQUARE.__getitem__, times))
    squares = sum(map(mul, weights, weights))
    length = math.sqrt(squares + alone * alone * rest)
    return Vector(words, weights, squares, length or 1.0)


class _ByTimes(dict[int, float]):
    """How often a text has a word → what that counts, to some power."""

    def __init__(self, power: int) -> None:
        self._power = power

    def __missing__(self, times: int) -> float:
        weight = self[times] = (1 + math.log(times)) ** self._power
        return weight


_WEIGHT, _SQUARE = _ByTimes(1), _ByTimes(2)


def regularised(scores: Sequence[float], of: Sequence[Vector]) -> list[float]:
    """`scores`, a part of each replaced by the cosine-weighted sum of the others' scores.

    The sums are scaled so that the greatest is the greatest score. Fewer than three scores, and
    scores of passages that have nothing in common, are given back as they are.
    """
    if len(scores) < _FEWEST:
        return list(scores)
    centre = dict.fromkeys(chain.from_iterable([vector.words for vector in of]), 0.0)
    for score, vector in zip(scores, of, strict=True):
        part = score / vector.length
        for word, weight in zip(vector.words, vector.weights, strict=True):
            centre[word] += part * weight
    support = [
        max(0.0, _support(score, vector, centre)) for score, vector in zip(scores, of, strict=True)
    ]
    most = max(support)
    if most <= _NOTHING * max(scores):
        return list(scores)
    scale = max(scores) / most
    return [
        (1 - SUPPORT) * score + SUPPORT * scale * each
        for score, each in zip(scores, support, strict=True)
    ]


def _support(score: float, vector: Vector, centre: Mapping[str, float]) -> float:
    """What the other passages give to one: the sum at the `centre` without its own part."""
    there = map(mul, vector.weights, map(centre.__getitem__, vector.words))
    return (sum(there, 0.0) - vector.squares * score / vector.length) / vector.length
