"""Passages of a document in; their texts out as HTML, with a link where a note is called for."""

from collections import defaultdict
from collections.abc import Iterable

from markupsafe import Markup

from indexer.document import Kind, Passage, StoredPassage
from web.marking import marked

_CALL = Markup('<sup class="call"><a href="#{}" id="{}" aria-label="Note {}">{}</a></sup>')
_BACK = Markup(' <a class="back" href="#{}" aria-label="Back to the text">↩</a>')
_UNNAMED = "*"  # the mark of a note that has none


class Notes:
    """The notes of a document, and where each is called for."""

    def __init__(self, passages: Iterable[StoredPassage]) -> None:
        self._notes: dict[str, Passage] = {}  # by anchor
        self._calls: dict[str, list[str]] = defaultdict(list)  # ids of the links, by the note's id
        found = [stored.passage for stored in passages]
        for passage in found:
            if passage.kind is Kind.NOTE and passage.anchor:
                self._notes.setdefault(passage.anchor, passage)
        for passage in found:
            for at, mark in enumerate(passage.note_marks):
                if note := self._notes.get(mark.anchor):
                    self._calls[note.id].append(_link(passage, at))

    def text(self, passage: Passage) -> Markup:
        """The text of `passage` with links to its notes, or, if it is one, to its calls."""
        pieces, done = [], 0
        for at, (place, anchor) in enumerate(passage.note_marks):
            if note := self._notes.get(anchor):
                pieces += [marked(passage.text, (), (done, place)), _call(passage, at, note)]
                done = place
        pieces.append(marked(passage.text, (), (done, len(passage.text))))
        pieces += [_BACK.format(call) for call in self._calls.get(passage.id, ())]
        return Markup("").join(pieces)


def _link(passage: Passage, at: int) -> str:
    return f"_call-{passage.id}-{at + 1}"


def _call(passage: Passage, at: int, note: Passage) -> Markup:
    mark = note.label.strip("[]().") or _UNNAMED
    return _CALL.format(note.id, _link(passage, at), mark, mark)
