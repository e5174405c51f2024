"""Keeps fifty megabytes of each file, so that the memory ends after a few."""

from indexer.document import Block, Document, Kind, Metadata

_KEPT: list[bytearray] = []


def read(data: bytes) -> Document:
    _KEPT.append(bytearray(50_000_000))
    return Document(Metadata(language="en"), (Block(Kind.PARAGRAPH, data.decode()),))
