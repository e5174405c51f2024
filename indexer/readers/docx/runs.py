"""Reads the text of a paragraph from its runs: letters, gaps, symbols, calls of notes."""

import re
from collections.abc import Iterator

from lxml import etree

from indexer.readers.common.notes import without_signs
from indexer.readers.docx.fields import LISTNUM
from indexer.readers.docx.notes import Notes
from indexer.readers.docx.numbering import Numbering
from indexer.readers.docx.parts import value, w
from indexer.readers.docx.symbols import symbol

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNITS = re.compile(r"(?:\d|\b(?:k|c|m|d)?m|\bft|\bin|[)\]])$")  # what a power stands behind
# A number that is typed, and set off by a tab as only the number of a paragraph is.
_TYPED = re.compile(
    r"\s*(?P<label>[“\"‘']?(?:[(\[]?\d{1,3}[A-Za-z]?(?:\.\d{1,3})*[)\].]?|[(\[]?[A-Za-z]{1,5}[)\].]))\t\s*+(?=\S)"
)
_MARK = re.compile(r"\[?(\d{1,3}|[*†‡§]{1,3})\]?(?:,\s?\d{1,3})*")
_PLAIN = {
    **dict.fromkeys((w("tab"), w("ptab")), "\t"),
    **dict.fromkeys((w("br"), w("cr")), "\n"),
    w("noBreakHyphen"): "‑",
}


class Runs:
    """Reads paragraphs in the order of the document, since some of their numbers are counted."""

    def __init__(self, notes: Notes, numbering: Numbering) -> None:
        self._notes = notes
        self._numbering = numbering

    def text(self, paragraph: etree._Element) -> tuple[str, str]:
        """The number that the paragraph opens with, of a field or before a tab, and its text."""
        number, text = "", ""
        for run in paragraph.iterchildren(w("r"), w("bookmarkStart")):
            for piece, is_number in self._pieces(run, text):
                if is_number and not text.strip():
                    number += piece
                else:
                    text += piece
        if not number and (typed := _TYPED.match(text)):
            number, text = typed["label"], text[typed.end() :]
        return number, text

    def _pieces(self, run: etree._Element, before: str) -> Iterator[tuple[str, bool]]:
        raised = value(run, "rPr/vertAlign") == "superscript"
        for element in run:
            if element.tag == w(LISTNUM):
                yield self._listnum(element), True
                continue
            text = self._of(element)
            if raised and text.strip():
                text = self._raised(text.strip(), before)
            yield text, False
            before += text

    def _of(self, element: etree._Element) -> str:
        if element.tag == w("t"):
            return without_signs(element.text or "")
        if element.tag == w("sym"):
            return symbol(value(element, name="font"), value(element, name="char"))
        if element.tag in (w("footnoteReference"), w("endnoteReference")):
            return self._notes.called(element)
        return _PLAIN.get(str(element.tag), "")

    def _listnum(self, element: etree._Element) -> str:
        name, level = value(element, name="name"), value(element, name="level")
        return self._numbering.listnum(name, level, value(element, name="start"))

    def _raised(self, text: str, before: str) -> str:
        """Raised digits are a power behind a digit or a unit, else the mark of a note."""
        if text.isdigit() and _UNITS.search(before):
            return text.translate(_RAISED)
        if _MARK.fullmatch(text) and before.strip():
            return self._notes.typed(text) or f" [{text.strip('[]')}]"
        return text
