"""An edition of a document in, the same as Akoma Ntoso 3.0 out, valid by its strict schema.

Ids of passages are `eId` and `wId` alike: here an id is given once, and never to another passage.
The standard: https://docs.oasis-open.org/legaldocml/akn-core/v1.0/akn-core-v1.0-part1-vocabulary.html
"""

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby

from lxml import etree

from indexer.address import Address
from indexer.citing.languages import three_letters
from indexer.citing.source import cited_names, title_of
from indexer.document import Edition, Kind, Passage
from indexer.held import Reading
from indexer.printed import legal

MEDIA, SUFFIX = "application/akn+xml", "akn"

_SPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_US, _US_NAME = "#pilcrow", "Pilcrow"
_NOWHERE, _NO_LANGUAGE, _NO_DATE = "zz", "und", "0001-01-01"  # of CLDR, ISO 639-3, and XML Schema
_DATES = {4: ("year", "-01-01"), 7: ("month", "-01"), 10: ("issued", "")}  # by how much is known
_JOINED = (Kind.ITEM, Kind.ROW)  # kinds of which those next to each other are one list or table
_CELL = " | "  # between the cells of a row, as the readers have it
_DEPTH = 100  # headings within each other

Place = Callable[[Address], str]  # the whole address of a page


def written(reading: Reading, editions: Sequence[Edition], place: Place) -> bytes:
    """The document in its edition; `editions` are all up to it, for its life cycle.

    Signs that no XML can have become the sign for what is unknown.
    """
    root = etree.Element("akomaNtoso", nsmap={None: _SPACE})
    doc = etree.SubElement(root, "doc", name="document")
    _describe(doc, reading, editions, place)
    _preface(doc, reading)
    body = etree.SubElement(doc, "mainBody")
    if language := reading.document.metadata.language:
        body.set(_LANGUAGE, legal(language))
    _Body(reading).fill(body)
    # Named here once: an element made with its namespace would take three times as long.
    for element in root.iter():
        element.tag = f"{{{_SPACE}}}{element.tag}"
    etree.cleanup_namespaces(root, top_nsmap={None: _SPACE})
    made: bytes = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    return made


class _Body:
    """The passages, below their headings."""

    def __init__(self, reading: Reading) -> None:
        self._passages = [stored.passage for stored in reading.passages]
        self._language = reading.document.metadata.language
        self._notes = {p.anchor: p for p in self._passages if p.kind is Kind.NOTE and p.anchor}
        self._made = 0

    def fill(self, body: etree._Element) -> None:
        """Puts all passages into `body`."""
        self._below(body, self._passages, 0)
        if not len(body):
            etree.SubElement(body, "p")

    def _below(self, parent: etree._Element, passages: Sequence[Passage], depth: int) -> None:
        """Puts passages that share their first `depth` headings below these."""
        for heading, group in groupby(passages, key=lambda each: _heading(each, depth)):
            if heading is None:
                self._put_all(parent, list(group))
                continue
            section = self._container(parent, "section")
            _add(section, "heading", heading)
            self._below(section, list(group), depth + 1)

    def _put_all(self, parent: etree._Element, passages: Sequence[Passage]) -> None:
        for kind, group in groupby(passages, key=lambda each: each.kind):
            if kind not in _JOINED:
                for passage in group:
                    self._put(parent, passage)
                continue
            content = etree.SubElement(self._container(parent, _NAMES[kind]), "content")
            inside = etree.SubElement(content, _WITHIN[kind], eId=self._own_id(_WITHIN[kind]))
            for passage in group:
                self._put_part(inside, passage)

    def _put(self, parent: etree._Element, passage: Passage) -> None:
        name = _NAMES.get(passage.kind, "paragraph")
        if passage.kind is Kind.PARAGRAPH:
            element = etree.SubElement(parent, "paragraph")
        else:
            element = etree.SubElement(parent, "hcontainer", name=name)
        if passage.kind is Kind.NOTE:
            self._note(element, passage)
            return
        self._identify(element, passage)
        _number(element, passage)
        paragraph = etree.SubElement(etree.SubElement(element, "content"), "p")
        if passage.kind is Kind.QUOTE:
            quoted = etree.SubElement(paragraph, "embeddedStructure")
            paragraph = etree.SubElement(quoted, "p")
        self._text(paragraph, passage)

    def _put_part(self, inside: etree._Element, passage: Passage) -> None:
        """An item of a list, or a row of a table."""
        if passage.kind is Kind.ITEM:
            item = etree.SubElement(inside, "item")
            self._identify(item, passage)
            _number(item, passage)
            self._text(etree.SubElement(item, "p"), passage)
            return
        row = etree.SubElement(inside, "tr")
        self._identify(row, passage)
        text = f"{passage.label} {passage.text}".strip()
        if passage.note_marks and not passage.label:
            self._text(etree.SubElement(etree.SubElement(row, "td"), "p"), passage)
            return
        for cell in text.split(_CELL):
            _add(etree.SubElement(row, "td"), "p", cell)

    def _note(self, element: etree._Element, passage: Passage) -> None:
        paragraph = etree.SubElement(etree.SubElement(element, "content"), "p")
        element.set("eId", self._own_id("note"))
        note = etree.SubElement(paragraph, "authorialNote")
        if passage.label:
            note.set("marker", legal(passage.label))
        self._identify(note, passage)
        _add(note, "p", passage.text)

    def _text(self, element: etree._Element, passage: Passage) -> None:
        """The text of a passage, with the calls of notes where they stand."""
        start, last = 0, None
        for mark in passage.note_marks:
            note = self._notes.get(mark.anchor)
            if note is None:
                continue
            _append(element, last, passage.text[start : mark.place])
            start = mark.place
            last = etree.SubElement(element, "noteRef", href=f"#{note.id}")
            if note.label:
                last.set("marker", legal(note.label))
        _append(element, last, passage.text[start:])

    def _identify(self, element: etree._Element, passage: Passage) -> None:
        element.set("eId", passage.id)
        element.set("wId", passage.id)
        if passage.language and passage.language != self._language:
            element.set(_LANGUAGE, legal(passage.language))

    def _container(self, parent: etree._Element, name: str) -> etree._Element:
        return etree.SubElement(parent, "hcontainer", name=name, eId=self._own_id(name))

    def _own_id(self, name: str) -> str:
        """An id for what has no address here; ids of passages have no `_`."""
        self._made += 1
        return f"{name}__{self._made}"


