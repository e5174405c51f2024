"""Reads files of the corpus, and tells their content apart by its hash."""

import hashlib
from pathlib import Path

from indexer.corpus.walk import FoundFile
from indexer.errors import Unopened, Unreadable


def load(corpus: Path, file: FoundFile, max_bytes: int) -> tuple[bytes, bytes | None]:
    """The content of a file and of its sidecar, if there is one.

    Raises `Unopened` where it cannot be opened or has another problem, and `Unreadable` where it is
    larger than `max_bytes`.
    """
    if file.problem:
        raise Unopened(file.problem)
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
