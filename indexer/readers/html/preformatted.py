"""The blocks of a web page in; the same with preformatted prose read as plain text out."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from indexer.document import Block, Document, Kind, Metadata
from indexer.errors import Unreadable

_WORD = re.compile(r"(?<![\w.])[^\W\d_]{2,}(?![\w/])")
_SENTENCE_END = re.compile(r"[.!?:;]['\"”’»)\]]?\s|[。！？]")
_CODE_SIGNS = re.compile(r"[{}<>=|\\#$@^~`]|\(\)|::|;$|^[^\S\n]*+(?:--?\w|//|/\*)", re.MULTILINE)
_FEWEST_WORDS = 40
_FEWEST_SENTENCES = 2
_WORDS_A_LINE = 4
_DEEPEST = 6  # level of a heading
_SIGNS = 0.02  # of the words, at most


def is_prose(text: str) -> bool:
    """Whether preformatted `text` is made of sentences rather than of code or of columns."""
    words = len(_WORD.findall(text))
    lines = [line for line in text.splitlines() if line.strip()]
    if words < _FEWEST_WORDS or words < _WORDS_A_LINE * len(lines):
        return False
    if len(_SENTENCE_END.findall(text)) < _FEWEST_SENTENCES:
        return False
    return len(_CODE_SIGNS.findall(text)) <= _SIGNS * words


def with_prose(blocks: Iterable[Block]) -> Iterator[Block]:
    """`blocks`, in which each block of preformatted prose is what the text reader makes of it."""
    for block in blocks:
        if block.kind is Kind.CODE and is_prose(block.text):
            yield from _as_text(block)
        else:
            yield block


def _as_text(block: Block) -> Iterator[Block]:
    from indexer.readers.text.reader import read  # noqa: PLC0415 (few pages need it)

    try:
        document = read(block.text.encode())
    except Unreadable:
        document = Document(Metadata(), (block,))
    if document.metadata.title:
        yield Block(Kind.PARAGRAPH, document.metadata.title, anchor=block.anchor)
    for each in document.blocks:  # whose headings stand below the page's own
        level = min(each.level + 1, _DEEPEST) if each.kind is Kind.HEADING else each.level
        yield replace(each, level=level)
