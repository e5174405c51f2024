"""Two versions of this project in; whether they answer alike, and what a search costs each, out.

    git worktree add ../before HEAD~1
    python benchmarks/versions.py FOLDER --before ../before --share 4 --engine tantivy

Both are asked for fifty queries in turn, in processes that stay open; what counts is the time of
the processor, for each query the best of all rounds. So other work on the machine does little harm.
Both must know the store and the index that this version makes. A third of the queries are two or
three neighbouring words, the others are made of them: phrases, stars, slips, exclusions and so on.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from drawn import filled, queries

from indexer.config import Settings
from indexer.index.engines import LOCAL
from indexer.library import open_library

_BATCH = 50
_CHILD = Path(__file__).with_name("answering.py")
_HERE = Path(__file__).parent.parent


class Version:
    """A checkout of the project, and the process that answers as it does."""

    def __init__(self, name: str, folder: Path, data: Path, engine: str) -> None:
        self.name = name
        self.best: dict[str, float] = {}
        self.answers: dict[str, str] = {}
        self._process = subprocess.Popen(
            [sys.executable, str(_CHILD), str(data), engine],
            env={**os.environ, "PYTHONPATH": str(folder.resolve())},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def ask(self, asked: Sequence[str]) -> None:
        """Has `asked` answered, and keeps the best time of each."""
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(asked), file=self._process.stdin, flush=True)
        answered = json.loads(self._process.stdout.readline())
        for query, (taken, answer) in zip(asked, answered, strict=True):
            self.best[query] = min(taken, self.best.get(query, taken))
            self.answers[query] = answer

    def close(self) -> None:
        """Ends the process."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


def main() -> None:
    """Prints a row for each version, and the queries that they answer differently."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--before", type=Path, required=True, help="the other checkout")
    parser.add_argument("--engine", choices=list(LOCAL), default="tantivy")
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=4)
    parser.add_argument("--data", type=Path, help="where the store is, or is to stay")
    given = parser.parse_args()
    with ExitStack() as stack:
        data = given.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        drawn = queries(filled(given.folder, data, 1, given.share), given.queries)
        with open_library(Settings(data=data, engine=given.engine)) as library:
            if library.engine.is_stale():
                library.maintenance.rebuild()
        versions = [
            Version(name, folder, data, given.engine)
            for name, folder in (("before", given.before), ("now", _HERE))
        ]
        for version in versions:
            stack.callback(version.close)
        plain = [" ".join(words) for words in drawn]
        for number in range(given.rounds):
            _round(versions, plain, number)
        for version in versions:
            _row(version, plain)
        _round(versions, [each for words in drawn for each in _others(words)], 0)
        _compare(*versions)


def _round(versions: Sequence[Version], asked: Sequence[str], number: int) -> None:
    for at in range(0, len(asked), _BATCH):
        turn = (number + at // _BATCH) % 2
        for version in versions[::-1] if turn else versions:
            version.ask(asked[at : at + _BATCH])


def _others(words: Sequence[str]) -> Iterator[str]:
    """Queries of other kinds, of the same words."""
    first, *_, last = words
    yield f'"{" ".join(words)}"'
    yield f'"{first} {last}"~3 {last}'
    yield f"{first[:3]}* {last}"
    yield f"{first[:2]}{first[3:]} {last}"  # a letter is missing
    yield f"{first} OR {last}"
    yield f"{first} -{last}"
    yield f"{first}-{last}"
    yield f"{first.upper()} paragraph 12"
    yield first


def _row(version: Version, asked: Sequence[str]) -> None:
    times = sorted(version.best[query] for query in asked)
    median, mean = statistics.median(times), statistics.mean(times)
    print(f"| {version.name} | {median:.3f} | {mean:.3f} | {times[int(len(times) * 0.99)]:.2f} |")


def _compare(one: Version, other: Version) -> None:
    differ = [query for query in one.answers if one.answers[query] != other.answers[query]]
    print(f"{len(one.answers):,} queries, {len(differ)} answered differently")
    for query in differ[:20]:
        print(f"  {query}")


if __name__ == "__main__":
    main()
