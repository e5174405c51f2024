"""The corpus folder: which of its files are documents, and which sidecar belongs to which."""

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from indexer.corpus import content, landing, names
from indexer.corpus.walk import (
    FoundFile,
    Place,
    found,
    is_folder,
    is_open,
    lies_inside,
    suffix,
    walk,
)
from indexer.errors import BadSetting, Unopened

SIDECAR = ".meta.yaml"


@dataclass(frozen=True, slots=True)
class Corpus:
    """The files below `folder` with one of `suffixes`; `sidecar` ends the names of sidecars.

    Paths are relative to the folder, with `/` between names. Hidden files and folders are passed
    over, and links that lead out of the folder.
    """

    folder: Path
    suffixes: frozenset[str]
    sidecar: str = SIDECAR

    def files(self, only: Collection[str] | None = None) -> Iterator[FoundFile]:
        """The documents, in the order of their paths; a file that has gone meanwhile is left out.

        Folders that cannot be listed are among them, with their problem.

        `only` narrows them to those that a change at one of these paths concerns. Raises
        `BadSetting` if the folder is none.
        """
        if not is_folder(self.folder):
            raise BadSetting(
                f"the corpus folder {self.folder} is not there; create it or give --corpus DIR"
            )
        root = self.folder.resolve()
        walked = walk(root) if only is None else self._concerned(root, only)
        suited = (p for p in walked if p.is_folder or suffix(p.path) in self.suffixes)
        for place in sorted(_once(suited), key=lambda place: place.path.split("/")):
            if place.is_folder and not place.path:
                raise BadSetting(f"the corpus folder {self.folder} {place.problem}")
            with suppress(FileNotFoundError):
                yield found(place, self.sidecars(place.name), root)

    def sidecars(self, name: str) -> tuple[str, str]:
        """The names that the sidecar of the file `name` may have."""
        return f"{name}{self.sidecar}", f"{os.path.splitext(name)[0]}{self.sidecar}"  # noqa: PTH122

    def sidecar_of(self, path: str) -> Path | None:
        """Where the sidecar lies that the file at `path` has, or would have if it were there."""
        root = self.folder.resolve()
        for name in self.sidecars(path.rpartition("/")[2]):
            place = (root / path).with_name(name)
            if _is_inside(root, path) and place.is_file() and lies_inside(place, root):
                return place
        return None

    def matters(self, path: str) -> bool:
        """Whether a file of this name is a document or a sidecar."""
        return suffix(path) in self.suffixes or path.endswith(self.sidecar)

    def concerns(self, paths: Collection[str]) -> Callable[[str], bool]:
        """Tells of a file whether a change at one of `paths` concerns it.

        It does if the file is there or below there, or if its sidecar is there.
        """
        places = {path.removesuffix(self.sidecar) for path in paths}

        def concerned(file: str) -> bool:
            stem = file.rpartition(".")[0]
            return file in places or stem in places or not places.isdisjoint(_above(file))

        return concerned

    def below(self, folder: str) -> list[str]:
        """The paths of all files in `folder` or below it that are not hidden."""
        if not is_open(folder):
            return []
        return [p.path for p in walk(self.folder.resolve(), folder) if not p.problem]

    def original(self, path: str) -> Path:
        """Where the file of a document is.

        Raises `Unopened` if it is gone, is no plain file, or is reached through a link.
        """
        root = self.folder.resolve()
        place = root / path
        if not _is_inside(root, path) or not place.is_file():
            raise Unopened("is no longer in the corpus folder")
        return place

    def ignored(self) -> list[str]:
        """The paths of the files that have no reader, in order."""
        paths = (place.path for place in walk(self.folder.resolve()) if not place.is_folder)
        return sorted(path for path in paths if not self.matters(path))

    def load(self, file: FoundFile, max_bytes: int) -> tuple[bytes, bytes | None]:
        """The content of a file and of its sidecar: see `content.load`."""
        return content.load(self.folder, file, max_bytes)

    def path_for(self, name: str, folder: str) -> str:
        """The path for a file called `name` in `folder`: see `names.corpus_path`."""
        return names.corpus_path(name, folder, self.suffixes, self.sidecar)

    def land(self, path: str, file: Path, *, replace: bool) -> None:
        """Puts the content of `file` at `path`: see `landing.land`."""
        landing.land(self.folder, path, file, replace=replace)

    def _concerned(self, root: Path, only: Collection[str]) -> Iterator[Place]:
        """The files below `root` that a change at one of the paths `only` concerns."""
        inside = [path for path in only if _is_inside(root, path)]
        folders = {path for path in inside if is_folder(root / path)}
        there = {place.path: place for folder in folders for place in walk(root, folder)}
        for folder in {path.rpartition("/")[0] for path in inside} - folders:
            there |= {place.path: place for place in walk(root, folder, deep=False)}
        concerned = self.concerns(only)
        return (place for path, place in there.items() if concerned(path) or place.is_folder)


def _once(places: Iterator[Place]) -> Iterable[Place]:
    r"""One place of each path: a file named `a\xff` goes before one that is but printed so."""
    once: dict[str, Place] = {}
    for place in places:
        if not place.problem or place.path not in once:
            once[place.path] = place
    return once.values()


def _above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first."""
    while path:
        path = path.rpartition("/")[0]
        yield path or "."


def _is_inside(root: Path, path: str) -> bool:
    """Whether nothing on the way from `root` to `path` is hidden or leads elsewhere."""
    folder = (root / path).parent
    return is_open(path) and Path(os.path.realpath(folder)) == folder and not _is_link(root / path)


def _is_link(path: Path) -> bool:
    return os.path.islink(path)  # noqa: PTH114 - a Path raises what is no answer
