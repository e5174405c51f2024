"""The XML of a Word document's part in; the same with all text where it shows, none that does not.

Fields, links, revisions, text boxes, formulas and notes become plain runs and paragraphs, which is
all that mammoth reads without loss.
"""

from lxml import etree

from indexer.readers.common.numerals import numeral
from indexer.readers.docx.parts import prefixed, value, w

LABEL = "label"  # the style of a run that holds the number of its paragraph

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = tuple(map(w, ("p", "r", "t", "tbl")))
_UNSEEN_WHERE = (
    ".//w:tr[w:trPr/w:del]",
    ".//w:del[not(parent::w:rPr)]",  # in there it is the paragraph's end that is deleted
    ".//w:moveFrom",
    ".//w:sdt[w:sdtPr/w:showingPlcHdr]",  # "Click here to enter text"
    ".//w:sym[translate(@w:char, '0123456789ABCDEFabcdef', '') or not(@w:char)]",
)
_UNSEEN = (
    *("sdtPr", "sdtEndPr", "rt", "instrText", "fldChar", "fldData", "commentReference"),
    *("footnoteRef", "endnoteRef", "pPrChange", "rPrChange"),
    *("tblPr", "trPr", "tcPr"),  # a cell that is merged with the one above stays as an empty one
)
_WRAPPERS = (
    *("ins", "moveTo", "hyperlink", "smartTag", "customXml", "fldSimple", "dir", "bdo"),
    *("sdt", "sdtContent", "ruby", "rubyBase"),
)


def unfold(root: etree._Element) -> None:
    """Puts what is wrapped in fields, links, boxes and revisions where it shows."""
    for path in _UNSEEN_WHERE:
        for element in prefixed(root, path):
            remove(element)
    etree.strip_elements(root, *map(w, _UNSEEN), with_tail=False)
    _choose_alternatives(root)
    _move_boxes_out(root)
    _unfold_formulas(root)
    etree.strip_elements(root, *map(w, ("drawing", "pict", "object")), with_tail=False)
    etree.strip_tags(root, *map(w, _WRAPPERS))
    names = {str(element.tag) for element in root.iter(etree.Element)}
    foreign = [name for name in names if not name.startswith(w(""))]  # pictures and the like
    etree.strip_elements(root, *foreign, with_tail=False)
    for line_end in root.iter(w("br"), w("cr")):
        line_end.tag = w("br")
        line_end.attrib.clear()  # mammoth would drop the end of a page without a trace


def append_notes(
    body: etree._Element, footnotes: etree._Element, endnotes: etree._Element
) -> list[etree._Element]:
    """Puts the notes that the text refers to behind it; their elements.

    They are numbered as the references to them are, which become [1], [2].
    """
    foot = _referenced(body, footnotes, "footnote", "decimal")
    end = _referenced(body, endnotes, "endnote", "lowerRoman" if foot else "decimal")
    body.extend([*foot, *end])
    return [*foot, *end]


def put_label(paragraph: etree._Element, label: str) -> None:
    """Puts `label` in front of the paragraph, as its number and no part of its text."""
    run = _run(label)
    run.insert(0, new("rPr"))
    etree.SubElement(run[0], w("rStyle")).set(w("val"), LABEL)
    _put_in_front(paragraph, run)


def put_text(paragraph: etree._Element, text: str) -> None:
    """Puts `text` and a space in front of the paragraph's text."""
    _put_in_front(paragraph, _run(f"{text} "))


def properties(style: str) -> etree._Element:
    """The properties of a paragraph that say nothing but its style, which may be none."""
    found = new("pPr")
    if style:
        etree.SubElement(found, w("pStyle")).set(w("val"), style)
    return found


def new(name: str) -> etree._Element:
    """A new element of WordprocessingML."""
    return etree.Element(w(name))


def remove(element: etree._Element) -> None:
    """Takes `element` out of its tree, if it is still in one."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _choose_alternatives(root: etree._Element) -> None:
    """Keeps the first alternative that has text; the others say the same for older programs."""
    names = [f"{_ALTERNATIVES}{name}" for name in ("AlternateContent", "Choice", "Fallback")]
    for alternatives in list(root.iter(names[0])):
        with_text = [a for a in alternatives if next(a.iter(*_TEXT), None) is not None]
        for other in [a for a in alternatives if a not in with_text[:1]]:
            alternatives.remove(other)
    etree.strip_tags(root, *names)


def _move_boxes_out(root: etree._Element) -> None:
    """Puts the paragraphs of text boxes behind the paragraph that they are anchored in."""
    for box in reversed(list(root.iter(w("txbxContent")))):
        anchor = next(box.iterancestors(w("p")), None)
        if anchor is not None:
            for content in reversed(box):
                anchor.addnext(content)


def _unfold_formulas(root: etree._Element) -> None:
    for element in [e for e in root.iter(f"{_MATH}*") if e.tag.endswith("Pr")]:
        remove(element)
    for name in ("r", "t"):
        for element in root.iter(f"{_MATH}{name}"):
            element.tag = w(name)
    etree.strip_tags(root, f"{_MATH}*")


def _referenced(
    body: etree._Element, notes: etree._Element, name: str, style: str
) -> list[etree._Element]:
    """What the notes hold that `body` refers to; the references become [1], [2]."""
    waiting = {value(note, name="id"): note for note in notes.iter(w(name))}
    found: list[etree._Element] = []
    mark = 0
    for reference in list(body.iter(w(f"{name}Reference"))):
        note = waiting.pop(value(reference, name="id"), None)
        if note is None:
            continue
        if not value(reference, name="customMarkFollows"):  # which stands in the text itself
            mark += 1
            reference.addnext(_text(f"[{numeral(mark, style)}]"))
            for first in note.findall(w("p"))[:1]:
                put_label(first, f"Note {numeral(mark, style)}")
        found += list(note)
    etree.strip_elements(body, w(f"{name}Reference"), with_tail=False)
    return found


def _put_in_front(paragraph: etree._Element, run: etree._Element) -> None:
    paragraph.insert(len(paragraph.findall(w("pPr"))), run)


def _run(text: str) -> etree._Element:
    run = new("r")
    run.append(_text(text))
    return run


def _text(text: str) -> etree._Element:
    element = new("t")
    element.text = text
    return element
