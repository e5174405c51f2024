"""Reads files in this process: for tests of which processes are not the subject."""

from collections.abc import Iterator, Sequence
from functools import partial

from indexer import readers
from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.errors import DocumentError
from indexer.library import open_library
from indexer.readers.recognition import recognising
from indexer.reading.parse import parsed
from indexer.reading.protocol import Limits, Parsed, Refused, Wanted, every, refusal


class Inline:
    """The readers of one corpus folder, without a limit but that of bytes."""

    def __init__(self, corpus: Corpus, limits: Limits) -> None:
        self._corpus = corpus
        self._limits = limits

    def start(self) -> None:
        """There is nothing to start."""

    def read(
        self, files: Sequence[FoundFile], wanted: Wanted = every
    ) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
        """Each of `files` that is wanted with what was read of it, or why nothing was."""
        for file in filter(wanted, files):
            try:
                with recognising(self._limits.recognition, lambda: None):
                    read = parsed(self._corpus, file, self._limits.max_bytes, readers.READERS)
                yield file, read
            except DocumentError as error:
                yield file, refusal(error)

    def close(self) -> None:
        """There is nothing to close."""


open_inline = partial(open_library, readers=Inline)
