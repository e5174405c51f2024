"""The plain text of a mail in, its blocks out: soft line ends, and what it quotes of others."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from indexer.document import Block, Kind
from indexer.readers.text.reader import read

_QUOTED = re.compile(r">(?:[> ]*>)? ?")
_SIGNATURE = "-- "


def blocks(text: str, *, is_flowed: bool, drops_space: bool) -> Iterator[Block]:
    """The blocks of `text`; lines behind ">" are quotations.

    If it `is_flowed` (RFC 3676), a line that ends with a space goes on in the next, and if it
    `drops_space` the space is no part of the text.
    """
    for is_quoted, lines in groupby(text.splitlines(), key=lambda line: line.startswith(">")):
        bare = [_QUOTED.sub("", line, count=1) if is_quoted else line for line in lines]
        part = _joined(bare, drops_space=drops_space) if is_flowed else "\n".join(bare)
        for block in _read(part):
            yield replace(block, kind=Kind.QUOTE, level=0) if is_quoted else block


def _read(text: str) -> Iterator[Block]:
    if not text.strip():
        return
    document = read(text.encode())
    if document.metadata.title:
        yield Block(Kind.PARAGRAPH, document.metadata.title)
    yield from document.blocks


def _joined(lines: list[str], *, drops_space: bool) -> str:
    """`lines` with those that go on joined, each paragraph apart from the next."""
    joined: list[str] = []
    goes_on = False
    for line in lines:
        bare = line.removeprefix(" ")  # which a mail puts before spaces and ">"
        if goes_on:
            joined[-1] += bare
        else:
            joined.append(bare)
        goes_on = bare.endswith(" ") and bare != _SIGNATURE
        if goes_on and drops_space:
            joined[-1] = joined[-1].removesuffix(" ")
    return "\n\n".join(joined)
