"""Writes files of a corpus."""

from pathlib import Path


def put(corpus: Path, name: str, content: bytes) -> Path:
    """Writes a file of a corpus, in whatever folder its name says."""
    path = corpus / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path
