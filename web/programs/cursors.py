"""A place in a list in, an opaque text out that leads back to it in a later request, and back."""

import base64
import binascii
import hashlib
from collections.abc import Sequence
from typing import Any

import msgspec
from werkzeug.exceptions import BadRequest

_VERSION = 1
_DIGITS = 8  # of what is asked for, by its digest


class _Cursor(msgspec.Struct, array_like=True):
    version: int
    asked: str
    at: list[str | int]


def cursor(asked: object, at: Sequence[str | int]) -> str:
    """The text that leads to what is behind `at` in the list that `asked` describes."""
    made = msgspec.msgpack.encode(_Cursor(_VERSION, _digest(asked), list(at)))
    return base64.urlsafe_b64encode(made).decode().rstrip("=")


def place(text: str, asked: object, kinds: Sequence[type]) -> tuple[Any, ...]:
    """The place that a cursor leads to, of values of `kinds`.

    Raises `BadRequest` for what no list gave, and for that of a list that was asked for otherwise.
    """
    try:
        padded = text + "=" * (-len(text) % 4)
        found = msgspec.msgpack.decode(
            base64.b64decode(padded, altchars=b"-_", validate=True), type=_Cursor
        )
    except (ValueError, binascii.Error, msgspec.DecodeError) as error:
        raise BadRequest(_UNKNOWN) from error
    if (found.version, [*map(type, found.at)]) != (_VERSION, [*kinds]):
        raise BadRequest(_UNKNOWN)
    if found.asked != _digest(asked):
        raise BadRequest(_ANOTHER)
    return tuple(found.at)


def _digest(asked: object) -> str:
    return hashlib.sha256(repr(asked).encode()).hexdigest()[:_DIGITS]


_UNKNOWN = "This is no cursor of this service; take next of an answer, or begin without cursor."
_ANOTHER = "This cursor is of a list that was asked for otherwise; ask as before, or without it."
