"""The bytes of a text file in, its characters out."""

import codecs

import charset_normalizer

from indexer.errors import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# C0 and C1 without tab, line ends, escape and next line.
_CONTROLS = (frozenset(range(0x20)) | frozenset(range(0x7F, 0xA0))) - frozenset(
    b"\t\n\v\f\r\x1b\x85"
)
_SAMPLE = 64_000  # bytes; enough to judge by, and the judging is slow


def decode(data: bytes) -> str:
    """The text in `data`: by its byte-order mark, else as UTF-8, else in the likeliest encoding.

    Raises `Unreadable` where the bytes are text in no encoding.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strictly(data, encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _guessed(data)
    return _guessed(data) if "\0" in text else text


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"starts with the mark of {encoding.upper()} but is damaged at byte {error.start}; "
            "save it again as UTF-8"
        ) from error


def _guessed(data: bytes) -> str:
    best = charset_normalizer.from_bytes(data[:_SAMPLE]).best()
    if best is None or _is_binary(data, best.encoding):
        raise Unreadable("is not text in any known encoding; save it as UTF-8")
    try:
        return data.decode(best.encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"looks like {best.encoding} but byte {error.start} is not; save it as UTF-8"
        ) from error


def _is_binary(data: bytes, encoding: str) -> bool:
    """Text has next to no control characters in any encoding."""
    sample = data[:_SAMPLE].decode(encoding, errors="replace")
    controls = sum(ord(character) in _CONTROLS for character in sample)
    return controls > len(sample) / 200
