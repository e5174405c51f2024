"""Walks the corpus folder: which files it has, with their sizes, times and sidecars."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from indexer.errors import BadSetting


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the corpus; `path` is relative to the corpus folder, with `/` between names.

    `hint` changes whenever the file's or its sidecar's size or modification time (ns) does: while
    it stays the same the content is taken to be the same.
    """

    path: str
    hint: str
    size: int
    sidecar: str = ""


class Place(NamedTuple):
    """Where a file lies: its path in the corpus folder, and what lies in the same folder, by name.

    Strings and not paths, since there may be a hundred thousand.
    """

    path: str
    entry: os.DirEntry[str]
    beside: Mapping[str, os.DirEntry[str]]


def is_open(path: str) -> bool:
    """Whether no name on the way to `path`, relative to the corpus folder, is hidden."""
    return not any(part.startswith(".") for part in PurePosixPath(path).parts)


def walk(root: Path, folder: str = "") -> Iterator[Place]:
    """The files in `folder` below `root`, and below it, but for those that are hidden."""
    beside = in_the_open(root / folder)
    yield from files(root, folder, beside)
    for name, entry in beside.items():
        if entry.is_dir(follow_symlinks=False):
            yield from walk(root, f"{folder}/{name}" if folder else name)


def files(root: Path, folder: str, beside: Mapping[str, os.DirEntry[str]]) -> Iterator[Place]:
    """The files among what lies in `folder`."""
    for name, entry in beside.items():
        if _is_file(entry, root):
            yield Place(f"{folder}/{name}" if folder else name, entry, beside)


def in_the_open(folder: Path) -> dict[str, os.DirEntry[str]]:
    """What lies in `folder` and is not hidden, by name; nothing where it has gone meanwhile.

    Raises `BadSetting` where it cannot be listed: what lies there must not pass for removed.
    """
    try:
        with os.scandir(folder) as entries:
            return {entry.name: entry for entry in entries if not entry.name.startswith(".")}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except OSError as error:
        raise BadSetting(
            f"the folder {folder} cannot be listed: {error.strerror}; allow it or move it away"
        ) from error


def _is_file(entry: os.DirEntry[str], root: Path) -> bool:
    return entry.is_file() and (not entry.is_symlink() or _leads_inside(Path(entry.path), root))


def _leads_inside(link: Path, root: Path) -> bool:
    return link.is_file() and link.resolve().is_relative_to(root)


def suffix(path: str) -> str:
    """What the name of a file ends with, in lower case: `.txt`."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - a tenth of the time of a Path


def found(place: Place, sidecars: Sequence[str]) -> FoundFile:
    """The file at `place`, with the first of `sidecars`, names beside it, that is there.

    Raises `FileNotFoundError` if the file has gone meanwhile.
    """
    name, beside = place.entry.name, place.beside
    there = (each for each in sidecars if each in beside and beside[each].is_file())
    sidecar = next(there, None)
    # Not the entry's own figures: Windows keeps those in the folder, and may be late.
    stats = [os.stat(beside[each].path) for each in (name, sidecar) if each]  # noqa: PTH116
    return FoundFile(
        path=place.path,
        hint=";".join(f"{stat.st_size}:{stat.st_mtime_ns}" for stat in stats),
        size=stats[0].st_size,
        sidecar=place.path.removesuffix(name) + sidecar if sidecar else "",
    )
