"""A Word document in, its `Document` out: by way of mammoth and the HTML reader."""

import html
import io
import re
from collections.abc import Iterator
from zipfile import ZipFile

import mammoth
from lxml import etree

from indexer.document import Block, Document
from indexer.errors import Unreadable
from indexer.readers.common.properties import Statement, from_properties
from indexer.readers.docx.parts import Parts
from indexer.readers.docx.plain import NOTES, PlainBody
from indexer.readers.docx.unfold import LABEL
from indexer.readers.html.metadata import first_headings
from indexer.readers.html.reader import read_fragment, without_title

_STYLES = "\n".join(
    (
        *(f"p.h{level} => h{level}:fresh" for level in range(1, 7)),
        *(f"p.item{depth} => {'ul > li > ' * (depth - 1)}ul > li:fresh" for depth in range(1, 10)),
        "p.quote => blockquote > p:fresh",
        r"p.code => pre:separator('\n')",
        f"r.{LABEL} => data",
    )
)
_LABELS = re.compile(r"<data>(.*?)</data>")
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
    plain = PlainBody(parts)
    blocks = read_fragment(_rendered(plain.root))
    if not blocks and parts.has_embedded_text:
        raise Unreadable("holds its text as an embedded file; open it in Word and save it again")
    blocks, notes = _parted(blocks) if plain.has_notes else (blocks, ())
    first = first_headings(blocks)
    heading = first[0].text if len(first) == 1 else ""
    metadata = from_properties(
        [
            ("title", plain.title, "paragraph styled as title"),
            *_stated(parts.core_properties()),
            ("title", heading, "first heading"),
        ]
    )
    blocks = without_title(blocks, metadata.title)
    return Document(metadata, (*blocks, *notes), tuple(plain.notes))


def _rendered(body: etree._Element) -> str:
    """The body as HTML, the numbers of paragraphs as `data-num`."""
    container = io.BytesIO()
    with ZipFile(container, "w") as archive:
        archive.writestr("word/document.xml", etree.tostring(body.getparent()))
    try:
        rendered = mammoth.convert_to_html(
            container,
            style_map=_STYLES,
            include_default_style_map=False,
            include_embedded_style_map=False,
            external_file_access=False,
        )
    except RecursionError as error:
        raise Unreadable("nests tables or boxes too deeply; make them shallower") from error
    return _LABELS.sub(_as_attribute, rendered.value)


def _as_attribute(label: re.Match[str]) -> str:
    return f'<data data-num="{html.escape(html.unescape(label[1]))}"></data>'


def _parted(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """The blocks of the text, and those of the notes behind it with the heading over them."""
    headings = [at for at, block in enumerate(blocks) if block.text == NOTES]
    at = headings[-1]
    return blocks[:at], blocks[at:]


def _stated(core: etree._Element) -> Iterator[Statement]:
    for field, name in _PROPERTIES:
        for element in core.iter(name):
            origin = f"document properties: {etree.QName(name).localname}"
            yield field, element.text or "", origin
