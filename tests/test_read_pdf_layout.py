"""PDFs: what lies beside, across or between the text is told from it, and nothing of it is lost."""

import pytest

from indexer.document import Block, Kind
from indexer.errors import Unreadable
from indexer.readers.pdf.reader import read
from tests.helpers.pdfs import PICTURE, lines, pdf, text, turned

WORDS = "river bank boat fish water ferry lamp rope stone mill gate pier sand wave wind"


def prose(seed: int, count: int, width: int = 9) -> list[str]:
    """Lines of small words, as they are within a paragraph; each line is another one."""
    words = WORDS.split()
    return [
        " ".join(words[(seed + 7 * n + 3 * k + k * k) % len(words)] for k in range(width))
        for n in range(count)
    ]


def said(data: bytes) -> str:
    """All text of the document."""
    return " ".join(block.text for block in read(data).blocks)


def test_double_spaced_lines_at_the_edges_of_pages_are_no_running_heads() -> None:
    pages = [prose(page, 20) for page in range(5)]
    data = pdf([lines(50, 60, each, leading=24) for each in pages])
    assert all(line in said(data) for page in pages for line in page)
    assert not any("running heads" in note for note in read(data).notes)


def test_running_heads_are_left_out_and_named() -> None:
    pages = [
        text(50, 30, "REPORT OF THE RIVER BOARD") + lines(50, 80, prose(page, 30))
        for page in range(4)
    ]
    document = read(pdf(pages))
    assert "RIVER BOARD" not in " ".join(block.text for block in document.blocks)
    assert document.notes == (
        "left out as running heads and page numbers, 4 lines: REPORT OF THE RIVER BOARD",
    )


def test_entries_of_contents_at_the_edges_of_pages_are_no_running_heads() -> None:
    pages = [
        lines(50, 60, [f"Article {20 * page + n} . . . . . . . {page + 9}" for n in range(20)])
        for page in range(4)
    ]
    document = read(pdf([*pages, lines(50, 60, prose(0, 20))]))
    assert not any("running heads" in note for note in document.notes)


def test_the_numbers_at_the_ends_of_a_list_of_contents_are_no_column() -> None:
    entries = [text(50, 60 + 14 * n, f"Article {n + 9} {'. ' * 40}") for n in range(30)]
    numbers = [text(360, 60 + 14 * n, "12") for n in range(30)]
    contents = b"".join(part for pair in zip(entries, numbers, strict=True) for part in pair)
    document = read(pdf([contents, lines(50, 60, prose(0, 20))]))
    assert document.notes == ("left out as a table of contents, 30 lines",)


@pytest.mark.parametrize("left", [30, 25])
def test_numbers_of_lines_are_left_out(left: int) -> None:
    page = prose(0, 28)
    numbers = b"".join(text(left, 60 + 15 * n, str(n + 1)) for n in range(28))
    document = read(pdf([numbers + lines(60, 60, page, leading=15)]))
    assert " ".join(block.text for block in document.blocks) == " ".join(page)
    assert document.notes == ("left out as numbers of lines, 28 numbers",)


def test_a_numbered_table_keeps_its_numbers() -> None:
    rows = b"".join(
        text(30, 60 + 15 * n, str(n + 1))
        + text(60, 60 + 15 * n, "Ford")
        + text(250, 60 + 15 * n, "7 m")
        for n in range(12)
    )
    first = read(pdf([rows])).blocks[0]
    assert (first.kind, first.text) == (Kind.ROW, "1 | Ford | 7 m")


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_page_is_read_in_the_direction_of_its_text(degrees: int) -> None:
    starts = {0: (50, 60), 90: (60, 550), 180: (350, 500), 270: (340, 50)}
    steps = {0: (0, 12), 90: (12, 0), 180: (0, -12), 270: (-12, 0)}
    (x, y), (dx, dy) = starts[degrees], steps[degrees]
    page = prose(0, 6, width=7)
    drawn = (turned(x + dx * n, y + dy * n, line, degrees) for n, line in enumerate(page))
    assert said(pdf([b"".join(drawn)])) == " ".join(page)


@pytest.mark.parametrize(("degrees", "words"), [(45, "COPY"), (90, "Registry 2020")])
def test_a_stamp_is_neither_title_nor_text(degrees: int, words: str) -> None:
    page = prose(0, 12)
    document = read(pdf([lines(50, 60, page) + turned(200, 500, words, degrees, size=40)]))
    assert " ".join(block.text for block in document.blocks) == " ".join(page)
    assert document.metadata.title == ""
    assert document.notes == (f"left out as stamps or watermarks, on 1 page: {words}",)


def test_a_scan_with_a_stamp_is_told_as_one() -> None:
    pages = [PICTURE + text(50, 20, f"Doc: 17 Filed: 10/31/2017 Pg: {n} of 2") for n in (1, 2)]
    with pytest.raises(Unreadable, match="no text but a stamp"):
        read(pdf(pages))


def test_a_note_in_a_margin_parts_no_paragraph() -> None:
    page = prose(0, 10)
    margin = text(20, 84, "The ferry", 7) + text(20, 93, "and its lamp", 7)
    blocks = read(pdf([lines(110, 60, page) + margin])).blocks
    assert [block.text for block in blocks] == [" ".join(page), "The ferry and its lamp"]