_NAMES: Mapping[Kind, str] = {
    Kind.ITEM: "list",
    Kind.ROW: "table",
    Kind.QUOTE: "quotation",
    Kind.CODE: "code",
    Kind.NOTE: "note",
}
_WITHIN: Mapping[Kind, str] = {Kind.ITEM: "blockList", Kind.ROW: "table"}


def _heading(passage: Passage, depth: int) -> str | None:
    """The heading at this depth of its path; None where it stands right here."""
    found = passage.heading[depth : depth + 1] if depth < _DEPTH else ()
    return found[0] if found else None


def _describe(
    doc: etree._Element, reading: Reading, editions: Sequence[Edition], place: Place
) -> None:
    document = reading.document
    known = document.metadata
    meta = etree.SubElement(doc, "meta")
    identification = etree.SubElement(meta, "identification", source=_US)
    own, here = place(Address(document.slug)), Address(document.slug, "", document.edition)
    # Some documents say which work of all the world they are.
    work = next((name for name in known.names if name.startswith("/akn/")), own)
    names = cited_names(document)
    at = editions[-1].at if editions else document.changed_at
    element = _frbr(identification, "FRBRWork", work, names, _date(known.date))
    if work != own:
        alias = etree.Element("FRBRalias", value=legal(own), name="address")
        element.find("FRBRuri").addnext(alias)
    _add(element, "FRBRauthor", href="#publisher" if known.publisher else "#unknown")
    _add(element, "FRBRcountry", value=_NOWHERE)
    for name in names:
        _add(element, "FRBRnumber", value=name)
    element = _frbr(identification, "FRBRExpression", place(here), (), ("received", at))
    _add(element, "FRBRauthor", href=_US)
    _add(element, "FRBRlanguage", language=three_letters(known.language) or _NO_LANGUAGE)
    file = f"{place(here)}.{SUFFIX}"
    element = _frbr(identification, "FRBRManifestation", file, (), ("received", at))
    _add(element, "FRBRauthor", href=_US)
    _add(element, "FRBRformat", value=MEDIA)
    if editions:
        lifecycle = etree.SubElement(meta, "lifecycle", source=_US)
        for number, each in enumerate(editions):
            kind = "amendment" if number else "generation"
            event = _add(lifecycle, "eventRef", date=each.at, source=_US, type=kind)
            event.set("eId", f"edition__{each.number}")
    references = etree.SubElement(meta, "references", source=_US)
    shown = {"pilcrow": _US_NAME, "publisher": known.publisher}
    for eid, name in shown.items():
        if name:
            href = f"/ontology/organization/{eid}"
            _add(references, "TLCOrganization", eId=eid, href=href, showAs=name)


def _frbr(
    parent: etree._Element, level: str, place: str, names: Sequence[str], date: tuple[str, str]
) -> etree._Element:
    element = etree.SubElement(parent, level)
    _add(element, "FRBRthis", value=place)
    _add(element, "FRBRuri", value=place)
    for name in names:
        _add(element, "FRBRalias", value=name, name="cited as")
    _add(element, "FRBRdate", date=date[1], name=date[0])
    return element


def _date(known: str) -> tuple[str, str]:
    """How much is known of a date, and a whole one, which the standard wants."""
    name, rest = _DATES.get(len(known), ("unknown", ""))
    whole = f"{known}{rest}"
    return (name, whole) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", whole) else ("unknown", _NO_DATE)


def _preface(doc: etree._Element, reading: Reading) -> None:
    preface = etree.SubElement(doc, "preface")
    _add(etree.SubElement(preface, "p"), "docTitle", title_of(reading.document))
    for name in cited_names(reading.document):
        _add(etree.SubElement(preface, "p"), "docNumber", name)


def _number(element: etree._Element, passage: Passage) -> None:
    if passage.label:
        _add(element, "num", passage.label)


def _add(parent: etree._Element, tag: str, text: str = "", **attributes: str) -> etree._Element:
    made = etree.SubElement(parent, tag, {name: legal(said) for name, said in attributes.items()})
    made.text = legal(text) or None
    return made


def _append(element: etree._Element, last: etree._Element | None, text: str) -> None:
    """Adds text behind the child `last` of an element, or at its beginning."""
    if last is None:
        element.text = legal(text)
    else:
        last.tail = legal(text)
