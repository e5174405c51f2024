"""Waits for what never comes."""

import time

from indexer.document import Document


def read(_data: bytes) -> Document:
    while True:
        time.sleep(1)
