"""The lines of a document in, its blocks out: headings, paragraphs, items, rows, code. Pure."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from indexer.document import Block, Kind
from indexer.readers.common.bullets import BULLET
from indexer.readers.common.confidence import mean_confidence
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.pdf.joins import Joiner
from indexer.readers.pdf.lines import MARGIN, Line
from indexer.readers.pdf.notes import Anchors
from indexer.readers.pdf.paragraphs import Measure, Paragraph
from indexer.readers.pdf.tables import is_table, table_rows, tables

_LARGER = 1.08  # than the body: a heading
_SMALLER = 0.93  # than the body: a note at the foot of the page
_MARGIN_GAP = 1.8  # sizes of the font: lines of one note in a margin are nearer
_HEADING_LENGTH = 200  # characters
_BOLD_LENGTH = 120
_DEEPEST = 6
_NOTE = re.compile(r"\[?(?:\d{1,3}|[*†‡§¶]{1,3}|[a-z])[\])]?\s+\S")
_NOTE_NUMBER = re.compile(r"\[?(\d{1,3})[\])]?\s")
_LEADERS = re.compile(r"(?:[.·…_]\s*+){4}(?:\d{1,4}|[ivxlc]{1,7})$")
_NUMBER_LINE = re.compile(
    r"(?:chapter|part|annex|appendix|title|section|article|book)\s+(?:\d{1,3}|[IVXLC]{1,7}|[A-Z])[.:]?",
    re.IGNORECASE,
)

_CONTINUED = re.compile(r"␣?\n[^\S\n]*+˓→")  # how Sphinx marks a line of code that it had to break

Style = tuple[float, bool]


def blocks(lines: Sequence[Line]) -> tuple[Block, ...]:
    """The blocks of the document with these `lines`; notes stand after the text of their page."""
    made = _Blocks(lines)
    beside = [line for line in lines if line.column == MARGIN]
    text, notes = _parted([line for line in lines if line.column != MARGIN], made.measure.size)
    below = [_as_note(note, made.of(note)) for note in _each_note(notes)]
    anchors = Anchors(block for note in below for block in note)
    margins = [made.beside(group) for group in _each_in_margin(beside)]
    aside = [*(block for note in below for block in note), *margins]
    merged = _merged(made.of(text), sorted(aside, key=lambda block: block.page))
    return tuple(_with_numbers(map(anchors.resolved, merged)))


def without_contents(lines: Sequence[Line]) -> tuple[list[Line], int]:
    """`lines` without those of a table of contents, and how many those were."""
    kept = [line for line in lines if not _LEADERS.search(line.text)]
    removed = len(lines) - len(kept)
    return (kept, removed) if removed > 2 else (list(lines), 0)  # noqa: PLR2004 (a form's dots)


class _Blocks:
    """Makes blocks of lines, by what all lines of the document have in common."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.measure = Measure(lines)
        self._joiner = Joiner(lines)
        self._levels = self._heading_levels(lines)

    def of(self, lines: Sequence[Line]) -> Iterator[Block]:
        for run in tables(lines):
            if is_table(run):
                yield from self._rows(run)
            else:
                yield from (_read(self._block(each), each) for each in self.measure.paragraphs(run))

    def beside(self, lines: Sequence[Line]) -> Block:
        """A note in a margin."""
        block = Block(Kind.PARAGRAPH, self._joiner.join(lines), page=lines[0].page)
        return _read(block, lines)

    def _heading_levels(self, lines: Sequence[Line]) -> dict[Style, int]:
        found = {_style(p) for p in self.measure.paragraphs(lines) if self._is_heading(p)}
        return {style: min(at, _DEEPEST) for at, style in enumerate(sorted(found)[::-1], start=1)}

    def _rows(self, run: Sequence[Line]) -> Iterator[Block]:
        for row in table_rows(run):
            cells = [self._joiner.join(cell) for cell in row]
            while not cells[-1]:
                cells.pop()
            block = Block(Kind.ROW, " | ".join(cells).strip(), page=run[0].page)
            yield _read(block, [line for cell in row for line in cell])

    def _block(self, paragraph: Paragraph) -> Block:
        page = paragraph[0].page
        if len(paragraph) > 1 and all(line.monospaced for line in paragraph):
            return Block(Kind.CODE, _code(paragraph), page=page)
        text = self._joiner.join(paragraph)
        level = self._levels.get(_style(paragraph), 0)
        if level and self._is_heading(paragraph):
            return Block(Kind.HEADING, text, level=level, page=page)
        if bullet := BULLET.match(text):
            return Block(Kind.ITEM, text[bullet.end() :], level=1, page=page)
        return Block(Kind.PARAGRAPH, text, page=page)

    def _is_heading(self, paragraph: Paragraph) -> bool:
        """Whether its letters set `paragraph` off from the text."""
        length = sum(len(line.text) for line in paragraph)
        first = paragraph[0]
        if first.monospaced or length > _HEADING_LENGTH or not any(map(str.isalpha, first.text)):
            return False
        if first.size > _LARGER * self.measure.size:
            return True
        if (
            not _is_bold(paragraph)
            or first.size < _SMALLER * self.measure.size
            or length > _BOLD_LENGTH
        ):
            return False
        return not ends_sentence(paragraph[-1].text) and not BULLET.match(first.text)


