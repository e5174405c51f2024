"""The words of a page in; its lines in the order of reading, column after column, out. Pure."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from indexer.readers.common.confidence import mean_confidence
from indexer.readers.common.notes import call
from indexer.readers.pdf.words import Page, Word

# All in sizes of the font.
_GAP = 1.5  # between words that belong to one piece of a line
_CLOSE = 0.12  # a narrower gap is no space
_GUTTER = 0.8  # between two columns, at the least
_COLUMN = 10.0  # how wide a column is, at the least
_TOUCH = 0.5  # the share of the lower of two heights that makes them one line
_COLUMN_LINES = 4  # a column has so many lines, at the least
_MOST_PIECES = 3_000  # on a page; no text in columns has more, and looking takes long
_LOOK_BACK = 8  # pieces of a row
_FULL_LINES = 0.5  # the share of a column's lines that fill most of it
_FILLED = 0.7
_RAISED = 0.2
_SMALL_PRINT = 0.93  # of the size of the text: such print in a margin is a note
_SAME_EDGE = 3.0  # points
_WIDE_SHARE = 0.9  # of the lines of a column are not longer than its usual line
_HARDLY = 0.04  # of the lines
_MANY = 8  # full lines
_CROSSED = 0.5  # the share of lines that may run across both columns


_POWERED = re.compile(r"(?:\d|\b[kcmd]?m|\bft|\bin)$")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEFTWARD = ("R", "AL")  # what Unicode calls Hebrew letters, and Arabic ones
_OPENING = frozenset("([{«“‘")
_STOP = re.compile(r"[.,;:!?)\]}”’»…]+")


MARGIN = -1  # the column of what is in a margin


class Piece(NamedTuple):
    """Words in one line with no wide gap between them."""

    words: tuple[Word, ...]
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its place, in points from the page's upper left corner.

    `first` is the width of its first word, `size` that of the font, `column` counts the columns of
    the page as they are read, and `cells` are its pieces where wide gaps part it, else empty.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float = 10.0
    page: int = 1
    column: int = 0
    first: float = 20.0
    bold: bool = False
    monospaced: bool = False
    opens_in_code: bool = False  # its first word is monospaced
    ends_in_code: bool = False
    cells: tuple[str, ...] = ()
    edges: tuple[float, ...] = ()  # where the cells begin
    confidence: float | None = None  # the mean of a machine's reading


def as_read(page: Page) -> Page:
    """`page`, mirrored where most of its words run from right to left: lines then start left."""
    leftward = sum(unicodedata.bidirectional(word.text[0]) in _LEFTWARD for word in page.words)
    if 2 * leftward <= len(page.words):
        return page
    mirrored = (
        word._replace(left=page.width - word.right, right=page.width - word.left)
        for word in page.words
    )
    return page._replace(words=tuple(mirrored))


def rows(page: Page) -> list[list[Piece]]:
    """The pieces of `page`, those at one height together, from the top down and left to right."""
    return _rows(_pieces(page.words))


def lines(page: Page, page_rows: Iterable[Iterable[Piece]]) -> list[Line]:
    """The lines of `page` in the order of reading: across it, or down one column and the next.

    `page_rows` are the rows to read, which may be fewer than the page has.
    """
    pieces = [piece for row in page_rows for piece in row]
    text, beside = _without_margins(pieces)
    columns = [*enumerate(_columns(text)), (MARGIN, beside)]
    return [line(row, page.number, number) for number, column in columns for row in _rows(column)]


def _without_margins(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """`pieces`, and those in small print beside them, which are notes in a margin."""
    wide = [piece for piece in pieces if _width(piece) >= _COLUMN * piece.words[0].size]
    if len(wide) < _COLUMN_LINES:
        return list(pieces), []
    size = median(piece.words[0].size for piece in wide)
    body = [piece for piece in wide if piece.words[0].size > _SMALL_PRINT * size]
    if not body:
        return list(pieces), []
    left = _usual_edge([piece.left for piece in body])
    right = max(piece.right for piece in body)
    beside = [
        piece
        for piece in pieces
        if piece.words[0].size < _SMALL_PRINT * size
        and (piece.right < left or piece.left > right)
        and any(c.isalpha() for word in piece.words for c in word.text)
    ]
    gone = set(map(id, beside))
    return [piece for piece in pieces if id(piece) not in gone], beside


def _usual_edge(edges: Sequence[float]) -> float:
    """The place at which most lines begin."""
    counts = Counter(round(edge / _SAME_EDGE) for edge in edges)
    most, _ = counts.most_common(1)[0]
    return min(edge for edge in edges if round(edge / _SAME_EDGE) == most)


def _width(piece: Piece) -> float:
    return piece.right - piece.left


def line(row: Sequence[Piece], page: int = 1, column: int = 0) -> Line:
    """The pieces at one height as a line."""
    texts = tuple(_text(piece.words) for piece in row)
    words = [word for piece in row for word in piece.words]
    first = words[0]
    return Line(
        " ".join(texts),
        left=row[0].left,
        right=max(piece.right for piece in row),
        top=min(piece.top for piece in row),
        bottom=median(word.base for word in words),
        size=median(word.size for word in words),
        page=page,
        column=column,
        first=first.right - first.left,
        bold=all(word.bold for word in words),
        monospaced=all(word.monospaced for word in words),
        opens_in_code=first.monospaced,
        ends_in_code=words[-1].monospaced,
        cells=texts if len(texts) > 1 else (),
        edges=tuple(piece.left for piece in row) if len(texts) > 1 else (),
        confidence=None if first.confidence is None else _confidence(words),
    )


def _confidence(words: Iterable[Word]) -> float | None:
    return mean_confidence((word.confidence, len(word.text)) for word in words)


def _text(words: Sequence[Word]) -> str:
    """The words with spaces between, but none before a stop that follows close by.

    A raised number is a power behind a digit or a unit of length, else it calls for a note.
    """
    text = words[0].text
    for before, word in itertools.pairwise(words):
        if word.raised or _is_raised(before, word):
            is_power = _POWERED.search(text)
            text += word.text.translate(_POWERS) if is_power else call(word.text)
            continue
        close = word.left - before.right < _CLOSE * word.size
        joins = close and (_STOP.fullmatch(word.text) or before.text in _OPENING)
        text += word.text if joins else f" {word.text}"
    return text


def _is_raised(before: Word, word: Word) -> bool:
    """Whether a number that is a word of its own stands higher than the word before it."""
    is_small = word.size < before.size and word.text.isdigit()
    return is_small and before.base - word.base > _RAISED * before.size


def _rows(pieces: Iterable[Piece]) -> list[list[Piece]]:
    found: list[list[Piece]] = []
    for piece in _down(pieces):
        if found and _joins(found[-1], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [sorted(row, key=lambda piece: piece.left) for row in found]


def _pieces(words: Iterable[Word]) -> Iterator[Piece]:
    """Runs of words as the file has them; a run may go to the left, as Hebrew does."""
    run: list[Word] = []
    for word in words:
        if run and not _continues(run[-1], word):
            yield _piece(run)
            run = []
        run.append(word)
    if run:
        yield _piece(run)


def _continues(before: Word, word: Word) -> bool:
    if not (before.upright and word.upright):
        return not (before.upright or word.upright)
    gap = max(word.left - before.right, before.left - word.right)
    size = max(before.size, word.size)
    return _overlap(before, word) and -0.5 * size < gap < _GAP * size


def _overlap(one: Word | Piece, other: Word | Piece) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > _TOUCH * min(one.bottom - one.top, other.bottom - other.top)


def _joins(row: Sequence[Piece], piece: Piece) -> bool:
    """Whether `piece` stands at the height of `row`, and not upon what it has."""
    return _overlap(row[0], piece) and any(_beside(piece, other) for other in row[-_LOOK_BACK:])


def _beside(one: Piece, other: Piece) -> bool:
    return _overlap(one, other) and (one.left >= other.right - 1 or other.left >= one.right - 1)


def _piece(words: Sequence[Word]) -> Piece:
    return Piece(
        tuple(words),
        left=min(word.left for word in words),
        right=max(word.right for word in words),
        top=min(word.top for word in words),
        bottom=max(word.bottom for word in words),
    )


def _columns(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """`pieces` parted into what is read one after the other."""
    at = _gutter(pieces)
    if at is None:
        if pieces:
            yield list(pieces)
        return
    for crossing, band in itertools.groupby(_down(pieces), lambda p: p.left < at < p.right):
        if crossing:
            yield list(band)
            continue
        both = list(band)
        yield from _columns([piece for piece in both if piece.right <= at])
        yield from _columns([piece for piece in both if piece.left >= at])


def _down(pieces: Iterable[Piece]) -> list[Piece]:
    return sorted(pieces, key=lambda piece: (piece.bottom, piece.left))


def _gutter(pieces: Sequence[Piece]) -> float | None:
    """Where a gap runs down between two columns of full lines, if one does."""
    if not 2 * _COLUMN_LINES <= len(pieces) <= _MOST_PIECES:
        return None
    size = median(piece.words[0].size for piece in pieces)
    candidates = {round(piece.left) - _GUTTER * size / 2 for piece in pieces}
    judged = [(_weight(pieces, at, size), at) for at in sorted(candidates)]
    weight, at = max(judged)
    return at if weight else None


def _weight(pieces: Sequence[Piece], at: float, size: float) -> int:
    """How many lines speak for two columns parted at `at`; 0 where it cannot be."""
    half = _GUTTER * size / 2
    left = [piece for piece in pieces if piece.right <= at + half]
    right = [piece for piece in pieces if piece.left >= at + half - 1]
    crossing = len(pieces) - len(left) - len(right)
    fewer = min(len(left), len(right))
    if fewer < _COLUMN_LINES or crossing > _CROSSED * len(pieces):
        return 0
    columns = _is_column(left, size) + _is_column(right, size)
    # One of the two may have a table or a chart in it, if hardly anything runs across.
    is_clear = crossing <= _HARDLY * len(pieces) and min(map(_full_lines, (left, right))) >= _MANY
    if columns < (1 if is_clear else 2):
        return 0
    return fewer if _side_by_side(left, right) else 0


def _full_lines(pieces: Sequence[Piece]) -> int:
    """How many lines fill most of the width that `pieces` take."""
    width = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    return sum(_width(piece) >= _FILLED * width for piece in pieces)


def _are_columns(pieces: Sequence[Piece], size: float) -> bool:
    """Whether lines of one width fill several columns, as far as lines can tell."""
    widths = sorted(map(_width, pieces))
    usual = widths[int(_WIDE_SHARE * len(widths))]
    full = sum(width >= _FILLED * usual for width in widths)
    lefts = Counter(round(piece.left / _SAME_EDGE) for piece in pieces)
    edges = sum(count >= _COLUMN_LINES for count in lefts.values())
    return usual >= _COLUMN * size and full >= _FULL_LINES * len(pieces) and edges > 1


def _is_column(pieces: Sequence[Piece], size: float) -> bool:
    width = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    if width >= _COLUMN * size and _full_lines(pieces) >= _FULL_LINES * len(pieces):
        return True
    return _are_columns(pieces, size)


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether the two stand beside each other for most of the shorter one's height."""
    top = max(min(p.top for p in left), min(p.top for p in right))
    bottom = min(max(p.bottom for p in left), max(p.bottom for p in right))
    inside = [sum(p.bottom > top and p.top < bottom for p in side) for side in (left, right)]
    return bottom > top and min(inside) >= _COLUMN_LINES
