"""Keeps the generations of an index in a folder: one is live, new ones are built beside it.

FOLDER/CURRENT          the name of the live generation
FOLDER/gen-0001/        an index, in the engine's own format
FOLDER/gen-0001/FINGERPRINT what it was made by and for; there once it can be opened
FOLDER/gen-0001/POSITION   how far in the store's change log it has come
FOLDER/gen-0001/SUMS       the checksums of its files
FOLDER/swept/           an old one, while it is removed
"""

import json
import os
import re
import shutil
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from indexer import atomic
from indexer.errors import IndexUnavailable

Fingerprint = dict[str, str]
Seen = tuple[int, int, int]
T = TypeVar("T")

_NAME = re.compile(r"gen-[0-9]{4,}")


class Generations:
    """The generations of an index below `folder`.

    Only the process that holds the builder's lock may make and sweep them, and only while it holds
    the writer's lock too may it switch.
    """

    def __init__(self, folder: Path, store: str = "") -> None:
        self._folder = folder
        self._current = folder / "CURRENT"
        self._store = store
        self._known: tuple[Seen, Path] | None = None
        self._fits: Path | None = None

    def current(self) -> Path:
        """The folder of the live generation. Raises `IndexUnavailable` if there is none."""
        try:
            now = seen(self._current)
            if self._known is None or self._known[0] != now:
                name = self._current.read_text(encoding="utf-8").strip()
                if not _NAME.fullmatch(name):
                    raise IndexUnavailable(
                        f"the search index is damaged ({self._current.name} names no generation); "
                        "run 'pilcrow rebuild'"
                    )
                self._known = now, self._folder / name
        except FileNotFoundError as error:
            raise IndexUnavailable("there is no search index yet; run 'pilcrow sync'") from error
        except (OSError, UnicodeDecodeError) as error:
            message = f"the search index cannot be opened: {error}; check the data folder"
            raise IndexUnavailable(message) from error
        return self._known[1]

    def read(self, use: Callable[[Path], T]) -> T:
        """What `use` makes of the live generation.

        It is asked again if the generation that it failed on is no longer the live one, which may
        have been swept meanwhile. Raises `IndexUnavailable` if it was made for another store,
        whose keys mean other passages.
        """
        while True:
            generation = self.current()
            try:
                if self._store and generation != self._fits:
                    self._check_store(generation)
                return use(generation)
            except Exception:
                if self.current() == generation:
                    raise

    def is_stale(self, fingerprint: Fingerprint) -> bool:
        """Whether there is no live generation, or one that was made by or for anything else."""
        try:
            return self.read(_read_fingerprint) != fingerprint
        except (OSError, ValueError, IndexUnavailable):
            return True

    @contextmanager
    def beside(
        self,
        fingerprint: Fingerprint,
        create: Callable[[Path], None],
        look: Callable[[Path], object],
    ) -> Iterator[Path]:
        """A generation beside the live one, which takes its place when the context ends.

        It is what is left of a build that was interrupted, if that has the same `fingerprint` and
        `look` does not raise `IndexUnavailable`; else one that `create` has made an empty index in.
        It is swept if the context ends with `IndexUnavailable`, and left if it ends with anything
        else.
        """
        generation = self._unfinished(fingerprint, look) or self._fresh(fingerprint, create)
        try:
            yield generation
        except IndexUnavailable:
            self._sweep()
            raise
        atomic.write(self._current, generation.name)
        self._sweep()

    def _check_store(self, generation: Path) -> None:
        try:
            made_for = _read_fingerprint(generation)
        except (OSError, ValueError) as error:
            message = f"the search index is damaged ({error}); run 'pilcrow rebuild'"
            raise IndexUnavailable(message) from error
        if not isinstance(made_for, dict) or made_for.get("store") != self._store:
            raise IndexUnavailable(
                "the search index was made for another store, or for this one before it was "
                "restored; run 'pilcrow sync'"
            )
        self._fits = generation

    def _unfinished(self, fingerprint: Fingerprint, look: Callable[[Path], object]) -> Path | None:
        """What is left of the last build; one that was live once has a lower number."""
        current = self._live()
        live = _number(current) if current else 0
        for generation in self._folder.glob("gen-*"):
            try:
                if _number(generation) > live and _read_fingerprint(generation) == fingerprint:
                    look(generation)
                    return generation
            except (OSError, ValueError, IndexUnavailable):
                continue
        return None

    def _fresh(self, fingerprint: Fingerprint, create: Callable[[Path], None]) -> Path:
        self._sweep()
        last = max(map(_number, self._folder.glob("gen-*")), default=0)
        generation = self._folder / f"gen-{last + 1:04}"
        generation.mkdir(parents=True)
        create(generation)
        write_position(generation, 0)
        atomic.write(generation / "FINGERPRINT", json.dumps(fingerprint, indent=1))
        return generation

    def _sweep(self) -> None:
        """Removes every generation but the live one. What a reader holds open, it keeps.

        Each is renamed first: Tantivy's watcher puts a lock file, a moment after an index was
        opened, into the folder of the name that it knows.
        """
        current = self._live()
        live = current.name if current else ""
        swept = self._folder / "swept"
        for path in self._folder.glob("gen-*"):
            if path.name != live:
                shutil.rmtree(swept, ignore_errors=True)  # what a crash has left
                with suppress(OSError):  # Windows keeps what is open; a later sweep takes it
                    path.rename(swept)
        shutil.rmtree(swept, ignore_errors=True)

    def _live(self) -> Path | None:
        """The live generation, if there is one that can be told."""
        try:
            return self.current()
        except IndexUnavailable:
            return None


class Unfinished(Generations):
    """One generation that is not live yet; for what fills it, it is the only one there is."""

    def __init__(self, generation: Path) -> None:
        super().__init__(generation.parent)
        self._generation = generation

    def current(self) -> Path:
        """The folder of that generation."""
        return self._generation


def seen(path: Path) -> Seen:
    """What differs after a file was replaced: its inode, its time and its size."""
    stat = os.stat(path)  # noqa: PTH116 - it takes half as long as the method of the path
    return stat.st_ino, stat.st_mtime_ns, stat.st_size


def read_position(generation: Path) -> int:
    """The position in the change log that `generation` has followed to."""
    try:
        number, noted = (generation / "POSITION").read_text(encoding="ascii").split()
        if noted != _check(number):
            message = "POSITION is not as it was written"
            raise ValueError(message)
        return int(number)
    except (OSError, ValueError) as error:
        message = f"the search index is damaged ({error}); run 'pilcrow rebuild'"
        raise IndexUnavailable(message) from error


def write_position(generation: Path, position: int) -> None:
    """Notes how far `generation` has followed.

    Written after the engine's own commit: a crash between the two makes the engine follow the same
    changes again, which changes nothing.
    """
    atomic.write(generation / "POSITION", f"{position} {_check(str(position))}")


def _check(text: str) -> str:
    """What differs if a sign of a short text does."""
    return f"{zlib.crc32(text.encode()):08x}"


def _read_fingerprint(generation: Path) -> object:
    return json.loads((generation / "FINGERPRINT").read_text(encoding="utf-8"))


def _number(generation: Path) -> int:
    return int(generation.name[4:])
