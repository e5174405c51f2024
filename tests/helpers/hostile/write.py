"""Writes into the folder that the file names."""

from pathlib import Path

from indexer.document import Document, Metadata


def read(data: bytes) -> Document:
    (Path(data.decode().strip()) / "written.txt").write_text("written")
    return Document(Metadata(), ())
