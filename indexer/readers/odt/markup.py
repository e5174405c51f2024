"""The body of an OpenDocument text in; the same as HTML, with its numbers as `data-num`, out."""

from dataclasses import dataclass

from lxml import etree

from indexer.readers.odt.numbering import TEXT, Numbering
from indexer.readers.odt.styles import Styles

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_BOX = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_PARAGRAPH, _HEADING, _LIST, _ITEM, _NOTE = (
    f"{TEXT}{name}" for name in ("p", "h", "list", "list-item", "note")
)
_CELL = f"{_TABLE}table-cell"
_NOTES = "Notes"  # the heading over the notes
_DEEPEST_HEADING = 6
_INDEXES = tuple(
    f"{TEXT}{name}"
    for name in (
        *("table-of-content", "illustration-index", "table-index", "object-index"),
        *("user-index", "alphabetical-index"),
    )
)
_DROPPED = "dropped"
_UNSEEN = (
    *(f"{TEXT}{n}" for n in ("tracked-changes", "hidden-text", "ruby-text", "sequence-decls")),
    *(f"{TEXT}{n}" for n in ("variable-decls", "user-field-decls")),
    *(f"{_OFFICE}{n}" for n in ("annotation", "forms", "binary-data", "event-listeners")),
    *(f"{_TABLE}covered-table-cell", f"{_SVG}desc", f"{_SVG}title", *_INDEXES, _DROPPED),
)
_NAMES = {
    _PARAGRAPH: "p",
    _LIST: "ul",
    _ITEM: "li",
    _CELL: "td",
    f"{TEXT}list-header": "li",
    f"{TEXT}line-break": "br",
    **dict.fromkeys((f"{TEXT}bookmark", f"{TEXT}bookmark-start"), "a"),
    f"{_TABLE}table": "table",
    f"{_TABLE}table-row": "tr",
}
_SPACES = (f"{TEXT}s", f"{TEXT}tab")
_ATTRIBUTES = ("id", "data-num", "role", "href")


@dataclass(frozen=True, slots=True)
class Html:
    """A document as HTML, its notes behind it; `doubts` are for a curator to know."""

    text: str
    has_notes: bool
    title: str
    doubts: tuple[str, ...]


def to_html(body: etree._Element, styles: Styles, numbering: Numbering) -> Html:
    """The `office:text` element `body` as HTML; it is changed on the way."""
    doubts = _drop_unseen(body, styles)
    titles = (_text(p) for p in body.iter(_PARAGRAPH) if styles.is_a(p, "Title"))
    title = next(filter(None, titles), "")
    _move_boxes_out(body)
    notes = _cut_notes(body)
    for part in (body, notes):
        for outermost in part.iter(_LIST):
            if next(outermost.iterancestors(_LIST), None) is None:
                _number_list(outermost, styles, numbering)
        for heading in part.iter(_HEADING):
            _number_heading(heading, styles, numbering)
        _rename(part, styles)
    text = _serialised(body) + (_serialised(notes) if len(notes) else "")
    return Html(text, bool(len(notes)), title, doubts)


def _drop_unseen(body: etree._Element, styles: Styles) -> tuple[str, ...]:
    indexes = sum(len(list(index.iter(_PARAGRAPH))) for index in body.iter(*_INDEXES))
    hidden = [e for e in body.iter(f"{TEXT}section") if e.get(f"{TEXT}display") == "none"]
    hidden += [e for e in body.iter(f"{TEXT}span", _PARAGRAPH, _HEADING) if styles.hides(e)]
    for element in hidden:
        element.tag = _DROPPED
    etree.strip_elements(body, *_UNSEEN, with_tail=False)
    return (f"left out tables of contents and indexes of {indexes} lines",) if indexes else ()


def _move_boxes_out(body: etree._Element) -> None:
    """Puts the paragraphs of text boxes behind the paragraph that they are anchored in."""
    for box in reversed(list(body.iter(_BOX))):
        anchor = next(box.iterancestors(_PARAGRAPH, _HEADING), None)
        if anchor is not None:
            for content in reversed(box):
                anchor.addnext(content)


def _cut_notes(body: etree._Element) -> etree._Element:
    """The footnotes and endnotes under a heading; in the text a link stays in place of each."""
    notes = etree.Element("section")
    for count, note in enumerate(list(body.iter(_NOTE)), start=1):
        if not len(notes):
            etree.SubElement(notes, "h1").text = _NOTES
        mark = _text(note.find(f"{TEXT}note-citation"))
        anchor = note.get(f"{TEXT}id") or f"note-{count}"
        content = etree.SubElement(notes, "div", id=anchor, role="doc-footnote")
        content.extend(note.findall(f"{TEXT}note-body/*"))
        for child in list(note):
            note.remove(child)
        note.text = None
        etree.SubElement(note, "a", role="doc-noteref", href=f"#{anchor}").text = mark
    return notes


def _number_list(outermost: etree._Element, styles: Styles, numbering: Numbering) -> None:
    counts = numbering.open_list(outermost)
    for item in outermost.iter(_ITEM):
        first = next(iter(item), None)
        if first is None or first.tag not in (_PARAGRAPH, _HEADING):
            continue  # it only carries the items of a deeper list on
        around = list(item.iterancestors(_LIST))
        named = (each.get(f"{TEXT}style-name") for each in around)
        style = next(filter(None, named), None) or styles.list_style(first) or ""
        start = item.get(f"{TEXT}start-value", "")
        label = numbering.item(style, len(around), counts, start)
        if label and (first.tag == _HEADING or _is_in_table(item)):
            first.text = f"{label} {first.text or ''}"
        elif label:
            item.set("data-num", label)


def _number_heading(heading: etree._Element, styles: Styles, numbering: Numbering) -> None:
    is_in_list = next(heading.iterancestors(_LIST), None) is not None
    if is_in_list or styles.list_style(heading) == "":
        return
    if label := numbering.heading(heading, _level(heading)):
        heading.text = f"{label} {heading.text or ''}"


def _rename(part: etree._Element, styles: Styles) -> None:
    """Gives the elements their names in HTML; those that HTML does not need leave their text."""
    for element in part.iter(etree.Element):
        if element.tag in _SPACES:
            element.text = " "
        kept = {n: v for n, v in element.attrib.items() if n in _ATTRIBUTES}
        name = element.get(f"{TEXT}name", "")
        element.tag = _name(element, styles)
        if element.tag == "a" and name and not name.startswith("_"):  # which programs give
            kept["id"] = name
        element.attrib.clear()
        element.attrib.update(kept)
    part.tag = "section"
    etree.strip_tags(part, *{e.tag for e in part.iter(etree.Element) if e.tag.startswith("{")})
    etree.cleanup_namespaces(part)


def _name(element: etree._Element, styles: Styles) -> str:
    if element.tag == _HEADING:
        return f"h{_level(element)}"
    if element.tag == _PARAGRAPH and styles.is_a(element, "Quotations"):
        return "blockquote"
    if element.tag == f"{TEXT}span" and styles.raises(element):
        return "sup"
    return _NAMES.get(str(element.tag), str(element.tag))


def _level(heading: etree._Element) -> int:
    level = heading.get(f"{TEXT}outline-level", "1")
    return min(max(int(level), 1), _DEEPEST_HEADING) if level.isdecimal() else 1


def _is_in_table(element: etree._Element) -> bool:
    return next(element.iterancestors(_CELL), None) is not None


def _text(element: etree._Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _serialised(element: etree._Element) -> str:
    return str(etree.tostring(element, method="html", encoding="unicode"))