def test_three_columns_are_read_one_after_the_other() -> None:
    columns = [[f"boat{n} bank{k:02} rope gate" for k in range(20)] for n in range(3)]
    drawn = (lines(30 + 120 * n, 60, each, size=8) for n, each in enumerate(columns))
    found = said(pdf([b"".join(drawn)]))
    assert [found.find(column[0]) for column in columns] == sorted(
        found.find(column[0]) for column in columns
    )
    assert all(" ".join(column) in found for column in columns)


def test_raised_numbers_are_powers_or_call_for_notes() -> None:
    words = text(50, 60, "the yield was 10") + text(122, 56, "6", 6) + text(128, 60, "tonnes")
    called = text(50, 84, "as the court") + text(104, 80, "1", 6) + text(112, 84, "found.")
    note = text(50, 500, "1 In its report.", 7)
    more = lines(50, 110, prose(0, 8))
    blocks = read(pdf([words + called + more + note])).blocks
    texts = " ".join(block.text for block in blocks)
    assert "10⁶ tonnes" in texts
    assert "as the court found." in texts
    assert blocks[-1] == Block(Kind.NOTE, "In its report.", label="1", anchor="note-1-1", page=1)
    (mark,) = (mark for block in blocks for mark in block.note_marks)
    assert mark.anchor == "note-1-1"


def test_a_large_initial_is_a_part_of_its_word() -> None:
    page = prose(0, 6)
    drawn = text(50, 84, "T", 36) + text(74, 60, f"he {page[0]}") + lines(74, 72, page[1:3])
    found = said(pdf([drawn + lines(50, 96, page[3:])]))
    assert found.startswith(f"The {page[0]}")


@pytest.mark.parametrize(
    ("end", "start", "whole"),
    [
        ("long-", "term plans", "long-term"),
        ("self-", "defence", "self-defence"),
        ("follow-", "up measures", "follow-up"),
        ("stand-", "by forces", "stand-by"),
        ("where-", "by ships", "whereby"),
        ("navi-", "gate", "navigate"),
    ],
)
def test_the_hyphen_of_a_compound_stays(end: str, start: str, whole: str) -> None:
    found = said(pdf([lines(50, 60, [f"{prose(0, 1)[0]} {end}", f"{start} {prose(1, 1)[0]}"])]))
    assert f" {whole} " in found


TOP, FOOT, BESIDE = [prose(n, 8, 6) for n in (0, 2)], prose(20, 6, 6), prose(40, 30, 6)


def report() -> list[bytes]:
    """A page with two columns above a table, and one with a chart and text beside and below it."""
    above = b"".join(
        lines(40 + 180 * n, 60, each, leading=12 + n / 8) for n, each in enumerate(TOP)
    )
    table = b"".join(
        text(40, 220 + 12 * row, f"Class {row}")
        + b"".join(text(220 + 60 * n, 220 + 12 * row, f"{row}{n}.{row}") for n in range(3))
        for row in range(12)
    )
    title = text(40, 195, "Ships by their class, and whatever else was counted in the river, 2010")
    chart = b"".join(text(60 + 9 * n, 47 + 23 * n, f"{n}.{n}") for n in range(12))
    return [above + title + table, chart + lines(40, 360, FOOT) + lines(220, 60, BESIDE)]


def test_prose_in_columns_above_a_table_or_beside_a_chart_is_no_table() -> None:
    blocks = read(pdf(report())).blocks
    found = " ".join(block.text for block in blocks)
    assert all(" ".join(column) in found for column in (*TOP, FOOT, BESIDE))
    assert sum(block.kind is Kind.ROW for block in blocks) == 12
    assert not any(block.kind is Kind.ROW and "boat" in block.text for block in blocks)


def test_a_table_of_words_stays_a_table() -> None:
    rows = [("Ferry", "open in summer", "the river bank"), ("Mill", "closed", "a stone gate")]
    drawn = b"".join(
        text(40 + 180 * n, 60 + 14 * at, cell)
        for at, row in enumerate(rows * 5)
        for n, cell in enumerate(row)
    )
    blocks = read(pdf([drawn])).blocks
    assert [b.kind for b in blocks] == [Kind.ROW] * 10


@pytest.mark.parametrize("dash", ["-", "—", ":"])
def test_a_list_below_a_paragraph_of_one_line_is_its_own_paragraphs(dash: str) -> None:
    rows = [
        (50, "1. The board may close the river by notice given to all who use the water and"),
        (62, "the banks of it."),
        (50, f"2. The board may decide on the use of{dash}"),
        (74, "a. any ferry that is owned by those who live at the two banks of the river, and"),
        (86, "by their sons;"),
        (74, f"b. any mill that{dash}"),
        (98, "i. has stood for a year; and"),
        (98, "ii. turns."),
        (50, "3. Nothing else is closed by the board at any time of the year or at any place."),
    ]
    page = b"".join(text(x, 60 + 12 * n, words, size=8) for n, (x, words) in enumerate(rows))
    assert [block.text for block in read(pdf([page])).blocks] == [
        (
            "1. The board may close the river by notice given to all who use the water and "
            "the banks of it."
        ),
        f"2. The board may decide on the use of{dash}",
        (
            "a. any ferry that is owned by those who live at the two banks of the river, and "
            "by their sons;"
        ),
        f"b. any mill that{dash}",
        "i. has stood for a year; and",
        "ii. turns.",
        "3. Nothing else is closed by the board at any time of the year or at any place.",
    ]
