"""Blocks of a page that marks its notes in plain text in; the same with the notes as such out.

Old pages of official journals have "the Commission(1)," in the text, and behind its end, or before
its annexes, a paragraph "(1) OJ C 29, p. 20." for each. These would else be taken for the recitals
(1), (2), or for paragraphs of the last article.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.document import Kind, NoteMark
from indexer.labels import split_label
from indexer.readers.html.found import Found

_NUMBER = re.compile(r"[(\[](\d{1,3})[)\]]")
_BRACKETS = ("(", "[")
_GLUED = re.compile(r"(?<=[^\W\d_]|[”\"»])[(\[](\d{1,3})[)\]](?=[\s.,;:)]|$)")
# How the Official Journal is cited in its languages: OJ L 299, ABl. C 332 E, JO n° C 29.
_JOURNAL = re.compile(r"\b[A-ZÀ-Ž]{1,4}[a-zé]{0,2}\.? (?:n[°º.] )?[CLS] (?:\d|[A-Z] )")
_LEAP = 2  # notes; a mark behind a number cannot be told from a reference
_SHARE = 0.5  # of the notes that must be called for


def with_plain_notes(found: Sequence[Found]) -> list[Found]:
    """`found`, in which runs of numbered paragraphs are notes if the text calls for them.

    A run that ends the page needs calls for half of its notes. One that more text follows, an
    annex say, has to cite journals as notes do; below it, a call for each note is enough.
    """
    chosen, counted, end = list(found), 0, 0
    for start, stop in _runs(found):
        count = stop - start
        calls = _calls(chosen[end:start], count)
        if not _are_notes(found, start, stop, len(calls), is_below=bool(counted)):
            continue
        calls = {number: (at + end, place) for number, (at, place) in calls.items()}
        anchors = {str(n): f"note-{n + counted}" for n in range(1, count + 1)}
        for at in {at for at, _ in calls.values()}:
            chosen[at] = _without_marks(chosen[at], calls, at, anchors)
        for number, at in enumerate(range(start, stop), start=1):
            chosen[at] = _note(found[at], str(number), anchors[str(number)])
        counted, end = counted + count, stop
    return chosen


def _runs(found: Sequence[Found]) -> Iterator[tuple[int, int]]:
    """Where runs of paragraphs (1), (2), (3) begin, and where each of them ends."""
    start = last = 0
    for at, each in enumerate((*found, None)):
        number = _number(each) if each else 0
        if last and number != last + 1:
            yield start, at
        if number == 1:
            start, last = at, 1
        else:
            last = number if last and number == last + 1 else 0


def _are_notes(
    found: Sequence[Found], start: int, stop: int, calls: int, *, is_below: bool
) -> bool:
    count = stop - start
    if not calls:
        return False
    if stop == len(found):
        return calls >= _SHARE * count
    above = found[start - 1].block
    if above.kind is Kind.HEADING or above.text.endswith(":"):
        return False  # paragraphs of an article, or recitals
    journals = sum(bool(_JOURNAL.search(each.block.text)) for each in found[start:stop])
    return journals >= _SHARE * count or (is_below and calls == count)


def _note(found: Found, number: str, anchor: str) -> Found:
    block = found.block
    text = block.text if block.label else split_label(block.text).text
    note = replace(block, kind=Kind.NOTE, level=0, text=text, label=number)
    return found._replace(block=replace(note, anchor=anchor))


def _number(found: Found) -> int:
    block = found.block
    if block.kind not in (Kind.PARAGRAPH, Kind.ITEM):
        return 0
    if not (block.label or block.text.lstrip()).startswith(_BRACKETS):
        return 0  # most have none, and this is asked for every block
    number = _NUMBER.fullmatch(block.label or split_label(block.text).label)
    return int(number[1]) if number else 0


def _calls(found: Sequence[Found], count: int) -> dict[int, tuple[int, int]]:
    """Note → the block that calls for it first and the place there; in their order."""
    calls: dict[int, tuple[int, int]] = {}
    last = 0
    for at, each in enumerate(found):
        for mark in _GLUED.finditer(each.block.text):
            number = int(mark[1])
            if last < number <= min(last + _LEAP, count):
                calls[number], last = (at, mark.start()), number
    return calls


def _without_marks(
    found: Found, calls: dict[int, tuple[int, int]], at: int, anchors: dict[str, str]
) -> Found:
    text, marks, gone = found.block.text, list(found.block.note_marks), 0
    for number, (block, place) in sorted(calls.items()):
        if block == at:
            length = len(f"({number})")
            start = place - gone
            text, gone = text[:start] + text[start + length :], gone + length
            marks.append(NoteMark(start, anchors[str(number)]))
    return found._replace(block=replace(found.block, text=text, note_marks=tuple(sorted(marks))))
