"""A `Document` in, its passages out: official numbers, heading path, kind and order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer.document import Block, Document, Kind, NoteMark, Passage
from indexer.labels import label_key, split_label
from indexer.labels.counting import counted
from indexer.labels.headings import heading_part
from indexer.reading.addresses import local_ids
from indexer.reading.places import Place, Places, heading_label
from indexer.reading.positions import Numbered, positions
from indexer.reading.quotes import within_quotations


@dataclass(frozen=True, slots=True)
class _Draft:
    """A passage without its id, or a numbered heading within an article; and its numbers."""

    passage: Passage | None
    numbered: Numbered


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of `document` in reading order, without ids.

    Headings become the heading path of what follows. One that nothing follows before the next of
    its rank would be lost to search, so it becomes a passage itself.
    """
    drafts = list(_drafts(document.blocks, document.metadata.language))
    found = positions([draft.numbered for draft in drafts])
    passages = [draft.passage for draft in drafts]
    kept = [(p, at) for p, at in zip(passages, found, strict=True) if p]
    ids = local_ids([position for _, position in kept])
    ids = [name or _note_id(passage) for name, (passage, _) in zip(ids, kept, strict=True)]
    times = Counter(ids)
    return tuple(
        replace(passage, order=order, natural_id=name if times[name] == 1 else "")
        for order, (name, (passage, _)) in enumerate(zip(ids, kept, strict=True), start=1)
    )


def _drafts(blocks: Sequence[Block], language: str) -> Iterator[_Draft]:
    """Each block that is a passage, with the headings and the parts that it stands under."""
    places = Places(blocks)
    path: list[Block] = []
    barren = False  # whether the last heading has nothing under it yet
    for block, is_quoted in zip(blocks, within_quotations(blocks), strict=True):
        if block.kind is not Kind.HEADING:
            barren = False
            yield _draft(block, path, places, language, is_quoted=is_quoted)
            continue
        if barren and block.level <= path[-1].level:
            yield _of_heading(path, places.now, language)
        path = [heading for heading in path if heading.level < block.level] + [block]
        barren = True
        if not is_quoted:
            places.heading(block)
            yield from _heading(block, places.now)
    if barren:
        yield _of_heading(path, places.now, language)


def _draft(
    block: Block, path: Sequence[Block], places: Places, language: str, *, is_quoted: bool
) -> _Draft:
    label, text = _labelled(block, is_quoted=is_quoted)
    is_own = not is_quoted and block.kind not in (Kind.QUOTE, Kind.NOTE)
    count = counted(label) if label and is_own else None
    if count and count.unit:
        places.label(count.unit, label)
    level = block.level if block.kind is Kind.ITEM else 0
    may_open = is_own and block.kind in (Kind.PARAGRAPH, Kind.ITEM)
    numbered = Numbered(text, places.now, level, count, may_open=may_open)
    return _Draft(_passage(block, label, text, path, language), numbered)


def _heading(block: Block, place: Place) -> Iterator[_Draft]:
    """What a heading within an article adds to the numbers of the paragraphs below it."""
    is_within = place.units and not heading_part(block.text)
    label = heading_label(block) if is_within else ""
    if label and not (count := counted(label)).unit:
        yield _Draft(None, Numbered(block.text, place, counted=count, in_heading=True))


def _of_heading(path: Sequence[Block], place: Place, language: str) -> _Draft:
    """The last heading of `path` as a passage."""
    *above, last = path
    paragraph = replace(last, kind=Kind.PARAGRAPH, level=0)
    label, text = _labelled(paragraph, is_quoted=False)
    passage = _passage(paragraph, label, text, above, language)
    return _Draft(passage, Numbered(text, place, is_heading=True))


def _passage(block: Block, label: str, text: str, path: Sequence[Block], language: str) -> Passage:
    return Passage(
        order=0,
        kind=block.kind,
        text=text,
        label=label,
        heading=tuple(heading.text for heading in path),
        language=language,
        anchor=block.anchor,
        page=block.page,
        note_marks=_moved(block.note_marks, block.text, text),
        confidence=block.confidence,
    )


def _moved(marks: tuple[NoteMark, ...], whole: str, text: str) -> tuple[NoteMark, ...]:
    """Marks of `whole` at their places in `text`, which is its end."""
    before = len(whole.rstrip()) - len(text)
    return tuple(NoteMark(max(0, min(at - before, len(text))), name) for at, name in marks)


def _labelled(block: Block, *, is_quoted: bool) -> tuple[str, str]:
    """The label and the text of `block`.

    Code and table rows often open with a number that is no label, notes have theirs already, and
    what is quoted is numbered as in another document.
    """
    if block.label or is_quoted:
        return block.label, block.text
    if block.kind in (Kind.CODE, Kind.ROW, Kind.QUOTE, Kind.NOTE):
        return "", block.text
    return split_label(block.text)


def _note_id(passage: Passage) -> str:
    key = label_key(passage.label) if passage.kind is Kind.NOTE else ""
    return f"note-{key}" if key else ""
