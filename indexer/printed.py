"""Names and answers in the characters that a terminal, JSON, XML and the store can take."""

import json
import os
import re
import sys
import unicodedata
from collections.abc import Mapping
from typing import Any

# What JSON leaves as it is and a terminal obeys.
_OBEYED = {code: f"\\u{code:04x}" for code in range(0x7F, 0xA0)}

_NEVER_XML = re.compile(r"[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def legal(text: str) -> str:
    """`text` with the sign for what is unknown in place of signs that no XML can have."""
    return _NEVER_XML.sub("\ufffd", text)


def printable(path: str) -> str:
    r"""`path` as it can be printed and stored: bytes that are not UTF-8 become `\xff`."""
    if path.isascii():
        return path
    try:
        path.encode()
    except UnicodeEncodeError:
        return os.fsencode(path).decode("utf-8", "backslashreplace")
    return path


def named(text: str) -> str:
    r"""`text` without what a terminal would obey: `\x1b` and the like in its place."""
    return text if text.isprintable() else "".join(map(_shown, text))


def typed(word: str) -> str:
    """What was typed at a terminal, with � for bytes that are not UTF-8."""
    return os.fsencode(word).decode("utf-8", "replace")


def echo(line: str) -> None:
    r"""Prints `line`, with `\u4e2d` and the like for what the terminal's encoding has no sign."""
    encoding = sys.stdout.encoding
    _echo(line.encode(encoding, "backslashreplace").decode(encoding))


def echo_json(answer: Mapping[str, Any], indent: int | None = None) -> None:
    """Prints `answer` as JSON, escaped where the terminal's encoding has no sign."""
    text = json.dumps(answer, ensure_ascii=False, indent=indent).translate(_OBEYED)
    try:
        text.encode(sys.stdout.encoding)
    except UnicodeEncodeError:
        text = json.dumps(answer, indent=indent)
    _echo(text)


def _echo(text: str) -> None:
    import click  # noqa: PLC0415 - processes that only read need not wait for it

    click.echo(text)


def _shown(character: str) -> str:
    return ascii(character)[1:-1] if unicodedata.category(character)[0] == "C" else character
