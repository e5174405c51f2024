"""How sure a machine was of parts of a text in, how sure it is of the whole out."""

from collections.abc import Iterable


def mean_confidence(parts: Iterable[tuple[float | None, int]]) -> float | None:
    """The mean of what `parts` were read with, each weighed by its length.

    What no machine read is certain and has no part in it; None where no machine read anything.
    """
    read = [(value, length) for value, length in parts if value is not None]
    weight = sum(length for _, length in read)
    return round(sum(value * length for value, length in read) / weight, 1) if weight else None
