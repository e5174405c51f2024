"""The text of a block with signs in place of notes' marks in; the text, and where each was, out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.document import Kind, NoteMark
from indexer.readers.html.found import Found

HERE = "\ufdd0"  # stands for the mark of a note: no text may have this sign
LOOSE = "?"  # before a mark that links to nothing, in the place of an anchor
_SUPERSCRIPT = str.maketrans("0123456789+-−()n", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁽⁾ⁿ")
_EXPONENT = re.compile(r"[+−-]?\d{1,3}")
_LOOSE = re.compile(r"[\[(]?(\d{1,3}|[*†‡]{1,3})[\])]?(?:\s?[,;]\s?\d{1,3})*")
_ONE = re.compile(r"\d{1,3}|[*†‡]{1,3}")
_UNITS = "(?:[a-zµµ]|[cmkdnhµ]m|ft|in|yd|mi|ha|sec|km)"
_MEASURE = re.compile(rf"(?<![^\W\d_]){_UNITS}$")
_BEFORE_SIGN = re.compile(r"^\s+(?=[.,;:!?)\]”»])")


def placed(text: str, anchors: Sequence[str]) -> tuple[str, tuple[NoteMark, ...]]:
    """`text` without the signs that stand for marks, and the marks at their places."""
    plain, marks = "", []
    for at, piece in enumerate(text.split(HERE)):
        rest = piece
        if at:
            is_apart = plain != plain.rstrip()
            plain = plain.rstrip()
            if anchors[at - 1]:
                marks.append(NoteMark(len(plain), anchors[at - 1]))
            rest = _BEFORE_SIGN.sub("", piece)
            rest = f" {rest}" if is_apart and rest[:1].isalnum() else rest
        plain += rest
    return plain.strip(), tuple(marks)


_NOTE_OPENING = re.compile(
    r"\^?\s*(?:[\[(（]\s?(?P<in>\w{1,4}|[*†‡§¶#]{1,4})\s?[\])）]|(?P<bare>\d{1,4}|[*†‡§¶#]{1,4})(?=[\s.:)]))"
    r"[.:)]?\s*"
)
_WAY_BACK = re.compile(r"(?<!\s)\s*+[↩⏎↑↵⤴^]\ufe0e?$")


def note_text(text: str, mark: str) -> tuple[str, str]:
    """The mark of a note and its text, without the mark that it opens with and the way back."""
    text = _WAY_BACK.sub("", text)
    found = _NOTE_OPENING.match(text)
    if not found:
        return mark, text
    said = found["in"] or found["bare"]
    if mark and said != mark:
        return mark, text
    return said, text[found.end() :]


def is_said(text: str) -> bool:
    """Whether there is a letter or a digit in `text`."""
    return any(map(str.isalnum, text))


def raised(text: str, before: str) -> str:
    """What a raised `text` without a link is, right behind `before`: a power, or a note's mark.

    Gives the text to go on with; a mark is `HERE` with a sign. Other raised text stays (5th).
    """
    found = _LOOSE.fullmatch(text)
    end = before.rstrip()[-1:]
    if _EXPONENT.fullmatch(text) and (end.isdecimal() or _MEASURE.search(before[-6:])):
        return text.translate(_SUPERSCRIPT)
    if found and (end.isalpha() or end in ".,;:!?)]”’\"'»。，"):
        return HERE
    return text


def loose_marks(text: str) -> list[str]:
    """The marks that a raised `text` without links may be: `1`, `1, 2`, `*`."""
    return _ONE.findall(text) if _LOOSE.fullmatch(text) else []


def resolved(found: Sequence[Found]) -> list[Found]:
    """`found`, in which raised numbers are linked with the blocks that open with the same one."""
    if not any(each.raised or each.block.note_marks for each in found):
        return list(found)
    chosen = list(found)
    waiting: dict[str, list[int]] = {}  # mark → the blocks that open with it
    for at in range(len(chosen) - 1, -1, -1):
        each = chosen[at]
        if any(mark.anchor.startswith(LOOSE) for mark in each.block.note_marks):
            marks = tuple(
                NoteMark(mark.place, anchor)
                for mark in each.block.note_marks
                if (anchor := _anchor(mark, waiting, chosen))
            )
            chosen[at] = each._replace(block=replace(each.block, note_marks=marks))
        if each.raised:
            waiting.setdefault(each.raised, []).append(at)
    return [_unmarked(each) for each in chosen]


def _anchor(mark: NoteMark, waiting: dict[str, list[int]], chosen: list[Found]) -> str:
    """The anchor of the note that a loose mark calls for: the next block that opens with it."""
    if not mark.anchor.startswith(LOOSE):
        return mark.anchor
    places = waiting.get(mark.anchor[len(LOOSE) :])
    if not places:
        return ""
    at = places[-1]
    note = chosen[at]
    anchor = note.block.anchor if note.block.anchor.endswith(note.raised) else f"note-{at}"
    block = replace(note.block, kind=Kind.NOTE, level=0, label=note.raised, anchor=anchor)
    chosen[at] = note._replace(block=block)
    return anchor


def _unmarked(found: Found) -> Found:
    """A block that opens with a raised number and is no note has the number in its text."""
    if not found.raised or found.block.kind is Kind.NOTE:
        return found
    return found._replace(block=replace(found.block, text=f"{found.raised} {found.block.text}"))
