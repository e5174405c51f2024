"""A Word document in; its body in the plain form that mammoth renders without loss out.

What shows by way of styles and numbering is put into the text itself: each paragraph gets one of a
few styles of our own.
"""

from lxml import etree

from indexer.readers.common.furniture import ends_sentence
from indexer.readers.docx.numbering import Numbered, Numbering
from indexer.readers.docx.parts import Parts, is_on, value, w
from indexer.readers.docx.styles import Styles
from indexer.readers.docx.unfold import (
    LABEL,
    append_notes,
    new,
    properties,
    put_label,
    put_text,
    remove,
    unfold,
)

NOTES = "Notes"  # the heading over the notes
_LONGEST_HEADING = 150  # characters; a longer one that ends as a sentence does is a paragraph
_DEEPEST_HEADING = 6


class PlainBody:
    """The body of the document in `parts`, made plain, its notes behind it.

    `title` is the text of the first paragraph styled as such.
    """

    def __init__(self, parts: Parts) -> None:
        self.root = parts.body
        self.title = ""
        self.notes: list[str] = []
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        for root in (parts.body, parts.footnotes, parts.endnotes):
            unfold(root)
        notes = append_notes(parts.body, parts.footnotes, parts.endnotes)
        self._drop_unseen()
        for paragraph in list(self.root.iter(w("p"))):
            self._make_plain(paragraph)
        self.has_notes = bool(notes)
        for first in notes[:1]:
            first.addprevious(_heading(NOTES))

    def _drop_unseen(self) -> None:
        """Takes out hidden text, the table of contents, and places that only programs know."""
        for run in [run for run in self.root.iter(w("r")) if self._styles.hides(run)]:
            remove(run)
        paragraphs = list(self.root.iter(w("p")))
        contents = [p for p in paragraphs if self._styles.is_contents(p)]
        hidden = [p for p in paragraphs if is_on(p, "pPr/rPr/vanish") and not _text(p)]
        marks = self.root.iter(w("bookmarkStart"))
        hidden += [mark for mark in marks if value(mark, name="name")[:1] in ("", "_")]
        for element in (*contents, *hidden):
            remove(element)
        if contents:
            self.notes.append(f"left out a table of contents of {len(contents)} lines")

    def _make_plain(self, paragraph: etree._Element) -> None:
        is_joined = paragraph.find(w("pPr/rPr/del")) is not None  # with the paragraph after it
        numbered = None if is_joined else self._numbering.next(paragraph)
        style = self._style(paragraph, numbered)
        for run in paragraph.iterchildren(w("r")):
            if value(run, "rPr/rStyle") != LABEL:
                _remove_children(run, "rPr")
        _remove_children(paragraph, "pPr")
        if numbered and numbered.label:
            in_row = next(paragraph.iterancestors(w("tc")), None) is not None
            put = put_text if in_row or style.startswith("h") else put_label
            put(paragraph, numbered.label)
        paragraph.insert(0, properties(style))
        if is_joined:
            paragraph[0].append(new("rPr"))
            paragraph[0][-1].append(new("del"))

    def _style(self, paragraph: etree._Element, numbered: Numbered | None) -> str:
        """The one of our styles that the paragraph gets, or an empty string."""
        text = _text(paragraph)
        level = self._styles.outline_level(paragraph)
        if level and not (len(text) > _LONGEST_HEADING and ends_sentence(text)):
            return f"h{min(level, _DEEPEST_HEADING)}"
        kind = self._styles.kind(paragraph)
        if kind == "title":
            self.title = self.title or text
            return ""
        return f"item{numbered.depth}" if numbered else kind


def _heading(text: str) -> etree._Element:
    heading = new("p")
    put_text(heading, text)
    heading.insert(0, properties("h1"))
    return heading


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(w("t"))).strip()


def _remove_children(element: etree._Element, name: str) -> None:
    for child in element.findall(w(name)):
        element.remove(child)
