"""Writes a temporary file, which it may, and says what it holds."""

import tempfile

from indexer.document import Block, Document, Kind, Metadata


def read(data: bytes) -> Document:
    with tempfile.NamedTemporaryFile() as file:
        file.write(data)
        file.seek(0)
        text = file.read().decode()
    return Document(Metadata(language="en"), (Block(Kind.PARAGRAPH, text),))
