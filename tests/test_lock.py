"""The rights to write and to rebuild: each is one process's, and a dead one's is taken over."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from indexer.errors import Locked
from indexer.library import Library
from indexer.processes.lock import builder_lock, writer_lock
from tests.conftest import ROOT


def test_the_second_of_two_rebuilds_says_who_is_about_it(library: Library) -> None:
    with builder_lock(library.settings.data):
        with pytest.raises(Locked, match=rf"process {os.getpid()} on .* is rebuilding the index"):
            library.maintenance.rebuild()
        library.maintenance.sync()
    library.maintenance.rebuild()


HOLD = """
import sys
from pathlib import Path
from indexer.processes.lock import builder_lock, writer_lock
lock = {"builder": builder_lock, "writer": writer_lock}[sys.argv[1]]
with lock(Path(sys.argv[2])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
@pytest.mark.parametrize("right", ["writer", "builder"])
def test_a_dead_owners_lock_is_taken_over(library: Library, right: str) -> None:
    owner = subprocess.Popen(
        [sys.executable, "-c", HOLD, right, str(library.settings.data)],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with owner:
        assert owner.stdout is not None
        assert owner.stdout.readline() == "held\n"
        use = library.maintenance.sync if right == "writer" else library.maintenance.rebuild
        with pytest.raises(Locked, match=f"process {owner.pid} on "):
            use()
        owner.send_signal(signal.SIGKILL)
        owner.wait()
        use()
        assert not (library.settings.data / right).exists()


def test_a_writer_is_waited_for_as_long_as_one_wants(library: Library) -> None:
    data, held, asked = library.settings.data, threading.Event(), threading.Event()

    def hold() -> None:
        with writer_lock(data), builder_lock(data):
            held.set()
            asked.wait(30)

    for use in (library.maintenance.sync, library.maintenance.rebuild):
        holder = threading.Thread(target=hold)
        holder.start()
        held.wait(30)
        threading.Timer(0.2, asked.set).start()
        use(wait=60)
        holder.join()
        held.clear()
        asked.clear()
