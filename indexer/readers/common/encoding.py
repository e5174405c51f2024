"""The bytes of a text file in, its characters and any doubt about them out."""

import codecs
import re
from typing import NamedTuple

import chardet

from indexer.errors import Unreadable

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# C0 and C1 without tab, line ends, escape and next line.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes((*range(9), *range(14, 32), 127))
_ASCII_BYTES = bytes(range(128))
_NO_LETTERS = b"\x81\x8d\x8f\x90\x9d\xfe\xff"  # in Windows-1252, or next to none
_REPLACED = re.compile("\ufffd+")
# What a terminal takes for a colour, and any other control sign; some in a row stood for a gap.
_COLOUR = re.compile(r"\x1b\[[\d;]{0,16}[A-Za-z]")
_STRAY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_PADDING = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]{2,}")
_SHIFT = re.compile(rb"\x1b[$(]|\x1b\.A")  # by which ISO 2022 changes its set of characters
_LAYOUT = {ord(sign): None for sign in "\t\n\r\f\u3000\xa0\u200e\u200f\u00ad\ufeff"}
_SAMPLE = 64_000  # bytes; enough to judge by, and the judging is slow
_FEW = 3  # control signs that a file of any length may have without being binary
_GOOD = 2  # characters of UTF-8 for each byte that is none, at least, where the file is UTF-8
_SURE = 0.8  # of the detector's own confidence; wrong guesses on real files lie below


class Decoded(NamedTuple):
    """The characters of a file, and a note where its encoding is not certain."""

    text: str
    notes: tuple[str, ...] = ()


def decode(data: bytes) -> str:
    """The text in `data`, without the doubts that `decoded` tells."""
    return decoded(data).text


def decoded(data: bytes) -> Decoded:
    """The text in `data`: by its byte-order mark, else as UTF-8, else in the likeliest encoding.

    Raises `Unreadable` where the bytes are text in no encoding.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(_strictly(data, encoding))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _damaged(data, error.start) or _guessed(data)
    if len(data.translate(None, _CONTROL_BYTES)) < len(data):
        return _with_controls(data, text)
    return _guessed(data) if not data.isascii() and _is_binary(text[:_SAMPLE]) else Decoded(text)


def _damaged(data: bytes, first: int) -> Decoded | None:
    """The text in `data` as UTF-8 with some bad bytes, if it is that; `first` is the first."""
    text = data.decode("utf-8", errors="replace")
    bad = len(_REPLACED.findall(text))
    good = len(text) - len(text.encode("ascii", errors="ignore")) - text.count("\ufffd")
    is_no_letter = not good and not data.translate(None, _ASCII_BYTES + _NO_LETTERS)
    if (good < _GOOD * bad and not is_no_letter) or _is_binary(text[:_SAMPLE]):
        return None
    return Decoded(_STRAY.sub("", text), (_bad_bytes_note(bad, first),))


def _bad_bytes_note(bad: int, first: int) -> str:
    what = "a byte that is" if bad == 1 else f"{bad} bytes that are"
    return f"has {what} not UTF-8, at byte {first}, read as \ufffd; save it again as UTF-8"


def _with_controls(data: bytes, text: str) -> Decoded:
    """`text`, which is `data` as UTF-8, without control signs, unless they mean something."""
    if wide := _without_mark(data):
        return Decoded(wide)
    if (data.isascii() and _SHIFT.search(data)) or _is_binary(text[:_SAMPLE]):
        return _guessed(data)
    bare = _STRAY.sub("", _PADDING.sub(" ", _COLOUR.sub("", text)))
    return Decoded(bare, ("left out control signs, which are no text",))


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Unreadable(
            f"starts with the mark of {encoding.upper()} but is damaged at byte {error.start}; "
            "save it again as UTF-8"
        ) from error


def _guessed(data: bytes) -> Decoded:
    if wide := _without_mark(data):
        return Decoded(wide)
    best = chardet.detect(data[:_SAMPLE])
    encoding = best["encoding"]
    if encoding is None or _is_binary(data[:_SAMPLE].decode(encoding, errors="replace")):
        raise Unreadable("is not text in any known encoding; save it as UTF-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        text = data.decode("utf-8" if encoding == "ascii" else encoding, errors="replace")
        return Decoded(text, (_unlike_note(encoding, error.start),))
    if best["confidence"] >= _SURE:
        return Decoded(text)
    return Decoded(text, (f"read as {encoding}, which is a guess; save it as UTF-8 to be sure",))


def _unlike_note(encoding: str, first: int) -> str:
    return f"looks like {encoding} but byte {first} is not, read as \ufffd; save it as UTF-8"


def _without_mark(data: bytes) -> str:
    """The text in UTF-16 or UTF-32 without its mark: all of it written signs, spaces among them."""
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        spaces = sum(map(text.count, " \n\u3000、。，"))
        if spaces * 100 >= len(text) and text.translate(_LAYOUT).isprintable():
            return text
    return ""


def _is_binary(sample: str) -> bool:
    """Text has next to no control characters in any encoding."""
    return len(_CONTROLS.findall(sample)) > _FEW + len(sample) / 200
