"""Reads files of the corpus, and tells their content apart by its hash."""

import hashlib
import os
from pathlib import Path

from indexer.corpus.walk import FoundFile, lies_inside
from indexer.errors import Unopened, Unreadable


def load(corpus: Path, file: FoundFile, max_bytes: int) -> tuple[bytes, bytes | None]:
    """The content of a file and of its sidecar, if there is one.

    Raises `Unopened` where it cannot be opened or has another problem, and `Unreadable` where it is
    larger than `max_bytes`, or its sidecar is.
    """
    if file.problem:
        raise Unopened(file.problem)
    root = corpus.resolve()
    for path in filter(None, (file.path, file.sidecar)):
        if not lies_inside(root / path, root):  # a link that was put there since it was found
            raise Unopened("leads out of the corpus folder; put the file itself there")
    data = _content(root / file.path, max_bytes)
    return data, load_sidecar(root / file.sidecar, max_bytes) if file.sidecar else None


def load_sidecar(path: Path, max_bytes: int) -> bytes:
    """The content of a sidecar. Raises as `load` does."""
    return _content(path, max_bytes, "its sidecar ")


def _content(path: Path, max_bytes: int, what: str = "") -> bytes:
    """What a file holds; its size is that of now, since it may have grown since it was found."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if size <= max_bytes:
                return file.read()
    except OSError as error:
        raise Unopened(f"{what}cannot be opened: {error.strerror}") from error
    raise Unreadable(
        f"{what}has {size / 1e6:.0f} MB, and the limit is {max_bytes / 1e6:.0f} MB; "
        "split it or raise max_file_mb"
    )


def content_hash(data: bytes, sidecar: bytes | None) -> str:
    """SHA-256 over a file and its sidecar, in hexadecimal."""
    digest = hashlib.sha256(data)
    if sidecar is not None:
        digest.update(b"\0sidecar\0" + sidecar)
    return digest.hexdigest()
