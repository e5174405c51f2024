"""Says how far a long task has come."""

from collections.abc import Callable

Tick = Callable[[str, int, int], None]  # (what is being done, how far, out of how many)


def no_tick(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody looks at."""
