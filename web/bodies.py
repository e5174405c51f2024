"""The body of a request, as slow as its sender, in; the same out, or an error if it drips.

A thread that reads waits in the server until some bytes are there, which nothing can end but the
sender: so the rate is looked at between two reads, and whoever sends nothing at all holds a place
until the connection ends (docs/decisions/0029-slow-clients.md).
"""

import io
import shutil
import time
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Protocol

from werkzeug.exceptions import ClientDisconnected, RequestTimeout

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

GRACE = 20.0  # seconds that a body may take beside those that its bytes are good for
RATE = 4_000  # bytes that are good for a second more
_SMALL = 100_000  # bytes of a body that is looked at more often
_PIECE, _LITTLE = 16_384, 64  # bytes that are read at once; the server waits for so many
_MEMORY = 1_000_000  # bytes of a whole body; what is larger goes to a temporary file


class Source(Protocol):
    """What the server gives as a body."""

    def read(self, size: int, /) -> bytes:
        """So many bytes, fewer at the end."""


class Body(io.RawIOBase):
    """A body of `length` bytes, if that is known, read from `source`.

    Reading raises `RequestTimeout` where it comes in too slowly, and `ClientDisconnected` where
    less comes in than was announced.
    """

    def __init__(self, source: Source, length: int | None) -> None:
        super().__init__()
        self._source = source
        self._length = length
        self._piece = _LITTLE if length is not None and length <= _SMALL else _PIECE
        self._received = 0
        self._waited = 0.0

    def readable(self) -> bool:
        """That it is."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int:
        """How many bytes were put into `buffer`; 0 at the end."""
        target = memoryview(buffer).cast("B")
        began = time.monotonic()
        piece = self._source.read(min(len(target), self._piece))
        self._waited += time.monotonic() - began
        self._received += len(piece)
        if not piece and self._length is not None and self._received < self._length:
            raise ClientDisconnected("Less came in than was announced.")
        if self._waited > GRACE + self._received / RATE:
            raise RequestTimeout(
                f"What was sent came in too slowly: less than {RATE} bytes a second. Try again."
            )
        target[: len(piece)] = piece
        return len(piece)


def timed(source: Source, length: str | None) -> io.BufferedReader:
    """The body that `source` gives; `length` is what the sender announced."""
    known = int(length) if length and length.isdecimal() else None
    return io.BufferedReader(Body(source, known), _PIECE)


def spooled(body: IO[bytes], most: int) -> IO[bytes]:
    """All of a body, or the first bytes of one that is longer than `most`: one more than that."""
    held: IO[bytes] = SpooledTemporaryFile(_MEMORY)  # noqa: SIM115 - who asked closes it
    try:
        shutil.copyfileobj(_First(body, most + 1), held)
    except BaseException:
        held.close()
        raise
    held.seek(0)
    return held


class _First:
    """The first bytes of a body."""

    def __init__(self, body: IO[bytes], most: int) -> None:
        self._body = body
        self._left = most

    def read(self, size: int = _PIECE, /) -> bytes:
        piece = self._body.read(min(size, self._left))
        self._left -= len(piece)
        return piece
