"""Files of the corpus in on standard input, what is read of them out on standard output.

This is the process that readers run in. `reading.py` starts it, and ends it when it takes too long.
"""

import gc
import os
import pickle
import signal
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from itertools import starmap
from operator import attrgetter
from pathlib import Path
from typing import BinaryIO

from indexer import readers
from indexer.corpus.files import FoundFile, content_hash, load
from indexer.document import Metadata, Passage
from indexer.editions.align import align
from indexer.errors import DocumentError, Unopened
from indexer.reading.passages import split
from indexer.reading.sandbox import forbid_writing_and_network, limit_memory

# Exit statuses that say so.
OUT_OF_MEMORY = 71  # EX_OSERR
OUT_OF_TIME = -int(getattr(signal, "SIGPROF", 0))

SIZE = 8  # bytes before each answer that tell how long it is

_YOUNG = 50_000  # objects; trees of elements are large, and few of them are garbage meanwhile
_values = attrgetter(*Passage.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may have and take: bytes, seconds of work, and megabytes of memory.

    `patience` is how many seconds a worker is waited for that does nothing, or that runs where the
    system cannot measure its work.
    """

    max_bytes: int = 100_000_000
    seconds: float = 8.0
    patience: float = 30.0
    megabytes: int = 1_000


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker must know before its first file.

    `table` is that of the readers, `modules` are those of it that are going to be needed, and
    `scratch` is the one folder that may be written to.
    """

    corpus: Path
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


def refusal(error: DocumentError) -> Refused:
    """What an error says of the file; only whether it can be opened may change by itself."""
    return Refused(str(error), lasts=not isinstance(error, Unopened))


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


def main() -> None:
    """Answers one file after another until standard input ends; an empty answer means ready."""
    orders, answers = _streams()
    setup: Setup = pickle.load(orders)  # noqa: S301 - from our own process
    _prepare(setup)
    _send(answers, b"")
    with suppress(EOFError):
        while True:
            _send(answers, _answer(setup, pickle.load(orders)))  # noqa: S301


def _streams() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent, moved to where no library prints to or reads from."""
    orders, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(nothing, 1)
    return orders, answers


def _prepare(setup: Setup) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    for module in setup.modules:
        with suppress(Exception):  # told for each file by the reader that misses it
            import_module(module)
    limit_memory(setup.limits.megabytes)
    forbid_writing_and_network(setup.scratch)
    gc.freeze()
    gc.set_threshold(_YOUNG)


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(len(answer).to_bytes(SIZE) + answer)
    answers.flush()


def _answer(setup: Setup, file: FoundFile) -> bytes:
    _limit_time(setup.limits.seconds)
    try:
        return packed(_parsed(setup, file))
    except DocumentError as error:
        return pickle.dumps(refusal(error))
    except MemoryError:  # how much is left for the next file, nobody knows
        os._exit(OUT_OF_MEMORY)
    finally:
        _limit_time(0)


def _limit_time(seconds: float) -> None:
    """Has the system end this process after so many seconds of work; 0 takes that back.

    Work and not time, since a busy machine is no fault of a file. Windows has no such limit.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _parsed(setup: Setup, file: FoundFile) -> Parsed:
    data, sidecar = load(setup.corpus, file, setup.limits.max_bytes)
    document = readers.read(Path(file.path), data, sidecar, setup.table)
    passages = align((), split(document))
    return Parsed(content_hash(data, sidecar), document.metadata, document.notes, passages)
