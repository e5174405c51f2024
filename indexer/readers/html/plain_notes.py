"""Blocks of a page that marks its notes in plain text in; the same with the notes as such out.

Old pages of official journals have "the Commission(1)," in the text, and behind its end a
paragraph "(1) OJ C 29, p. 20." for each. These would else be taken for the recitals (1), (2).
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.document import Kind, NoteMark
from indexer.labels import split_label
from indexer.readers.html.found import Found

_NUMBER = re.compile(r"[(\[](\d{1,3})[)\]]")
_GLUED = re.compile(r"(?<=[^\W\d_]|[”\"»])[(\[](\d{1,3})[)\]](?=[\s.,;:)]|$)")
_LEAP = 2  # notes; a mark behind a number cannot be told from a reference
_SHARE = 0.5  # of the notes that must be called for


def with_plain_notes(found: Sequence[Found]) -> list[Found]:
    """`found`, in which the numbered paragraphs at its end are notes if the text calls for them."""
    start = _start(found)
    count = len(found) - start
    if not count:
        return list(found)
    calls = _calls(found[:start], count)
    if len(calls) < _SHARE * count:
        return list(found)
    anchors = {str(number): f"note-{number}" for number in range(1, count + 1)}
    chosen = list(found)
    for at in {at for at, _ in calls.values()}:
        chosen[at] = _without_marks(chosen[at], calls, at, anchors)
    for number, at in enumerate(range(start, len(found)), start=1):
        block = found[at].block
        text = block.text if block.label else split_label(block.text).text
        note = replace(block, kind=Kind.NOTE, level=0, text=text, label=str(number))
        chosen[at] = found[at]._replace(block=replace(note, anchor=anchors[str(number)]))
    return chosen


def _start(found: Sequence[Found]) -> int:
    """Where the last run of paragraphs (1), (2), (3) that ends the page begins."""
    wanted, start = None, len(found)
    for at in range(len(found) - 1, -1, -1):
        number = _number(found[at])
        if not number or (wanted is not None and number != wanted):
            break
        wanted, start = number - 1, at
        if number == 1:
            return start
    return len(found)


def _number(found: Found) -> int:
    block = found.block
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return 0
    number = _NUMBER.fullmatch(block.label or split_label(block.text).label)
    return int(number[1]) if number else 0


def _calls(found: Sequence[Found], count: int) -> dict[int, tuple[int, int]]:
    """Note → the block that calls for it first and the place there; in their order."""
    calls: dict[int, tuple[int, int]] = {}
    last = 0
    for at, each in enumerate(found):
        for mark in _GLUED.finditer(each.block.text):
            number = int(mark[1])
            if last < number <= min(last + _LEAP, count):
                calls[number], last = (at, mark.start()), number
    return calls


def _without_marks(
    found: Found, calls: dict[int, tuple[int, int]], at: int, anchors: dict[str, str]
) -> Found:
    text, marks, gone = found.block.text, list(found.block.note_marks), 0
    for number, (block, place) in sorted(calls.items()):
        if block == at:
            length = len(f"({number})")
            start = place - gone
            text, gone = text[:start] + text[start + length :], gone + length
            marks.append(NoteMark(start, anchors[str(number)]))
    return found._replace(block=replace(found.block, text=text, note_marks=tuple(sorted(marks))))
