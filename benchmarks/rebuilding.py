"""A folder of documents in; what a rebuild and a check take, and what a search sees meanwhile, out.

    python benchmarks/rebuilding.py ../shared/data/ungdc-unpacked --times 3
    python benchmarks/rebuilding.py FOLDER --share 8 --engine whoosh

`pilcrow rebuild` and `pilcrow check` run as processes of their own, as they are typed. This one
searches in a loop meanwhile, two or three neighbouring words of a passage at a time, and knows how
many passages each finds. `--times` puts every document in several times over, under other names;
`--share` takes every so-manieth document. Memory is the highest that was sampled, ten times a
second; private is what of it is no part of a mapped file, which the system takes back at will.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from threading import Thread

from drawn import filled, queries
from measured import Memory, memory

from indexer.config import Settings
from indexer.errors import PilcrowError
from indexer.index.engines import LOCAL
from indexer.library import Library, open_library

_PAUSE = 0.1  # seconds between two looks at the memory
_PROGRAM = "import sys; from indexer.cli import main; main()"


def main() -> None:
    """Prints a table for each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", action="append", choices=list(LOCAL))
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--queries", type=int, default=200)
    parser.add_argument("--data", type=Path, help="where the store is, or is to stay")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        data = arguments.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = filled(arguments.folder, data, arguments.times, arguments.share)
        asked = [" ".join(words) for words in queries(store, arguments.queries)]
        print(f"{store.held().passages:,} passages")
        store.close()
        print("| engine | command | s | MB at most | of them private |\n|---|---|---|---|---|")
        for name in arguments.engine or list(LOCAL):
            _measure(Settings(data=data, engine=name), asked)


def _measure(settings: Settings, asked: Sequence[str]) -> None:
    _Run(settings, "rebuild").ends("first build, nobody searches")
    with open_library(settings) as library:
        reader = _Reader(library, asked)
        _Run(settings, "rebuild").ends("rebuild", reader.search)
    _Run(settings, "check").ends("check")
    reader.tell(settings.engine)


class _Run:
    """A command as a process of its own, with the most memory that it was seen to hold."""

    def __init__(self, settings: Settings, command: str) -> None:
        options = ["--data", str(settings.data), "--engine", settings.engine]
        self._engine = settings.engine
        self._started = time.perf_counter()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _PROGRAM, command, *options],
            env=os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)},
            stdout=subprocess.DEVNULL,
        )
        self._seconds = 0.0
        self._most = Memory(0, 0)
        self._watcher = Thread(target=self._watch)
        self._watcher.start()

    def ends(self, what: str, meanwhile: Callable[[], None] = lambda: time.sleep(_PAUSE)) -> None:
        """Does something over and over until the process has ended, and prints its row."""
        while self._watcher.is_alive():
            meanwhile()
        if self._process.returncode:
            sys.exit(f"{what} ended with exit code {self._process.returncode}")
        megabytes = " | ".join(f"{size / 1e6:,.0f}" for size in self._most)
        print(f"| {self._engine} | {what} | {self._seconds:.1f} | {megabytes} |", flush=True)

    def _watch(self) -> None:
        while self._process.poll() is None:
            now = memory(self._process.pid)
            self._most = Memory(*map(max, self._most, now))
            time.sleep(_PAUSE)
        self._seconds = time.perf_counter() - self._started


class _Reader:
    """Searches one query after another, and remembers what it saw."""

    def __init__(self, library: Library, asked: Sequence[str]) -> None:
        self._library = library
        self._alone = [self._took(query) for query in asked]
        self._totals = {query: library.search(query).total for query in asked}
        self._next = cycle(asked)
        self._times: list[float] = []
        self._errors = self._others = 0

    def search(self) -> None:
        """Asks the next query."""
        query = next(self._next)
        try:
            self._times.append(self._took(query))
            self._others += self._library.search(query).total != self._totals[query]
        except PilcrowError as error:
            self._errors += 1
            print(error)

    def tell(self, engine: str) -> None:
        """Prints what was seen."""
        alone, median = statistics.median(self._alone), statistics.median(self._times)
        print(
            f"{engine}: {len(self._times):,} searches meanwhile; ms, median alone {alone:.1f}, "
            f"meanwhile {median:.1f}, at most {max(self._times):.1f}; {self._errors} errors, "
            f"{self._others} with another total"
        )

    def _took(self, query: str) -> float:
        started = time.perf_counter()
        self._library.search(query)
        return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
