"""The pieces of lines of a page in; which of them stand in columns side by side out. Pure.

Columns run down the whole page, or a part of it: above a table, below a chart. Of a part the lines
must read as prose, since cells of a table stand in columns as well.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from statistics import median

from indexer.readers.pdf.words import Piece

# All in sizes of the font.
_GUTTER = 0.8  # between two columns, at the least
_COLUMN = 10.0  # how wide a column is, at the least
_COLUMN_LINES = 4  # a column has so many lines, at the least
_MOST_PIECES = 3_000  # on a page; no text in columns has more, and looking takes long
_FULL_LINES = 0.5  # the share of a column's lines that fill most of it
_FILLED = 0.7
_SAME_EDGE = 3.0  # points
_WIDE_SHARE = 0.9  # of the lines of a column are not longer than its usual line
_HARDLY = 0.04  # of the lines
_MANY = 8  # full lines
_CROSSED = 0.5  # the share of lines that may run across both columns
_APART = 1.8  # from one line to the next: such a gap parts a few last lines from a column
_GOES_ON = 0.4  # the share of lines of prose that open with a small letter
_WORDS = 0.7  # the share of words, not numbers, in prose
_ALIGNED = 0.5  # the share of lines of a chart that may stand at the height of the text beside it
_SAME_BASE = 1.0  # points


def columns(pieces: Sequence[Piece]) -> Iterator[list[Piece]]:
    """`pieces` parted into what is read one after the other."""
    at = _gutter(pieces)
    if at is not None:
        yield from _parted(pieces, at)
        return
    part = _part_in_columns(pieces)
    if part:
        above, both, below, gutter = part
        yield from columns(above)
        yield from _parted(both, gutter)
        yield from columns(below)
    elif pieces:
        yield list(pieces)


def width(piece: Piece) -> float:
    """How wide a piece is, in points."""
    return piece.right - piece.left


def down(pieces: Iterable[Piece]) -> list[Piece]:
    """`pieces` from the top of the page down, those at one height from left to right."""
    return sorted(pieces, key=lambda piece: (piece.bottom, piece.left))


def _parted(pieces: Sequence[Piece], at: float) -> Iterator[list[Piece]]:
    for crossing, band in itertools.groupby(down(pieces), lambda p: p.left < at < p.right):
        if crossing:
            yield list(band)
            continue
        both = list(band)
        yield from columns([piece for piece in both if piece.right <= at])
        yield from columns([piece for piece in both if piece.left >= at])


_Part = tuple[list[Piece], list[Piece], list[Piece], float]


def _part_in_columns(pieces: Sequence[Piece]) -> _Part | None:
    """What is above a part of the page in columns of prose, the part, what is below, its gutter."""
    if not 2 * _COLUMN_LINES <= len(pieces) <= _MOST_PIECES:
        return None
    size = median(piece.words[0].size for piece in pieces)
    ordered = down(pieces)
    best: tuple[int, float, int, int] = (0, 0.0, 0, 0)
    for edge in sorted({round(piece.left) for piece in pieces}):
        at = edge - _GUTTER * size / 2
        for start, end in _uncrossed(ordered, at):
            first, last = _without_ends(ordered, start, end, at)
            weight = _prose_weight(ordered[first:last], at, size)
            best = max(best, (weight, at, first, last))
    weight, at, first, last = best
    if not weight or last - first == len(ordered):
        return (list[Piece](), ordered, [], at) if weight else None
    return ordered[:first], ordered[first:last], ordered[last:], at


def _uncrossed(ordered: Sequence[Piece], at: float) -> Iterator[tuple[int, int]]:
    """The runs of pieces that `at` runs through without crossing one, whole and parted at gaps."""
    start = 0
    for end in range(len(ordered) + 1):
        if end < len(ordered) and not ordered[end].left < at < ordered[end].right:
            continue
        if end - start >= 2 * _COLUMN_LINES:
            yield start, end
            yield from _between_gaps(ordered, start, end)
        start = end + 1


def _between_gaps(ordered: Sequence[Piece], start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a run that white space across all columns parts, as it does a chart and text."""
    first = start
    for place in range(start + 1, end):
        gap = ordered[place].bottom - ordered[place - 1].bottom
        if gap > _APART * ordered[place].words[0].size:
            yield first, place
            first = place
    if first > start:
        yield first, end


