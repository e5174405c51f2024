"""An EPUB book in, its `Document` out: the chapters in reading order, through the HTML reader."""

import posixpath
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import unquote

from lxml import etree

from indexer.document import Block, Document, Metadata, NoteMark
from indexer.errors import Unreadable
from indexer.readers.common.archive import Archive, parse_xml
from indexer.readers.common.encoding import decode
from indexer.readers.common.properties import Statement, from_properties
from indexer.readers.epub.notes import link_notes
from indexer.readers.html.metadata import first_headings
from indexer.readers.html.reader import read_fragment, without_title

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_XHTML = "{http://www.w3.org/1999/xhtml}"
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_DUBLIN_CORE = "{http://purl.org/dc/elements/1.1/}"
_EVENT = "{http://www.idpf.org/2007/opf}event"
# Fonts are scrambled by these; they hide no text.
_FONT_ALGORITHMS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")
_MEDIA = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_PROPERTIES = {name: name for name in ("title", "date", "publisher", "language", "source")}
_PROPERTIES |= {"identifier": "source", "subject": "tags"}


@dataclass(frozen=True, slots=True)
class _Chapter:
    name: str  # of its member in the container
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


def read(data: bytes) -> Document:
    """The document in the EPUB file `data`.

    Raises `Unreadable` where it is none, or is protected against copying.
    """
    archive = Archive(data, "EPUB")
    _refuse_protected(archive)
    package_name = _package_name(archive)
    package = archive.xml(package_name)
    chapters = _chapters(archive, list(_spine(package, package_name)))
    blocks = tuple(_with_anchors(chapters))
    notes = tuple(note for chapter in chapters for note in chapter.notes)
    metadata = from_properties(_stated(package))
    first = first_headings(blocks)
    heading = first[0].text if len(first) == 1 else ""
    metadata = metadata.over(Metadata(title=heading, origins={"title": "first heading"}))
    return Document(metadata, without_title(blocks, metadata.title), notes)


def _refuse_protected(archive: Archive) -> None:
    if _ENCRYPTION not in archive:
        return
    methods = archive.xml(_ENCRYPTION).iter("{*}EncryptionMethod")
    if any(method.get("Algorithm") not in _FONT_ALGORITHMS for method in methods):
        raise Unreadable("is protected against copying (DRM); get it without protection")


def _package_name(archive: Archive) -> str:
    for rootfile in archive.xml(_CONTAINER).iter("{*}rootfile"):
        if path := rootfile.get("full-path"):
            return str(path)
    raise Unreadable("is no EPUB file, or a damaged one: its container names no package")


def _spine(package: etree._Element, package_name: str) -> Iterator[str]:
    """The members with the chapters, in reading order, without the navigation and the cover."""
    items = {item.get("id"): item for item in package.iter("{*}item")}
    guide = package.iter("{*}reference")
    covers = {ref.get("href", "").partition("#")[0] for ref in guide if ref.get("type") == "cover"}
    for reference in package.iter("{*}itemref"):
        item = items.get(reference.get("idref"))
        if item is None or item.get("media-type") not in _MEDIA:
            continue
        href = item.get("href", "")
        if href in covers or "nav" in item.get("properties", "").split():
            continue
        path = posixpath.join("/", posixpath.dirname(package_name), unquote(href))
        yield posixpath.normpath(path).lstrip("/")


def _chapters(archive: Archive, names: list[str]) -> list[_Chapter]:
    """The chapters in the order of `names`; notes are found through the whole book."""
    bodies: dict[str, etree._Element] = {}
    doubts: dict[str, str] = {}
    for name in dict.fromkeys(names):
        if name not in archive:
            doubts[name] = f"the chapter {name} is missing in the file"
            continue
        try:
            root = parse_xml(archive.read(name))
            bodies[name] = next(root.iter(f"{_XHTML}body", "body"), root)
        except etree.XMLSyntaxError as error:
            doubts[name] = (
                f"the chapter {name} is not well-formed ({error.msg}); read as a browser would"
            )
    link_notes(bodies)
    return [_chapter(archive, name, bodies.get(name), doubts.get(name)) for name in names]


def _chapter(
    archive: Archive, name: str, body: etree._Element | None, doubt: str | None
) -> _Chapter:
    notes = (doubt,) if doubt else ()
    if body is None:
        blocks = read_fragment(decode(archive.read(name))) if name in archive else ()
        return _Chapter(name, blocks, notes)
    _to_html(body)
    markup = etree.tostring(body, method="html", encoding="unicode")
    return _Chapter(name, read_fragment(markup), notes)


def _to_html(body: etree._Element) -> None:
    """Turns XHTML to HTML in place: names without namespaces, and nothing for print alone."""
    for element in list(body.iter(etree.Element)):
        if _is_for_print(element):
            element.text = ""
        element.tag = etree.QName(element).localname
    etree.cleanup_namespaces(body)
    body.tag = "section"  # whose headers and asides are a part of the text


def _is_for_print(element: etree._Element) -> bool:
    """Whether it is a printed book's page number, or spells out where the link before it leads."""
    link = element.getprevious()
    target = "" if link is None else link.get("href", "")
    is_target = bool(target) and (element.text or "").strip() == f"[{target}]"
    return is_target or "pagebreak" in element.get(_EPUB_TYPE, "").split()


def _with_anchors(chapters: list[_Chapter]) -> Iterator[Block]:
    """All blocks; an anchor that several chapters have gets its chapter's name in front."""
    uses = Counter(anchor for chapter in chapters for anchor in {b.anchor for b in chapter.blocks})

    def anchor_of(anchor: str, chapter: str) -> str:
        named, sign, own = anchor.rpartition("#")
        name = named if sign else posixpath.basename(chapter)
        return f"{name}#{own}" if own and uses[own] > 1 else own

    for chapter in chapters:
        for block in chapter.blocks:
            marks = tuple(
                NoteMark(mark.place, anchor_of(mark.anchor, chapter.name))
                for mark in block.note_marks
            )
            anchor = anchor_of(block.anchor, chapter.name)
            yield replace(block, anchor=anchor, note_marks=marks)


def _stated(package: etree._Element) -> Iterator[Statement]:
    for element in package.iter(f"{_DUBLIN_CORE}*"):
        name = etree.QName(element).localname
        if name in _PROPERTIES and element.get(_EVENT) != "modification":
            yield _PROPERTIES[name], element.text or "", f"OPF dc:{name}"
