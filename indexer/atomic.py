"""Writes files whole: a reader sees the old content or the new, never a part."""

import os
import secrets
import shutil
from pathlib import Path


def write(path: Path, text: str) -> None:
    """Writes a small file, in the place of the one that may be there."""
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def write_once(path: Path, text: str) -> bool:
    """Writes a file that only its owner may read; False, and nothing done, if there is one."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(beside, path)
    except FileExistsError:
        return False
    finally:
        beside.unlink()
    return True


def copy(content: Path, target: Path, *, prefix: str, replace: bool) -> None:
    """Copies `content` to `target`, by way of a name beside it that starts with `prefix`.

    The copy is on disk before it gets its name, in one step: by a hard link, which fails if there
    is a file already, or in its place if `replace` says so. Raises `FileExistsError`, and
    `OSError` as the system does.
    """
    beside = target.with_name(f"{prefix}{secrets.token_hex(8)}")
    try:
        with content.open("rb") as source, beside.open("xb") as file:
            shutil.copyfileobj(source, file, 1 << 20)
            file.flush()
            os.fsync(file.fileno())
        if replace and not target.is_dir():
            beside.replace(target)
        else:
            os.link(beside, target)
    finally:
        beside.unlink(missing_ok=True)
    keep_names(target.parent)


def keep_names(folder: Path) -> None:
    """Has the system write down which names are in `folder`; Windows does so by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
