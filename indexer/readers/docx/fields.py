"""Reduces the fields of a Word document to what they show, and LISTNUM fields to their numbers."""

import re
import shlex
from dataclasses import dataclass, field

from lxml import etree

from indexer.readers.docx.parts import value, w

LISTNUM = "listnum"  # the element that stands for a number which such a field counts

_CODES = re.compile(r"\s*LISTNUM\b(.*)", re.IGNORECASE | re.DOTALL)
_SEEN = tuple(map(w, ("t", "tab", "ptab", "br", "cr", "sym", "noBreakHyphen")))


@dataclass(slots=True)
class _Field:
    """A field that is open: its code so far, what shows within it, whether its result has begun."""

    code: list[str] = field(default_factory=list)
    within: list[etree._Element] = field(default_factory=list)
    has_result: bool = False


def reduce_fields(root: etree._Element) -> None:
    """Takes out what the codes of fields hold, the results of fields in them too.

    A `LISTNUM` field, which has no result, leaves an element `LISTNUM` with its list, level and
    start. Of a field that never ends nothing is taken out.
    """
    opened: list[_Field] = []
    hidden: list[etree._Element] = []
    for element in root.iter(w("fldChar"), w("instrText"), *_SEEN):
        if element.tag == w("fldChar"):
            hidden += _field_char(element, opened)
        elif element.tag == w("instrText"):
            if opened:
                opened[-1].code.append(element.text or "")
        elif outer := next((each for each in opened if not each.has_result), None):
            outer.within.append(element)
    for element in hidden:
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)


def _field_char(element: etree._Element, opened: list[_Field]) -> list[etree._Element]:
    """Opens or closes a field; what a field that ends has hidden."""
    kind = value(element, name="fldCharType")
    if kind == "begin":
        opened.append(_Field())
    elif kind == "separate" and opened:
        opened[-1].has_result = True
    elif kind == "end" and opened:
        ended = opened.pop()
        code = _CODES.match("".join(ended.code))
        if code and not opened:
            element.addnext(_listnum(code[1]))
        return ended.within
    return []


def _listnum(code: str) -> etree._Element:
    r"""The element for a field with this code: a name, `\l` and a level, `\s` and a start."""
    found = etree.Element(w(LISTNUM))
    words = iter(_words(code))
    for word in words:
        if word.lower() in ("\\l", "\\s"):
            found.set(w("level" if word.lower() == "\\l" else "start"), next(words, ""))
        elif not word.startswith("\\") and not value(found, name="name"):
            found.set(w("name"), word)
    return found


def _words(code: str) -> list[str]:
    lexer = shlex.shlex(code, posix=False)
    lexer.whitespace_split = True
    lexer.quotes, lexer.commenters, lexer.escape = '"', "", ""
    try:
        return [word.strip('"') for word in lexer]
    except ValueError:  # a quotation mark that is not closed
        return code.split()
