"""The words of a page in; its lines in the order of reading, column after column, out. Pure."""

from __future__ import annotations

import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from indexer.readers.common.confidence import mean_confidence
from indexer.readers.common.notes import call
from indexer.readers.pdf.columns import columns, down, width
from indexer.readers.pdf.words import Page, Piece, Word

# All in sizes of the font.
_GAP = 1.5  # between words that belong to one piece of a line
_CLOSE = 0.12  # a narrower gap is no space
_COLUMN = 10.0  # how wide a column is, at the least
_TOUCH = 0.5  # the share of the lower of two heights that makes them one line
_COLUMN_LINES = 4  # a column has so many lines, at the least
_LOOK_BACK = 8  # pieces of a row
_RAISED = 0.2
_SMALL_PRINT = 0.93  # of the size of the text: such print in a margin is a note
_SAME_EDGE = 3.0  # points
_COLUMN_EDGE = 0.25  # of the lines of the fullest column begin another one


_POWERED = re.compile(r"(?:\d|\b[kcmd]?m|\bft|\bin)$")
_POWERS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_LEFTWARD = ("R", "AL")  # what Unicode calls Hebrew letters, and Arabic ones
_OPENING = frozenset("([{«“‘")
_STOP = re.compile(r"[.,;:!?)\]}”’»…]+")


MARGIN = -1  # the column of what is in a margin


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
    read = [*enumerate(columns(text)), (MARGIN, beside)]
    return [line(row, page.number, number) for number, column in read for row in _rows(column)]


def _without_margins(pieces: Sequence[Piece]) -> tuple[list[Piece], list[Piece]]:
    """`pieces`, and those in small print beside them, which are notes in a margin."""
    wide = [piece for piece in pieces if width(piece) >= _COLUMN * piece.words[0].size]
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
    """The leftmost place at which many lines begin: that of the first of several columns."""
    counts = Counter(round(edge / _SAME_EDGE) for edge in edges)
    _, most = counts.most_common(1)[0]
    first = min(place for place, count in counts.items() if count >= _COLUMN_EDGE * most)
    return min(edge for edge in edges if round(edge / _SAME_EDGE) == first)


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
    for piece in down(pieces):
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
