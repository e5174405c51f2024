"""How long the steps of a search take, told to whoever listens in this process."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Listener = Callable[[str, float], None]  # the name of a step, and its seconds

_listeners: list[Listener] = []


def listen(listener: Listener) -> None:
    """Has every step from now on told to `listener`."""
    _listeners.append(listener)


@contextmanager
def step(name: str) -> Iterator[None]:
    """Measures what is done in its context, whether or not it succeeds."""
    began = time.perf_counter()
    try:
        yield
    finally:
        for listener in _listeners:
            listener(name, time.perf_counter() - began)
