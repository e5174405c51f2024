"""A document in; the same with lines that only name a part of it, "Article 5" say, as headings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.document import Block, Document, Kind
from indexer.labels import split_label
from indexer.labels.headings import heading_part
from indexer.labels.units import Rank, rank_of
from indexer.readers.common.furniture import ends_sentence

_LONGEST = 120  # characters of a part's name and title
_LONGEST_UNSPACED = 30  # in a script without spaces
_TITLE_WORDS = 15
_DEEPEST = 6


def with_parts(document: Document) -> Document:
    """`document`, in which a line that names a part is a heading, with its title behind it."""
    names = [_names_part(document.blocks, at) for at in range(len(document.blocks))]
    if not any(names):
        return document
    levels = _levels(document.blocks, names)
    return replace(document, blocks=tuple(_headed(document.blocks, names, levels)))


def _names_part(blocks: Sequence[Block], at: int) -> bool:
    """Whether the block at `at` is a plain line that only names a part."""
    block = blocks[at]
    if block.kind is not Kind.PARAGRAPH or block.label or len(block.text) > _LONGEST:
        return False
    part = heading_part(block.text)
    if part is None or (part.title and not _is_capital_title(block.text, part.code)):
        return False
    goes_on = at + 1 < len(blocks) and blocks[at + 1].text[:1].islower()
    return not goes_on and at + 1 < len(blocks)


def _is_capital_title(text: str, code: str) -> bool:
    return rank_of(code) < Rank.UNIT and text.isupper() and not ends_sentence(text)


def _levels(blocks: Sequence[Block], names: Sequence[bool]) -> dict[Rank, int]:
    """The level of each rank: that of the headings there are, else by the order of the ranks."""
    known: dict[Rank, int] = {}
    ranks = set[Rank]()
    for block, is_name in zip(blocks, names, strict=True):
        is_heading = block.kind is Kind.HEADING
        part = heading_part(block.text) if is_heading or is_name else None
        if part:
            ranks.add(rank_of(part.code))
        if part and is_heading:
            known.setdefault(rank_of(part.code), block.level)
    first = next((block for block in blocks if block.kind is Kind.HEADING), None)
    has_title = bool(first and first.level == 1 and not heading_part(first.text))
    levels: dict[Rank, int] = {}
    above = int(has_title)
    for rank in sorted(ranks):
        above = min(known.get(rank, above + 1), _DEEPEST)
        levels[rank] = above
    return levels


def _headed(
    blocks: Sequence[Block], names: Sequence[bool], levels: dict[Rank, int]
) -> Iterator[Block]:
    at = 0
    while at < len(blocks):
        block, is_name = blocks[at], names[at]
        at += 1
        part = heading_part(block.text) if is_name else None
        if part is None:
            yield block
            continue
        text = block.text.rstrip(" .:—–-")
        if not part.title and not names[at] and _is_title(blocks, at):
            text, at = f"{text}: {blocks[at].text}", at + 1
        yield replace(block, kind=Kind.HEADING, text=text, level=levels[rank_of(part.code)])


def _is_title(blocks: Sequence[Block], at: int) -> bool:
    """Whether the block at `at` is the title of the part that the one before it names."""
    if at + 1 >= len(blocks):
        return False
    block, after = blocks[at], blocks[at + 1]
    if block.kind is not Kind.PARAGRAPH or block.label or ends_sentence(block.text):
        return False
    if block.text[-1:] in ",;:—–-" or block.text[:1].islower() or split_label(block.text).label:
        return False
    if heading_part(block.text) or len(block.text.split()) > _TITLE_WORDS:
        return False
    if any(sign in block.text for sign in "，；。"):
        return False
    longest = _LONGEST if " " in block.text else _LONGEST_UNSPACED
    return len(block.text) <= longest and (len(after.text) > len(block.text) or bool(after.label))
