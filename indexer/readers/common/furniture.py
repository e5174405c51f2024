"""A document as its reader saw it in; the same without what is no paragraph of it out.

Web pages stored as text bring the page's furniture along: the date it was stored, its title, links
to the previous and the next article. Furniture is left out and noted, never silently.
"""

import re
from collections.abc import Sequence
from itertools import takewhile

from indexer.document import Block, Document, Kind, Metadata
from indexer.errors import Unreadable
from indexer.readers.common.dates import find_date, is_date

_NAVIGATION = frozenset(
    (
        *("read previous", "read next", "previous", "next", "previous post", "next post"),
        *("previous article", "next article", "related articles", "related posts", "related news"),
        *("read more", "read also", "you may also like", "share", "share this", "back to top"),
        *("latest news", "other news", "more news"),
    )
)
_LONGEST_TAIL = 16  # blocks; a longer tail of titles is a list that belongs to the document
_OPENING = 3  # blocks in which the document's own date is looked for
_SENTENCE_END = re.compile(r"[.!?…;:。！？]['\"”’»)\]]*$")


def clean(document: Document) -> Document:
    """`document` without its furniture, and with the date that its opening lines give.

    Raises `Unreadable` where nothing is left.
    """
    without_tail, tail_notes = _without_navigation(document.blocks)
    blocks, metadata, opening_notes = _without_opening(without_tail, document.metadata)
    if not any(_words(block.text) for block in blocks):
        raise Unreadable("has no paragraphs of text")
    return Document(
        _dated(metadata, blocks), blocks, (*document.notes, *opening_notes, *tail_notes)
    )


def opening_date(blocks: Sequence[Block]) -> str:
    """The first date in the opening lines, or an empty string."""
    dates = (find_date(block.text) for block in blocks[:_OPENING])
    return next((date for date in dates if date), "")


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, and not as a title or a heading."""
    return bool(_SENTENCE_END.search(text))


def same_words(one: str, other: str) -> bool:
    """Whether two texts have the same words, and any, whatever their punctuation and case."""
    words = _words(one)
    return bool(words) and words == _words(other)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _without_navigation(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[str, ...]]:
    """The blocks before a tail that starts with "Read next" and goes on with titles only."""
    titles = len(list(takewhile(lambda block: not ends_sentence(block.text), reversed(blocks))))
    tail_start = len(blocks) - min(titles, _LONGEST_TAIL)
    for at in range(tail_start, len(blocks)):
        if " ".join(_words(blocks[at].text)) in _NAVIGATION:
            left_out = " · ".join(block.text for block in blocks[at:])
            return blocks[:at], (f"left out as navigation: {left_out}",)
    return blocks, ()


def _without_opening(
    blocks: tuple[Block, ...], metadata: Metadata
) -> tuple[tuple[Block, ...], Metadata, tuple[str, ...]]:
    """The blocks after the lines that only repeat the title or give the page's date."""
    notes: list[str] = []
    while blocks:
        text = blocks[0].text
        if is_date(text):
            metadata = metadata.over(_page_date(text))
            notes.append(f"left out as the page's date: {text}")
        elif blocks[0].kind is Kind.HEADING or not same_words(text, metadata.title):
            break
        blocks = blocks[1:]
    return blocks, metadata, tuple(notes)


def _page_date(text: str) -> Metadata:
    return Metadata(date=find_date(text), origins={"date": "first line of the text"})


def _dated(metadata: Metadata, blocks: tuple[Block, ...]) -> Metadata:
    return metadata.over(
        Metadata(date=opening_date(blocks), origins={"date": "opening lines of the text"})
    )
