"""A command in; how long it took, and the most memory of it and its children at once, out."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

PILCROW = (sys.executable, "-c", "from indexer.cli import main; main()")
ENVIRONMENT = os.environ | {"PYTHONPATH": str(Path(__file__).parent.parent)}

_PAUSE = 0.1  # seconds between two looks at the memory


class Run(NamedTuple):
    """What a command took, and the last line that it printed.

    `memory` is the highest sum of resident sets, in bytes; what processes share counts for each.
    """

    seconds: float
    memory: int
    status: int
    last: str


def run(command: Sequence[str | Path]) -> Run:
    """Runs `command` to its end, this project on its path."""
    started, most = time.perf_counter(), 0
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=ENVIRONMENT)
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(_PAUSE)
        took = time.perf_counter() - started
        output.seek(0)
        last = (output.read().strip().splitlines() or [""])[-1]
    return Run(took, most, process.returncode, last)


def _memory(pid: int) -> int:
    total = 0
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
    return total
