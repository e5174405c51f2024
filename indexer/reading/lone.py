"""Blocks of a document in, the same with a number that stands alone put before its text out."""

import re
from collections.abc import Sequence
from dataclasses import replace

from indexer.document import Block, Kind
from indexer.labels import split_label

_NUMBER = re.compile(r"(?:\d{1,3}[a-z]?\s?[.)]|[(（][^\W_]{1,4}[)）]|\d{1,3}\.\s?\(\d{1,3}\))")
_TEXTS = (Kind.PARAGRAPH, Kind.ITEM)


def with_lone_numbers(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """`blocks`, in which "3." alone and the "(a) No one …" below it are "3. (a) No one …".

    So typists and converters part what a table or a tab held apart. Without this the number would
    be lost, and all below it would be counted under the one before.
    """
    if not any(_is_lone(block) for block in blocks):
        return tuple(blocks)
    joined: list[Block] = []
    for block in blocks:
        above = joined[-1] if joined else None
        if above and _is_lone(above) and _goes_below(block, above):
            joined[-1] = _joined(above, block)
        else:
            joined.append(block)
    return tuple(joined)


def _is_lone(block: Block) -> bool:
    if block.kind not in _TEXTS or block.label or len(block.text) > 8:  # noqa: PLR2004 ("12. (10)")
        return False
    return bool(_NUMBER.fullmatch(block.text.strip())) and bool(_label(block.text))


def _label(text: str) -> str:
    """The label that `text` would be if anything followed it."""
    return split_label(f"{text.strip()} Text").label


def _goes_below(block: Block, above: Block) -> bool:
    """Whether `block` is the text of the number above it, and no other number of its kind."""
    if block.kind not in _TEXTS or block.label or _is_lone(block):
        return False
    whole, own = split_label(_whole(above, block)).label, split_label(block.text).label
    return bool(whole) and (not own or len(whole) > len(_label(above.text)))


def _whole(above: Block, block: Block) -> str:
    return f"{above.text.strip()} {block.text}"


def _joined(above: Block, block: Block) -> Block:
    text = _whole(above, block)
    more = len(text) - len(block.text)
    marks = tuple(mark._replace(place=mark.place + more) for mark in block.note_marks)
    return replace(
        block,
        text=text,
        page=above.page or block.page,
        anchor=above.anchor or block.anchor,
        note_marks=(*above.note_marks, *marks),
    )
