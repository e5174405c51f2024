"""Gaps in official numbering, and what only looks like one."""

import pytest

from indexer.document import Block, Kind
from indexer.readers.common.numbering import gap_notes


def blocks(numbers: str) -> list[Block]:
    return [Block(Kind.PARAGRAPH, f"{number}. Text") for number in numbers.split()]


@pytest.mark.parametrize(
    ("numbers", "leaps"),
    [
        ("13 14 16 17", "from 14 to 16"),
        ("1 2 4 5 6 9 10", "from 2 to 4, from 6 to 9"),
        ("1 2 3 4", ""),
        ("1 2 3 1 2 3", ""),  # a section starts again
        ("1 2 7 3 4", ""),  # a quoted number
        ("1 2 4 3 4", ""),
        ("5 6 40 41", ""),  # another text's numbers
        ("3 6 9 12", ""),
        ("", ""),
    ],
)
def test_gaps(numbers: str, leaps: str) -> None:
    assert gap_notes(blocks(numbers)) == ((f"numbering goes {leaps}",) if leaps else ())


def test_labels_of_the_markup_count() -> None:
    labelled = [Block(Kind.PARAGRAPH, "Text", label=f"{n}.") for n in (1, 2, 4, 5)]
    assert gap_notes(labelled) == ("numbering goes from 2 to 4",)


def test_headings_rows_and_nested_items_do_not() -> None:
    numbers = (1, 2, 4, 5)
    headings = [Block(Kind.HEADING, f"{n}. Text", level=1) for n in numbers]
    rows = [Block(Kind.ROW, f"{n}. Text") for n in numbers]
    nested = [Block(Kind.ITEM, "Text", level=2, label=f"{n}.") for n in numbers]
    assert gap_notes([*headings, *rows, *nested]) == ()
