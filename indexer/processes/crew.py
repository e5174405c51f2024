"""A function in, what it gives for one thing after another, worked out by several processes, out.

For long work that one processor would be too slow for. As in `call`, functions are found by their
names, values and exceptions are pickled, and the caller's main program is not run again.
"""

import pickle
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import local
from types import TracebackType
from typing import IO, Any, Generic, Self, TypeVar

from indexer.processes.spawn import command, environment

A = TypeVar("A")
B = TypeVar("B")

_AHEAD = 2  # things for each process that are worked out before they are wanted


class Ended(RuntimeError):
    """A process has ended before its answer: somebody ended it, or there was no memory left."""


class Crew(Generic[A, B]):
    """Processes that carry out `function`; they end with the crew, or with this process."""

    def __init__(self, function: Callable[[A], B], many: int) -> None:
        self._function = function
        self._many = many
        self._own = local()  # of a thread: the process that it speaks to
        self._processes: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(many, initializer=self._start)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for each in self._processes if error else ():
            each.kill()
        self._threads.shutdown(cancel_futures=True)
        for each in self._processes:
            for pipe in (each.stdin, each.stdout):
                if pipe:
                    with suppress(BrokenPipeError):
                        pipe.close()
            each.wait()

    def map(self, things: Iterable[A]) -> Iterator[B]:
        """`function` of each, in order. Raises what that raises.

        Raises `Ended` where a process has ended before its answer.
        """
        waiting: deque[Future[B]] = deque()
        for thing in things:
            waiting.append(self._threads.submit(self._ask, thing))
            if len(waiting) > _AHEAD * self._many:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _start(self) -> None:
        process = subprocess.Popen(  # noqa: S603 - our own code
            command("indexer.processes.crew"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(),
        )
        self._own.process = process
        self._processes.append(process)

    def _ask(self, thing: A) -> B:
        process: subprocess.Popen[bytes] = self._own.process
        try:
            _write(process.stdin, (self._function, thing))
            error, value = pickle.load(process.stdout)  # type: ignore[arg-type] # noqa: S301
        except (EOFError, OSError, pickle.UnpicklingError) as broken:
            said = f"a process that worked aside ended with status {process.wait()}"
            raise Ended(said) from broken
        if error is not None:
            raise error
        return value  # type: ignore[no-any-return]


def main() -> None:
    """One process: things on standard input, answers on standard output, until there are none."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends whoever has the crew, and that us
    out = sys.stdout.buffer
    sys.stdout = sys.stderr  # what a library prints is no answer
    while True:
        try:
            function, thing = pickle.load(sys.stdin.buffer)  # noqa: S301 - from our own process
        except EOFError:  # the crew has ended, or whoever had it
            return
        answer: tuple[Exception | None, object]
        try:
            answer = None, function(thing)
        except Exception as error:  # it is raised again where the order came from
            answer = error, None
        _write(out, answer)


def _write(pipe: IO[bytes] | None, value: Any) -> None:  # noqa: ANN401 - whatever is pickled
    if pipe is None:
        raise BrokenPipeError("there is no pipe")
    pickle.dump(value, pipe, protocol=pickle.HIGHEST_PROTOCOL)
    pipe.flush()
