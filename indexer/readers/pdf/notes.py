"""Links the notes of a PDF to the places in the text that call for them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from indexer.document import Block, Kind, NoteMark
from indexer.readers.common.notes import with_marks

_PAGES = 2  # that a paragraph may go on for, to the one with the note


class Anchors:
    """The anchors of the notes of a document, by their numbers and pages."""

    def __init__(self, notes: Iterable[Block]) -> None:
        self._pages: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for note in notes:
            if note.kind is Kind.NOTE and note.label:
                self._pages[note.label].append((note.page, note.anchor))

    def resolved(self, block: Block) -> Block:
        """`block` with the calls in its text as marks; a number without a note is put in brackets.

        The note is on the page on which the block begins, or on one of the next.
        """
        (marked,) = with_marks([block])
        if marked is block:
            return block
        text, marks, shift = marked.text, [], 0
        for mark in marked.note_marks:
            place = mark.place + shift
            if anchor := self._anchor(mark.anchor, block.page):
                marks.append(NoteMark(place, anchor))
                continue
            shown = f" [{mark.anchor}]"
            text = text[:place] + shown + text[place:]
            shift += len(shown)
        return replace(marked, text=text, note_marks=tuple(marks))

    def _anchor(self, number: str, page: int) -> str:
        found = self._pages.get(number, ())
        return next((a for p, a in found if page <= p <= page + _PAGES), "")
