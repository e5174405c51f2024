"""Makes passages of one file: what every process that reads does."""

from collections.abc import Mapping
from pathlib import Path

from indexer import readers
from indexer.corpus.content import content_hash
from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.editions.ids import first_ids
from indexer.reading.passages import split
from indexer.reading.protocol import Parsed


def parsed(corpus: Corpus, file: FoundFile, max_bytes: int, table: Mapping[str, str]) -> Parsed:
    """What the readers of `table` read of a file. Raises a `DocumentError` if they cannot."""
    data, sidecar = corpus.load(file, max_bytes)
    document = readers.read(Path(file.path), data, sidecar, table)
    passages = tuple(first_ids(split(document)))
    return Parsed(content_hash(data, sidecar), document.metadata, document.notes, passages)
