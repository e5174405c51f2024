"""A command or a process in; its time, and the memory of it and its children, out."""

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
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's second start finds byte code

_PAUSE = 0.1  # seconds between two looks at the memory


class Memory(NamedTuple):
    """Bytes in memory: all of them, and those that are no part of a file mapped into it.

    The others the system takes back when it wants to. What processes share counts for each.
    """

    resident: int
    private: int


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
            most = max(most, memory(process.pid).resident)
            time.sleep(_PAUSE)
        took = time.perf_counter() - started
        output.seek(0)
        last = (output.read().strip().splitlines() or [""])[-1]
    return Run(took, most, process.returncode, last)


def memory(pid: int) -> Memory:
    """The memory of a process and its children now; none where it has ended."""
    resident = private = 0
    with suppress(psutil.NoSuchProcess):
        parent = psutil.Process(pid)
        for process in (parent, *parent.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                info = process.memory_info()
                resident += info.rss
                private += info.rss - getattr(info, "shared", 0)
    return Memory(resident, private)
