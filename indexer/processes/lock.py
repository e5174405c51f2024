"""A data folder in, the right to write to it or to rebuild its index out: of one process at a time.

Whoever wants both takes the builder's first: then nobody who holds one waits for one who waits.
"""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import Locked

FOREVER = -1.0  # seconds to wait
WATCHER = "watcher"  # what follows the corpus folder, for `present`


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


@contextmanager
def present(folder: Path, name: str) -> Iterator[Callable[[], None]]:
    """Lets others see, by `present_since`, that this process does what `name` says.

    Of several only the first is seen; what this gives, called now and then, lets another be seen
    once the first has ended. The folder is there.
    """
    lock, since = FileLock(folder / f"{name}.lock"), folder / name
    began = datetime.now(UTC).isoformat(timespec="seconds")

    def be_seen(timeout: float = 0) -> None:
        if not lock.is_locked:
            with suppress(Timeout):
                lock.acquire(timeout=timeout)
                since.write_text(began, encoding="utf-8")

    be_seen(timeout=0.5)  # those who look hold it for a moment
    try:
        yield be_seen
    finally:
        if lock.is_locked:
            since.unlink(missing_ok=True)
            lock.release()


def present_since(folder: Path, name: str) -> str:
    """Since when a process does what `name` says (ISO 8601, UTC); empty where none does.

    The operating system knows: one that died does not.
    """
    lock, since = FileLock(folder / f"{name}.lock"), folder / name
    try:
        said = since.read_text(encoding="utf-8")
        lock.acquire(timeout=0)
    except Timeout:
        return said
    except OSError:  # nobody has said so, or what is known of it cannot be had
        return ""
    lock.release()
    return ""
