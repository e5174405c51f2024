"""Passages of a document in; their texts out as HTML, with links to notes and to what is cited."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from markupsafe import Markup

from indexer.document import Kind, Passage, StoredPassage
from indexer.search.cited import Link
from web.links import address_of
from web.marking import Span
from web.parts import Part
from web.references import linked

_CALL = Markup('<sup class="call"><a href="{}" id="{}" aria-label="Note {}">{}</a></sup>')
_BACK = Markup(' <a class="back" href="{}" aria-label="Back to the text">↩</a>')
_UNNAMED = "*"  # the mark of a note that has none


class Notes:
    """The notes of a document of which a page shows `part`, and where each is called for."""

    def __init__(self, passages: Iterable[StoredPassage], part: Part) -> None:
        self._part = part
        self._notes: dict[str, StoredPassage] = {}  # by anchor
        self._calls: dict[str, list[str]] = defaultdict(list)  # links, by the note's id
        found = list(passages)
        for stored in found:
            if stored.passage.kind is Kind.NOTE and stored.passage.anchor:
                self._notes.setdefault(stored.passage.anchor, stored)
        for stored in found:
            for at, mark in enumerate(stored.passage.note_marks):
                if note := self._notes.get(mark.anchor):
                    call = self._place(stored, _link(stored.passage, at))
                    self._calls[note.passage.id].append(call)

    def text(
        self, passage: Passage, marks: Sequence[Span] = (), cited: Sequence[Link] = ()
    ) -> Markup:
        """The text of `passage` with links to its notes, or, if it is one, to its calls.

        What `marks` name is marked, and what it `cited` is a link.
        """
        pieces, done = [], 0
        for at, (place, anchor) in enumerate(passage.note_marks):
            if note := self._notes.get(anchor):
                call = _call(passage, at, note.passage, self._place(note, note.passage.id))
                pieces += [linked(passage.text, marks, cited, (done, place)), call]
                done = place
        pieces.append(linked(passage.text, marks, cited, (done, len(passage.text))))
        pieces += [_BACK.format(call) for call in self._calls.get(passage.id, ())]
        return Markup("").join(pieces)

    def _place(self, stored: StoredPassage, anchor: str) -> str:
        """The link to an anchor at `stored`: on the same page, or on that of its part."""
        page = "" if self._part.has(stored) else address_of(stored)
        return f"{page}#{anchor}"


def _link(passage: Passage, at: int) -> str:
    return f"_call-{passage.id}-{at + 1}"


def _call(passage: Passage, at: int, note: Passage, href: str) -> Markup:
    mark = note.label.strip("[]().") or _UNNAMED
    return _CALL.format(href, _link(passage, at), mark, mark)
