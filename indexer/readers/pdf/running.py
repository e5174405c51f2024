"""The top and bottom lines of all pages in; which of them only run along with the text, out. Pure.

A line runs along where the same words, numbers aside, stand at one height of several pages. So
does whatever stands there on other pages, where most of it does or a gap parts it from the text.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from indexer.labels.headings import heading_part
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.pdf.lines import Line

_DEEP = 3  # lines from the edge of a page
_FEW_PAGES = 3  # so often a line comes again, at the least; in a shorter document on each page
_STEP = 4.0  # points: heights nearer than this are the same
_MOST = 0.5  # of the lines at one height
_NEARLY_ALL = 0.8
_APART = 1.6  # sizes of the font: no two lines of a paragraph are so far apart
_WIDER = 1.3  # than the usual distance of lines: double-spaced text has no gaps
_PROSE = 8  # words, most of them small: such a line reads as a part of a sentence
_FEW_WORDS = 5
_SMALL = 0.7
_NOT_LARGER = 1.1  # than the text: a title at one height of every page is no running head
_LONGEST_PART = 40  # characters
_LEADER = re.compile(r"(?:\. ?){4}\s*\d*$")  # an entry of a list of contents ends with it
_NUMERAL = r"(?:\d{1,4}|[ivxlc]{1,7})"
_PAGE_NUMBER = re.compile(
    rf"(?:page|seite|p\.)?\s*+[-–—|/\[(]?\s*+{_NUMERAL}\s*+(?:(?:of|/|von|de|sur)\s*+\d+)?[-–—|/\])\s]*",
    re.IGNORECASE,
)

Place = tuple[int, int]  # a page's place among the pages, a line's place from its top


class Edge(NamedTuple):
    """A line near the top or bottom of a page; `is_apart` where a gap parts it from the text."""

    place: Place
    line: Line
    from_top: bool
    is_apart: bool


def running(pages: Sequence[Sequence[Line]], size: float) -> set[Place]:
    """The lines of `pages` that are running heads, running feet or page numbers.

    `size` is that of the text's letters.
    """
    usual = _leading(pages)
    edges = [*_edge(pages, usual, from_top=True), *_edge(pages, usual, from_top=False)]
    slots: dict[tuple[bool, int], list[Edge]] = defaultdict(list)
    for edge in edges:
        slots[edge.from_top, round(edge.line.bottom / _STEP)].append(edge)
    filled = sum(bool(lines) for lines in pages)
    found: set[Place] = set()
    for slot in slots.values():
        found |= _running_in(slot, filled, size)
    return {edge.place for edge in edges if _outermost(edge, found, pages)}


def described(removed: Sequence[str]) -> str:
    """A note on the lines that were left out, the most frequent named."""
    texts = Counter(text for text in removed if not _PAGE_NUMBER.fullmatch(text))
    patterns: Mapping[str, int] = Counter(_pattern(text) for text in removed)
    named = sorted(texts, key=lambda text: (-patterns[_pattern(text)], texts[text]))
    unlike = {_pattern(text): text for text in reversed(named)}
    examples = [unlike[pattern] for pattern in dict.fromkeys(map(_pattern, named))][:3]
    what = "running heads and page numbers" if examples else "page numbers"
    sentences = sum(map(reads_on, removed))
    doubt = f", {sentences} of which read as sentences" if sentences else ""
    return f"left out as {what}, {len(removed)} lines{doubt}" + (
        f": {' · '.join(examples)}" if examples else ""
    )


def reads_on(text: str, words: int = _PROSE) -> bool:
    """Whether a line reads as a part of a sentence of so many words, and not as a title."""
    found = [word for word in text.split() if word[:1].isalpha()]
    return len(found) >= words and sum(w[0].islower() for w in found) >= _SMALL * len(found)


def _is_prose(edge: Edge, is_everywhere: bool = False) -> bool:
    """Whether a line is one of a paragraph, though the like of it comes again.

    What no gap parts from the text goes on in it, even if it is at the same height of every page.
    """
    text = edge.line.text
    if _LEADER.search(text):
        return True
    if not edge.is_apart and (reads_on(text, _FEW_WORDS) or _ends_one(text)):
        return True
    return reads_on(edge.line.text) and not is_everywhere


def _is_end(text: str) -> bool:
    """Whether a line ends as a sentence does, with a word that is no abbreviation."""
    words = text.split()
    last = words[-1].rstrip(".!?”’\"')") if words else ""
    return len(words) > 2 and len(last) > 2 and last.islower() and ends_sentence(text)  # noqa: PLR2004


def _ends_one(text: str) -> bool:
    """Whether a line is the end of a sentence that began above it."""
    return text[:1].islower() and " " in text and ends_sentence(text)


def _leading(pages: Sequence[Sequence[Line]]) -> float:
    """The usual distance from one line to the next."""
    gaps = [b.bottom - a.bottom for lines in pages for a, b in pairwise(lines)]
    rising = [gap for gap in gaps if gap > 0]
    return median(rising) if rising else 0.0


def _edge(pages: Sequence[Sequence[Line]], usual: float, *, from_top: bool) -> list[Edge]:
    found = []
    for at, lines in enumerate(pages):
        inwards = lines if from_top else lines[::-1]
        for place, line in enumerate(inwards[:_DEEP]):
            inner = inwards[place + 1] if place + 1 < len(lines) else None
            gap = abs(inner.bottom - line.bottom) if inner else _APART * line.size * 2
            number = place if from_top else len(lines) - 1 - place
            is_apart = gap > max(_APART * line.size, _WIDER * usual)
            found.append(Edge((at, number), line, from_top, is_apart))
    return found


def _running_in(slot: Sequence[Edge], pages: int, size: float) -> set[Place]:
    times = Counter(pattern for edge in slot for pattern in _patterns(edge.line))
    enough = max(min(_FEW_PAGES, pages), 2)
    said = Counter(text for edge in slot for text in _texts(edge.line))
    parts = {
        edge.place
        for edge in slot
        if any(
            said[text] == 1 and times[_pattern(text)] < _MOST * pages and _opens_part(text)
            for text in _texts(edge.line)
        )
    }
    surely = {
        edge.place
        for edge in slot
        if any(times[pattern] >= enough for pattern in _patterns(edge.line))
        and not _is_prose(edge, times[_pattern(edge.line.text)] >= _MOST * pages)
        and edge.place not in parts
    }
    whole_slot = len(surely) >= enough and len(surely) > _MOST * len(slot)
    apart = [edge for edge in slot if edge.is_apart and edge.line.size <= size * _NOT_LARGER]
    if whole_slot or len(apart) >= max(_FEW_PAGES, _MOST * pages, _NEARLY_ALL * len(slot)):
        swept = {edge.place for edge in slot if not _is_prose(edge) and not _is_end(edge.line.text)}
        return surely | (swept - parts)
    return surely


def _opens_part(text: str) -> bool:
    """Whether `text` is the heading of a part, such as "Article 5", and nothing else.

    A running head of the kind says the same on every page of the part.
    """
    part = heading_part(text) if len(text) <= _LONGEST_PART else None
    return part is not None and bool(part.number) and not part.title


def _outermost(edge: Edge, found: set[Place], pages: Sequence[Sequence[Line]]) -> bool:
    """Whether all lines from the edge of the page to this one run along."""
    page, at = edge.place
    beyond = range(at + 1) if edge.from_top else range(at, len(pages[page]))
    return all((page, each) in found for each in beyond)


def _texts(line: Line) -> tuple[str, ...]:
    """What a line says, and what each of its cells says."""
    return (line.text, *line.cells)


def _patterns(line: Line) -> set[str]:
    return set(map(_pattern, _texts(line)))


def _pattern(text: str) -> str:
    if _PAGE_NUMBER.fullmatch(text):
        return "#"
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))
