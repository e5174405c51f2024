"""An OpenDocument text in, its `Document` out: turned into HTML, for the HTML reader."""

from collections.abc import Iterator

from lxml import etree

from indexer.document import Block, Document, Kind
from indexer.errors import Unreadable
from indexer.readers.common.archive import Archive
from indexer.readers.common.properties import Statement, from_properties
from indexer.readers.html.metadata import first_headings
from indexer.readers.html.reader import read_fragment, without_title
from indexer.readers.odt.markup import to_html
from indexer.readers.odt.numbering import Numbering
from indexer.readers.odt.styles import Styles

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_PROPERTIES = (
    *(("title", f"{_DUBLIN_CORE}title"), ("date", f"{_META}creation-date")),
    *(("date", f"{_DUBLIN_CORE}date"), ("language", f"{_DUBLIN_CORE}language")),
    ("tags", f"{_META}keyword"),
)
_MANIFEST = "META-INF/manifest.xml"


def read(data: bytes) -> Document:
    """The document in the ODT file `data`; raises `Unreadable` where it is none."""
    archive = Archive(data, "ODT")
    if _MANIFEST in archive and b"encryption-data" in archive.read(_MANIFEST):
        raise Unreadable("is protected by a password; save it without one")
    content = archive.xml("content.xml")
    text = content.find(f"{_OFFICE}body/{_OFFICE}text")
    if text is None:
        raise Unreadable("is an OpenDocument file but no text; save it as ODT or PDF")
    styles, numbering = Styles(), Numbering()
    for root in ([archive.xml("styles.xml")] if "styles.xml" in archive else []) + [content]:
        styles.learn(root)
        numbering.learn(root)
    html = to_html(text, styles, numbering)
    blocks, notes = _apart(read_fragment(html.text), has_notes=html.has_notes)
    first = first_headings(blocks)
    metadata = from_properties(
        [
            ("title", html.title, "paragraph styled as title"),
            *(_stated(archive.xml("meta.xml")) if "meta.xml" in archive else ()),
            ("title", first[0].text if len(first) == 1 else "", "first heading"),
        ]
    )
    return Document(metadata, (*without_title(blocks, metadata.title), *notes), html.doubts)


def _apart(
    blocks: tuple[Block, ...], *, has_notes: bool
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The text, and behind it the notes with the heading over them."""
    headings = [at for at, block in enumerate(blocks) if block.kind is Kind.HEADING]
    start = headings[-1] if has_notes and headings else len(blocks)
    return blocks[:start], blocks[start:]


def _stated(meta: etree._Element) -> Iterator[Statement]:
    for field, name in _PROPERTIES:
        for element in meta.iter(name):
            yield field, element.text or "", f"meta.xml: {etree.QName(name).localname}"