def _read(block: Block, lines: Sequence[Line]) -> Block:
    """`block` with how sure the machine was that read its `lines`, if one did."""
    confidence = mean_confidence((line.confidence, len(line.text)) for line in lines)
    return block if confidence is None else replace(block, confidence=confidence)


def _style(paragraph: Paragraph) -> Style:
    return round(paragraph[0].size * 2) / 2, _is_bold(paragraph)


def _is_bold(paragraph: Paragraph) -> bool:
    return all(line.bold for line in paragraph)


def _parted(lines: Sequence[Line], size: float) -> tuple[list[Line], list[Line]]:
    """The lines of the text, and those of the notes below it."""
    text: list[Line] = []
    notes: list[Line] = []
    for column in _columns(lines):
        at = len(column)
        while at and column[at - 1].size < _SMALLER * size:
            at -= 1
        if at:
            at += _first_note(column[at - 1], column[at:], notes)
            text += column[:at]
            notes += column[at:]
        else:
            text += column
    return text, notes


def _first_note(above: Line, below: Sequence[Line], notes: Sequence[Line]) -> int:
    """Where in the small print `below` the text the notes begin."""
    goes_on = notes and notes[-1].page == above.page - 1 and not ends_sentence(notes[-1].text)
    if goes_on or not ends_sentence(above.text):
        return 0
    return next((at for at, line in enumerate(below) if _NOTE.match(line.text)), len(below))


def _each_note(notes: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each note; they are numbered in sequence."""
    note: list[Line] = []
    for line in notes:
        number = _NOTE_NUMBER.match(line.text)
        last = _NOTE_NUMBER.match(note[0].text) if note else None
        if note and number and (not last or int(number[1]) == int(last[1]) + 1):
            yield note
            note = []
        note.append(line)
    if note:
        yield note


def _each_in_margin(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of each note in a margin, which gaps part."""
    group: list[Line] = []
    for line in lines:
        if group and (
            line.page != group[-1].page
            or not 0 < line.bottom - group[-1].bottom < _MARGIN_GAP * line.size
        ):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _as_note(lines: Sequence[Line], blocks: Iterable[Block]) -> list[Block]:
    """The blocks of a note, the first with its number for a label, all with one anchor."""
    found, number = list(blocks), _NOTE_NUMBER.match(lines[0].text)
    if not number or not found:
        return found
    anchor = f"note-{found[0].page}-{number[1]}"
    text = _NOTE_NUMBER.sub("", found[0].text, count=1)
    first = replace(found[0], text=text, label=number[1])
    return [replace(each, kind=Kind.NOTE, level=0, anchor=anchor) for each in (first, *found[1:])]


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
    column: list[Line] = []
    for line in lines:
        if column and (line.page, line.column) != (column[-1].page, column[-1].column):
            yield column
            column = []
        column.append(line)
    if column:
        yield column


def _merged(text: Iterable[Block], notes: Iterable[Block]) -> Iterator[Block]:
    """The notes of a page before what first begins on a later one."""
    waiting = list(notes)
    for block in text:
        while waiting and waiting[0].page < block.page:
            yield waiting.pop(0)
        yield block
    yield from waiting


def _with_numbers(found: Iterable[Block]) -> Iterator[Block]:
    """Joins a heading such as "Chapter 1" with its title, the heading after it."""
    number: Block | None = None
    for block in found:
        if number and block.kind is Kind.HEADING and not _NUMBER_LINE.fullmatch(block.text):
            text = f"{number.text.rstrip('.:')}: {block.text}"
            yield replace(number, text=text, level=min(number.level, block.level))
            number = None
            continue
        if number:
            yield number
        is_number = block.kind is Kind.HEADING and bool(_NUMBER_LINE.fullmatch(block.text))
        number = block if is_number else None
        if not is_number:
            yield block
    if number:
        yield number


def _code(paragraph: Paragraph) -> str:
    """The lines as they stand, indented by the widths of a character."""
    left = min(line.left for line in paragraph)
    longest = max(paragraph, key=lambda line: len(line.text))
    width = (longest.right - longest.left) / len(longest.text) or 1.0
    lines = (" " * round((line.left - left) / width) + line.text for line in paragraph)
    return _CONTINUED.sub(" ", "\n".join(lines))
