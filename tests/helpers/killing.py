"""Work on a library in processes of their own, which may be killed at any moment.

They are forked from a server that has imported all of it, so that most of their life is the work.
"""

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

from indexer.config import Settings
from indexer.library import Library, open_library

Work = Callable[[Library, Connection], None]

PATIENCE = 120.0  # seconds for work of less than one
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(
    ["indexer.library", "indexer.index.engines.tantivy_engine", __name__]
)


def sync(library: Library, _: Connection) -> None:
    """Work: a sync."""
    library.maintenance.sync()


def rebuild(library: Library, _: Connection) -> None:
    """Work: a rebuild that commits after every few documents."""
    type(library.engine).batch_size = 1
    library.maintenance.rebuild()


class Worker:
    """A process that has opened a library and begins to `work` on it."""

    def __init__(self, work: Work, settings: Settings) -> None:
        self._pipe, theirs = _context.Pipe()
        self._process = _context.Process(target=_do, args=(work, settings, theirs))
        self._process.start()
        theirs.close()
        assert self._pipe.recv() == "begins"

    def tell(self) -> None:
        """Sends word to work that waits for it."""
        self._pipe.send("")

    def ends_within(self, seconds: float) -> bool:
        """Whether the work ends by itself in so many seconds; what does not is killed."""
        ended = self._pipe.poll(seconds)
        if not ended:
            self._process.kill()
        self._process.join()
        self._pipe.close()
        assert not ended or self._process.exitcode == 0
        self._process.close()
        return ended


def length(work: Work, settings: Settings) -> float:
    """Lets `work` be done; the seconds that it took."""
    started = time.monotonic()
    assert Worker(work, settings).ends_within(PATIENCE)
    return time.monotonic() - started


def kill(
    work: Work, settings: Settings, times: int, chance: random.Random, longest: float
) -> Iterator[int]:
    """Kills `work` so many times at moments drawn by chance, the latest after `longest` seconds.

    Gives a number after each, and after each work that came to its end before its moment.
    """
    killed = tries = 0
    while killed < times:
        if Worker(work, settings).ends_within(chance.uniform(0, longest)):
            longest *= 0.8
        else:
            killed += 1
        yield tries
        tries += 1


def _do(work: Work, settings: Settings, parent: Connection) -> None:
    with open_library(settings) as library:
        parent.send("begins")
        work(library, parent)
    parent.send("ended")
