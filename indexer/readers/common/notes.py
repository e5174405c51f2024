"""Carries the marks of notes through text: put in by a reader, taken out again as places."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.document import Block, Kind, NoteMark

# No text may have these signs: Unicode keeps them for programs.
_OPEN, _CLOSE = "\ufdd0", "\ufdd1"
_MARK = f"{_OPEN}([^{_CLOSE}]*){_CLOSE}"
# Brackets around a mark belong to it: "the Act(a)for" as some law printers set it.
_CALL = re.compile(f"( ?)(?:[(\\[]{_MARK}[)\\]]|{_MARK})( ?)")
_OWN_BRACKETS = re.compile(r"\s*(?:\(\s?\)|\[\s?\])\s*")
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
        bare = _without_brackets(block) if label else block
        yield replace(bare, kind=Kind.NOTE, level=0, label=label, anchor=anchor)
        label = ""


def _without_brackets(block: Block) -> Block:
    """The text of a note without the brackets in which its mark stood."""
    empty = _OWN_BRACKETS.match(block.text)
    length = empty.end() if empty else 0
    if not block.text[length:]:
        return block
    marks = (NoteMark(max(0, at - length), anchor) for at, anchor in block.note_marks)
    return replace(block, text=block.text[length:], note_marks=tuple(marks))


def _marked(block: Block) -> Block:
    marks: list[NoteMark] = []
    text = ""
    last = 0
    for found in _CALL.finditer(block.text):
        text += block.text[last : found.start()]
        bare, bracketed = found[3], found[2]
        marks.append(NoteMark(len(text), bare or bracketed or ""))
        is_glued = bare is None and block.text[found.end() :][:1].isalnum()
        text += " " if found[1] or found[4] or is_glued else ""
        last = found.end()
    text += block.text[last:]
    start = len(text) - len(text.lstrip())
    placed = (NoteMark(max(0, mark.place - start), mark.anchor) for mark in marks)
    return replace(block, text=text.strip(), note_marks=(*block.note_marks, *placed))
