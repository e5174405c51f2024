"""The corpus folder in, what lies in it out: paths, sizes, times and content hashes."""

import hashlib
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from indexer.errors import BadSetting, Unopened, Unreadable


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


class _Place(NamedTuple):
    """Where a file lies: its path in the corpus folder, and what lies in the same folder, by name.

    Strings and not paths, since there may be a hundred thousand.
    """

    path: str
    entry: os.DirEntry[str]
    beside: Mapping[str, os.DirEntry[str]]


def discover(
    corpus: Path, suffixes: frozenset[str], sidecar: str, only: Collection[str] | None = None
) -> Iterator[FoundFile]:
    """The files below `corpus` with one of `suffixes`, in the order of their paths.

    `only` narrows them to those that a change at one of these paths concerns. Hidden files and
    folders are passed over, and links that lead out of the corpus. Raises `BadSetting` where
    `corpus` is no folder.
    """
    if not corpus.is_dir():
        raise BadSetting(f"the corpus folder {corpus} is not there; create it or give --corpus DIR")
    root = corpus.resolve()
    walked = _walk(root) if only is None else _concerned(root, only, sidecar)
    suited = (place for place in walked if _suffix(place.path) in suffixes)
    for place in sorted(suited, key=lambda place: place.path.split("/")):
        with suppress(FileNotFoundError):  # it has gone meanwhile
            yield _found(place, sidecar)


def concerns(paths: Collection[str], sidecar: str) -> Callable[[str], bool]:
    """Tells of a file whether a change at one of `paths` concerns it.

    It does where the file is there or below there, or where its sidecar is there.
    """
    places = {path.removesuffix(sidecar) for path in paths}

    def concerned(file: str) -> bool:
        stem = file.rpartition(".")[0]
        return file in places or stem in places or not places.isdisjoint(_above(file))

    return concerned


def _above(path: str) -> Iterator[str]:
    """The folders that a path lies in, the nearest first."""
    while path:
        path = path.rpartition("/")[0]
        yield path or "."


def _concerned(root: Path, only: Collection[str], sidecar: str) -> Iterator[_Place]:
    """The files below `root` that a change at one of the paths `only` concerns."""
    inside = [path for path in only if _is_inside(root, path)]
    folders = {path for path in inside if (root / path).is_dir()}
    found = {place.path: place for folder in folders for place in _walk(root, folder)}
    for folder in {path.rpartition("/")[0] for path in inside} - folders:
        beside = _in_the_open(root / folder)
        found |= {place.path: place for place in _files(root, folder, beside)}
    concerned = concerns(only, sidecar)
    return (place for path, place in found.items() if concerned(path))


def _is_inside(root: Path, path: str) -> bool:
    """Whether nothing on the way from `root` to `path` is hidden or leads elsewhere."""
    folder = (root / path).parent
    return is_open(path) and folder.resolve() == folder and not (root / path).is_symlink()


def below(corpus: Path, folder: str) -> list[str]:
    """The paths of all files that lie in the open in `folder` of the corpus, or below it."""
    return [place.path for place in _walk(corpus.resolve(), folder)] if is_open(folder) else []


def is_open(path: str) -> bool:
    """Whether no name on the way to `path`, relative to the corpus folder, is hidden."""
    return not any(part.startswith(".") for part in PurePosixPath(path).parts)


def ignored(corpus: Path, suffixes: frozenset[str], sidecar: str) -> list[str]:
    """The paths of the files below `corpus` that have no reader, in order."""
    paths = (place.path for place in _walk(corpus.resolve()))
    return sorted(p for p in paths if _suffix(p) not in suffixes and not p.endswith(sidecar))


def _walk(root: Path, folder: str = "") -> Iterator[_Place]:
    """The files in `folder` below `root`, and below it, but for those that are hidden."""
    beside = _in_the_open(root / folder)
    yield from _files(root, folder, beside)
    for name, entry in beside.items():
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(root, f"{folder}/{name}" if folder else name)


def _files(root: Path, folder: str, beside: Mapping[str, os.DirEntry[str]]) -> Iterator[_Place]:
    """The files among what lies in `folder`."""
    for name, entry in beside.items():
        if _is_file(entry, root):
            yield _Place(f"{folder}/{name}" if folder else name, entry, beside)


def _in_the_open(folder: Path) -> dict[str, os.DirEntry[str]]:
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


def _suffix(path: str) -> str:
    return os.path.splitext(path)[1].lower()  # noqa: PTH122 - a tenth of the time of a Path


def _found(place: _Place, suffix: str) -> FoundFile:
    name, beside = place.entry.name, place.beside
    names = (f"{name}{suffix}", f"{os.path.splitext(name)[0]}{suffix}")  # noqa: PTH122
    sidecar = next((name for name in names if name in beside and beside[name].is_file()), None)
    # Not the entry's own figures: Windows keeps those in the folder, and may be late.
    stats = [os.stat(beside[each].path) for each in (name, sidecar) if each]  # noqa: PTH116
    return FoundFile(
        path=place.path,
        hint=";".join(f"{stat.st_size}:{stat.st_mtime_ns}" for stat in stats),
        size=stats[0].st_size,
        sidecar=place.path.removesuffix(name) + sidecar if sidecar else "",
    )


def load(corpus: Path, file: FoundFile, max_bytes: int) -> tuple[bytes, bytes | None]:
    """The content of a file and of its sidecar, if there is one.

    Raises `Unreadable` where the file is larger than `max_bytes` or has a name that no address can
    be made of, and `Unopened` where it cannot be opened.
    """
    try:
        file.path.encode("utf-8")
    except UnicodeEncodeError as error:
        raise Unreadable("has a name that is not UTF-8; rename it") from error
    if file.size > max_bytes:
        raise Unreadable(
            f"has {file.size / 1e6:.0f} MB, and the limit is {max_bytes / 1e6:.0f} MB; "
            "split it or raise max_file_mb"
        )
    try:
        data = (corpus / file.path).read_bytes()
        return data, (corpus / file.sidecar).read_bytes() if file.sidecar else None
    except OSError as error:
        raise Unopened(f"cannot be opened: {error.strerror}") from error


def content_hash(data: bytes, sidecar: bytes | None) -> str:
    """SHA-256 over a file and its sidecar, in hexadecimal."""
    digest = hashlib.sha256(data)
    if sidecar is not None:
        digest.update(b"\0sidecar\0" + sidecar)
    return digest.hexdigest()


def write_atomically(path: Path, text: str) -> None:
    """Writes a small file so that a reader sees the old text or the new one, never a part."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def slug(path: str, taken: Callable[[str], bool]) -> str:
    """The part of the address that stands for the file `path`: lower case, words joined by `-`.

    Where `taken` says that another document has it, the suffix is added, then a number.
    """
    pure = PurePosixPath(path)
    full = _slugged(path)
    numbered = (f"{full}-{number}" for number in count(2))
    candidates = chain([_slugged(str(pure.with_suffix(""))), full], numbered)
    return next(candidate for candidate in candidates if not taken(candidate))


def _slugged(text: str) -> str:
    words = re.findall(r"[^\W_]+", unicodedata.normalize("NFKC", text).casefold())
    return "-".join(words) or "document"
