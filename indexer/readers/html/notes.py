"""The tree of a web page in; its footnotes and endnotes, and what calls for each, out."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from indexer.readers.html.elements import BLOCKS, CELLS
from indexer.readers.html.tree import above, attribute, tidy

MARK = re.compile(r"[\[(（]?\s?(\d{1,4}|[*†‡§¶#]{1,4}|[a-z]|[ivxl]{2,6})\s?[\])）]?", re.IGNORECASE)
_CALLS = re.compile(r"(?:foot|end)?note[-_]?(?:ref|anc|call|mark)|fn[-_]?ref|doc-noteref|noteref")
_NOTE_ROLES = ("doc-footnote", "doc-endnote", "note")
_LONGEST_NOTE = 4_000  # characters
_LONGEST = 16  # characters of a mark that is said to be one
_NEAR = 3  # elements around a link that may have its id or its class


@dataclass(slots=True)
class Notes:
    """Notes by the identity of their elements.

    `calls` has the elements that call for a note, with its anchor (empty where the page has none);
    `notes` has the notes, with anchor and mark; `back` the names that links back lead to.
    """

    calls: dict[int, str] = field(default_factory=dict)
    notes: dict[int, tuple[str, str]] = field(default_factory=dict)
    terms: set[int] = field(default_factory=set)  # that hold but the mark of the note after them
    back: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.calls or self.notes or self.terms or self.back)


def find_notes(root: LexborNode) -> Notes:
    """The notes in `root`: what marks link to, and what is said to be one."""
    found = Notes()
    places: dict[str, LexborNode] = {}
    for link in root.css("a[href^='#']"):
        text = tidy(link.text())
        mark = MARK.fullmatch(text)
        if not mark and not (attribute(link, "role") == "doc-noteref" and len(text) <= _LONGEST):
            continue
        places = places or _places(root)
        _add(found, link, mark[1] if mark else text, places)
    for role in _NOTE_ROLES[:2]:
        for note in root.css(f"[role={role}]"):
            found.notes.setdefault(note.mem_id, (attribute(note, "id"), ""))
    return found


def _places(root: LexborNode) -> dict[str, LexborNode]:
    places: dict[str, LexborNode] = {}
    for node in root.css("[id], a[name]"):
        for name in (attribute(node, "id"), attribute(node, "name")):
            if name not in places or _is_said_to_be_note(node):  # some pages use a name twice
                places[name] = node
    return places


def _is_said_to_be_note(node: LexborNode) -> bool:
    return attribute(node, "role") in _NOTE_ROLES


def _add(found: Notes, link: LexborNode, mark: str, places: dict[str, LexborNode]) -> None:
    if any(each.mem_id in found.notes for each in above(link)):
        return  # the link back from a note
    name = attribute(link, "href")[1:]
    target, own = places.get(name), _own_names(link)
    if target is None:
        if _is_raised(link):
            found.calls[link.mem_id] = name if _says_that_it_calls(link) else ""
        return
    note = _block(target)
    if note is None or not (_is_raised(link) or _links_back(note, own)):
        return
    if any(each.mem_id == note.mem_id for each in above(link)) or _is_no_note(note):
        if _says_that_it_calls(link):
            found.calls[link.mem_id] = ""
        return
    if note.tag == "dt":
        note = _described(note, found)
    found.calls[link.mem_id] = name
    found.notes.setdefault(note.mem_id, (name, mark))
    found.back |= own


def _own_names(link: LexborNode) -> set[str]:
    names = {attribute(link, "id"), attribute(link, "name")}
    return names.union(attribute(each, "id") for each in _around(link)) - {""}


def _around(link: LexborNode) -> Iterator[LexborNode]:
    for _, each in zip(range(_NEAR), above(link), strict=False):
        if each.tag in BLOCKS:
            return
        yield each


def _says_that_it_calls(link: LexborNode) -> bool:
    return any(
        _CALLS.search(f"{attribute(each, 'class')} {attribute(each, 'role')}".lower())
        for each in (link, *_around(link))
    )


def _is_raised(link: LexborNode) -> bool:
    if any(each.tag == "sup" for each in _around(link)) or link.css_first("sup, .super"):
        return True
    return _says_that_it_calls(link)


def _block(target: LexborNode) -> LexborNode | None:
    """The block that `target` is or stands in; a row for one of its cells."""
    block = next((each for each in (target, *above(target)) if each.tag in BLOCKS), None)
    if block is not None and block.tag in CELLS:
        return next((each for each in above(block) if each.tag == "tr"), block)
    return block


def _links_back(note: LexborNode, names: set[str]) -> bool:
    hrefs = (attribute(each, "href")[1:] for each in note.css("a[href^='#']"))
    return any(href in names for href in hrefs)


def _is_no_note(note: LexborNode) -> bool:
    """Whether a target is too much to be a note: a section, say, or the whole page."""
    if note.tag in ("body", "html", "main", "article", "table", "ol", "ul", "dl"):
        return True
    return len(note.text()) > _LONGEST_NOTE or note.css_first("h1, h2, h3, h4") is not None


def _described(term: LexborNode, found: Notes) -> LexborNode:
    """The text beside a term that only holds a note's mark."""
    after = term.next
    while after is not None and after.tag != "dd":
        if after.tag == "dt":
            return term
        after = after.next
    if after is None:
        return term
    found.terms.add(term.mem_id)
    return after
