"""Walks the corpus folder: which files it has, with their sizes, times and sidecars.

What the system cannot tell of one file, or of one folder, costs that one only: it is found with
the problem that it has.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from indexer.printed import printable

_UNNAMED = "has a name, or lies in a folder with one, that is not UTF-8; rename it"


@dataclass(frozen=True, slots=True)
class FoundFile:
    r"""A file of the corpus; `path` is relative to the corpus folder, with `/` between names.

    `hint` changes whenever the file's or its sidecar's size or modification time (ns) does: while
    it stays the same the content is taken to be the same. A file with a `problem` cannot be read,
    which is known without opening it; so can nothing in a folder that has one: its files are not
    known. A name that is not UTF-8 has `\xff` and the like in `path`.
    """

    path: str
    hint: str
    size: int
    sidecar: str = ""
    problem: str = ""
    is_folder: bool = False


class Place(NamedTuple):
    """Where a file lies: its path in the corpus folder, and what lies in the same folder, by name.

    Strings and not paths, since there may be a hundred thousand. `problem` is why nothing more can
    be known of it; then it may be a folder. `name` is the last part of its path as the system has
    it.
    """

    path: str
    name: str
    beside: Mapping[str, os.DirEntry[str]]
    problem: str = ""
    is_folder: bool = False


def is_open(path: str) -> bool:
    """Whether no name on the way to `path`, relative to the corpus folder, is hidden."""
    return not any(part.startswith(".") for part in PurePosixPath(path).parts)


def walk(root: Path, folder: str = "", *, deep: bool = True) -> Iterator[Place]:
    """The files in `folder` below `root`, and below it if `deep`, but for those that are hidden.

    A folder that cannot be listed is there with its problem: its files must not pass for removed.
    """
    try:
        beside = _in_the_open(root / folder)
    except OSError as error:
        said = f"cannot be listed: {error.strerror}; allow it or move it away"
        yield Place(printable(folder), folder.rpartition("/")[2], {}, said, is_folder=True)
        return
    yield from _files(root, folder, beside)
    for name, entry in beside.items() if deep else ():
        below = f"{folder}/{name}" if folder else name
        if _is_below(entry):
            yield from walk(root, below)


def _is_below(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return True  # which listing it will say more of


def _files(root: Path, folder: str, beside: Mapping[str, os.DirEntry[str]]) -> Iterator[Place]:
    """The files among what lies in `folder`."""
    for name, entry in beside.items():
        there = f"{folder}/{name}" if folder else name
        path = printable(there)
        try:
            if _is_file(entry, root):
                yield Place(path, name, beside, "" if path == there else _UNNAMED)
        except OSError as error:  # such as a link to itself
            yield Place(path, name, beside, _unopened(error))


def _in_the_open(folder: Path) -> dict[str, os.DirEntry[str]]:
    """What lies in `folder` and is not hidden, by name; nothing where it has gone meanwhile.

    Raises `OSError` where it cannot be listed: what lies there must not pass for removed.
    """
    try:
        with os.scandir(folder) as entries:
            return {entry.name: entry for entry in entries if not entry.name.startswith(".")}
    except (FileNotFoundError, NotADirectoryError):
        return {}


def is_folder(path: Path) -> bool:
    """Whether a folder is at `path`, as far as the system tells."""
    return os.path.isdir(path)  # noqa: PTH112 - a Path raises what is no answer, such as too long


def _unopened(error: OSError) -> str:
    return f"cannot be opened: {error.strerror}"


def _is_file(entry: os.DirEntry[str], root: Path) -> bool:
    return entry.is_file() and (not entry.is_symlink() or _leads_inside(entry.path, root))


def _leads_inside(link: str, root: Path) -> bool:
    return os.path.isfile(link) and lies_inside(link, root)  # noqa: PTH113


def lies_inside(path: str | Path, root: Path) -> bool:
    """Whether what is at `path` lies below the folder `root`, wherever links lead."""
    return Path(os.path.realpath(path)).is_relative_to(root)


def suffix(path: str) -> str:
    """What the name of a file ends with, in lower case: `.txt`."""
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - a tenth of the time of a Path


def found(place: Place, sidecars: Sequence[str], root: Path) -> FoundFile:
    """The file at `place`, with the first of `sidecars`, names beside it, that is there.

    A sidecar that is a link out of the folder `root` is passed over, as a file is. Raises
    `FileNotFoundError` if the file has gone meanwhile.
    """
    name, beside = place.name, place.beside
    if place.problem:
        return FoundFile(place.path, "", 0, problem=place.problem, is_folder=place.is_folder)
    there = (each for each in sidecars if each in beside and _is_sidecar(beside[each], root))
    sidecar = next(there, None)
    # Not the entry's own figures: Windows keeps those in the folder, and may be late.
    try:
        stats = [os.stat(beside[each].path) for each in (name, sidecar) if each]  # noqa: PTH116
    except FileNotFoundError:
        raise
    except OSError as error:
        return FoundFile(place.path, "", 0, problem=_unopened(error))
    return FoundFile(
        path=place.path,
        hint=";".join(f"{stat.st_size}:{stat.st_mtime_ns}" for stat in stats),
        size=stats[0].st_size,
        sidecar=place.path.removesuffix(name) + sidecar if sidecar else "",
    )


def _is_sidecar(entry: os.DirEntry[str], root: Path) -> bool:
    """Whether `entry` is a file; one that cannot be looked at is, and will be missed."""
    try:
        return _is_file(entry, root)
    except OSError:
        return True
