"""A corpus folder in which anything happens: files come, change, break, move, leave, come back."""

import os
import random
from dataclasses import dataclass, field
from pathlib import Path

from tests.helpers.files import put

_NAMES = ("a", "b", "c-txt", "c", "deep/d", "deep/e")  # several files want the same slug
_SUFFIXES = (".txt", ".md", ".docx")


@dataclass
class Unruly:
    """What has happened is drawn by `chance`. A `.docx` is never one, and cannot be read."""

    folder: Path
    chance: random.Random
    _written: int = field(default=0)

    def happen(self, times: int) -> None:
        """Lets so many things happen."""
        acts = (self._write, self._write, self._remove, self._move, self._copy, self._touch)
        for _ in range(times):
            self.chance.choice(acts)()

    def readable(self) -> list[str]:
        """The paths of the files that can be read, in order."""
        there = (path for path in self._there() if path.suffix != ".docx")
        return sorted(path.relative_to(self.folder).as_posix() for path in there)

    def _there(self) -> list[Path]:
        return sorted(path for path in self.folder.rglob("*") if path.is_file())

    def _some(self) -> Path | None:
        there = self._there()
        return self.chance.choice(there) if there else None

    def _path(self, suffix: str = "") -> str:
        name = f"{self.chance.choice(_NAMES)}{self.chance.choice(('', '-2', '_2'))}"
        return f"{name}{suffix or self.chance.choice(_SUFFIXES)}"

    def _write(self) -> None:
        self._written += 1
        lines = (f"{n}. Herring {self._written if n == 1 else n}." for n in range(1, 4))
        put(self.folder, self._path(), "\n\n".join(lines).encode())

    def _remove(self) -> None:
        if path := self._some():
            path.unlink()

    def _move(self) -> None:
        if path := self._some():
            target = self.folder / self._path(path.suffix)
            target.parent.mkdir(exist_ok=True)
            path.replace(target)

    def _copy(self) -> None:
        if path := self._some():
            put(self.folder, self._path(path.suffix), path.read_bytes())

    def _touch(self) -> None:
        if path := self._some():
            os.utime(path)
