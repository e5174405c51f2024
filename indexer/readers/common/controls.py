"""Control characters and halves of characters, which are no text, taken out of a document."""

import re
from dataclasses import replace

from indexer.document import Block, Document, Metadata, NoteMark

# All but tab and line end; halves of UTF-16 pairs, and what Unicode says is no character.
_NO_TEXT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def plain(text: str) -> str:
    """`text` without control characters and halves of characters."""
    return text if text.isprintable() else _NO_TEXT.sub("", text)


def without_controls(document: Document) -> Document:
    """`document`, all that is said in it and of it in characters that can be shown and stored."""
    return replace(
        document,
        metadata=_plain_metadata(document.metadata),
        blocks=tuple(map(_plain_block, document.blocks)),
        notes=tuple(map(plain_line, document.notes)),
    )


def _plain_block(block: Block) -> Block:
    said = (block.text, block.label, block.anchor, *(mark.anchor for mark in block.note_marks))
    if all(map(str.isprintable, said)):
        return block
    text, label, anchor = plain(block.text), plain(block.label), plain(block.anchor)
    marks = tuple(
        NoteMark(len(plain(block.text[: mark.place])), plain(mark.anchor))
        for mark in block.note_marks
    )
    if (text, label, anchor, marks) == (block.text, block.label, block.anchor, block.note_marks):
        return block
    return replace(block, text=text, label=label, anchor=anchor, note_marks=marks)


def _plain_metadata(metadata: Metadata) -> Metadata:
    values = {
        name: tuple(map(plain_line, value)) if isinstance(value, tuple) else plain_line(value)
        for name, value in metadata.known().items()
    }
    return replace(metadata, **values)  # type: ignore[arg-type]


def plain_line(text: str) -> str:
    """`text` in one line, if it has signs that are not to be shown; without those."""
    return text if text.isprintable() else " ".join(plain(text).split())
