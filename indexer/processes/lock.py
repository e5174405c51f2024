"""A data folder in, the right to write to it or to rebuild its index out: of one process at a time.

Whoever wants both takes the builder's first: then nobody who holds one waits for one who waits.
"""

import os
import socket
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import Locked

FOREVER = -1.0  # seconds to wait


def writer_lock(folder: Path, timeout: float = 0) -> AbstractContextManager[None]:
    """Holds the right to write to the store and the live index in `folder`.

    Waits for it at most `timeout` seconds. The operating system gives a dead owner's lock away by
    itself. Raises `Locked`, naming the owner.
    """
    return _lock(folder, "writer", "writing to", timeout)


def builder_lock(folder: Path, timeout: float = 0) -> AbstractContextManager[None]:
    """Holds the right to build an index beside the live one in `folder`; as `writer_lock`."""
    return _lock(folder, "builder", "rebuilding the index in", timeout)


@contextmanager
def _lock(folder: Path, name: str, doing: str, timeout: float) -> Iterator[None]:
    owner = folder / name
    lock = FileLock(folder / f"{name}.lock")
    try:
        lock.acquire(timeout=timeout)
    except Timeout as error:
        raise Locked(
            f"{_name(owner)} is {doing} {folder}; try again when it is done, or with --wait SECONDS"
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
