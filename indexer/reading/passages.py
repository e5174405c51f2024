"""A `Document` in, its passages out: official numbers, heading path, kind and order."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from indexer.document import Block, Document, Kind, NoteMark, Passage
from indexer.labels import label_key, split_label
from indexer.labels.citing import is_rest_of_citation
from indexer.labels.counting import counted
from indexer.labels.headings import heading_part
from indexer.reading.addresses import local_ids
from indexer.reading.lone import with_lone_numbers
from indexer.reading.places import Place, Places, heading_label
from indexer.reading.positions import Numbered, positions
from indexer.reading.quotes import OPENING, within_quotations

_UNLABELLED = (Kind.CODE, Kind.ROW, Kind.NOTE)
_MORE = re.compile(r"\s*[—–-]{1,2}\s?(?=[(（])")
_APART = (Kind.QUOTE, Kind.NOTE)


class _Draft(NamedTuple):
    """What a passage is made of, beside its id; `kind` is missing where it is a mere heading."""

    block: Block
    kind: Kind | None
    label: str
    text: str
    heading: tuple[str, ...]


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of `document` in reading order, without ids.

    Headings become the heading path of what follows. One that nothing follows before the next of
    its rank would be lost to search, so it becomes a passage itself.
    """
    drafts: list[_Draft] = []
    numbered: list[Numbered] = []
    for draft, place in _drafts(with_lone_numbers(document.blocks)):
        drafts.append(draft)
        numbered.append(place)
    found = zip(drafts, positions(numbered), strict=True)
    kept = [(draft, position) for draft, position in found if draft.kind]
    ids = local_ids([position for _, position in kept])
    names = [name or _note_id(draft) for name, (draft, _) in zip(ids, kept, strict=True)]
    times = Counter(names)
    return tuple(
        _passage(draft, order, document.metadata.language, name if times[name] == 1 else "")
        for order, (name, (draft, _)) in enumerate(zip(names, kept, strict=True), start=1)
    )


def _drafts(blocks: Sequence[Block]) -> Iterator[tuple[_Draft, Numbered]]:
    """Each block that is a passage, with the headings and the parts that it stands under."""
    places = Places(blocks)
    path: list[Block] = []
    heading: tuple[str, ...] = ()
    barren = False  # whether the last heading has nothing under it yet
    before = ""  # the paragraph before, in the same part
    for block, is_quoted in zip(blocks, within_quotations(blocks), strict=True):
        if block.kind is not Kind.HEADING:
            barren = False
            yield _draft(block, heading, places, before, is_quoted=is_quoted)
            before = block.text if block.kind is Kind.PARAGRAPH else ""
            continue
        before = ""
        if barren and block.level <= path[-1].level:
            yield _of_heading(block=path[-1], above=heading[:-1], place=places.now)
        path = [each for each in path if each.level < block.level] + [block]
        heading = tuple(each.text for each in path)
        barren = True
        if not is_quoted:
            places.heading(block)
            yield from _heading(block, places.now)
    if barren:
        yield _of_heading(block=path[-1], above=heading[:-1], place=places.now)


def _draft(
    block: Block, heading: tuple[str, ...], places: Places, before: str, *, is_quoted: bool
) -> tuple[_Draft, Numbered]:
    kind = block.kind
    label, text = _labelled(block)
    if not block.label and is_rest_of_citation(before, block.text):
        label, text = "", block.text
    # What is quoted is numbered as in another document.
    is_own = not (is_quoted or kind in _APART)
    if label and (block.label or block.text)[:1] in OPENING:
        is_own = False
    count = counted(label) if label and is_own else None
    if count and count.unit:
        places.label(count.unit, label)
    level = block.level if kind is Kind.ITEM else 0
    may_open = is_own and kind not in _UNLABELLED
    numbered = Numbered(text, places.now, level, count, may_open)
    return _Draft(block, kind, label, text, heading), numbered


def _labelled(block: Block) -> tuple[str, str]:
    """The label of `block` and its text without it.

    Code and rows often open with a number that is no label, and notes have theirs already. What
    the markup numbers may go on in the text, as in "1." and "—(1) These …".
    """
    if block.label and (more := _MORE.match(block.text)):
        label, text = split_label(block.text[more.end() :])
        return (f"{block.label}{label}", text) if label else (block.label, block.text)
    if block.label or block.kind in _UNLABELLED:
        return block.label, block.text
    if block.text[:1] in OPENING:
        label, text = split_label(block.text[1:])
        return (label, block.text[0] + text) if label else ("", block.text)
    return split_label(block.text)


def _heading(block: Block, place: Place) -> Iterator[tuple[_Draft, Numbered]]:
    """What a heading within an article adds to the numbers of the paragraphs below it."""
    is_within = place.units and not heading_part(block.text)
    label = heading_label(block) if is_within else ""
    if label and not (count := counted(label)).unit:
        numbered = Numbered(block.text, place, counted=count, in_heading=True)
        yield _Draft(block, None, label, block.text, ()), numbered


def _of_heading(block: Block, above: tuple[str, ...], place: Place) -> tuple[_Draft, Numbered]:
    """A heading that nothing follows, as a passage."""
    label, text = _labelled(block)
    draft = _Draft(block, Kind.PARAGRAPH, label, text, above)
    return draft, Numbered(text, place, is_heading=True)


def _passage(draft: _Draft, order: int, language: str, natural_id: str) -> Passage:
    block = draft.block
    return Passage(
        order=order,
        kind=draft.kind or block.kind,
        text=draft.text,
        label=draft.label,
        heading=draft.heading,
        language=language,
        anchor=block.anchor,
        page=block.page,
        note_marks=block.note_marks and _moved(block.note_marks, block.text, draft.text),
        confidence=block.confidence,
        natural_id=natural_id,
    )


def _moved(marks: tuple[NoteMark, ...], whole: str, text: str) -> tuple[NoteMark, ...]:
    """Marks of `whole` at their places in `text`, which is its end."""
    before = len(whole.rstrip()) - len(text)
    return tuple(NoteMark(max(0, min(at - before, len(text))), name) for at, name in marks)


def _note_id(draft: _Draft) -> str:
    key = label_key(draft.label) if draft.kind is Kind.NOTE else ""
    return f"note-{key}" if key else ""
