"""Lets passages that are found together support each other, as far as they are alike.

What answers a query is mostly said in several passages; one that shares only the words of the query
stands alone. This is Diaz's regularisation of scores ("Regularizing ad hoc retrieval scores", CIKM
2005), one step of it, over the best passages only. Nothing is learned from anywhere else.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import chain

from indexer.analysis import analyzer

Vector = Mapping[str, float]

SUPPORT = 0.1  # the part of the score that is given by the others; measured, docs/benchmarks.md
_NOTHING = 1e-9  # of the greatest score; what is below comes of rounding
_FEWEST = 3  # passages; two would only support each other


def vectors(texts: Sequence[Sequence[str]], languages: Sequence[str]) -> list[Vector]:
    """The words of each text as a vector of length 1; stopwords of its language are left out.

    A word counts by 1 + ln(times) and, as rarity goes by these texts alone, ln(1 + texts / texts
    with it).
    """
    counts = [
        Counter(analyzer.telling(text, language))
        for text, language in zip(texts, languages, strict=True)
    ]
    having = Counter(chain.from_iterable(counts))
    rarity = {word: math.log1p(len(texts) / many) for word, many in having.items()}
    return [_normed(count, rarity) for count in counts]


def _normed(counts: Mapping[str, int], rarity: Mapping[str, float]) -> Vector:
    weights = {
        word: rarity[word] * (1 + math.log(times) if times > 1 else 1)
        for word, times in counts.items()
    }
    length = math.sqrt(math.fsum(weight * weight for weight in weights.values())) or 1.0
    return {word: weight / length for word, weight in weights.items()}


def regularised(scores: Sequence[float], of: Sequence[Vector]) -> list[float]:
    """`scores`, a part of each replaced by the cosine-weighted sum of the others' scores.

    The sums are scaled so that the greatest is the greatest score. Fewer than three scores, and
    scores of passages that have nothing in common, are given back as they are.
    """
    if len(scores) < _FEWEST:
        return list(scores)
    centre: dict[str, float] = defaultdict(float)
    for score, vector in zip(scores, of, strict=True):
        for word, weight in vector.items():
            centre[word] += score * weight
    support = [
        max(0.0, sum(weight * centre[word] for word, weight in vector.items()) - score)
        for score, vector in zip(scores, of, strict=True)
    ]
    most = max(support)
    if most <= _NOTHING * max(scores):
        return list(scores)
    scale = max(scores) / most
    return [
        (1 - SUPPORT) * score + SUPPORT * scale * each
        for score, each in zip(scores, support, strict=True)
    ]
