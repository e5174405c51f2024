"""Lines in the order of reading in; the same parted into tables and the text between, out. Pure.

A table is told by its cells: they begin at the same places in line after line. Whatever is less
regular is left to be read as text, so that nothing is lost.
"""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.labels import split_label
from indexer.readers.common.bullets import BULLET
from indexer.readers.pdf.lines import Line

_NEAR = 3.0  # points: edges nearer than this are the same
_FEW_LINES = 3  # make no table
_ROW_GAP = 1.3  # lines of one row are nearer than this, in the least distance of the table's lines


def tables(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """`lines` in runs: those of one table together, and those between two tables."""
    run: list[Line] = []
    at = 0
    while at < len(lines):
        count = _table_length(lines, at)
        if count:
            if run:
                yield run
            yield list(lines[at : at + count])
            run, at = [], at + count
        else:
            run.append(lines[at])
            at += 1
    if run:
        yield run


def is_table(run: Sequence[Line]) -> bool:
    """Whether `run`, one of `tables`, is a table."""
    return len(run) >= _FEW_LINES and _table_length(run, 0) == len(run)


def table_rows(run: Sequence[Line]) -> Iterator[list[list[Line]]]:
    """The rows of a table: for each its cells, for each cell its lines."""
    edges = run[0].edges
    gaps = [after.bottom - line.bottom for line, after in itertools.pairwise(run)]
    apart = [gap > _ROW_GAP * min(gaps) for gap in gaps]
    by_gap = any(apart) and not all(apart)
    row: list[list[Line]] = [[] for _ in edges]
    for at, line in enumerate(run):
        opens = apart[at - 1] if at and by_gap else _column(line.left, edges) == 0
        if opens and any(row):
            yield row
            row = [[] for _ in edges]
        for edge, text in zip(line.edges or (line.left,), line.cells or (line.text,), strict=True):
            row[_column(edge, edges)].append(replace(line, text=text))
    yield row


def without_label_cell(line: Line) -> Line:
    """`line` without its cells where the only gap is the one after a bullet or a number."""
    if len(line.cells) != 2:  # noqa: PLR2004 (more make a row, numbered or not)
        return line
    opening = f"{line.cells[0]} x"
    bullet = BULLET.match(opening)
    if split_label(opening).text != "x" and not (bullet and bullet.end() == len(opening) - 1):
        return line
    return replace(line, cells=(), edges=())


def _table_length(lines: Sequence[Line], at: int) -> int:
    """How many lines from `at` on make a table; 0 where none do."""
    edges = lines[at].edges
    if len(edges) < 2 or lines[at].monospaced:  # noqa: PLR2004 (one cell is no row)
        return 0
    end, with_cells = at, 0
    while end < len(lines) and _fits(lines[end], edges, lines[at]):
        with_cells += bool(lines[end].cells)
        end += 1
    return end - at if with_cells >= _FEW_LINES else 0


def _fits(line: Line, edges: Sequence[float], first: Line) -> bool:
    if (line.page, line.column) != (first.page, first.column):
        return False
    starts = line.edges or (line.left,)
    if any(abs(start - edges[_column(start, edges)]) > _NEAR for start in starts):
        return False
    if line.cells:
        return True
    column = _column(line.left, edges)
    return column + 1 == len(edges) or line.right < edges[column + 1]


def _column(start: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - start))
