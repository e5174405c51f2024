"""A function and its arguments in, what it gives out, worked out by a process of its own.

For work that would take turns away from the threads of this one. Functions are found by their
names, and values and exceptions are pickled.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from typing import ParamSpec, Protocol, TypeVar

from indexer.processes.spawn import command, environment

P = ParamSpec("P")
T = TypeVar("T")


class Run(Protocol):
    """How a function is carried out."""

    def __call__(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """`function(*args, **kwargs)`."""


def aside(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """`function(*args, **kwargs)`; raises what that raises, and `RuntimeError` where it crashed."""
    done = subprocess.run(  # noqa: S603 - our own code
        command("indexer.processes.call"),
        input=pickle.dumps((function, args, kwargs)),
        stdout=subprocess.PIPE,
        env=environment(),
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the process that works aside ended with status {done.returncode}")
    error, value = pickle.loads(done.stdout)  # noqa: S301 - from our own process
    if error is not None:
        raise error
    return value  # type: ignore[no-any-return]


def here(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The same without a process of its own."""
    return function(*args, **kwargs)


def main() -> None:
    """The process: one order on standard input, one answer on standard output."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    function, args, kwargs = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own process
    answer: tuple[Exception | None, object]
    try:
        answer = None, function(*args, **kwargs)
    except Exception as error:  # it is raised again where the order came from
        answer = error, None
    with out:
        pickle.dump(answer, out)
