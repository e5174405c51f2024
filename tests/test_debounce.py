"""A path is at rest when nothing at it has changed for a moment and nobody writes to it."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.watching.debounce import Debouncer, is_being_written
from tests.conftest import Write

STILL = 0.2
MANY = 1_000
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who writes")


@pytest.fixture
def debouncer(corpus: Path) -> Debouncer:
    return Debouncer(corpus, still=STILL, patience=30)


def rested(debouncer: Debouncer, most: int = MANY) -> list[str]:
    """What is taken once the time has come to look, for those too that were added just after."""
    time.sleep(debouncer.wait() + STILL / 4)
    return sorted(debouncer.take(most))


def test_nothing_is_at_rest_at_once(debouncer: Debouncer, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    debouncer.add("a.txt")
    debouncer.add("gone.txt")
    assert debouncer.take(MANY) == []
    assert rested(debouncer) == ["a.txt", "gone.txt"]
    assert debouncer.wait() == float("inf")


def test_a_file_that_grew_is_waited_for(debouncer: Debouncer, write: Write) -> None:
    write("a.txt", "Herrings")
    write("b.txt", "Cod swims.\n")
    debouncer.add("a.txt")
    debouncer.add("b.txt")
    write("a.txt", "Herrings swim.\n")
    assert rested(debouncer) == ["b.txt"]
    assert rested(debouncer) == ["a.txt"]


@linux
def test_a_file_that_another_process_may_write_to_is_waited_for(
    debouncer: Debouncer, corpus: Path, write: Write
) -> None:
    path = write("a.txt", "Herrings swim.\n")
    command = "import sys; f = open(sys.argv[1], 'a'); print(flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", command, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout
        writer.stdout.readline()
        assert is_being_written(path)
        debouncer.add("a.txt")
        assert rested(debouncer) == []
        hasty = Debouncer(corpus, still=STILL, patience=0)
        hasty.add("a.txt")
        assert rested(hasty) == ["a.txt"]
        writer.communicate()
    assert not is_being_written(path)
    assert rested(debouncer) == ["a.txt"]


@linux
def test_a_look_at_a_file_that_is_opened_just_then_harms_nobody(write: Write) -> None:
    path = write("a.txt", "")
    command = "import os, sys\nfor n in range(100_000): os.close(os.open(sys.argv[1], os.O_WRONLY))"
    with subprocess.Popen([sys.executable, "-c", command, path]) as writer:
        while writer.poll() is None:
            is_being_written(path)
    assert writer.returncode == 0


@linux
def test_a_pipe_and_what_is_not_there_are_written_by_nobody(corpus: Path) -> None:
    os.mkfifo(corpus / "pipe.txt")
    assert not is_being_written(corpus / "pipe.txt")
    assert not is_being_written(corpus / "nowhere.txt")


def test_a_folder_waits_for_what_is_below_it(debouncer: Debouncer, write: Write) -> None:
    write("deep/a.txt", "Herrings")
    write("deep-sea/b.txt", "Cod swims.\n")
    for path in ("deep", "deep/a.txt", "deep-sea/b.txt"):
        debouncer.add(path)
    write("deep/a.txt", "Herrings swim.\n")
    assert rested(debouncer) == ["deep-sea/b.txt"]
    assert debouncer.wait() > 0
    taken: list[str] = []
    while debouncer.wait() <= STILL:
        taken += rested(debouncer)
    assert sorted(taken) == ["deep", "deep/a.txt"]


def test_many_files_come_in_parts_unless_one_may_have_moved(
    debouncer: Debouncer, write: Write
) -> None:
    for number in range(5):
        write(f"{number}.txt", "Herrings swim.\n")
        debouncer.add(f"{number}.txt")
    assert [len(rested(debouncer, most=2)) for _ in range(3)] == [2, 2, 1]
    for path in ("gone.txt", *(f"{number}.txt" for number in range(5))):
        debouncer.add(path)
    assert len(rested(debouncer, most=2)) == 6
