"""The settings of BM25 that are the same in every engine."""

import math

K1, B = 1.2, 0.75  # of BM25, in every engine


def idf(count: int, frequency: int) -> float:
    """ln(1 + (N - n + 0.5) / (n + 0.5)) for a term in `frequency` of `count` passages.

    It is Lucene's, and never negative.
    """
    found = min(frequency, count)
    return math.log(1 + (count - found + 0.5) / (found + 0.5))
