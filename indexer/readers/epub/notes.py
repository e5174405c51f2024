"""The chapters of a book in; the same with notes that stand in another chapter marked as such.

A link to a note says so itself (`epub:type`), or is raised. Where the note stands in another
chapter, that one alone could not tell.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from urllib.parse import unquote

from lxml import etree

_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"
_NOTES = ("footnote", "endnote", "rearnote", "note")
_MARK = re.compile(r"[\[(]?\s*(?:\w{1,4}|[*†‡§]{1,3})\s*[\])]?")
_BACK = re.compile(r"[\[(]?\s*[\^↩⏎↑↵]{1,3}\ufe0e?\s*[\])]?")


def link_notes(chapters: Mapping[str, etree._Element]) -> None:
    """Marks the notes of the book, in place; `chapters` by the names of their members."""
    for body in chapters.values():
        for element in body.iter(etree.Element):
            kinds = element.get(_EPUB_TYPE, "").split()
            if any(kind in _NOTES for kind in kinds):
                element.set("role", "doc-footnote")
    for name, body in chapters.items():
        for link in body.iter("{*}a"):
            _link(link, name, chapters)


def _link(link: etree._Element, name: str, chapters: Mapping[str, etree._Element]) -> None:
    path, _, anchor = unquote(link.get("href", "")).partition("#")
    if not anchor or ":" in path:
        return
    other = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    says = "noteref" in link.get(_EPUB_TYPE, "").split()
    if says:
        link.set("role", "doc-noteref")
    if other == name:
        link.set("href", f"#{anchor}")
    elif other in chapters and (says or _is_raised(link)):
        note = next((e for e in chapters[other].iter(etree.Element) if e.get("id") == anchor), None)
        if note is None or _is_back(link):
            return
        link.set("role", "doc-noteref")
        link.set("href", f"#{posixpath.basename(other)}#{anchor}")
        note.set("role", "doc-footnote")
        _drop_ways_back(note)


def _is_raised(link: etree._Element) -> bool:
    if not _MARK.fullmatch(_text(link)):
        return False
    around = link.getparent()
    names = [etree.QName(e).localname for e in _elements(link)]
    return "sup" in names or (around is not None and etree.QName(around).localname == "sup")


def _is_back(link: etree._Element) -> bool:
    return any(each.get("role") == "doc-footnote" for each in link.iterancestors())


def _drop_ways_back(note: etree._Element) -> None:
    for link in list(note.iter("{*}a")):
        if link is not note and "#" in link.get("href", "") and _BACK.fullmatch(_text(link)):
            for child in list(link):
                link.remove(child)
            link.text = ""


def _elements(element: etree._Element) -> Iterator[etree._Element]:
    yield from element.iter(etree.Element)


def _text(element: etree._Element) -> str:
    return "".join(element.itertext()).strip()
