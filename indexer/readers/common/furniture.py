"""A document as its reader saw it in; the same without what is no paragraph of it out.

Web pages stored as text bring the page's furniture along: the date it was stored, its title, links
to the previous and the next article. Furniture is left out and noted, never silently.
"""

import re
from dataclasses import replace
from itertools import takewhile

from indexer.document import Block, Document, Kind, Metadata
from indexer.errors import Unreadable
from indexer.readers.common.dates import find_date, is_bare_date, is_date
from indexer.readers.common.opening import latest_year, opening_date

_NAVIGATION = frozenset(
    (
        *("read previous", "read next", "previous", "next", "previous post", "next post"),
        *("previous article", "next article", "related articles", "related posts", "related news"),
        *("read more", "read also", "you may also like", "share", "share this", "back to top"),
        *("latest news", "other news", "more news"),
    )
)
_LONGEST_TAIL = 16  # blocks; a longer tail of titles is a list that belongs to the document
_OPENING = 12  # blocks in which a date is that of the document, and no heading
_OFF = 2  # years; a file that is so much younger than its text was made again
# How the origins begin of what a program wrote into a file, and of what a site says of its page.
_FILES_OWN = ("document properties", "meta.xml", "PDF properties")
_SITES = ("meta ", "time element", "JSON-LD")
_SENTENCE_END = frozenset(".!?…;:。！？")
_CLOSING = "'\"”’»)]"


def clean(document: Document) -> Document:
    """`document` without its furniture, and with the date that its opening lines give.

    Raises `Unreadable` where nothing is left.
    """
    without_tail, tail_notes = _without_navigation(document.blocks)
    blocks, metadata, opening_notes = _without_opening(without_tail, document.metadata)
    if not any(_words(block.text) for block in blocks):
        raise Unreadable("has no paragraphs of text")
    metadata, date_notes = _dated(metadata, blocks)
    notes = (*document.notes, *opening_notes, *date_notes, *tail_notes)
    return Document(metadata, _without_date_heading(blocks), notes)


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, and not as a title or a heading."""
    return text.removesuffix("\n").rstrip(_CLOSING)[-1:] in _SENTENCE_END


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
        if is_bare_date(text):
            found, is_files_own = _page_date(text), _is_files_own(metadata)
            metadata = found.over(metadata) if is_files_own else metadata.over(found)
            notes.append(f"left out as the page's date: {text}")
        elif blocks[0].kind is Kind.HEADING or not same_words(text, metadata.title):
            break
        blocks = blocks[1:]
    return blocks, metadata, tuple(notes)


def _page_date(text: str) -> Metadata:
    return Metadata(date=find_date(text), origins={"date": "first line of the text"})


def _dated(metadata: Metadata, blocks: tuple[Block, ...]) -> tuple[Metadata, tuple[str, ...]]:
    """`metadata` with the date that is printed in the opening lines, where that is the better."""
    stated, origin = metadata.date, metadata.origins.get("date", "")
    is_files_own = _is_files_own(metadata)
    if stated and not is_files_own and not origin.startswith(_SITES):
        return metadata, ()
    printed = opening_date(blocks, metadata.title)
    beats = printed.is_stated and (is_files_own or printed.date[:4] != stated[:4])
    if printed.date and (beats or not stated):
        found = Metadata(date=printed.date, origins={"date": "opening lines of the text"})
        return found.over(metadata), ()
    year = latest_year(blocks, metadata.title) if stated and is_files_own else ""
    if year and int(stated[:4]) - int(year) >= _OFF:
        without = {name: each for name, each in metadata.origins.items() if name != "date"}
        note = f"{origin} says {stated}, but the opening lines {year}: not taken for the date"
        return replace(metadata, date="", origins=without), (note,)
    return metadata, ()


def _is_files_own(metadata: Metadata) -> bool:
    """Whether the date is that of the file, and not of what stands in it."""
    return metadata.origins.get("date", "").startswith(_FILES_OWN)


def _without_date_heading(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The one heading that is only a date, in the opening lines, as a paragraph."""
    dates = (at for at, b in enumerate(blocks) if b.kind is Kind.HEADING and is_date(b.text))
    at = next(dates, _OPENING)
    if at >= _OPENING or next(dates, None) is not None:
        return blocks
    return (*blocks[:at], replace(blocks[at], kind=Kind.PARAGRAPH, level=0), *blocks[at + 1 :])
