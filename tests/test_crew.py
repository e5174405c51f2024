"""Work shared by processes: in order, whole, and over when whoever has them is over."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.errors import IndexUnavailable
from indexer.index import making
from indexer.index.entries import entries
from indexer.library import Library
from indexer.processes.crew import Crew, Ended
from tests.conftest import EVERY_ENGINE, ROOT, Write
from tests.helpers.crewed import failing, leaving, printing, slowly
from tests.helpers.inline import open_inline

pytestmark = pytest.mark.slow

HOLDER = """
import sys, time
from indexer.processes.crew import Crew
from tests.helpers.crewed import slowly
with Crew(slowly, 2) as crew:
    print(*{pid for pid, _ in crew.map(range(4))}, flush=True)
    time.sleep(60)
"""


def test_answers_come_in_order_from_several_processes() -> None:
    with Crew(slowly, 3) as crew:
        found = list(crew.map(range(20)))
    assert [value for _, value in found] == [number * number for number in range(20)]
    assert len({pid for pid, _ in found}) == 3


def test_no_more_is_taken_than_is_needed_soon() -> None:
    taken: list[int] = []

    def things() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    with Crew(printing, 2) as crew:
        answers = crew.map(things())
        assert [next(answers) for _ in range(3)] == [0, 1, 2]
        assert len(taken) < 10


def test_what_a_function_raises_is_raised() -> None:
    with pytest.raises(ValueError, match="two"), Crew(failing, 2) as crew:
        list(crew.map(range(5)))


def test_a_process_that_is_killed_is_told() -> None:
    with pytest.raises(Ended, match="status -9"), Crew(leaving, 2) as crew:
        list(crew.map(range(5)))


def test_processes_end_with_whoever_has_them() -> None:
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", HOLDER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environ) as holder:
        assert holder.stdout is not None
        pids = [int(pid) for pid in holder.stdout.readline().split()]
        assert pids
        holder.kill()
        until = time.monotonic() + 10
        while any(Path(f"/proc/{pid}/cmdline").exists() for pid in pids):
            assert time.monotonic() < until
            time.sleep(0.05)


def leaving_one(_: making.Standing) -> making.Made:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


@EVERY_ENGINE
def test_an_index_is_the_same_whoever_made_its_entries(
    settings: Settings, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(40):
        write(f"{number}.txt", f"On {number}\n\n1. Lamp {number} burns.\n\n2. A harbour.\n")
    with open_inline(settings) as library:
        library.maintenance.sync()
        alone = found(library)
        monkeypatch.setattr(making, "_MANY", 1)
        monkeypatch.setattr("os.cpu_count", lambda: 2)
        library.maintenance.rebuild()
        assert found(library) == alone
        assert library.maintenance.check().holds
        write("gone.txt", "1. It is here.\n")
        library.maintenance.sync()
        monkeypatch.setattr(making, "made", leaving_one)
        before = library.search("lamp").total
        with pytest.raises(IndexUnavailable, match="ended with status -9 while entries were made"):
            library.maintenance.rebuild()
        assert library.search("lamp").total == before
        monkeypatch.setattr(making, "made", made_here)
        library.maintenance.rebuild()
        assert library.search("lamp").total == before


def made_here(standing: making.Standing) -> making.Made:
    return {slug: list(entries(*each)) for slug, each in standing.items()}


def found(library: Library) -> list[tuple[str, float]]:
    hits = [*library.search("lamp", size=100).hits, *library.search("harbour 7", size=100).hits]
    return [(hit.passage.address, round(hit.score, 9)) for hit in hits]
