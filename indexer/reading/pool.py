"""Has files of the corpus read by worker processes, in order, whatever a file does.

Readers run in processes of their own, with a limit of time and memory for each file. A process
that dies, or is ended because it takes too long, costs the file that it was reading.
"""

import os
import pickle
import subprocess
import tempfile
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import closing, suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import BinaryIO, cast

from indexer import readers
from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.processes.spawn import command, environment
from indexer.readers.common.language_model import unpack
from indexer.reading.protocol import (
    OUT_OF_MEMORY,
    OUT_OF_TIME,
    SIZE,
    Limits,
    Parsed,
    Refused,
    Setup,
    Wanted,
    every,
    unpacked,
)

_AHEAD = 64_000_000  # bytes of files that may be read before their turn
_QUEUED = 250_000  # bytes of files given to a worker at once, so that it does not wait for us
_EACH = 10_000  # what a file counts beyond its bytes
_WORTH = 2_000_000  # bytes of files that another worker is started for
_LARGE = 200_000  # bytes of files that could leave too little memory to load what comes late
_LATE = "py3langid.langid"  # takes as long to load as all the rest

Answer = bytes | None  # None from a worker that has ended


class _Worker:
    """A process that reads; it puts its answers into `answers`."""

    def __init__(self, setup: Setup, answers: "Answers") -> None:
        self.given: deque[int] = deque()  # places of files; it is reading the first
        self.since = time.monotonic()  # when it began with that
        self.late = -1  # the place of the file for which it was ended
        self.is_fresh = True
        self.has_waited = False  # since its last answer, for files that nobody knew yet
        self._answers = answers
        self._process = subprocess.Popen(  # noqa: S603 - our own code
            command("indexer.reading.worker"),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(TMPDIR=str(setup.scratch)),
            pipesize=1 << 20,  # where it can be set, so that an answer need not wait for us
        )
        self._send(setup)
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def give(self, at: int, file: FoundFile) -> None:
        if not self.given:
            self.since = time.monotonic()
        self.given.append(at)
        self._send(file)

    def lives(self) -> bool:
        return self._process.poll() is None

    def end(self) -> int:
        """Ends the process, if it has not ended; its exit status."""
        self._process.kill()
        self._listener.join()
        with suppress(BrokenPipeError), self._process:  # closes the pipes
            pass
        return self._process.wait()

    def _send(self, what: object) -> None:
        pipe = cast(BinaryIO, self._process.stdin)
        with suppress(BrokenPipeError):  # it has died, and `_listen` tells
            pickle.dump(what, pipe)
            pipe.flush()

    def _listen(self) -> None:
        pipe = cast(BinaryIO, self._process.stdout)
        while len(size := pipe.read(SIZE)) == SIZE:
            answer = pipe.read(int.from_bytes(size))
            if len(answer) == int.from_bytes(size):
                self._answers.put((self, answer))
        self._answers.put((self, None))


Answers = SimpleQueue[tuple[_Worker, Answer]]


def read_all(
    corpus: Corpus,
    files: Sequence[FoundFile],
    wanted: Wanted = every,
    *,
    limits: Limits,
    table: Mapping[str, str] = readers.READERS,
) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
    """Each of `files`, in order, with what was read of it, or the reason why nothing was."""
    with closing(Readers(corpus, limits, table)) as some:
        yield from some.read(files, wanted)


class Readers:
    """The processes that read the files of one corpus folder.

    With `stay` one of them waits for the next files, so that these need not wait for it to start.
    """

    def __init__(
        self,
        corpus: Corpus,
        limits: Limits,
        table: Mapping[str, str] = readers.READERS,
        *,
        stay: bool = False,
    ) -> None:
        self._corpus, self._limits, self._table = corpus, limits, table
        self._stay = stay
        self._scratch = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        self._answers: Answers = SimpleQueue()
        self._idle: list[_Worker] = []

    def start(self) -> None:
        """Starts a process ahead of the files that are to be read, unless one waits already."""
        unpack()  # here, since a worker may write nothing
        if not any(worker.lives() for worker in self._idle):
            worker = _Worker(self._setup({_LATE}), self._answers)
            worker.has_waited = True
            self._idle = [worker]

    def read(
        self, files: Sequence[FoundFile], wanted: Wanted = every
    ) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
        """Each of `files`, in order, with what was read of it, or why not; one call at a time.

        Those are left out that are not `wanted` when it would be their turn to be read.
        """
        unpack()
        workers = [worker for worker in self._idle if worker.lives()]
        pool = _Pool(self._setup(self._needed(files)), files, wanted, workers, self._answers)
        try:
            yield from pool.results()
        finally:
            self._idle = pool.end(keep=1 if self._stay else 0)

    def close(self) -> None:
        """Ends the processes."""
        for worker in self._idle:
            worker.end()
        self._scratch.cleanup()

    def _needed(self, files: Sequence[FoundFile]) -> set[str]:
        """The modules that `files` are going to need."""
        modules = {self._table.get(Path(file.path).suffix.lower(), "") for file in files}
        if self._stay or sum(file.size for file in files) > _LARGE:
            modules.add(_LATE)
        return modules - {""}

    def _setup(self, modules: Set[str]) -> Setup:
        scratch = Path(self._scratch.name)
        return Setup(self._corpus, self._limits, self._table, frozenset(modules), scratch)


