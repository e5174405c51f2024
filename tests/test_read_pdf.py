"""PDFs: paragraphs put together from where their words stand, and what is told of the rest."""

from pathlib import Path

import pytest

from indexer.document import Block, Document, Kind
from indexer.errors import Unreadable
from indexer.library import Library
from indexer.readers import read
from indexer.reading.passages import split
from tests.conftest import Write
from tests.helpers.pdfs import PICTURE, lines, pdf, text

PROTECTED = b"/ID[(a)(a)]/Encrypt<</Filter/Standard/V 1/R 2/P -4/O(%s)/U(%s)>>"
PROTECTED %= (b"o" * 32, b"u" * 32)

# Articles 1 and 2 of the Universal Declaration of Human Rights, set in lines of equal width.
BORN = (
    "All human beings are born free and equal in dignity and",
    "rights. They are endowed with reason and con-",
    "science and should act towards one another in a spirit",
    "of brotherhood.",
)
ENTITLED = (
    "Everyone is entitled to all the rights and freedoms set",
    "forth in this Declaration, without distinction of any kind,",
    "such as race, colour, sex, language, religion, political or",
)
OTHER = ("other opinion, property, birth or other status.",)
WHOLE_BORN = " ".join(BORN).replace("con- science", "conscience")


def document(data: bytes) -> Document:
    return read(Path("x.pdf"), data)


def texts(data: bytes) -> list[str]:
    return [block.text for block in document(data).blocks]


def page(number: int, *content: bytes, head: str = "Universal Declaration") -> bytes:
    return b"".join((text(50, 30, head), *content, text(195, 570, str(number))))


def test_a_paragraph_goes_on_over_the_page_end_without_heads_and_numbers() -> None:
    data = pdf(
        [
            page(1, text(50, 70, "A Declaration", 18), lines(50, 100, BORN)),
            page(2, lines(50, 60, ENTITLED)),
            page(3, lines(50, 60, OTHER), lines(50, 90, BORN)),
        ]
    )
    found = document(data)
    assert found.metadata.title == "A Declaration"
    assert found.blocks == (
        Block(Kind.PARAGRAPH, WHOLE_BORN, page=1),
        Block(Kind.PARAGRAPH, " ".join((*ENTITLED, *OTHER)), page=2),
        Block(Kind.PARAGRAPH, WHOLE_BORN, page=3),
    )
    assert found.notes == (
        "left out as running heads and page numbers, 6 lines: Universal Declaration",
    )


def test_two_columns_below_a_title_are_read_one_after_the_other() -> None:
    narrow = [" ".join(words[:5]) for words in (line.split() for line in BORN * 2)]
    left = [f"left {line}" for line in narrow]
    right = [f"right {line}" for line in narrow]
    both = b"".join(
        text(40, y, one) + text(220, y, other)
        for y, one, other in zip(range(80, 176, 12), left, right, strict=True)
    )
    data = pdf([text(40, 50, "A title that runs across both columns", 16) + both])
    found = " ".join(texts(data))
    assert found.index("right All") > found.rindex("left of")
    assert found.index("left science") > found.index("left All")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ([("1.", 50), ("2.", 50)], ["1.", "2."]),
        ([("(a)", 60), ("(b)", 60)], ["(a)", "(b)"]),
    ],
)
def test_official_numbers_open_passages(
    content: list[tuple[str, int]], expected: list[str]
) -> None:
    drawn = b"".join(
        text(x, 60 + 36 * n, label) + lines(x + 25, 60 + 36 * n, ENTITLED)
        for n, (label, x) in enumerate(content)
    )
    passages = split(document(pdf([drawn])))
    assert [(passage.label, passage.page) for passage in passages] == [(e, 1) for e in expected]
    assert {passage.text for passage in passages} == {" ".join(ENTITLED)}


def test_headings_by_size_and_weight() -> None:
    data = pdf(
        [
            text(50, 50, "Part One", 16)
            + text(50, 80, "A bold heading", font="bold")
            + lines(50, 110, BORN)
            + text(50, 180, "Part Two", 16)
            + lines(50, 210, ENTITLED)
        ],
        info=b"/Title(A title)",
    )
    headings = [(b.level, b.text) for b in document(data).blocks if b.kind is Kind.HEADING]
    assert headings == [(1, "Part One"), (2, "A bold heading"), (1, "Part Two")]


def test_a_table_is_read_by_rows() -> None:
    cells = [("State", "Signed", "Ratified"), ("Norway", "1945", "1946"), ("Peru", "1945", "1947")]
    drawn = b"".join(
        text(x, y, cell)
        for y, row in zip((160, 174, 188), cells, strict=True)
        for x, cell in zip((50, 150, 250), row, strict=True)
    )
    found = document(pdf([lines(50, 60, BORN) + drawn])).blocks
    assert [block.text for block in found if block.kind is Kind.ROW] == [
        " | ".join(row) for row in cells
    ]


