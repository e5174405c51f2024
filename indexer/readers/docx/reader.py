"""Reads Word documents: by way of HTML, as OpenDocument texts are."""

from collections.abc import Iterator

from lxml import etree

from indexer.document import Document
from indexer.errors import Unreadable
from indexer.readers.common.notes import with_marks
from indexer.readers.common.properties import Statement, from_properties
from indexer.readers.docx.markup import Markup
from indexer.readers.docx.parts import Parts
from indexer.readers.html.metadata import first_headings
from indexer.readers.html.reader import read_fragment, without_title

_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_PROPERTIES = (
    *(("title", f"{_DUBLIN_CORE}title"), ("date", f"{_TERMS}created")),
    *(("date", f"{_TERMS}modified"), ("language", f"{_DUBLIN_CORE}language")),
    ("tags", f"{_CORE}keywords"),
)


def read(data: bytes) -> Document:
    """The document in the Word file `data`; raises `Unreadable` where it is none."""
    parts = Parts(data)
    markup = Markup(parts)
    try:
        blocks = tuple(with_marks(read_fragment(markup.text())))
        notes = tuple(markup.notes())
    except RecursionError as error:
        raise Unreadable("nests tables or boxes too deeply; make them shallower") from error
    if not blocks and parts.has_embedded_text:
        raise Unreadable("holds its text as an embedded file; open it in Word and save it again")
    first = first_headings(blocks)
    heading = first[0].text if len(first) == 1 else ""
    metadata = from_properties(
        [
            ("title", markup.title, "paragraph styled as title"),
            *_stated(parts.core_properties()),
            ("title", heading, "first heading"),
        ]
    )
    blocks = without_title(blocks, metadata.title)
    return Document(metadata, (*blocks, *notes), tuple(markup.doubts))


def _stated(core: etree._Element) -> Iterator[Statement]:
    for field, name in _PROPERTIES:
        for element in core.iter(name):
            origin = f"document properties: {etree.QName(name).localname}"
            yield field, element.text or "", origin
