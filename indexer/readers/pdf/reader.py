"""A PDF in, its `Document` out: paragraphs put together from where the words stand on the page."""

import ctypes
from collections.abc import Iterable, Sequence
from dataclasses import replace

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.document import Block, Document, Kind
from indexer.errors import Unreadable
from indexer.readers.common.furniture import same_words
from indexer.readers.pdf.accents import with_accents
from indexer.readers.pdf.blocks import blocks, without_contents
from indexer.readers.pdf.initials import with_initials
from indexer.readers.pdf.joins import tidy
from indexer.readers.pdf.linenumbers import without_line_numbers
from indexer.readers.pdf.lines import Line, as_read, line, lines, rows
from indexer.readers.pdf.metadata import largest_text, pdf_metadata
from indexer.readers.pdf.pages import pages
from indexer.readers.pdf.paragraphs import body_size
from indexer.readers.pdf.running import described, running
from indexer.readers.pdf.scans import Scans, without_text
from indexer.readers.pdf.tables import without_label_cell
from indexer.readers.pdf.unmapped import without_unmapped
from indexer.readers.pdf.words import Page, Piece

_MOST_PAGES = 20_000
_TYPED = 0.6  # of the characters

_REASONS = {
    pdfium.FPDF_ERR_PASSWORD: "is protected by a password; save it without one",
    pdfium.FPDF_ERR_SECURITY: "is protected in a way that cannot be opened; save it unprotected",
    pdfium.FPDF_ERR_FORMAT: "is damaged or no PDF; open it in a PDF program and save it again",
}


def read(data: bytes) -> Document:
    """The document in the PDF `data`.

    Raises `Unreadable` where it is damaged or protected, and where its pages are pictures only.
    """
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        reason = _REASONS.get(error.err_code or 0, f"cannot be opened as a PDF: {error}")
        raise Unreadable(reason) from error
    with document:
        if len(document) > _MOST_PAGES:
            raise Unreadable(
                f"has {len(document):,} pages, and the most are {_MOST_PAGES:,}; split it"
            )
        legible, unmapped = without_unmapped(list(pages(document.raw, _form(document))))
        scans = Scans(document)
        numbered = [without_line_numbers(_in_order(page)) for page in scans.read(legible)]
        notes = _asides([page for page, _ in numbered], sum(count for _, count in numbered))
        found = [page for page, _ in numbered]
        unread = without_text(found, scans.problem())
        made = _document(found, document.get_metadata_dict(), _language(document))
        return replace(made, notes=(*unread, *scans.notes(), *made.notes, *unmapped, *notes))


def _in_order(page: Page) -> Page:
    return as_read(with_initials(with_accents(page)))


def _form(document: pypdfium2.PdfDocument) -> object:
    """The handle of the form that `document` is, or None."""
    if document.get_formtype() == pdfium.FORMTYPE_NONE:
        return None
    document.init_forms()
    return document.formenv.raw if document.formenv else None


def _document(found: Sequence[Page], properties: dict[str, str], language: str) -> Document:
    text, left_out = _body(found)
    text, contents = without_contents(text)
    made = blocks(text)
    if contents:
        left_out.append(f"left out as a table of contents, {contents} lines")
    largest = largest_text(text, made) if text else ""
    metadata = pdf_metadata(properties, language, largest)
    return Document(metadata, tuple(_without_title(made, metadata.title)), tuple(left_out))


def _asides(found: Sequence[Page], line_numbers: int) -> list[str]:
    """Notes on what lies across the text or beside it."""
    notes = []
    if line_numbers:
        notes.append(f"left out as numbers of lines, {line_numbers} numbers")
    if marks := dict.fromkeys(" ".join(page.marks) for page in found if page.marks):
        named = " · ".join(list(marks)[:3])
        notes.append(f"left out as stamps or watermarks, on {_pages_with_marks(found)}: {named}")
    return notes


def _pages_with_marks(found: Sequence[Page]) -> str:
    count = sum(bool(page.marks) for page in found)
    return "1 page" if count == 1 else f"{count} pages"


def _language(document: pypdfium2.PdfDocument) -> str:
    buffer = ctypes.create_string_buffer(200)
    shorts = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    length = pdfium.FPDFCatalog_GetLanguage(document, shorts, len(buffer))
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", errors="replace")


def _body(found: Sequence[Page]) -> tuple[list[Line], list[str]]:
    """The lines of all pages without running heads and page numbers, and a note on those."""
    page_rows = [rows(page) for page in found]
    whole = [
        [line(row, page.number) for row in its] for page, its in zip(found, page_rows, strict=True)
    ]
    gone = running(whole, body_size([each for its in whole for each in its]))
    body = [
        tidied
        for at, (page, its) in enumerate(zip(found, page_rows, strict=True))
        for each in lines(page, _kept(its, {place for number, place in gone if number == at}))
        if (tidied := _tidy(each)).text
    ]
    removed = [whole[page][place].text for page, place in sorted(gone)]
    return _unlike(body), [described(removed)] if removed else []


def _unlike(body: Sequence[Line]) -> list[Line]:
    """`body`; where all is typewritten, monospaced letters do not set code off."""
    typed = sum(len(each.text) for each in body if each.monospaced)
    if typed <= _TYPED * sum(len(each.text) for each in body):
        return list(body)
    return [
        replace(each, monospaced=False, opens_in_code=False, ends_in_code=False) for each in body
    ]


def _kept(its: Sequence[list[Piece]], gone: set[int]) -> list[list[Piece]]:
    return [row for at, row in enumerate(its) if at not in gone]


def _tidy(each: Line) -> Line:
    return without_label_cell(
        replace(each, text=tidy(each.text), cells=tuple(tidy(cell) for cell in each.cells))
    )


def _without_title(made: Iterable[Block], title: str) -> Iterable[Block]:
    """`made` without the heading that says the title again."""
    said = False
    for block in made:
        if not said and block.kind is Kind.HEADING and same_words(block.text, title):
            said = True
        else:
            yield block
