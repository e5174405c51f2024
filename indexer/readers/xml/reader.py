"""Reads an XML document by the family that its root element tells."""

from dataclasses import replace

from lxml import etree

from indexer.document import Block, Document, Kind, Metadata
from indexer.errors import Unreadable
from indexer.readers.common.archive import parse_xml
from indexer.readers.common.furniture import same_words
from indexer.readers.html.reader import read as read_html
from indexer.readers.xml.akn import AKN
from indexer.readers.xml.family import Family
from indexer.readers.xml.formex import FORMEX
from indexer.readers.xml.tei import TEI
from indexer.readers.xml.tree import local
from indexer.readers.xml.uslm import USLM
from indexer.readers.xml.walk import walk

_FAMILIES = (AKN, USLM, FORMEX, TEI)


def read(data: bytes) -> Document:
    """The document in the XML `data`.

    Raises `Unreadable` for XML that is not well-formed, that declares entities, or that is of no
    family that is read.
    """
    try:
        root = parse_xml(data)
    except etree.XMLSyntaxError as error:
        raise Unreadable(
            f"is not well-formed XML ({error.msg}); correct it, or get another copy"
        ) from error
    name = local(root)
    if name == "html":
        return read_html(data)
    family = _family(name)
    blocks = walk(root, family)
    if not blocks:
        raise Unreadable(f"is {family.name} without any text; get another copy")
    metadata = family.metadata(root)
    if not metadata.title:
        metadata = _with_first_heading(metadata, blocks)
    return Document(metadata, _without_title(blocks, metadata.title))


def _family(name: str) -> Family:
    for family in _FAMILIES:
        if name in family.roots:
            return family
    known = ", ".join(family.name for family in _FAMILIES)
    raise Unreadable(
        f"is XML of a kind that is not read (its root element is {name[:40]!r}); "
        f"read are {known}: save it as one of these, or as a web page"
    )


def _with_first_heading(metadata: Metadata, blocks: tuple[Block, ...]) -> Metadata:
    title = next((block.text for block in blocks if block.kind is Kind.HEADING), "")
    origins = {**metadata.origins, "title": "first heading"} if title else metadata.origins
    return replace(metadata, title=title, origins=origins)


def _without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """`blocks` without the first heading or paragraph that says nothing but the title."""
    at = next((i for i, b in enumerate(blocks) if same_words(b.text, title)), len(blocks))
    opens = all(block.kind is not Kind.HEADING for block in blocks[:at])
    if at == len(blocks) or not opens or blocks[at].label or not blocks[1:]:
        return blocks
    return (*blocks[:at], *blocks[at + 1 :])
