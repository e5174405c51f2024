"""A sync that is killed at any moment loses nothing and leaves nothing half done."""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.library import Library, open_library
from tests.conftest import ROOT, Write


def start_sync(settings: Settings) -> subprocess.Popen[bytes]:
    words = ["sync", "--corpus", str(settings.corpus), "--data", str(settings.data)]
    return subprocess.Popen(
        [sys.executable, "-c", "from indexer.cli import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
    )


def generate(write: Write, files: int, mark: str) -> None:
    for number in range(files):
        lines = [f"{n}. Paragraph {n} of file{number} says {mark} here." for n in range(1, 6)]
        write(f"{number % 7}/{number}.txt", "\n".join(lines) + "\n")


def sync_and_kill(settings: Settings, moments: list[float]) -> int:
    """Starts a sync for each of `moments` and kills it so many seconds on; how many it hit."""
    killed = 0
    for moment in moments:
        process = start_sync(settings)
        try:
            process.wait(timeout=moment)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
    return killed


def assert_whole(library: Library, files: int, mark: str) -> None:
    agreement = library.maintenance.check()
    assert agreement.holds
    assert agreement.passages == files * 5
    assert library.search(mark).total == files * 5
    for number in (0, files // 2, files - 1):
        found = library.search(f"file{number} {mark}")
        assert [hit.passage.passage.id for hit in found.hits] == [f"para-{n}" for n in range(1, 6)]


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.slow
def test_killed_syncs_of_many_files_lose_nothing(
    settings: Settings, write: Write, tmp_path: Path
) -> None:
    files, kills = 2000, 10
    generate(write, files, "first")
    started = time.monotonic()
    probe = Settings(settings.corpus, tmp_path / "probe")
    start_sync(probe).wait()
    length = time.monotonic() - started
    moments = random.Random(files)
    killed = sync_and_kill(settings, [moments.uniform(0.3, 0.9) * length for _ in range(kills)])
    with open_library(settings) as library:
        library.maintenance.sync()
        assert_whole(library, files, "first")
        generate(write, files, "second")
        killed += sync_and_kill(settings, [moments.uniform(0.3, 0.9) * length])
        library.maintenance.sync()
        assert_whole(library, files, "second")
        assert library.search("first").total == 0
    assert killed
