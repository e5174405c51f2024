"""What a sender calls a file in, the path it may have in the corpus out, or why it has none."""

import os
import re
import unicodedata
from collections.abc import Container
from pathlib import PurePosixPath

from indexer.errors import BadName, NoReader

LONGEST = 200  # bytes of one name: most file systems take 255, and more is added beside a file
_DEEPEST = 8  # folders within each other

_SEPARATORS = re.compile(r"[/\\]")
_PORTS = (f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³")
_DEVICES = frozenset(("con", "prn", "aux", "nul", "conin$", "conout$", *_PORTS))
_FORBIDDEN = frozenset('<>:"|?*') if os.name == "nt" else frozenset()


def corpus_path(name: str, folder: str, suffixes: Container[str], sidecar: str) -> str:
    """Where the file `name` lies when it is put into `folder` of the corpus: `folder/name`.

    Folders in `name` are not heeded. Raises `BadName`, and `NoReader` where the name has none of
    `suffixes`.
    """
    parts = [part for part in _SEPARATORS.split(folder) if part]
    if len(parts) > _DEEPEST:
        raise BadName(f"the folder {folder!r} is too deep; {_DEEPEST} folders are the most")
    file = _safe(_SEPARATORS.split(name)[-1], name)
    if PurePosixPath(file).suffix.lower() not in suffixes or file.lower().endswith(sidecar):
        raise NoReader(f"{_kind(file)} are not read; save it as PDF, DOCX, ODT, HTML or plain text")
    return "/".join([*(_safe(part, folder) for part in parts), file])


def _safe(part: str, whole: str) -> str:
    """`part` as the name of a file or folder that is seen, and is nothing else anywhere."""
    seen = "".join(each for each in part if not _is_unseen(each))
    name = unicodedata.normalize("NFC", seen.strip().lstrip(". ").rstrip(". "))
    if not name:
        raise BadName(f"{whole!r} has a part that is no name; rename it")
    if len(name.encode()) > LONGEST:
        raise BadName(f"the name {name[:40]!r}… is longer than {LONGEST} bytes; shorten it")
    if name.partition(".")[0].rstrip().lower() in _DEVICES or not _FORBIDDEN.isdisjoint(name):
        raise BadName(f"{name!r} cannot be the name of a file on every system; rename it")
    return name


def _is_unseen(character: str) -> bool:
    """Whether it is a control character, a direction mark, half a character, or breaks a line."""
    return unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"


def _kind(file: str) -> str:
    suffix = PurePosixPath(file).suffix
    return f"files that end in {suffix}" if suffix else "files without a suffix"
