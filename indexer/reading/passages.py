"""A `Document` in, its passages out: official numbers, heading path, kind and order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.document import Block, Document, Kind, NoteMark, Passage
from indexer.labels import is_sublabel, local_id, split_label


def split(document: Document) -> tuple[Passage, ...]:
    """The passages of `document` in reading order, without ids.

    Headings become the heading path of what follows. One that nothing follows before the next of
    its rank would be lost to search, so it becomes a passage itself.
    """
    drafts = _with_headings(document.blocks)
    return tuple(_with_labels(drafts, document.metadata.language))


def _with_headings(blocks: Iterable[Block]) -> Iterator[tuple[Block, tuple[str, ...]]]:
    """Each block that is a passage, with the headings it stands under."""
    path: list[Block] = []
    barren = False  # whether the last heading has nothing under it yet
    for block in blocks:
        if block.kind is not Kind.HEADING:
            barren = False
            yield block, tuple(heading.text for heading in path)
            continue
        if barren and block.level <= path[-1].level:
            yield _as_passage(path)
        path = [heading for heading in path if heading.level < block.level] + [block]
        barren = True
    if barren:
        yield _as_passage(path)


def _as_passage(path: list[Block]) -> tuple[Block, tuple[str, ...]]:
    *above, last = path
    paragraph = replace(last, kind=Kind.PARAGRAPH, level=0)
    return paragraph, tuple(heading.text for heading in above)


def _with_labels(
    drafts: Iterable[tuple[Block, tuple[str, ...]]], language: str
) -> Iterator[Passage]:
    open_ids: dict[int, str] = {}  # depth → natural id of the last numbered passage there
    under: tuple[str, ...] = ()
    for order, (block, heading) in enumerate(drafts, start=1):
        if heading != under:
            open_ids, under = {}, heading
        label, text = (block.label, block.text) if block.label else _labelled(block)
        depth = _depth(block, label)
        above = [open_ids[d] for d in sorted(open_ids) if d < depth]
        natural = local_id(label, above[-1] if above else "")
        if natural:
            open_ids = {d: known for d, known in open_ids.items() if d < depth} | {depth: natural}
        yield Passage(
            order=order,
            kind=block.kind,
            text=text,
            label=label,
            heading=heading,
            language=language,
            anchor=block.anchor,
            page=block.page,
            note_marks=_moved(block.note_marks, block.text, text),
            confidence=block.confidence,
            natural_id=natural,
        )


def _moved(marks: tuple[NoteMark, ...], whole: str, text: str) -> tuple[NoteMark, ...]:
    """Marks of `whole` at their places in `text`, which is its end."""
    before = len(whole.rstrip()) - len(text)
    return tuple(NoteMark(max(0, min(at - before, len(text))), name) for at, name in marks)


def _depth(block: Block, label: str) -> int:
    """How deep a label counts: (a) and a nested list's numbers belong to the paragraph above."""
    nesting = block.level if block.kind is Kind.ITEM else 1
    return max(nesting, 2 if is_sublabel(label) else 1)


def _labelled(block: Block) -> tuple[str, str]:
    """Code and table rows often open with a number that is no label."""
    if block.kind in (Kind.CODE, Kind.ROW):
        return "", block.text
    return split_label(block.text)
