"""Puts the text of a Word document's part where it shows, and takes out what does not show.

Fields, links, revisions, text boxes and formulas become plain runs and paragraphs.
"""

from lxml import etree

from indexer.readers.docx.fields import reduce_fields
from indexer.readers.docx.parts import prefixed, w

_MATH = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_TEXT = tuple(map(w, ("p", "r", "t", "tbl")))
_UNSEEN_WHERE = (
    ".//w:tr[w:trPr/w:del]",
    ".//w:del[not(parent::w:rPr)]",  # in there it is the paragraph's end that is deleted
    ".//w:moveFrom[not(parent::w:rPr)]",
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
    reduce_fields(root)
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
