"""A document in, the same with a note of the gaps in its official numbering out."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from indexer.document import Block, Document, Kind
from indexer.labels import split_label

_MAIN = re.compile(r"[§¶]?\s*(\d{1,4})[.)]?")
_SIGNS = ("§", "¶")
_WIDEST = 5  # numbers; a wider leap is a quotation or another list
_SHOWN = 10


def with_gaps(document: Document) -> Document:
    """`document`, with a note where numbers are missing."""
    found = gap_notes(document.blocks)
    return replace(document, notes=(*document.notes, *found)) if found else document


def gap_notes(blocks: Iterable[Block]) -> tuple[str, ...]:
    """A note where numbers are missing, such as "numbering goes from 14 to 16", or none.

    A leap counts only between two runs: the two numbers before it follow each other, and so do
    the two after it. A list that starts again, and a number that is quoted, are no gaps.
    """
    found = _gaps([number for block in blocks if (number := _number(block)) is not None])
    if not found:
        return ()
    leaps = ", ".join(f"from {before} to {after}" for before, after in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    return (f"numbering goes {leaps}{more}",)


def _gaps(numbers: Sequence[int]) -> list[tuple[int, int]]:
    runs = zip(numbers, numbers[1:], numbers[2:], numbers[3:], strict=False)
    return [
        (before, after)
        for first, before, after, last in runs
        if first + 1 == before and after + 1 == last and 1 < after - before <= _WIDEST
    ]


def _number(block: Block) -> int | None:
    if block.kind in (Kind.HEADING, Kind.ROW, Kind.CODE, Kind.QUOTE) or block.level > 1:
        return None
    first = block.text[:1]
    if not block.label and not first.isdecimal() and first not in _SIGNS:
        return None  # most have none, and this is asked for every block
    found = _MAIN.fullmatch(block.label or split_label(block.text).label)
    return int(found[1]) if found else None
