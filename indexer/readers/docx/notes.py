"""Finds the footnotes and endnotes of a Word document, and numbers them as Word does."""

from collections.abc import Iterator

from lxml import etree

from indexer.readers.common.notes import call
from indexer.readers.common.numerals import numeral
from indexer.readers.docx.parts import value, w

_LONGEST = 4  # digits of a number that nobody gives to a note


class Notes:
    """The notes of a document; to be asked for each call in the order of the text."""

    def __init__(
        self, body: etree._Element, footnotes: etree._Element, endnotes: etree._Element
    ) -> None:
        has_footnotes = next(body.iter(w("footnoteReference")), None) is not None
        self._typed = {mark for p in body.iter(w("p")) if (mark := typed_mark(p))}
        self._waiting = {
            kind: {value(note, name="id"): note for note in root.iter(w(kind))}
            for kind, root in (("footnote", footnotes), ("endnote", endnotes))
        }
        self._counts = {"footnote": 0, "endnote": 0}
        self._called: list[tuple[str, str, etree._Element]] = []
        self._end_style = "lowerRoman" if has_footnotes else "decimal"

    def called(self, reference: etree._Element) -> str:
        """What stands in the text for the note that `reference` calls for."""
        kind = etree.QName(reference).localname.removesuffix("Reference")
        note = self._waiting[kind].pop(value(reference, name="id"), None)
        if note is None:
            return ""
        label = ""
        if not value(reference, name="customMarkFollows"):  # which is in the text itself
            self._counts[kind] += 1
            style = self._end_style if kind == "endnote" else "decimal"
            label = numeral(self._counts[kind], style)
        anchor = f"{kind}-{len(self._called) + 1}"
        self._called.append((label, anchor, note))
        return call(anchor)

    def typed(self, mark: str) -> str:
        """What stands in the text for a mark that is only typed; empty if no note has it."""
        return call(f"note-{mark}") if mark in self._typed else ""

    def __iter__(self) -> Iterator[tuple[str, str, etree._Element]]:
        """Each note that was called for: its label, its anchor, its element."""
        return iter(self._called)


def typed_mark(paragraph: etree._Element) -> str:
    """The raised number that a paragraph opens with, as notes do that are only typed."""
    for run in paragraph.iterchildren(w("r")):
        text = "".join(t.text or "" for t in run.iterchildren(w("t"))).strip()
        if text:
            is_raised = value(run, "rPr/vertAlign") == "superscript"
            return text if is_raised and text.isdigit() and len(text) < _LONGEST else ""
    return ""
