"""From words to lines, columns, paragraphs and text, by their places alone."""

import pytest

from indexer.document import Kind
from indexer.readers.pdf.blocks import blocks
from indexer.readers.pdf.joins import Joiner, tidy
from indexer.readers.pdf.lines import Line, as_read, lines, rows
from indexer.readers.pdf.paragraphs import Measure
from indexer.readers.pdf.running import described, running
from indexer.readers.pdf.words import Page, Word

RIGHT = 350.0  # where full lines end
FULL = "A line that is so long that it fills the whole of its column"


def set_lines(*described_lines: tuple[float, float, str], right: float = RIGHT) -> list[Line]:
    """Lines from (left, baseline, text); one that ends in `…` is short, any other is full."""
    return [
        Line(
            text.removesuffix("…"),
            left,
            left + 90 if text.endswith("…") else right,
            base - 9,
            base,
        )
        for left, base, text in described_lines
    ]


def grouped(found: list[Line]) -> list[list[str]]:
    return [[line.text for line in each] for each in Measure(found).paragraphs(found)]


FILL = tuple((50.0, 400.0 + 12 * n, FULL) for n in range(8))  # tells leading and edges


@pytest.mark.parametrize(
    ("described_lines", "sizes"),
    [
        ([(50, 100, "One"), (50, 112, "two"), (50, 124, "three…")], [3]),
        ([(50, 100, "One"), (50, 112, "two…"), (50, 124, "Three")], [2, 1]),  # short last line
        ([(50, 100, "One"), (50, 118, "Two")], [1, 1]),  # a gap
        ([(50, 100, "One"), (50, 118, "goes on")], [2]),  # the same gap within a sentence
        ([(70, 100, "One"), (50, 112, "two"), (70, 124, "Three"), (50, 136, "four")], [2, 2]),
        ([(50, 100, "One of the rules"), (50, 112, "2. to 4. of the law")], [2]),  # in a sentence
        ([(50, 100, "1. One"), (65, 112, "two."), (50, 124, "2. Three")], [2, 1]),
        ([(50, 100, "• One"), (60, 112, "two"), (50, 124, "• Three")], [2, 1]),
        ([(50, 100, "One,"), (50, 112, "– two"), (50, 124, "– three")], [1, 1, 1]),
        ([(50, 100, "One two"), (50, 112, "– three – four")], [2]),  # a dash in a sentence
        ([(50, 100, "One"), (50, 112, "two"), (80, 124, "A quotation")], [2, 1]),
        ([(50, 100, "Twenty per-"), (50, 112, "cent")], [2]),
    ],
)
def test_paragraphs(described_lines: list[tuple[float, float, str]], sizes: list[int]) -> None:
    found = grouped(set_lines(*described_lines, *FILL))
    assert [len(each) for each in found[: len(sizes)]] == sizes


def test_a_paragraph_ends_where_another_size_begins() -> None:
    first, second = set_lines((50, 100, "One"), (50, 112, "two"))
    small = Line(second.text, second.left, second.right, second.top, second.bottom, size=8)
    assert grouped([first, small, *set_lines(*FILL)])[:2] == [["One"], ["two"]]


@pytest.mark.parametrize(
    ("parts", "joined"),
    [
        (["the con-", "science of"], "the conscience of"),  # "con" is no word elsewhere
        (["a well-", "known fact"], "a well-known fact"),  # written so elsewhere
        (["the co-", "operation of"], "the cooperation of"),  # written so elsewhere
        (["a non-", "member of"], "a non-member of"),  # "non-" stands before other words
        (["the Anglo-", "American treaty"], "the Anglo-American treaty"),
        (["the years 1914-", "1918 of"], "the years 1914-1918 of"),
        (["con\u00ad", "science"], "conscience"),
        (["con\u00adscience"], "conscience"),
        (
            ["see https://www.example.org/a/", "page.html for"],
            "see https://www.example.org/a/page.html for",
        ),
        (["write to office@mail.example.", "org about"], "write to office@mail.example.org about"),
        (["see https://www.example.org.", "The fact"], "see https://www.example.org. The fact"),
        (["the end.", "then more"], "the end. then more"),
        (["men and/", "or women"], "men and/or women"),
    ],
)
def test_line_ends(parts: list[str], joined: str) -> None:
    known = [
        "a well-known and well-kept cooperation is known here",
        "the non-aligned member fact is",
    ]
    elsewhere = [Line(text, 0, 0, 0, 0) for text in known]
    one_paragraph = [Line(text, 0, 0, 0, 0) for text in parts]
    assert Joiner(elsewhere).join(one_paragraph) == joined


