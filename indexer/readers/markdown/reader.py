"""The text of a Markdown file in, its `Document` out, numbered as its author numbered it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.document import Block, Document, Kind, Metadata
from indexer.errors import BadMetadata, Unreadable
from indexer.labels import is_sublabel, split_label
from indexer.readers.common.encoding import decoded
from indexer.readers.common.metadata import parse_lines, parse_yaml
from indexer.readers.html.metadata import first_headings
from indexer.readers.html.reader import read_fragment, without_title
from indexer.readers.markdown.parser import render

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE
)
_FIRST = re.compile(r"\(?(?:a|i)\)")  # of a series of letters, or of small Roman numerals
_LABEL = re.compile(r"\(?(?:\d{1,3}|[a-z]{1,2}|[ivx]{1,5})(?:\)|\.)")
_FIELD = re.compile(r"[A-Za-z][\w .-]{0,40}:(?:\s|$)")


def read(data: bytes) -> Document:
    """The document in the Markdown file `data`; raises `Unreadable` where there is no text."""
    written, doubts = decoded(data)
    stated, text, notes = _without_front_matter(_normal(written))
    blocks = tuple(map(_with_both_labels, _with_label_cells(read_fragment(render(text)))))
    if not blocks:
        raise Unreadable("has no text; remove it or put the text in")
    first = first_headings(blocks)
    title = first[0].text if first else ""
    metadata = stated.over(Metadata(title=title, origins={"title": "first heading"}))
    return Document(metadata, without_title(blocks, metadata.title), (*doubts, *notes))


def _with_label_cells(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks`, with an item that is only a number as the label of the item after it.

    So lists stand for tables whose first column has the numbers.
    """
    waiting: Block | None = None
    for block in blocks:
        if waiting and block.kind is Kind.ITEM and not block.label:
            yield replace(block, label=waiting.text)
            waiting = None
            continue
        if waiting:
            yield waiting
        is_cell = block.kind is Kind.ITEM and not block.label and _LABEL.fullmatch(block.text)
        waiting = block if is_cell else None
        if not waiting:
            yield block
    if waiting:
        yield waiting


def _with_both_labels(block: Block) -> Block:
    """`block`, with the letter that its text opens with beside its number: `3.` and `a)`."""
    inner = split_label(block.text) if block.label and not is_sublabel(block.label) else None
    if inner is None or not inner.text or not _FIRST.fullmatch(inner.label):
        return block
    return replace(block, label=f"{block.label} {inner.label}", text=inner.text)


def _normal(text: str) -> str:
    return "\n".join(text.removeprefix("\ufeff").splitlines()) + "\n"


def _without_front_matter(text: str) -> tuple[Metadata, str, tuple[str, ...]]:
    """What the front matter says, the text without it, and notes on what of it is malformed."""
    found = _FRONT_MATTER.match(text)
    if not found:
        return Metadata(), text, ()
    yaml, below = found["yaml"], text[found.end() :]
    if yaml.strip() and not _FIELD.match(yaml.lstrip("\n")):
        note = "opens with a rule and not with front matter, so that all of it was read as text"
        return Metadata(), text, (note,)
    try:
        metadata, notes = parse_yaml(yaml, "front matter")
    except BadMetadata as error:
        metadata, notes = parse_lines(yaml, "front matter")
        return metadata, below, (f"{error}; read line by line", *notes)
    return metadata, below, notes
