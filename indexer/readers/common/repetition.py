"""Tells content that says one short thing over and over, before anything is done with it."""

import zlib

from indexer.errors import Unreadable

_PIECE = 256_000  # bytes that are looked at together; less than that costs no reader much
_TIGHTEST = (
    100  # times; pages, acts and tables of a hundred kilobytes and more are packed to a ninth
)


def refuse_repetition(data: bytes) -> None:
    """Raises `Unreadable` where `data` repeats a few signs for two pieces, or a whole one.

    Each sign may begin something, so that readers would work on them for seconds and find nothing.
    Packing tells it in some milliseconds a megabyte.
    """
    for start in range(0, len(data) - _PIECE + 1, _PIECE):
        piece = data[start : start + _PIECE]
        if len(zlib.compress(piece, 1)) * _TIGHTEST < _PIECE:
            raise Unreadable(
                f"repeats a few signs for {_PIECE // 1000} kB and more, from byte {start}, which "
                "no text does; take that out"
            )
