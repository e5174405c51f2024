"""Writes the body of a Word document as HTML, with its numbers as `data-num`, for that reader."""

import html
from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from indexer.document import Block
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.common.notes import as_notes
from indexer.readers.docx.notes import Notes, typed_mark
from indexer.readers.docx.numbering import Numbered, Numbering
from indexer.readers.docx.parts import Parts, is_on, value, w
from indexer.readers.docx.runs import Runs
from indexer.readers.docx.styles import Styles
from indexer.readers.docx.unfold import remove, unfold
from indexer.readers.html.reader import read_fragment

_LONGEST_HEADING = 150  # characters; a longer one that ends as a sentence does is a paragraph
_DEEPEST_HEADING = 6


class Markup:
    """The text of the document in `parts`.

    `title` is the text of the first paragraph styled as such, `doubts` are for a curator to know.
    """

    def __init__(self, parts: Parts) -> None:
        self.title = ""
        self.doubts: list[str] = []
        self._body = parts.body
        self._styles = Styles(parts.styles)
        self._numbering = Numbering(parts.numbering, self._styles)
        for root in (parts.body, parts.footnotes, parts.endnotes):
            unfold(root)
        self._drop_unseen((parts.body, parts.footnotes, parts.endnotes))
        self._sentences = self._styles_of_sentences()
        self._notes = Notes(parts.body, parts.footnotes, parts.endnotes)
        self._runs = Runs(self._notes, self._numbering)
        self._typed: list[tuple[str, str, str]] = []  # notes that are only typed

    def text(self) -> str:
        """The body as HTML. To be asked once, before the notes."""
        return "".join(self._blocks(self._body))

    def notes(self) -> Iterator[Block]:
        """The notes that the text calls for, each a block or more."""
        for label, anchor, note in self._notes:
            yield from as_notes(read_fragment("".join(self._blocks(note))), label, anchor)
        for label, anchor, text in self._typed:
            yield from as_notes(read_fragment(f"<p>{text}</p>"), label, anchor)

    def _drop_unseen(self, roots: Iterable[etree._Element]) -> None:
        """Takes out hidden text and the table of contents."""
        contents = 0
        for root in roots:
            for run in [run for run in root.iter(w("r")) if self._styles.hides(run)]:
                remove(run)
            for paragraph in list(root.iter(w("p"))):
                is_contents = self._styles.is_contents(paragraph)
                contents += is_contents
                if is_contents or (is_on(paragraph, "pPr/rPr/vanish") and not _text(paragraph)):
                    remove(paragraph)
        if contents:
            self.doubts.append(f"left out a table of contents of {contents} lines")

    def _styles_of_sentences(self) -> frozenset[str]:
        """The styles with an outline level that most of the time number sentences."""
        all_, sentences = Counter[str](), Counter[str]()
        for paragraph in self._body.iter(w("p")):
            if self._styles.outline_level(paragraph) and (text := _text(paragraph)):
                style = value(paragraph, "pPr/pStyle")
                all_[style] += 1
                sentences[style] += ends_sentence(text) or len(text) > _LONGEST_HEADING
        return frozenset(style for style, count in sentences.items() if 2 * count > all_[style])

    def _blocks(self, parent: etree._Element) -> Iterator[str]:
        """The paragraphs and tables in `parent`; code in one piece, joined paragraphs in one."""
        joined, code = "", list[str]()
        for element in parent:
            if element.tag == w("p"):
                kind, text, label = self._paragraph(element, joined)
                joined = text if kind == "joined" else ""
                if kind == "code":
                    code.append(text)
                    continue
                yield from _code(code)
                if kind != "joined":
                    yield from self._anchors(element)
                    yield _markup(kind, text, label, in_row=parent.tag == w("tc"))
            elif element.tag == w("tbl"):
                yield from _code(code)
                yield from self._table(element)
        yield from _code(code)
        if joined:
            yield _markup("", joined, "", in_row=parent.tag == w("tc"))

    def _paragraph(self, paragraph: etree._Element, joined: str) -> tuple[str, str, str]:
        """Its kind, its text as HTML after what is `joined` to it, and its number."""
        # Of a paragraph whose end was deleted or moved away, what is left is the next one's.
        marks = ("pPr/rPr/del", "pPr/rPr/moveFrom")
        if any(paragraph.find(w(mark)) is not None for mark in marks):
            return "joined", joined + _escaped(self._runs.text(paragraph)[1]), ""
        # An empty paragraph that only ends a section shows no number, and counts for none.
        is_break = paragraph.find(w("pPr/sectPr")) is not None and not _text(paragraph)
        numbered = None if is_break else self._numbering.next(paragraph)
        mark = typed_mark(paragraph)
        field, text = self._runs.text(paragraph)
        label = f"{numbered.label if numbered else ''}{field}"
        if mark and text.strip().startswith(mark) and len(text.strip()) > len(mark):
            note = _escaped(text.strip().removeprefix(mark))
            self._typed.append((mark, f"note-{mark}", note))
            return "", "", ""
        return self._kind(paragraph, text, numbered), joined + _escaped(text), label

    def _kind(self, paragraph: etree._Element, text: str, numbered: Numbered | None) -> str:
        level = self._styles.outline_level(paragraph)
        is_sentence = value(paragraph, "pPr/pStyle") in self._sentences
        is_long = len(text) > _LONGEST_HEADING and ends_sentence(text)
        if level and not (is_long or is_sentence):
            return f"h{min(level, _DEEPEST_HEADING)}"
        kind = self._styles.kind(paragraph)
        if kind == "title":
            self.title = self.title or " ".join(text.split())
            return ""
        return f"item{numbered.depth}" if numbered else kind

    def _anchors(self, paragraph: etree._Element) -> Iterator[str]:
        for mark in paragraph.iter(w("bookmarkStart")):
            name = value(mark, name="name")
            if name and not name.startswith("_"):  # which programs give
                yield f'<a id="{html.escape(name)}"></a>'

    def _table(self, table: etree._Element) -> Iterator[str]:
        yield "<table>"
        for row in table.iterchildren(w("tr")):
            yield "<tr>"
            for cell in row.iterchildren(w("tc")):
                yield "<td>"
                yield from self._blocks(cell)
                yield "</td>"
            yield "</tr>"
        yield "</table>"


def _markup(kind: str, text: str, label: str, *, in_row: bool) -> str:
    if not text.strip() and not label:
        return ""
    if in_row:  # where a number is a part of what the row says
        return f"<p>{html.escape(label)} {text}</p>"
    number = f'<data data-num="{html.escape(label)}"></data>' if label else ""
    if kind.startswith("item"):
        depth = int(kind.removeprefix("item"))
        return "<ul><li>" * depth + number + text + "</li></ul>" * depth
    if kind.startswith("h"):
        return f"<{kind}>{html.escape(label)} {text}</{kind}>"
    return f"<blockquote><p>{number}{text}</p></blockquote>" if kind else f"<p>{number}{text}</p>"


def _code(lines: list[str]) -> Iterator[str]:
    """The lines of code that were gathered, in one block; they are taken out of the list."""
    if lines:
        yield "<pre>" + "\n".join(lines) + "</pre>"
        lines.clear()


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\n", "<br>")


def _text(paragraph: etree._Element) -> str:
    return "".join(text.text or "" for text in paragraph.iter(w("t"))).strip()
