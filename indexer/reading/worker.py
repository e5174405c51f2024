"""The process that readers run in: it answers one file after another, within its limits.

`pool.py` starts it, and ends it if it takes too long.
"""

import gc
import os
import pickle
import signal
import sys
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import BinaryIO

from indexer.corpus.walk import FoundFile
from indexer.errors import DocumentError
from indexer.readers.recognition import recognising
from indexer.reading.parse import parsed
from indexer.reading.protocol import OUT_OF_MEMORY, SIZE, Setup, packed, refusal
from indexer.reading.sandbox import forbid_writing_and_network, limit_memory

_YOUNG = 50_000  # objects; trees of elements are large, and few of them are garbage meanwhile


def main() -> None:
    """Answers one file after another until standard input ends; an empty answer: it lives."""
    orders, answers = _streams()
    setup: Setup = pickle.load(orders)  # noqa: S301 - from our own process
    _prepare(setup)
    _send(answers, b"")
    with suppress(EOFError):
        while True:
            file = pickle.load(orders)  # noqa: S301
            with recognising(setup.limits.recognition, partial(_renew, answers, setup)):
                answer = _answer(setup, file)
            _send(answers, answer)


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
    forbid_writing_and_network(setup.scratch, {setup.limits.recognition.program} - {""})
    gc.freeze()
    gc.set_threshold(_YOUNG)


def _send(answers: BinaryIO, answer: bytes) -> None:
    answers.write(len(answer).to_bytes(SIZE) + answer)
    answers.flush()


def _answer(setup: Setup, file: FoundFile) -> bytes:
    _limit_time(setup.limits.seconds)
    try:
        return packed(parsed(setup.corpus, file, setup.limits.max_bytes, setup.table))
    except DocumentError as error:
        return pickle.dumps(refusal(error))
    except MemoryError:  # how much is left for the next file, nobody knows
        os._exit(OUT_OF_MEMORY)
    finally:
        _limit_time(0)


def _renew(answers: BinaryIO, setup: Setup) -> None:
    """Begins the limits of time anew, for a page that is recognised by machine."""
    _limit_time(setup.limits.seconds)
    _send(answers, b"")


def _limit_time(seconds: float) -> None:
    """Has the system end this process after so many seconds of work; 0 takes that back.

    Work and not time, since a busy machine is no fault of a file. Windows has no such limit.
    """
    if sys.platform != "win32":
        signal.setitimer(signal.ITIMER_PROF, seconds)
