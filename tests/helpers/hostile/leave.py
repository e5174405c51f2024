"""Leaves the process in a way that no handler of exceptions sees."""

import os

from indexer.document import Document


def read(_data: bytes) -> Document:
    os._exit(3)
