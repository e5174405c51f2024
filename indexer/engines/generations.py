"""An engine's folder in, its live generation out; new generations are switched to atomically.

FOLDER/CURRENT          the name of the live generation
FOLDER/gen-0001/        an index, in the engine's own format
FOLDER/gen-0001/STAMP   what it was made by and for
FOLDER/gen-0001/POSITION   how far in the store's change log it has come
"""

import json
import os
import shutil
from pathlib import Path

from indexer.errors import IndexUnavailable

Stamp = dict[str, str]
Seen = tuple[int, int, int]


class Generations:
    """The generations of an index below `folder`; only the process that writes may change them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._current = folder / "CURRENT"
        self._known: tuple[Seen, Path] | None = None

    def current(self) -> Path:
        """The folder of the live generation. Raises `IndexUnavailable` where there is none."""
        try:
            now = seen(self._current)
            if self._known is None or self._known[0] != now:
                name = self._current.read_text(encoding="utf-8").strip()
                self._known = now, self._folder / name
        except FileNotFoundError as error:
            raise IndexUnavailable("there is no search index yet; run 'pilcrow sync'") from error
        except OSError as error:
            message = f"the search index cannot be opened: {error}; check the data folder"
            raise IndexUnavailable(message) from error
        return self._known[1]

    def is_stale(self, stamp: Stamp) -> bool:
        """Whether there is no live generation, or one that was made by or for anything else."""
        return not self._exists() or read_stamp(self.current()) != stamp

    def fresh(self) -> Path:
        """A new, empty folder for the next generation; leftovers of broken builds are swept."""
        self.sweep()
        numbers = [int(path.name[4:]) for path in self._folder.glob("gen-*")]
        path = self._folder / f"gen-{max(numbers, default=0) + 1:04}"
        path.mkdir(parents=True)
        return path

    def switch(self, generation: Path) -> None:
        """Makes `generation` the live one, in one step, and sweeps the others."""
        write_atomically(self._current, generation.name)
        self.sweep()

    def sweep(self) -> None:
        """Removes every generation but the live one. What a reader holds open, it keeps."""
        live = self.current().name if self._exists() else ""
        for path in self._folder.glob("gen-*"):
            if path.name != live:
                shutil.rmtree(path, ignore_errors=True)

    def _exists(self) -> bool:
        return self._current.exists()


def seen(path: Path) -> Seen:
    """What differs after a file was replaced: its inode, its time and its size."""
    stat = os.stat(path)  # noqa: PTH116 - it takes half as long as the method of the path
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def read_stamp(generation: Path) -> Stamp:
    """What `generation` was made by and for; empty where that is not known."""
    try:
        return dict(json.loads((generation / "STAMP").read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def write_stamp(generation: Path, stamp: Stamp) -> None:
    """Notes what `generation` is made by and for."""
    write_atomically(generation / "STAMP", json.dumps(stamp, indent=1))


def read_position(generation: Path) -> int:
    """The position in the change log that `generation` has followed to; 0 where not noted."""
    try:
        return int((generation / "POSITION").read_text(encoding="utf-8"))
    except FileNotFoundError:
        return 0
    except (OSError, ValueError) as error:
        message = f"the search index is damaged ({error}); run 'pilcrow sync --rebuild'"
        raise IndexUnavailable(message) from error


def write_position(generation: Path, position: int) -> None:
    """Notes how far `generation` has followed.

    Written after the engine's own commit: a crash between the two makes the engine follow the same
    changes again, which changes nothing.
    """
    write_atomically(generation / "POSITION", str(position))


def write_atomically(path: Path, text: str) -> None:
    """Writes a small file so that a reader sees the old text or the new one, never a part."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