def test_odd_signs_are_made_plain() -> None:
    assert tidy("e\ufb03cient o\ufb00er\u200b, non\u2011member") == "efficient offer, non-member"


def words(*places: tuple[str, float, float], width: float = 30) -> Page:
    made = [
        Word(each, x + n * (width + 3), x + n * (width + 3) + width, base - 8, base + 2, base)
        for text, x, base in places
        for n, each in enumerate(text.split())
    ]
    return Page(1, 400, 600, tuple(made))


def read_in_order(page: Page) -> list[str]:
    return [line.text for line in lines(page, rows(page))]


def test_lines_that_the_file_has_out_of_order() -> None:
    page = words(("c d", 50, 112), ("a b", 50, 100), ("e f", 50, 124))
    assert read_in_order(page) == ["a b", "c d", "e f"]


def test_columns_between_lines_across_the_page() -> None:
    left = [(f"l{n} x x x", 50, 120 + 12 * n) for n in range(5)]
    right = [(f"r{n} x x x", 210, 120 + 12 * n) for n in range(5)]
    top, bottom = ("t x x x x x x x x", 50, 100), ("b x x x x x x x x", 50, 200)
    rows_as_written = [place for pair in zip(left, right, strict=True) for place in pair]
    found = read_in_order(words(top, *rows_as_written, bottom))
    starts = [line.split()[0] for line in found]
    assert starts == ["t", *(f"l{n}" for n in range(5)), *(f"r{n}" for n in range(5)), "b"]


def test_words_from_right_to_left_stay_in_their_order() -> None:
    made = [
        Word(each, x, x + 30, 92, 102, 100)
        for each, x in (("כל", 200.0), ("בני", 165.0), ("האדם", 130.0))
    ]
    assert read_in_order(as_read(Page(1, 400, 600, tuple(made)))) == ["כל בני האדם"]


def test_a_page_from_right_to_left_begins_at_the_right() -> None:
    label = Word("א.", 330, 340, 92, 102, 100)
    word = Word("בני", 250, 280, 92, 102, 100)
    (found,) = lines(page := as_read(Page(1, 400, 600, (word, label))), rows(page))
    assert (found.text, found.left, found.right) == ("א. בני", 60, 150)


def running_page(head: str, foot: str, *body: str) -> list[Line]:
    heights = (30, *(80 + 12 * n for n in range(len(body))), 570)
    return [
        Line(text, 50, 300, y - 9, y) for text, y in zip((head, *body, foot), heights, strict=True)
    ]


def test_what_runs_along() -> None:
    bodies = [[f"Line {n} of {name}" for n in range(9)] for name in ("one", "two", "three", "four")]
    heads = ["The Law", "Chapter on Fish", "The Law", "The Law"]
    pages = [
        running_page(head, f"– {number} –", *body)
        for number, (head, body) in enumerate(zip(heads, bodies, strict=True), start=1)
    ]
    assert running(pages, 10.0) == {(page, line) for page in range(4) for line in (0, 10)}


def test_a_document_of_one_page_keeps_its_first_and_last_line() -> None:
    assert running([running_page("A title", "A last line", "Text", "text")], 10.0) == set()


def test_what_was_removed_is_named() -> None:
    assert described(["1", "ii", "- 3 -"]) == "left out as page numbers, 3 lines"
    assert described(["Law 1", "Law 2", "Fish", "4"]) == (
        "left out as running heads and page numbers, 4 lines: Law 1 · Fish"
    )


def test_a_heading_in_two_parts_is_one() -> None:
    large = [
        Line("Chapter 1", 50, 150, 30, 42, size=18),
        Line("On fish", 50, 150, 60, 80, size=22),
    ]
    first, *_ = blocks([*large, *set_lines(*FILL)])
    assert (first.kind, first.text) == (Kind.HEADING, "Chapter 1: On fish")
