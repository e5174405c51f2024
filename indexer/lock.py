"""A data folder in, the right to write to it out: held by one process at a time."""

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import Locked


@contextmanager
def writer_lock(folder: Path, timeout: float = 0) -> Iterator[None]:
    """Holds the lock of `folder`; waits for it at most `timeout` seconds.

    The operating system gives a dead owner's lock away by itself. Raises `Locked`, naming the
    owner.
    """
    owner = folder / "writer"
    lock = FileLock(folder / "writer.lock")
    try:
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise Locked(
            f"{_name(owner)} is writing to {folder}; wait for it, then try again"
        ) from error
    try:
        owner.write_text(f"process {os.getpid()} on {socket.gethostname()}", encoding="utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()


def _name(owner: Path) -> str:
    try:
        return owner.read_text(encoding="utf-8")
    except OSError:
        return "another process"
