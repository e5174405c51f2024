"""Office files from the few lines of XML that a test is about."""

import io
from collections.abc import Mapping
from zipfile import ZIP_DEFLATED, ZipFile

from indexer.document import Document

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_NAMESPACES = f"""xmlns:w="{WORD}"
    xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"
    xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"
    xmlns:v="urn:schemas-microsoft-com:vml" xmlns:wps="urn:wps" xmlns:a="urn:a" xmlns:r="urn:r\""""
_PARTS = ("styles", "numbering", "footnotes", "endnotes")
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_NAMESPACES = f"""xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0"
    xmlns:style="{_OASIS}:style:1.0" xmlns:table="{_OASIS}:table:1.0"
    xmlns:draw="{_OASIS}:drawing:1.0" xmlns:svg="{_OASIS}:svg-compatible:1.0"
    xmlns:meta="{_OASIS}:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/\""""


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip container with `members`."""
    container = io.BytesIO()
    with ZipFile(container, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return container.getvalue()


def docx(body: str, *, core: str = "", doctype: str = "", **parts: str) -> bytes:
    """A Word document with `body` as its w:body; `parts` are styles, numbering and notes."""
    document = f"<w:document {_WORD_NAMESPACES}><w:body>{body}</w:body></w:document>"
    members = {
        "_rels/.rels": _relationships(
            {"officeDocument": "word/main.xml", "metadata/core-properties": "docProps/core.xml"}
        ),
        "word/_rels/main.xml.rels": _relationships({name: f"{name}.xml" for name in _PARTS}),
        "word/main.xml": doctype + document,
        "docProps/core.xml": f"""<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties"
            xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
            >{core}</cp:coreProperties>""",
    }
    for name, content in parts.items():
        members[f"word/{name}.xml"] = f"<w:{name} {_WORD_NAMESPACES}>{content}</w:{name}>"
    return zipped(members)


def _relationships(targets: Mapping[str, str]) -> str:
    links = "".join(
        f'<Relationship Id="{kind}" Type="{_OFFICE_RELATIONS}/{kind}" Target="{target}"/>'
        for kind, target in targets.items()
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'


def p(content: str, style: str = "", *, num: int = 0, level: int = 0, more: str = "") -> str:
    """A Word paragraph: `content` is text, or runs where it holds elements."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if num:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>'
    runs = content if "<" in content else r(content)
    return f"<w:p><w:pPr>{properties}{more}</w:pPr>{runs}</w:p>"


def r(text: str, properties: str = "") -> str:
    """A Word run."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def lvl(level: int, text: str, form: str = "decimal", *, start: int = 1, more: str = "") -> str:
    """A level of a Word list."""
    return f"""<w:lvl w:ilvl="{level}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>
        <w:lvlText w:val="{text}"/>{more}</w:lvl>"""


def lists(*levels: str, nums: str = "") -> str:
    """The numbering part of a Word document: list 1 has `levels`; `nums` are more lists of them."""
    return f"""<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>{nums}"""


def odt(body: str, *, styles: str = "", meta: str = "", **members: str) -> bytes:
    """An OpenDocument text with `body` as its office:text."""
    files = {
        "content": f"<office:body><office:text>{body}</office:text></office:body>",
        "styles": f"<office:styles>{styles}</office:styles>",
        "meta": f"<office:meta>{meta}</office:meta>",
    }
    return zipped(
        {
            f"{n}.xml": f"<office:document-{n} {_ODF_NAMESPACES}>{xml}</office:document-{n}>"
            for n, xml in files.items()
        }
        | members
    )


def epub(chapters: Mapping[str, str], *, metadata: str = "", guide: str = "", **more: str) -> bytes:
    """An EPUB with `chapters`, name and content of the body; a name with a space has properties."""
    items = spine = ""
    for at, full in enumerate(chapters):
        name, _, properties = full.partition(" ")
        items += f"""<item id="i{at}" href="{name}" media-type="application/xhtml+xml"
            properties="{properties}"/>"""
        spine += f'<itemref idref="i{at}"/>'
    package = f"""<package xmlns="http://www.idpf.org/2007/opf"
        xmlns:opf="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <metadata>{metadata}</metadata><manifest>{items}</manifest><spine>{spine}</spine>
        <guide>{guide}</guide></package>"""
    pages = {f"OEBPS/{name.partition(' ')[0]}": page(body) for name, body in chapters.items()}
    container = '<container><rootfiles><rootfile full-path="OEBPS/c.opf"/></rootfiles></container>'
    return zipped({"META-INF/container.xml": container, "OEBPS/c.opf": package} | pages | more)


def page(body: str) -> str:
    """An XHTML page, or `body` itself where it is one already."""
    if body.startswith("<!DOCTYPE"):
        return body
    return f"""<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html>
        <html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
        ><head><title/><script src="a.js"/></head><body>{body}</body></html>"""


def lines(document: Document) -> list[str]:
    """The blocks of `document`: kind and level, label, text."""
    return [
        " | ".join(filter(None, (f"{b.kind} {b.level}".removesuffix(" 0"), b.label, b.text)))
        for b in document.blocks
    ]
