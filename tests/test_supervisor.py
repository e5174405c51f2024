"""`pilcrow serve --watch`: a watcher beside the server, which lives as long as the server does."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from threading import Event
from urllib.request import urlopen

import pytest

from indexer.config import Settings
from indexer.processes.lock import writer_lock
from tests.conftest import ROOT, Write
from tests.helpers.processes import children
from tests.test_serve import free_port, lines_until
from tests.test_watch import BOUND, wait_for

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")


@contextmanager
def serving(settings: Settings, port: int) -> Iterator[subprocess.Popen[str]]:
    folders = ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    words = ["serve", "--watch", "--port", str(port), "--processes", "1", *folders]
    process = subprocess.Popen(
        [sys.executable, "-c", "from indexer.cli import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(BOUND)
        assert process.stdout
        process.stdout.close()


def total(port: int, query: str) -> int:
    with urlopen(f"http://127.0.0.1:{port}/api/v1/search?q={query}") as answer:
        return int(json.load(answer)["total"])


def finds(port: int, query: str, number: int) -> None:
    wait_for(lambda: total(port, query) == number)


def watcher_of(parent: int) -> int:
    (watcher,) = [
        p for p, command in children(parent).items() if "indexer.watching.supervisor" in command
    ]
    return watcher


def ready(process: subprocess.Popen[str]) -> list[str]:
    """The lines of a server until it answers and its watcher follows, whichever is first."""
    lines = lines_until(process, " ")
    while not all(any(words in line for line in lines) for words in ("Following", "Pilcrow is")):
        lines += lines_until(process, " ")
    return lines


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.slow
def test_a_watcher_that_dies_is_replaced_and_none_outlives_the_server(
    settings: Settings, write: Write
) -> None:
    write("a.txt", "Gulls dive.\n")
    port = free_port()
    with serving(settings, port) as process:
        ready(process)
        write("b.txt", "Gulls soar.\n")
        finds(port, "gulls", 2)
        watcher = watcher_of(process.pid)
        os.kill(watcher, signal.SIGKILL)
        lines_until(process, "the watcher has ended (exit status -9); another starts in 1 s")
        write("c.txt", "Gulls swim.\n")
        finds(port, "gulls", 3)
        other = watcher_of(process.pid)
        assert other != watcher
        process.terminate()
        assert process.wait(BOUND) == 0
        assert not is_running(other)


@pytest.mark.slow
def test_a_server_that_is_killed_leaves_no_watcher_with_the_lock(
    settings: Settings, write: Write
) -> None:
    write("a.txt", "Gulls dive.\n")
    with serving(settings, free_port()) as process:
        ready(process)
        watcher = watcher_of(process.pid)
        others = children(process.pid).keys() - {watcher}
        write("large.txt", "".join(f"Gulls dive {at}.\n\n" for at in range(50_000)))
        wait_for((settings.data / "writer").exists)
        process.kill()
        wait_for(lambda: not is_running(watcher))
        with writer_lock(settings.data):
            pass
        for other in others:  # those that answered do not see that their parent is gone
            with suppress(ProcessLookupError):
                os.kill(other, signal.SIGKILL)


@pytest.mark.slow
def test_the_page_answers_all_along_a_burst(settings: Settings, write: Write) -> None:
    write("a.txt", "Gulls dive.\n")
    port = free_port()
    over = Event()

    def ask() -> list[int]:
        totals = []
        while not over.is_set():
            totals.append(total(port, "gulls"))
            time.sleep(0.01)
        return totals

    with serving(settings, port) as process, ThreadPoolExecutor() as pool:
        lines = ready(process)
        asked = pool.submit(ask)
        try:
            for number in range(1_000):
                write(f"{number % 7}/{number}.txt", "Gulls soar.\n\nGulls swim.\n")
            finds(port, "gulls", 2_001)
        finally:
            over.set()
        process.terminate()
        assert process.stdout
        lines += process.stdout.readlines()
    totals = asked.result()
    assert totals == sorted(totals)
    assert len(set(totals)) > 1
    assert all(number % 2 for number in totals)  # no document by halves
    assert 1 <= sum("new " in line for line in lines) <= 20
