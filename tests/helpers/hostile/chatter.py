"""Prints, and reads standard input, as libraries do that were made for a terminal."""

import os
import sys

from indexer.document import Block, Document, Kind, Metadata


def read(data: bytes) -> Document:
    print("Reading!", flush=True)
    os.write(1, b"Reading!")
    text = data.decode() + sys.stdin.read()
    return Document(Metadata(language="en"), (Block(Kind.PARAGRAPH, text),))
