"""The words of a quotation and of a text in, how they stand beside each other out."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Pair = tuple[int | None, int | None]
Table = np.ndarray[tuple[int, int], np.dtype[np.int32]]

_MOST = 20_000_000  # cells of a table: some 40 MB, a second or so
_OTHER, _MISSING = 4, 1  # what a word that is added or replaced costs, and one left out
_ANCHOR = 2  # words by which a stretch of the same words begins
_OFTEN = 200  # places of the same two words that are looked at


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a quotation stands in a text: pairs of places, None where one side has no word."""

    pairs: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Tile:
    """A stretch of `length` words that both have: at `quoted` and at `source`."""

    quoted: int
    source: int
    length: int

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.source + self.length


def aligned(quoted: Sequence[str], source: Sequence[str], start: int = 0) -> Alignment | None:
    """The stretch of `source` from `start` on that `quoted` is nearest to, word by word.

    Sellers, "The theory and computation of evolutionary distances: pattern recognition", J. of
    Algorithms 1 (1980): an edit distance where both ends of the text are free. A word left out
    costs less than another word, so that as many words as can be stand beside their own. None
    where the two are too long to be compared so.
    """
    rest = source[start:]
    if (len(quoted) + 1) * (len(rest) + 1) > _MOST:
        return None
    table = _table(quoted, rest)
    end = int(table[-1].argmin())
    while end < len(rest) and table[-1][end + 1] == table[-1][end]:
        end += 1  # the last word was replaced rather than added
    pairs = _traced(table, quoted, rest, end)
    there = tuple((q, None if t is None else t + start) for q, t in pairs)
    return Alignment(there)


def _table(quoted: Sequence[str], source: Sequence[str]) -> Table:
    """Distances of the first words of `quoted` to stretches that end at each place of `source`."""
    codes: dict[str, int] = {}
    q = np.array([codes.setdefault(word, len(codes)) for word in quoted], dtype=np.int32)
    t = np.array([codes.setdefault(word, len(codes)) for word in source], dtype=np.int32)
    steps = _MISSING * np.arange(len(t) + 1, dtype=np.int32)
    table = np.zeros((len(q) + 1, len(t) + 1), dtype=np.int32)
    for row, word in enumerate(q, 1):
        above = table[row - 1]
        here = above + _OTHER
        np.minimum(here[1:], above[:-1] + _OTHER * (t != word), out=here[1:])
        # Words of the source may be left out: the least of all before, each with its way to here.
        table[row] = np.minimum.accumulate(here - steps) + steps
    return table


def _traced(table: Table, quoted: Sequence[str], source: Sequence[str], end: int) -> list[Pair]:
    row, at = len(quoted), end
    pairs: list[Pair] = []
    while row:
        here = table[row, at]
        same = at > 0 and quoted[row - 1] == source[at - 1]
        if at > 0 and here == table[row - 1, at - 1] + _OTHER * (not same):
            row, at = row - 1, at - 1
            pairs.append((row, at))
        elif here == table[row - 1, at] + _OTHER:
            row -= 1
            pairs.append((row, None))
        else:
            at -= 1
            pairs.append((None, at))
    return pairs[::-1]


def tiles(quoted: Sequence[str], source: Sequence[str]) -> list[Tile]:
    """Stretches of two words and more that both have, in the order of `quoted`, the longest first.

    Each begins where the one before has ended or later; of equal ones the next in `source` counts.
    """
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(source) - _ANCHOR + 1):
        places.setdefault(tuple(source[at : at + _ANCHOR]), []).append(at)
    found: list[Tile] = []
    at = last = 0
    while at < len(quoted):
        there = places.get(tuple(quoted[at : at + _ANCHOR]), ())[:_OFTEN]
        lengths = [(_same(quoted, source, at, place), place >= last, -place) for place in there]
        if not lengths:
            at += 1
            continue
        length, _, place = max(lengths)
        found.append(Tile(at, -place, length))
        at, last = at + length, length - place
    return found


def in_order(found: Sequence[Tile]) -> list[Tile]:
    """Those of `found` that stand in the order of the source too: as many words as can be."""
    best: list[tuple[int, int]] = []  # words of the best row that ends with a tile, the one before
    for at, tile in enumerate(found):
        before = [(best[n][0], n) for n in range(at) if found[n].end <= tile.source]
        words, last = max(before, default=(0, -1))
        best.append((words + tile.length, last))
    at = max(range(len(best)), key=lambda n: best[n][0], default=-1)
    row: list[Tile] = []
    while at >= 0:
        row.append(found[at])
        at = best[at][1]
    return row[::-1]


def _same(quoted: Sequence[str], source: Sequence[str], at: int, place: int) -> int:
    """How many words are the same from two places on."""
    most = min(len(quoted) - at, len(source) - place)
    return next((n for n in range(most) if quoted[at + n] != source[place + n]), most)
