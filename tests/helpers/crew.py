"""Several workers that sync one library at once, each in a process of its own."""

import multiprocessing
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from indexer.config import Settings
from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.errors import PilcrowError
from indexer.library import open_library
from indexer.reading.protocol import Limits, Parsed, Refused, Wanted, every
from indexer.sync.apply import Report
from tests.helpers.inline import Inline

BOUND = 300.0  # seconds to wait for what takes two on an idle machine
_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["indexer.library", "indexer.sync.maintenance", __name__])


@dataclass(frozen=True, slots=True)
class Pace:
    """How a worker reads; calling it makes its readers.

    It waits at its first file until `meets` workers have one, each of which leaves a mark in
    `place`. It takes up to `slow` seconds for a file. After `stops` files it reads no more, holds
    what it has claimed, and leaves the mark `stopped`. It notes what it reads in the file `read`.
    """

    place: Path
    meets: int = 1
    slow: float = 0
    stops: int = 0

    def __call__(self, corpus: Corpus, limits: Limits) -> "_Paced":
        return _Paced(self, corpus, limits)


class _Paced(Inline):
    def __init__(self, pace: Pace, corpus: Corpus, limits: Limits) -> None:
        super().__init__(corpus, limits)
        self._pace = pace
        self._chance = random.Random()

    def read(
        self, files: Sequence[FoundFile], wanted: Wanted = every
    ) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
        for number, (file, result) in enumerate(super().read(files, wanted)):
            if number == 0:
                self._meet()
            if number + 1 == self._pace.stops:
                (self._pace.place / "stopped").touch()
                time.sleep(BOUND)
            time.sleep(self._chance.uniform(0, self._pace.slow))
            with (self._pace.place / "read").open("a", encoding="utf-8") as log:
                log.write(f"{file.path}\n")
            yield file, result

    def _meet(self) -> None:
        (self._pace.place / f"met-{id(self)}-{time.time_ns()}").touch()
        wait_until(lambda: len(list(self._pace.place.glob("met-*"))) >= self._pace.meets)


class Member:
    """A process that has opened a library, and syncs when it is told to."""

    def __init__(self, settings: Settings, pace: Pace) -> None:
        self._pipe, theirs = _context.Pipe()
        self.process = _context.Process(target=_work, args=(settings, pace, theirs), daemon=True)
        self.process.start()
        theirs.close()
        assert self._pipe.recv() == "open"

    def begin(self) -> None:
        """Has it sync."""
        self._pipe.send("sync")

    def report(self) -> Report:
        """What came of the sync."""
        answer = self.answer()
        assert isinstance(answer, Report), answer
        return answer

    def answer(self) -> object:
        """What came of the sync, be it an error, in words."""
        assert self._pipe.poll(BOUND), "it does not end"
        return self._pipe.recv()

    def end(self) -> None:
        """Kills it."""
        self.process.kill()
        self.process.join()
        self._pipe.close()


@contextmanager
def crew(settings: Sequence[Settings], pace: Pace) -> Iterator[list[Member]]:
    """A worker for each of these settings."""
    pace.place.mkdir(parents=True, exist_ok=True)
    members: list[Member] = []
    try:
        members += (Member(each, pace) for each in settings)
        yield members
    finally:
        for member in members:
            member.end()


def at_once(members: Sequence[Member]) -> list[Report]:
    """What comes of it when all sync at the same time."""
    for member in members:
        member.begin()
    return [member.report() for member in members]


def wait_until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.01)


def _work(settings: Settings, pace: Pace, parent: Connection) -> None:
    with open_library(settings, readers=pace, upgrades=True) as library:
        parent.send("open")
        while parent.recv():
            try:
                parent.send(library.maintenance.sync())
            except PilcrowError as error:
                parent.send(repr(error))
