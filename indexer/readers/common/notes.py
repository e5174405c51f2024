"""Carries the marks of notes through text: put in by a reader, taken out again as places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.document import Block, Kind, NoteMark

# No text may have these signs: Unicode keeps them for programs.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_CALL = re.compile(f"( ?){_OPEN}([^{_CLOSE}]*){_CLOSE}( ?)")
_SIGNS = re.compile(f"[{_OPEN}{_CLOSE}]")


def call(anchor: str) -> str:
    """What stands in a text where the note with this anchor is called for."""
    return f"{_OPEN}{anchor}{_CLOSE}"


def without_signs(text: str) -> str:
    """`text` without signs that could be taken for calls of notes."""
    return _SIGNS.sub("", text) if _OPEN in text or _CLOSE in text else text


def with_marks(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks` with the calls in their texts as marks of notes."""
    for block in blocks:
        yield _marked(block) if _OPEN in block.text else block


def as_notes(blocks: Iterable[Block], label: str, anchor: str) -> Iterator[Block]:
    """The blocks of a note: the first has its label, all its anchor."""
    for block in with_marks(blocks):
        yield replace(block, kind=Kind.NOTE, level=0, label=label, anchor=anchor)
        label = ""


def _marked(block: Block) -> Block:
    marks: list[NoteMark] = []
    text = ""
    last = 0
    for found in _CALL.finditer(block.text):
        text += block.text[last : found.start()]
        marks.append(NoteMark(len(text), found[2]))
        text += " " if found[1] or found[3] else ""
        last = found.end()
    text += block.text[last:]
    start = len(text) - len(text.lstrip())
    placed = (NoteMark(max(0, mark.place - start), mark.anchor) for mark in marks)
    return replace(block, text=text.strip(), note_marks=(*block.note_marks, *placed))