def test_notes_stand_after_the_paragraph_that_they_would_part() -> None:
    first = lines(50, 60, BORN) + lines(50, 120, ENTITLED) + text(50, 540, "1 See below.", 7)
    found = texts(pdf([first, lines(50, 60, OTHER) + lines(50, 90, BORN)]))
    assert found == [WHOLE_BORN, " ".join((*ENTITLED, *OTHER)), "See below.", WHOLE_BORN]


def test_code_keeps_its_lines() -> None:
    code = text(50, 150, "if x:", font="code") + text(74, 162, "return y", font="code")
    found = document(pdf([lines(50, 60, BORN) + code])).blocks
    assert found[-1] == Block(Kind.CODE, "if x:\n    return y", page=1)


@pytest.mark.parametrize(
    ("info", "field", "value", "origin"),
    [
        (b"/Title(On Lamps)", "title", "On Lamps", "PDF properties"),
        (b"/Title(Microsoft Word - a.doc)", "title", "Large", "largest text on the first page"),
        (b"/Title()", "title", "Large", "largest text on the first page"),
        (b"/Title(lamps_final.indd)", "title", "Large", "largest text on the first page"),
        (b"/Author(Ministry of Light)", "publisher", "Ministry of Light", "PDF properties, Author"),
        (b"/Author(J. Smith)", "publisher", "", ""),
        (
            b"/CreationDate(D:20200811101500Z)",
            "date",
            "2020-08-11",
            "PDF properties, CreationDate: when the file was made",
        ),
        (
            b"/ModDate(D:202008)",
            "date",
            "2020-08",
            "PDF properties, ModDate: when the file was last changed",
        ),
        (b"/CreationDate(yesterday)", "date", "", ""),
    ],
)
def test_metadata(info: bytes, field: str, value: str, origin: str) -> None:
    found = document(pdf([text(50, 50, "Large", 18) + lines(50, 90, BORN)], info=info)).metadata
    assert getattr(found, field) == value
    assert found.origins.get(field, "") == origin


def test_a_date_in_the_text_counts_more_than_that_of_the_file() -> None:
    content = text(50, 50, "Paris, 10 December 1948") + lines(50, 90, BORN)
    found = document(pdf([content], info=b"/CreationDate(D:20200811101500Z)"))
    assert found.metadata.date == "1948-12-10"


def test_the_language_is_the_one_declared() -> None:
    found = document(pdf([lines(50, 50, BORN)], root=b"/Lang(en-GB)")).metadata
    assert (found.language, found.origins["language"]) == ("en-GB", "PDF language")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pdf([PICTURE, PICTURE]), "pictures of pages and no text.*OCR.*set ocr"),
        (pdf([b""]), "no text on any page"),
        (pdf([lines(50, 50, BORN)], trailer=PROTECTED), "protected by a password"),
        (b"%PDF-1.7\n" + b"x" * 400, "damaged or no PDF"),
        (b"<html>", "damaged or no PDF"),
        (pdf([b""] * 20_001), "has 20,001 pages"),
    ],
    ids=["pictures", "empty", "protected", "damaged", "no PDF", "many pages"],
)
def test_what_has_no_text_is_refused_by_reason(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        document(data)


def test_a_page_that_is_a_picture_is_noted() -> None:
    found = document(pdf([lines(50, 50, BORN), PICTURE, lines(50, 50, ENTITLED)]))
    (note,) = found.notes
    assert note.startswith("pages that are pictures without text: 2; to have them read by machine")


def test_a_turned_page_is_read_as_it_is_seen() -> None:
    turned = b"0 1 -1 0 %d 0 cm\n" % 400 + lines(50, 250, BORN)
    data = pdf([turned]).replace(b"/Type/Page/", b"/Type/Page/Rotate 90/", 1)
    assert texts(data) == [WHOLE_BORN]


def test_pages_are_kept_and_a_paragraph_on_another_page_keeps_its_id(
    library: Library, write: Write
) -> None:
    write("a.pdf", pdf([lines(50, 60, BORN), lines(50, 60, ENTITLED)]))
    library.maintenance.sync()
    before = library.document("a").passages
    write("a.pdf", pdf([PICTURE, lines(50, 60, BORN), lines(50, 60, ENTITLED)]))
    library.maintenance.sync()
    after = library.document("a").passages
    assert [stored.passage.page for stored in before] == [1, 2]
    assert [stored.passage.page for stored in after] == [2, 3]
    assert [stored.address for stored in after] == [stored.address for stored in before]


def test_words_strewn_over_a_page_are_read_all_the_same() -> None:
    strewn = b"".join(text(7 * n % 380, 11 * n % 590, f"w{n}", 6) for n in range(4000))
    assert sum(block.count("w") for block in texts(pdf([strewn]))) >= 3_900
