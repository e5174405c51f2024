"""Puts files into the corpus folder, whole or not at all."""

import filecmp
import time
from contextlib import suppress
from pathlib import Path, PurePosixPath

from indexer import atomic, disks
from indexer.errors import BadName, CorpusUnwritable, Taken

_PREFIX = ".upload-"  # hidden, so that no sync reads what is not whole yet
_ABANDONED = 3600  # seconds after which whoever wrote it is dead


def land(corpus: Path, path: str, content: Path, *, replace: bool) -> None:
    """Copies `content` to `path`, a path below `corpus` that `names.corpus_path` gave.

    It is written under a hidden name, is on disk, and then gets its own name in one step, by a
    hard link, which fails where there is a file already; that is not replaced unless `replace`
    says so. A file with the same content may lie there.
    Raises `Taken`, `BadName` where a link on the way leads elsewhere, and `CorpusUnwritable`.
    """
    try:
        folder = _folder(corpus, PurePosixPath(path).parent)
        target = folder / PurePosixPath(path).name
        _sweep(folder)
        _put(content, target, replace=replace)
    except OSError as error:
        message = f"the corpus folder takes no file: {disks.wanting(error) or error.strerror}"
        raise CorpusUnwritable(message) from error


def _folder(corpus: Path, below: PurePosixPath) -> Path:
    """The folder `below` the corpus, made where it is missing; no link leads there."""
    folder = corpus.resolve(strict=True)
    for part in below.parts:
        parent, folder = folder, folder / part
        try:
            folder.mkdir(exist_ok=True)
        except FileExistsError as error:
            raise Taken(f"{part!r} is a file in the corpus, and no folder") from error
        if folder.resolve() != folder:
            raise BadName(f"{part!r} is a link in the corpus; name the folder it leads to")
        atomic.keep_names(parent)
    return folder


def _put(content: Path, target: Path, *, replace: bool) -> None:
    try:
        atomic.copy(content, target, prefix=_PREFIX, replace=replace)
    except FileExistsError as error:
        if target.is_symlink() or not target.is_file() or not filecmp.cmp(content, target, False):
            raise Taken(f"there is another {target.name!r} in the corpus already") from error


def _sweep(folder: Path) -> None:
    """Removes what a process left that was killed while it wrote."""
    for path in folder.glob(f"{_PREFIX}*"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - _ABANDONED:
                path.unlink()
