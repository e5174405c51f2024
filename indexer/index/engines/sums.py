"""Checksums of the files of an index in a folder: noted once they are written, compared later.

An engine trusts its files. One that a disk, or somebody, has changed since gives fewer answers
without a word; a checksum tells.
"""

import json
import zlib
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from indexer import atomic
from indexer.errors import IndexUnavailable
from indexer.index.engines.generations import Seen, seen

_FILE = "SUMS"
# What has another way to tell, and what engines put beside an index while they work.
_OTHERS = (_FILE, "POSITION", "FINGERPRINT", ".managed.json")
_PASSING = (".lock", ".new", "LOCK")  # ends of names
_PIECE = 1 << 20  # bytes read at once

_AT_ONCE = 16_000_000  # bytes that are compared when an index is opened: some 15 ms


class Sum(NamedTuple):
    """What a file is like: its size in bytes, and the CRC-32 of its content."""

    size: int
    crc: int


class _Noted(NamedTuple):
    """The files of a generation; while it is not `settled`, they come and go."""

    settled: bool
    files: dict[str, Sum]


def begin(generation: Path, changing: Collection[str] = ()) -> None:
    """Says that files are going to come and go, and gives up what is known of those `changing`."""
    files = _noted(generation).files
    kept = {name: each for name, each in files.items() if name not in changing}
    _write(generation, _Noted(settled=False, files=kept))


def note(generation: Path) -> None:
    """Notes the files that are there now: those that are new are read, the others stay as noted."""
    known = _noted(generation).files
    found = {
        path.name: known.get(path.name) or _sum(path)
        for path in generation.iterdir()
        if _counts(path)
    }
    there = {name: each for name, each in sorted(found.items()) if each is not None}
    _write(generation, _Noted(settled=True, files=there))


class Guard:
    """What an engine knows of the generations that it has opened: whether one is damaged."""

    def __init__(self) -> None:
        self._last: Comparison | None = None
        self._damaged: tuple[Path, list[str]] | None = None

    def damage(self, generation: Path) -> list[str]:
        """The damaged files of `generation`; all of it is read that was not read before."""
        found = self._of(generation).damaged()
        self._damaged = (generation, found) if found else None
        return found

    def look(self, generation: Path) -> None:
        """Compares what is read in no time; raises `IndexUnavailable` if anything is damaged."""
        if self._damaged is None or self._damaged[0] != generation:
            found = self._of(generation).damaged(_AT_ONCE)
            self._damaged = (generation, found) if found else None
        if self._damaged:
            named = ", ".join(self._damaged[1])
            raise IndexUnavailable(f"the search index is damaged ({named}); run 'pilcrow rebuild'")

    def is_good(self, generation: Path) -> bool:
        """Whether `look` finds nothing."""
        try:
            self.look(generation)
        except IndexUnavailable:
            return False
        return True

    def _of(self, generation: Path) -> "Comparison":
        if self._last is None or self._last.generation != generation:
            self._last = Comparison(generation)
        return self._last


class Comparison:
    """What of a generation was compared; a file is read once, unless it is replaced."""

    def __init__(self, generation: Path) -> None:
        self.generation = generation
        self._good: dict[str, Seen] = {}

    def damaged(self, most: int | None = None) -> list[str]:
        """The files that are not as they were noted, or gone, in order.

        Looks at `most` bytes, the smallest files first, or at all that was not looked at before.
        Raises `IndexUnavailable` where they cannot be read.
        """
        while True:
            noted = _seen(self.generation / _FILE)
            found = self._compared(most)
            if not found or noted == _seen(self.generation / _FILE):
                return found  # else a commit came in between

    def _compared(self, most: int | None) -> list[str]:
        settled, files = _noted(self.generation)
        bad: list[str] = []
        read = 0
        for name, noted in sorted(files.items(), key=lambda each: each[1]):
            path = self.generation / name
            there = _seen(path)
            if there == self._good.get(name, ()):
                continue
            read += noted.size
            if most is not None and read > most:
                break
            found = _sum(path)
            if there and found == noted:
                self._good[name] = there
            elif found or settled:
                bad.append(name)
        return sorted(bad)


def _counts(path: Path) -> bool:
    """Whether a file is of the index: no lock, and nothing that is half written."""
    return path.is_file() and path.name not in _OTHERS and not path.name.endswith(_PASSING)


def _sum(path: Path) -> Sum | None:
    """What a file is like; None where it has gone."""
    size = crc = 0
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                size, crc = size + len(piece), zlib.crc32(piece, crc)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexUnavailable(
            f"{path.name} of the search index cannot be read: {error}"
        ) from error
    return Sum(size, crc)


def _seen(path: Path) -> Seen | None:
    try:
        return seen(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise IndexUnavailable(
            f"{path.name} of the search index cannot be read: {error}"
        ) from error


def _noted(generation: Path) -> _Noted:
    """What was noted; nothing where the first commit is yet to come. Raises `IndexUnavailable`."""
    try:
        said: dict[str, Any] = json.loads((generation / _FILE).read_text("utf-8"))
        return _Noted(said["settled"], {name: Sum(*each) for name, each in said["files"].items()})
    except FileNotFoundError:
        return _Noted(settled=False, files={})
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise IndexUnavailable(
            f"the search index is damaged ({_FILE}: {error}); run 'pilcrow rebuild'"
        ) from error


def _write(generation: Path, noted: _Noted) -> None:
    atomic.write(generation / _FILE, json.dumps(noted._asdict()))