def _without_ends(ordered: Sequence[Piece], start: int, end: int, at: float) -> tuple[int, int]:
    """The run without the few lines at either end that are on one side, a gap away from the rest.

    They are the titles and captions of what is above or below the columns.
    """
    run = ordered[start:end]
    gaps = [after.bottom - piece.bottom for piece, after in itertools.pairwise(run)]
    left, right = ([p for p in run if (p.right <= at) is side] for side in (True, False))
    if min(len(left), len(right)) < _COLUMN_LINES:
        return start, end
    foot = min(left[-1].bottom, right[-1].bottom)
    for place in range(max(len(run) - _COLUMN_LINES, 1), len(run)):
        if gaps[place - 1] > _APART * run[place].words[0].size and run[place].bottom > foot:
            return start, start + place
    return start, end


def _prose_weight(pieces: Sequence[Piece], at: float, size: float) -> int:
    left = [piece for piece in pieces if piece.right <= at]
    right = [piece for piece in pieces if piece.left >= at]
    if min(len(left), len(right)) < _COLUMN_LINES or not (_is_prose(left) and _is_prose(right)):
        return 0
    return _weight(pieces, at, size)


def _is_prose(pieces: Sequence[Piece]) -> bool:
    """Whether lines go on in each other, as those of a paragraph do and cells do not."""
    words = [word.text for piece in pieces for word in piece.words]
    opens_small = sum(piece.words[0].text[0].islower() for piece in pieces)
    with_letters = sum(any(c.isalpha() for c in word) for word in words)
    return opens_small >= _GOES_ON * len(pieces) and with_letters >= _WORDS * len(words)


def _is_prose_beside(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether one side is prose, and the other, a chart, has lines at heights of its own."""
    for text, chart in ((left, right), (right, left)):
        bases = {round(piece.words[0].base / _SAME_BASE) for piece in text}
        near = {base + step for base in bases for step in (-1, 0, 1)}
        aligned = sum(round(piece.words[0].base / _SAME_BASE) in near for piece in chart)
        many = _full_lines(text) >= max(_MANY, _FULL_LINES * len(text))
        if many and _is_prose(text) and aligned <= _ALIGNED * len(chart):
            return True
    return False


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
    full = _is_column(left, size) + _is_column(right, size)
    # One of the two may have a table or a chart in it, if hardly anything runs across. Numbers of
    # pages at the ends of a list of contents are no column.
    is_clear = (
        crossing <= _HARDLY * len(pieces)
        and min(map(_full_lines, (left, right))) >= _MANY
        and min(map(_whole_width, (left, right))) >= _COLUMN * size
    )
    if full < (1 if is_clear or (not crossing and _is_prose_beside(left, right)) else 2):
        return 0
    return fewer if _side_by_side(left, right) else 0


def _whole_width(pieces: Sequence[Piece]) -> float:
    return max(piece.right for piece in pieces) - min(piece.left for piece in pieces)


def _full_lines(pieces: Sequence[Piece]) -> int:
    """How many lines fill most of the width that `pieces` take."""
    whole = _whole_width(pieces)
    return sum(width(piece) >= _FILLED * whole for piece in pieces)


def _are_columns(pieces: Sequence[Piece], size: float) -> bool:
    """Whether lines of one width fill several columns, as far as lines can tell."""
    widths = sorted(map(width, pieces))
    usual = widths[int(_WIDE_SHARE * len(widths))]
    full = sum(each >= _FILLED * usual for each in widths)
    lefts = Counter(round(piece.left / _SAME_EDGE) for piece in pieces)
    edges = sum(count >= _COLUMN_LINES for count in lefts.values())
    return usual >= _COLUMN * size and full >= _FULL_LINES * len(pieces) and edges > 1


def _is_column(pieces: Sequence[Piece], size: float) -> bool:
    whole = _whole_width(pieces)
    if whole >= _COLUMN * size and _full_lines(pieces) >= _FULL_LINES * len(pieces):
        return True
    return _are_columns(pieces, size)


def _side_by_side(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether the two stand beside each other for most of the shorter one's height."""
    top = max(min(p.top for p in left), min(p.top for p in right))
    bottom = min(max(p.bottom for p in left), max(p.bottom for p in right))
    inside = [sum(p.bottom > top and p.top < bottom for p in side) for side in (left, right)]
    return bottom > top and min(inside) >= _COLUMN_LINES
