"""Paths at which something happened in; those out where nothing is being written any more."""

import errno
import os
import signal
import stat
import sys
import time
from collections.abc import Set as AbstractSet
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_STILL = 0.3  # seconds for which nothing may change
_PATIENCE = 30.0  # seconds after which a still file is read though it is open: logs stay so

Signature = tuple[int, int, int, int]


@dataclass(slots=True)
class _State:
    """How a path was when it was last looked at, since when, and when to look again."""

    signature: Signature | None
    since: float
    due: float

    def is_folder(self) -> bool:
        return self.signature is not None and stat.S_ISDIR(self.signature[0])


class Debouncer:
    """Paths below `root` on their way to rest; each is relative to it, with `/` between names.

    A file is at rest when its size and time have been still for a moment and no process has it
    open for writing; a folder when all that was added below it is; what is gone when it stays so.
    """

    def __init__(self, root: Path, still: float = _STILL, patience: float = _PATIENCE) -> None:
        self._root = root
        self._still = still
        self._patience = patience
        self._waiting: dict[str, _State] = {}

    def add(self, path: str) -> None:
        """Notes that something has happened at `path`."""
        if path not in self._waiting:
            now = time.monotonic()
            self._waiting[path] = _State(_signature(self._root / path), now, now + self._still)

    def wait(self) -> float:
        """Seconds until another look may be worth it."""
        due = min((state.due for state in self._waiting.values()), default=float("inf"))
        return max(0.0, due - time.monotonic())

    def take(self, most: int) -> list[str]:
        """The paths that are at rest now, which are forgotten.

        They are `most` at once, or all where one of them is gone: it may be that it has moved to
        one of the others.
        """
        still = {path: s for path, s in self._waiting.items() if self._is_still(path, s)}
        files = [path for path, state in still.items() if not state.is_folder()]
        busy = self._waiting.keys() - files
        folders = [path for path in still if path in busy and not self._waits(path, busy)]
        rested = files + folders
        if all(still[path].signature for path in rested):
            rested = rested[:most]
        for path in rested:
            del self._waiting[path]
        return rested

    def _waits(self, folder: str, busy: AbstractSet[str]) -> bool:
        """Whether a folder must wait for one of the paths that are `busy`."""
        waits = any(path.startswith(f"{folder}/") for path in busy)
        if waits:
            self._waiting[folder].due = time.monotonic() + self._still
        return waits

    def _is_still(self, path: str, state: _State) -> bool:
        now = time.monotonic()
        if now < state.due:
            return False
        signature = _signature(self._root / path)
        if signature != state.signature:
            state.signature, state.since = signature, now
        elif now - state.since > self._patience or not is_being_written(self._root / path):
            return True
        state.due = now + self._still
        return False


def _signature(path: Path) -> Signature | None:
    """What differs after a write or a replacement; None where nothing is there."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mode, found.st_ino, found.st_size, found.st_mtime_ns


def is_being_written(path: Path) -> bool:
    """Whether some process has this file open for writing, as far as the system tells.

    Linux refuses a lease for reading then. Elsewhere, on some network drives and for files of
    other owners there is no telling.
    """
    if sys.platform != "linux":
        return False
    import fcntl  # noqa: PLC0415 - there is none on Windows

    try:
        file = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        if not stat.S_ISREG(os.fstat(file).st_mode):
            return False
        # Whoever opens it just now breaks the lease, and the usual signal for that would kill us.
        fcntl.fcntl(file, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(file, fcntl.F_SETLEASE, fcntl.F_RDLCK)
    except OSError as error:
        return error.errno == errno.EAGAIN
    finally:
        with suppress(OSError):
            os.close(file)  # which gives the lease back
    return False
