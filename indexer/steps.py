"""How long the steps of a search take, told to whoever listens in this process."""

import time
from collections.abc import Callable

Listener = Callable[[str, float], None]  # the name of a step, and its seconds

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Has every step from now on told to `listener`."""
    _listeners.append(listener)


class step:  # noqa: N801 - it is used as the functions of contextlib are, and takes less time
    """Measures what is done in its context, whether or not it succeeds."""

    __slots__ = ("_began", "_name")

    def __init__(self, name: str) -> None:
        self._name = name
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        for listener in _listeners:
            listener(self._name, time.perf_counter() - self._began)
