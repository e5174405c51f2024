"""What goes between a sync and the processes that read: limits, orders and answers."""

import pickle
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import starmap
from operator import attrgetter
from pathlib import Path
from typing import Protocol

from indexer.corpus.corpus import Corpus
from indexer.corpus.walk import FoundFile
from indexer.document import Metadata, Passage
from indexer.errors import DocumentError, Unopened
from indexer.readers.common.controls import plain_line
from indexer.readers.recognition import OFF, Recognition

# Exit statuses that say so.
OUT_OF_MEMORY = 71  # EX_OSERR
OUT_OF_TIME = -int(getattr(signal, "SIGPROF", 0))

SIZE = 8  # bytes before each answer that tell how long it is

_values = attrgetter(*Passage.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may have and take: bytes, seconds of work, and megabytes of memory.

    `patience` is how many seconds a worker is waited for that does nothing, or that runs where the
    system cannot measure its work. A page that is recognised by machine (OCR) begins both anew.
    """

    max_bytes: int = 100_000_000
    seconds: float = 8.0
    patience: float = 30.0
    megabytes: int = 1_000
    recognition: Recognition = OFF


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker must know before its first file.

    `table` is that of the readers, `modules` are those of it that are going to be needed, and
    `scratch` is the one folder that may be written to.
    """

    corpus: Corpus
    limits: Limits
    table: Mapping[str, str]
    modules: frozenset[str]
    scratch: Path


@dataclass(frozen=True, slots=True)
class Parsed:
    """What was read of a file whose content has this hash; the ids are those of a new document."""

    hash: str
    metadata: Metadata
    notes: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was read of a file; `lasts` where the same would come of trying again."""

    reason: str
    lasts: bool = True

    def __str__(self) -> str:
        return self.reason


Wanted = Callable[[FoundFile], bool]


def every(_: FoundFile) -> bool:
    """Whether a file is wanted of which all are."""
    return True


class Reading(Protocol):
    """Whatever reads the files of one corpus, one call of `read` at a time."""

    def start(self) -> None:
        """Gets ready ahead of the files that are to be read."""

    def read(
        self, files: Sequence[FoundFile], wanted: Wanted = every
    ) -> Iterator[tuple[FoundFile, Parsed | Refused]]:
        """Each of `files`, in order, with what was read of it, or why nothing was.

        Those are left out that are not `wanted` when it would be their turn to be read.
        """

    def close(self) -> None:
        """Gives up processes and files."""


Open = Callable[[Corpus, Limits], Reading]


def refusal(error: DocumentError) -> Refused:
    """What an error says of the file; only whether it can be opened may change by itself."""
    return Refused(plain_line(str(error)), lasts=not isinstance(error, Unopened))


def packed(parsed: Parsed) -> bytes:
    """`parsed` for the way between processes, as bare tuples, since dataclasses take longer."""
    rows = list(map(_values, parsed.passages))
    return pickle.dumps((parsed.hash, parsed.metadata, parsed.notes, rows), protocol=5)


def unpacked(answer: bytes) -> Parsed | Refused:
    """What `packed` was made from, or a worker's refusal."""
    values = pickle.loads(answer)  # noqa: S301 - from our own process
    if isinstance(values, Refused):
        return values
    content, metadata, notes, rows = values
    return Parsed(content, metadata, notes, tuple(starmap(Passage, rows)))
