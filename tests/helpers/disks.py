"""A small disk of its own that can be filled, set read-only and made larger."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


class Disk:
    """A file system in memory, mounted at `place`."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def fill(self, left: int = 0) -> None:
        """Leaves `left` bytes of room, about."""
        room = shutil.disk_usage(self.place).free - left
        with (self.place / "filler").open("wb") as file:
            while room > 0:
                file.write(b"\0" * min(room, 65_536))
                room -= 65_536

    def free(self) -> None:
        """Takes away what fills it."""
        (self.place / "filler").unlink()

    def remount(self, options: str) -> None:
        """Such as `ro` and `rw`."""
        _run("mount", "-o", f"remount,{options}", str(self.place))


@contextmanager
def small_disk(place: Path, size: str = "3m") -> Iterator[Disk]:
    """A disk of `size`; skips the test where this process may not mount one."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("needs the right to mount a file system")
    place.mkdir()
    try:
        _run("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place))
    except subprocess.CalledProcessError:
        pytest.skip("needs the right to mount a file system")
    try:
        yield Disk(place)
    finally:
        _run("umount", "--lazy", str(place))


def _run(*words: str) -> None:
    subprocess.run(words, check=True, capture_output=True)