class _Pool:
    """Workers, and the files that they read."""

    def __init__(
        self,
        setup: Setup,
        files: Sequence[FoundFile],
        wanted: Wanted,
        workers: "list[_Worker]",
        answers: Answers,
    ) -> None:
        self._setup = setup
        self._files = files
        self._wanted = wanted
        self._patience = setup.limits.patience
        self._waiting = deque(range(len(files)))
        self._answers = answers
        # Of files whose turn has not come; nothing of those that were not wanted.
        self._results: dict[int, bytes | Refused | None] = {}
        self._ahead = 0  # bytes of files given out whose turn has not come
        self._workers = workers
        size = sum(file.size for file in files)
        self._most = min(os.cpu_count() or 1, 1 + size // _WORTH)

    def results(self) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
        for at, file in enumerate(self._files):
            self._hand_out()
            while at not in self._results:
                self._listen()
                self._hand_out()
            if (result := self._results.pop(at)) is None:
                continue
            self._ahead -= _cost(file)
            yield file, result if isinstance(result, Refused) else unpacked(result)

    def end(self, keep: int) -> list[_Worker]:
        """Ends the workers but `keep` of those that have nothing to do, which come back."""
        idle = [worker for worker in self._workers if not worker.given and worker.late < 0][:keep]
        for worker in self._workers:
            if worker not in idle:
                worker.end()
        for worker in idle:
            worker.has_waited = True
        return idle

    def _hand_out(self) -> None:
        """Gives waiting files to the workers that have little to do, as far as memory allows."""
        while self._waiting:
            file = self._files[self._waiting[0]]
            if not self._wanted(file):
                self._results[self._waiting.popleft()] = None
                continue
            worker = self._free_worker()
            if worker is None or (self._ahead and self._ahead + _cost(file) > _AHEAD):
                return
            self._ahead += _cost(file)
            worker.give(self._waiting.popleft(), file)

    def _free_worker(self) -> _Worker | None:
        if len(self._workers) < self._most:
            self._workers.append(_Worker(self._setup, self._answers))
        worker = min(self._workers, key=self._queued)
        return worker if self._queued(worker) < _QUEUED else None

    def _queued(self, worker: _Worker) -> int:
        return sum(_cost(self._files[at]) for at in worker.given)

    def _listen(self) -> None:
        """Waits for an answer, or for the moment when a file has taken too long."""
        due = [worker.since + self._patience for worker in self._workers if worker.given]
        try:
            worker, answer = self._answers.get(timeout=max(0.0, min(due) - time.monotonic()))
        except Empty:
            self._end_late()
            return
        if answer is None:
            self._bury(worker)
            return
        worker.since = time.monotonic()
        if answer:  # an empty one means that it is ready, or has read another page
            worker.is_fresh = worker.has_waited = False
            self._results[worker.given.popleft()] = answer

    def _end_late(self) -> None:
        """Ends workers that are late; each is heard of once more, when it has ended."""
        for worker in self._workers:
            if worker.given and time.monotonic() - worker.since >= self._patience:
                worker.late = worker.given[0]
                worker.end()

    def _bury(self, worker: _Worker) -> None:
        """Takes back what a dead worker was given, all but the file that it died of."""
        status = worker.end()
        if worker not in self._workers:  # it died while it waited, and was missed already
            return
        self._workers.remove(worker)
        if worker.given and (reason := self._reason(worker, status)):
            self._results[worker.given.popleft()] = Refused(reason)
        self._waiting.extendleft(reversed(worker.given))
        self._ahead -= self._queued(worker)

    def _reason(self, worker: _Worker, status: int) -> str:
        """Why the file that a dead worker was reading cannot be read; empty if it shall try again.

        It shall where the worker was ended for the file before, which it finished just then, where
        files before may have taken the memory, and where it may have died while it waited.
        """
        limits, more = self._setup.limits, "split it, or raise"
        if worker.has_waited and worker.late < 0:
            return ""
        if worker.late >= 0:
            late = f"gave nothing for {self._patience:g} s while it was read; {more} read_seconds"
            return late if worker.late == worker.given[0] else ""
        if status == OUT_OF_TIME:
            return f"takes more than {limits.seconds:g} s of work to read; {more} read_seconds"
        if status == OUT_OF_MEMORY:
            much = f"takes more than {limits.megabytes} MB of memory to read; {more} read_mb"
            return much if worker.is_fresh else ""
        return f"its reader crashed (exit status {status}); please report this"


def _cost(file: FoundFile) -> int:
    return file.size + _EACH
