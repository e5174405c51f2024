"""Walks the tree of an XML document and gathers its blocks, by what its family's elements mean."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from lxml import etree

from indexer.document import Block, Kind, NoteMark
from indexer.readers.common.bullets import SIGNS
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.xml.family import Family
from indexer.readers.xml.notes import HERE, called, marked, target
from indexer.readers.xml.tree import identifier, local, quotation_marks, raised, text_of

_LEVELS = 6  # of headings
_STYLE = re.compile(r"H(?:eading)?([1-6])\d*$|HCh$")  # what a word processor's heading has left
_RAISED = frozenset({"sup", "superscript"})
_LONGEST = 300  # characters of a heading
_LETTER = re.compile(r"[^\W_]")
_WORD = re.compile(r"[^\W\d_]{2}")

_Note = tuple[str, etree._Element | None]  # its anchor, and the note unless it is put already


def walk(root: etree._Element, family: Family) -> tuple[Block, ...]:
    """The blocks of the document in `root`, in reading order; each note follows its text."""
    walking = _Walk(family, called(root, family))
    walking.visit(root, _Place())
    return tuple(walking.blocks)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an element stands: under how many headings and numbers, and in what."""

    headings: int = 0
    numbers: int = 0
    kind: Kind = Kind.PARAGRAPH
    anchor: str = ""
    quoted: bool = False
    listed: bool = False
    joined: bool = False  # whether all text in it is one text, as in a heading or a row


@dataclass(slots=True)
class _Gathered:
    """The text of a block while it is gathered, and the notes that it calls for."""

    texts: list[str] = field(default_factory=list)
    notes: list[_Note] = field(default_factory=list)
    plain: bool = False  # whether there is any text beside furniture


