"""The bytes of a Word document in, the XML of its parts out: body, styles, numbering, notes."""

import posixpath
import re

from lxml import etree

from indexer.errors import Unreadable
from indexer.readers.common.archive import Archive, parse_xml

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_EMPTY = f'<w:empty xmlns:w="{_W}"/>'.encode()
_CORE = "core-properties"


def w(path: str) -> str:
    """`path` with its names in the namespace of WordprocessingML: "pPr/numPr" for a find."""
    return "/".join(f"{{{_W}}}{name}" for name in path.split("/"))


def prefixed(root: etree._Element, path: str) -> list[etree._Element]:
    """What the XPath `path`, with its names written as w:p, finds below `root`."""
    return list(root.xpath(path, namespaces={"w": _W}))


def value(element: etree._Element | None, path: str = "", name: str = "val") -> str:
    """The attribute w:`name` of the element at `path` below `element`, or an empty string."""
    found = element.find(w(path)) if element is not None and path else element
    return "" if found is None else str(found.get(w(name), ""))


def number(text: str, default: int) -> int:
    """The number that `text` is, or `default`."""
    return int(text) if re.fullmatch(r"\d{1,9}", text) else default


def is_on(element: etree._Element | None, path: str) -> bool | None:
    """What the switch at `path` says, or None where there is no such switch."""
    found = None if element is None else element.find(w(path))
    return None if found is None else value(found) not in ("0", "false", "off", "none")


class Parts:
    """The parts of a Word document, found by their relationships and not by their usual names."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(data, "DOCX")
        self._main = self._related("", "officeDocument")
        root = self._part(self._main)
        self._names = self._relationships(self._main)
        bodies = root.findall(w("body"))
        if not bodies:
            raise Unreadable("is an Office file but no Word document; save it as DOCX or PDF")
        self.body = bodies[0]
        for other in bodies[1:]:  # which no program should write, and some do
            self.body.extend(list(other))
        self.has_embedded_text = self.body.find(f".//{w('altChunk')}") is not None
        self.styles = self._optional("styles")
        self.numbering = self._optional("numbering")
        self.footnotes = self._optional("footnotes")
        self.endnotes = self._optional("endnotes")

    def core_properties(self) -> etree._Element:
        """The root of the core properties: title, dates, language."""
        name = self._relationships("").get(_CORE, "")
        return self._archive.xml(name) if name in self._archive else parse_xml(_EMPTY)

    def _related(self, base: str, kind: str) -> str:
        name = self._relationships(base).get(kind, "word/document.xml")
        if name not in self._archive:
            raise Unreadable("is a zip file but no Word document; save it as DOCX")
        return name

    def _optional(self, kind: str) -> etree._Element:
        name = self._names.get(kind, "")
        return self._part(name) if name in self._archive else parse_xml(_EMPTY)

    def _part(self, name: str) -> etree._Element:
        data = self._archive.read(name).replace(_STRICT, _W.encode())
        try:
            return parse_xml(data)
        except etree.XMLSyntaxError as error:
            raise Unreadable(f"is damaged at {name} ({error}); save it again") from error

    def _relationships(self, source: str) -> dict[str, str]:
        """Kind → name of the part, for the relationships of the part `source`."""
        folder, file = posixpath.split(source)
        name = posixpath.join(folder, "_rels", f"{file}.rels")
        if name not in self._archive:
            return {}
        related = self._archive.xml(name).iter(_RELATIONSHIP)
        return {
            posixpath.basename(link.get("Type", "")): posixpath.normpath(
                posixpath.join("/", folder, link.get("Target", ""))
            ).lstrip("/")
            for link in related
            if link.get("TargetMode") != "External"
        }
