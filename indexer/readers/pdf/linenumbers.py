"""Takes out the numbers that count the lines of a page, as pleadings and bills have them.

They are whole numbers in a column of their own beside the text, rising by one step from line to
line at even distances. A numbered list has dots, uneven distances, or not a number at every line; a
table has cells.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from indexer.readers.pdf.words import Page, Word

_FEWEST = 8  # numbers on a page
_HIGHEST = 5  # that the first of them may be
_DIGITS = 3
_EVEN = 0.25  # of the usual distance: how much one may differ
_ALL = 0.8  # the share of numbers that must fit, and of lines that must be one text
_GAP = 2.5  # sizes of the font: a wider gap between two words is one between cells
_LINE = 0.5  # of the size: words whose baselines are nearer are in one line


def without_line_numbers(page: Page) -> tuple[Page, int]:
    """`page` without the numbers of its lines, and how many those were."""
    for column in _columns(page.words):
        if _counts_lines(column) and _is_beside_text(column, page.words):
            gone = set(column)
            kept = tuple(word for word in page.words if word not in gone)
            return page._replace(words=kept), len(gone)
    return page, 0


def _columns(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Whole numbers one below the other, from the top down."""
    numbers = [word for word in words if word.text.isdecimal() and len(word.text) <= _DIGITS]
    column: list[Word] = []
    for word in sorted(numbers, key=lambda word: word.left):
        if column and word.left > max(each.right for each in column):
            yield from _long_enough(column)
            column = []
        column.append(word)
    yield from _long_enough(column)


def _long_enough(column: list[Word]) -> Iterator[list[Word]]:
    if len(column) >= _FEWEST:
        yield sorted(column, key=lambda word: word.base)


def _counts_lines(column: Sequence[Word]) -> bool:
    values = [int(word.text) for word in column]
    steps = [after - before for before, after in pairwise(values)]
    step = median(steps)
    if values[0] > max(_HIGHEST, step) or step < 1:
        return False
    heights = [after.base - before.base for before, after in pairwise(column)]
    usual = median(heights)
    even = sum(
        rise == step and abs(height - usual) <= _EVEN * usual
        for rise, height in zip(steps, heights, strict=True)
    )
    return usual > 0 and even >= _ALL * len(steps)


def _is_beside_text(column: Sequence[Word], words: Sequence[Word]) -> bool:
    """Whether each number is at the edge of a line of text, which has no cells."""
    lines = 0
    for number in column:
        row = [
            word
            for word in words
            if word is not number and abs(word.base - number.base) < _LINE * word.size
        ]
        row.sort(key=lambda word: word.left)
        if any(word.left < number.left for word in row) and any(
            word.left > number.left for word in row
        ):
            return False
        gaps = (after.left - before.right for before, after in pairwise(row))
        lines += all(gap < _GAP * number.size for gap in gaps)
    return lines >= _ALL * len(column)
