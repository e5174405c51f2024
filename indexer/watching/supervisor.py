"""Settings in; a watcher, or a rebuild, out, in a process of its own beside a server."""

import os
import pickle
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread
from typing import BinaryIO, cast

from indexer import terminal
from indexer.config import Settings
from indexer.logs import configure, teller
from indexer.processes.spawn import command, environment
from indexer.watching.watcher import Watcher

_NAME = "watch"  # of its logs
_BEAT = 0.2  # seconds between two looks at whether it lives
_GRACE = 2.0  # seconds in which a watcher ends by itself; what it breaks off costs nothing
_PATIENCE = 5.0  # seconds after which it is ended
_PAUSES = (1, 60)  # seconds before another is started, the first and the longest
_LONG = 60.0  # seconds: one that has lived so long has not died of its start


@contextmanager
def watching(settings: Settings) -> Iterator[None]:
    """Has the corpus folder followed while the context lasts.

    The watcher prints to the output of this process, is started again where it dies, and ends with
    this process however that ends.
    """
    over = Event()
    keeper = Thread(target=_keep, args=(settings, over))
    keeper.start()
    try:
        yield
    finally:
        over.set()
        keeper.join()


@contextmanager
def rebuilding(settings: Settings) -> Iterator[None]:
    """Has an index that other code made rebuilt while the context lasts.

    The old one is searched until the new one is there. What is not done when the context ends is
    done by the next sync, which goes on from there.
    """
    teller(settings, _NAME)(
        ["The index was made by another version: a new one is being made beside it."]
    )
    folders = ("--corpus", str(settings.corpus), "--data", str(settings.data))
    pilcrow = command("indexer.cli", "rebuild", *folders, "--engine", settings.engine)
    with subprocess.Popen(pilcrow, env=environment()) as process:  # noqa: S603 - our own code
        try:
            yield
        finally:
            process.terminate()


def _keep(settings: Settings, over: Event) -> None:
    pause = _PAUSES[0]
    while not over.is_set():
        started = time.monotonic()
        status = _run(settings, over)
        if over.is_set():
            return
        if time.monotonic() - started > _LONG:
            pause = _PAUSES[0]
        ended = f"the watcher has ended (exit status {status}); another starts in {pause} s"
        teller(settings, _NAME)(terminal.trouble([ended]))
        over.wait(pause)
        pause = min(2 * pause, _PAUSES[1])


def _run(settings: Settings, over: Event) -> int:
    """Runs a watcher until it dies, or until it is over; its exit status."""
    with subprocess.Popen(  # noqa: S603 - our own code
        command("indexer.watching.supervisor"), stdin=subprocess.PIPE, env=environment()
    ) as process:
        orders = cast(BinaryIO, process.stdin)
        with suppress(BrokenPipeError):
            pickle.dump(settings, orders)
            orders.flush()
        while process.poll() is None and not over.wait(_BEAT):
            pass
        with suppress(BrokenPipeError):
            orders.close()  # which tells it
        try:
            return process.wait(_PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
            return process.wait()


def main() -> None:
    """Watches with the settings that come in on standard input, until that ends."""
    with os.fdopen(os.dup(0), "rb") as orders:
        settings: Settings = pickle.load(orders)  # noqa: S301 - from our own process
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # the parent decides
    stop = Event()
    Thread(target=_end_with_parent, args=(stop,), daemon=True).start()
    configure(settings)
    Watcher(settings, teller(settings, _NAME), stop).run()


def _end_with_parent(stop: Event) -> None:
    """Stops when the parent closes the pipe, which its death does too, and with what it takes."""
    while os.read(0, 1):
        pass
    stop.set()
    time.sleep(_GRACE)
    os._exit(1)
