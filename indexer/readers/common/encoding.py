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
_LAYOUT = {ord(sign): None for sign in "\t\n\r\f\u3000\xa0\u200e\u200f\u00ad\ufeff"}
_SAMPLE = 64_000  # bytes; enough to judge by, and the judging is slow
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
    except UnicodeDecodeError:
        return _guessed(data)
    doubtful = "\0" in text or "\x1b" in text or _is_binary(text[:_SAMPLE])
    return _guessed(data) if doubtful else Decoded(text)


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
        raise Unreadable(
            f"looks like {encoding} but byte {error.start} is not; save it as UTF-8"
        ) from error
    if best["confidence"] >= _SURE:
        return Decoded(text)
    return Decoded(text, (f"read as {encoding}, which is a guess; save it as UTF-8 to be sure",))


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
    return len(_CONTROLS.findall(sample)) > len(sample) / 200