class _Walk:
    def __init__(self, family: Family, targets: dict[str, etree._Element]) -> None:
        self.blocks: list[Block] = []
        self._family = family
        self._targets = targets
        self._known = frozenset(targets)
        self._text = _Gathered()
        self._labels: list[str] = []  # numbers that wait for the text that they number
        self._calls = 0

    def visit(self, element: etree._Element, around: _Place) -> None:
        """Takes in an element that is no inline: what stands before and after it is apart."""
        self._flush(around)
        name, place = local(element), self._place(element, around)
        opening, headings = self._opening(element)
        number = text_of(opening)
        if number in SIGNS:  # a bullet, or nothing
            number = ""
        if name in self._family.headings and not _is_prose(element):
            self._heading(element, [element], place)
            return
        if number:
            self._labels.append(number)
        if headings or (number and self._is_division(element, number)):
            self._heading(element, headings, place)
            place = replace(place, headings=place.headings + 1, numbers=0)
        elif number:
            place = replace(place, numbers=place.numbers + 1)
        self._content(element, place, skipped=[*headings, opening])
        self._flush(place)
        if number and self._labels and not self._is_followed(element):
            self._append(self._take_label(), (), place)

    def _place(self, element: etree._Element, around: _Place) -> _Place:
        family, name = self._family, local(element)
        row = name in family.rows
        return replace(
            around,
            kind=Kind.ROW if row else around.kind,
            anchor=identifier(element) or around.anchor,
            quoted=around.quoted or name in family.quotes,
            listed=around.listed or name in family.items,
            joined=around.joined or row,
        )

    def _opening(
        self, element: etree._Element
    ) -> tuple[etree._Element | None, list[etree._Element]]:
        """The number and the headings that an element opens with, if it does."""
        number, headings = None, []
        for child in element:
            name = local(child)
            if name in self._family.numbers and number is None:
                number = child
            elif name in self._family.headings and name not in self._family.crossheadings:
                headings.append(child)
            elif name and name not in self._family.dropped:
                break
        return number, headings or self._styled(element)

    def _is_division(self, element: etree._Element, number: str) -> bool:
        """Whether the number of an element without a heading is one: that of a part, say."""
        name = local(element)
        has_text = any(text_of(c) for c in element if local(c) not in self._family.numbers)
        if _STYLE.match(element.get("class", "")) and not has_text:
            return True
        return name in self._family.divisions or (name == "section" and number.isalpha())

    def _is_followed(self, element: etree._Element) -> bool:
        """Whether the number of an element without text is that of the text which follows."""
        after = element.getnext()
        while after is not None and not local(after):
            after = after.getnext()
        return after is not None and self._opening(after) == (None, []) and bool(text_of(after))

    def _styled(self, element: etree._Element) -> list[etree._Element]:
        """The text of an element that is a heading by its style alone."""
        if not _STYLE.match(element.get("class", "")):
            return []
        rest = [c for c in element if local(c) and local(c) not in self._family.numbers]
        return rest if len(rest) == 1 and text_of(rest[0]) and not _is_prose(rest[0]) else []

    def _heading(
        self, element: etree._Element, headings: list[etree._Element], place: _Place
    ) -> None:
        """Puts a heading, with its number before it; what follows stands under it."""
        style = _STYLE.match(element.get("class", ""))
        level = min(place.headings + int((style and style[1]) or 1), _LEVELS)
        number = self._take_label()
        self._text.texts.append(f"{number} " if number else "")
        for heading in headings:
            self._content(heading, replace(place, joined=True))
            self._text.texts.append(" ")
        text, marks, notes = self._gathered()
        if text:
            label = self._called(local(element), number)
            self.blocks.append(Block(Kind.HEADING, text, level, label, place.anchor, 0, marks))
        self._put_notes(notes)

    def _called(self, name: str, number: str) -> str:
        """`number` with the word that it is cited by, unless it has one itself."""
        word = self._family.words.get(name, "")
        return f"{word} {number}" if word and number and not _WORD.search(number) else number

    def _content(
        self, element: etree._Element, place: _Place, skipped: Sequence[etree._Element | None] = ()
    ) -> None:
        """Takes in the text and the children of an element."""
        self._add(element.text, element)
        for child in element:
            name = local(child)
            if name and name not in self._family.dropped and child not in skipped:
                self._child(child, name, place)
            self._add(child.tail, element)

    def _child(self, child: etree._Element, name: str, place: _Place) -> None:
        family = self._family
        if name in family.notes or self._is_call(child, name):
            self._call(child, name)
        elif name in family.breaks:
            self._text.texts.append(" ")
        elif name in family.inlines or name in family.numbers:
            self._inline(child, name, place)
        elif place.joined:
            self._cell(child, name, place)
        else:
            self.visit(child, place)

    def _inline(self, element: etree._Element, name: str, place: _Place) -> None:
        before = "".join(self._text.texts[-1:])[-1:]
        if name in self._family.furniture and before.isalnum() and text_of(element)[:1].isalnum():
            self._text.texts.append(" ")  # a date, say, that was marked up without its space
        opening, closing = quotation_marks(element)
        start = len(self._text.texts)
        self._text.texts.append(opening)
        self._content(element, place)
        self._text.texts.append(closing)
        if name in _RAISED:
            self._text.texts[start:] = [raised("".join(self._text.texts[start:]))]

    def _cell(self, element: etree._Element, name: str, place: _Place) -> None:
        is_next = name in self._family.cells and any(map(str.strip, self._text.texts))
        self._text.texts.append(" | " if is_next else " ")
        self._content(element, place)
        self._text.texts.append(" ")

    def _add(self, text: str | None, element: etree._Element) -> None:
        if not text:
            return
        self._text.texts.append(text.replace(HERE, ""))
        if not self._text.plain and text.strip():
            self._text.plain = not self._is_furniture(element)

    def _is_furniture(self, element: etree._Element | None) -> bool:
        while element is not None and local(element) in self._family.inlines:
            if local(element) in self._family.furniture:
                return True
            element = element.getparent()
        return False

    def _is_call(self, element: etree._Element, name: str) -> bool:
        """Whether an element calls for a note; some families call for all with one element."""
        return name in self._family.calls and (
            target(element) in self._known or not text_of(element)
        )

    def _call(self, element: etree._Element, name: str) -> None:
        """Remembers where a note is called for; the note itself follows when the text ends."""
        if name in self._family.notes:
            if identifier(element) in self._known:
                return  # it follows the text that calls for it
            note: etree._Element | None = element
        else:
            note = self._targets.pop(target(element), None)
        self._calls += 1
        anchor = target(element) if note is None else identifier(note)
        self._text.texts.append(HERE)
        self._text.notes.append((anchor or f"note-{self._calls}", note))

    def _flush(self, place: _Place) -> None:
        """Ends the block that is being gathered."""
        plain = self._text.plain
        text, marks, notes = self._gathered()
        if plain and _LETTER.search(text):
            self._append(text, marks, place)
        self._put_notes(notes)

    def _gathered(self) -> tuple[str, tuple[NoteMark, ...], list[_Note]]:
        """What was gathered, and the notes that have not been put yet."""
        gathered, self._text = self._text, _Gathered()
        text, marks = marked("".join(gathered.texts), [anchor for anchor, _ in gathered.notes])
        return text.strip(" |"), marks, gathered.notes

    def _append(self, text: str, marks: tuple[NoteMark, ...], place: _Place) -> None:
        kind, level = place.kind, 0
        if place.quoted:
            kind = Kind.QUOTE
        depth = place.numbers - max(len(self._labels) - 1, 0)
        if kind is Kind.PARAGRAPH and (place.listed or depth > 1):
            kind, level = Kind.ITEM, max(depth, 1)
        label = self._take_label()
        self.blocks.append(Block(kind, text, level, label, place.anchor, 0, marks))

    def _put_notes(self, notes: list[_Note]) -> None:
        for anchor, note in notes:
            if note is None:  # it has been put where it was called for first
                continue
            aside = _Walk(self._family, {})
            number, _ = aside._opening(note)
            aside._content(note, _Place(), skipped=[number])
            aside._flush(_Place())
            label = note.get("marker") or note.get("n") or text_of(number)
            for each in aside.blocks:
                self.blocks.append(Block(Kind.NOTE, each.text, 0, label, anchor))
                label = ""

    def _take_label(self) -> str:
        labels, self._labels = self._labels, []
        return "".join(labels)


def _is_prose(element: etree._Element) -> bool:
    """Whether a text that is marked up as a heading reads as a sentence or a part of one."""
    text = text_of(element)
    return ends_sentence(text) or text.endswith((",", ":", "—", ";")) or len(text) > _LONGEST
