"""Web pages of acts and treaties: numbered rows and lines, and the names of parts as headings."""

import pytest

from indexer.document import Block, Kind
from indexer.readers.html.reader import read_markup
from tests.helpers.office import lines


def read(markup: str) -> list[str]:
    return lines(read_markup(f"<html><body>{markup}<p>The end of it.</p>"))[:-1]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            (
                "<table><tr><td><p>(1)</p><td><p>Ferries need lamps.</table>"
                "<table><tr><td>(2)<td>Lamps need oil.</table>"
            ),
            ["paragraph | (1) | Ferries need lamps.", "paragraph | (2) | Lamps need oil."],
        ),
        (
            (
                "<p>1. Both:</p><table><tr><td>(a)<td>lamps:"
                "<table><tr><td>(i)<td>of oil;<tr><td>(ii)<td>of gas;</table></table>"
            ),
            [
                "paragraph | 1. Both:",
                "paragraph | (a) | lamps:",
                "item 2 | (i) | of oil;",
                "item 2 | (ii) | of gas;",
            ],
        ),
        ("<table><tr><td><td>2.<td>Contracts.</table>", ["paragraph | 2. | Contracts."]),
        ("<table><tr><td>—<td>with lamps,</table>", ["item 1 | with lamps,"]),
        (
            "<table><tr><td>1.<td>a text<p>and more</table>",
            ["paragraph | 1. | a text", "paragraph | and more"],
        ),
    ],
)
def test_rows_that_are_numbered_paragraphs(markup: str, expected: list[str]) -> None:
    assert read(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<table><tr><th>(a)<th>Fee</table>", ["row | (a) | Fee"]),
        ("<table><tr><td>1.<td>2.</table>", ["row | 1. | 2."]),
        (
            "<table><tr><td>1.<td>Ford<tr><td>all<td>Mill</table>",
            ["row | 1. | Ford", "row | all | Mill"],
        ),
        ("<table><tr><td>1.<td>a<td>b<td>c</table>", ["row | 1. | a | b | c"]),
    ],
)
def test_rows_of_tables(markup: str, expected: list[str]) -> None:
    assert read(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        (
            "<ol><li data-title='(1)'>a<ol><li data-title='a)'>b</ol></ol>",
            ["item 1 | (1) | a", "item 2 | a) | b"],
        ),
        ("<ol><li data-title='Rivers'>a</ol>", ["item 1 | 1. | a"]),
        (
            "<p>1. One.<br>2. Two,<br>and more.</p>",
            ["paragraph | 1. One.", "paragraph | 2. Two, and more."],
        ),
        ("<p>Rule 5 of<br>2. Mai</p>", ["paragraph | Rule 5 of 2. Mai"]),
        (
            "<p>Article 4<br>Each may fish.</p>",
            ["heading 1 | Article 4 | Article 4", "paragraph | Each may fish."],
        ),
        (
            "<div style='white-space: pre-wrap'>1. One.\n\n2. Two\nlines.</div>",
            ["paragraph | 1. One.", "paragraph | 2. Two lines."],
        ),
    ],
)
def test_items_and_lines(markup: str, expected: list[str]) -> None:
    assert read(markup) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Article 5</p>", ["heading 1 | Article 5"]),
        (
            "<p>Article 5</p><p>Fees</p><p>1. A.",
            ["heading 1 | Article 5: Fees", "paragraph | 1. A."],
        ),
        ("<p>第五條</p>", ["heading 1 | 第五條"]),
        ("<p>第五條 Art. 五</p>", ["heading 1 | 第五條 Art. 五"]),
        ("<p><b>Section 3. Fees.</b></p>", ["heading 1 | Section 3. Fees."]),
        ("<p align=center>§ 16–1001. Fees.</p>", ["heading 1 | § 16–1001. Fees."]),
        ("<center><p>Rule 7 – Fees</p></center>", ["heading 1 | Rule 7 – Fees"]),
        ("<p>3. <b>Short title</b></p>", ["heading 1 | 3. Short title"]),
        ("<p>CHAPTER II – FERRIES</p>", ["heading 1 | CHAPTER II – FERRIES"]),
        (
            "<p>Article 5. Each Party has ferries.</p>",
            ["paragraph | Article 5. Each Party has ferries."],
        ),
        ("<p>Article 5 of the Treaty</p>", ["paragraph | Article 5 of the Treaty"]),
        ("<p>3. <b>Whoever</b> sails pays.</p>", ["paragraph | 3. Whoever sails pays."]),
        ("<ul><li>Article 5</ul>", ["item 1 | Article 5"]),
        (
            "<p>Article 5</p><p>Each may fish.</p>",
            ["heading 1 | Article 5", "paragraph | Each may fish."],
        ),
        ("<h2>Article 5</h2><h3>Fees</h3>", ["heading 2 | Article 5: Fees"]),
        (
            "<h2>Article 5</h2><h3>Fees</h3><p>a.</p><h3>Tolls</h3>",
            ["heading 2 | Article 5", "heading 3 | Fees", "paragraph | a.", "heading 3 | Tolls"],
        ),
    ],
)
def test_names_of_parts_are_headings(markup: str, expected: list[str]) -> None:
    blocks = read_markup(f"{markup}<p>The end of it.</p>").blocks[:-1]
    assert [f"{b.kind} {b.level} | {b.text}".replace(" 0", "") for b in blocks] == expected


def test_parts_stand_below_each_other_by_their_rank() -> None:
    names = ("TITLE I", "Article 1", "TITLE II", "Section 1", "Article 2", "ANNEX")
    page = "".join(f"<p>{name}</p><p>It is said here, at some length.</p>" for name in names[:3])
    page += "".join(f"<p>{name}</p>" for name in names[3:]) + "<p>It is said here.</p>"
    headings = [block for block in read_markup(page).blocks if block.kind is Kind.HEADING]
    assert [(block.text, block.level) for block in headings] == [
        ("TITLE I", 2),
        ("Article 1", 4),
        ("TITLE II", 2),
        ("Section 1", 3),
        ("Article 2", 4),
        ("ANNEX", 1),
    ]


def headings(page: str) -> list[tuple[str, int]]:
    blocks = read_markup(page).blocks
    return [(block.text, block.level) for block in blocks if block.kind is Kind.HEADING]


def test_parts_that_a_page_has_at_one_level_stand_by_their_rank() -> None:
    names = ("PART 1", "TITLE I", "TITLE II", "Article 1")
    page = "".join(f"<h{1 + (each == 'TITLE I')}>{each}</h1><p>It is.</p>" for each in names)
    found = headings(f"<h1>The Ferries Act</h1>{page}")
    assert [level for _, level in found] == [2, 3, 3, 4]


def test_one_division_says_nothing_of_what_counts_again_above_it() -> None:
    names = ("PART 1", "TITLE I", "TITLE II", "CHAPTER 1", "Article 1")
    more = ("PART 2", "TITLE I", "CHAPTER 1", "Division 1", "Article 2")
    page = "".join(f"<h1>{each}</h1><p>It is said.</p>" for each in (*names, *more))
    assert [level for _, level in headings(page)] == [1, 2, 2, 3, 5, 1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    "head",
    [
        "<td>27.6.2019<td>EN<td>Journal of the Basin<td>L 76/1",
        "<td>L 76/2<td>EN<td>Journal of the Basin<td>27.6.2019",
        "<td><p class=oj-hd-date>27.6.2019<td><p class=oj-hd-lg>EN",
    ],
)
def test_the_running_head_of_a_journal(head: str) -> None:
    page = f"<table><tr>{head}</table><p>Ferries need lamps."
    assert read_markup(page).blocks == (Block(Kind.PARAGRAPH, "Ferries need lamps."),)


@pytest.mark.parametrize(
    ("page", "title"),
    [
        (
            (
                "<title>L_2019076EN.xml</title><p class=doc-ti>REGULATION 99/2019</p>"
                "<p class=doc-ti>of 26 June 2019</p><p class=doc-ti>(For all)</p><p>It is so."
                "<p class=doc-ti>ANNEX I</p>"
            ),
            "REGULATION 99/2019 of 26 June 2019",
        ),
        (
            (
                "<title>Transformed document</title><div class=x-title><p>DECISION 9<p>on ferries"
                "</div><h1>Title I</h1><p>It is so."
            ),
            "DECISION 9 on ferries",
        ),
        (
            (
                "<title>EUR-Lex - 32019R0099 - EN</title><h1>32019R0099</h1><p>Rules of the"
                " Basin on ferries<p>Journal L 76<p>It is so."
            ),
            "Rules of the Basin on ferries",
        ),
        (
            "<p><i>Laws of the Basin</i><p>FERRIES AND BARGES ACT<p>It is so.",
            "FERRIES AND BARGES ACT",
        ),
        ("<title>Ferries | Basin Law Library</title><p>It is so.", "Ferries"),
        ("<title>Laws</title><p>It is so.</p><p>SCHEDULE</p><p>Fees are paid.", "Laws"),
        ("<p>It is so.", ""),
    ],
)
def test_titles_of_acts(page: str, title: str) -> None:
    assert read_markup(page).metadata.title == title


def test_the_number_of_a_database_is_no_heading() -> None:
    document = read_markup("<h1>32019R0099</h1><p>Rules of the Basin on ferries<p>It is so.")
    assert [block.kind for block in document.blocks] == [Kind.PARAGRAPH, Kind.PARAGRAPH]


@pytest.mark.parametrize(
    ("head", "names"),
    [
        (
            "<meta name=DC.identifier content='http://a.example/x?uri=CELEX:32019R0099:EN:HTML'>",
            ("32019R0099",),
        ),
        ("<meta property=eli:id_local content=32019R0099>", ("32019R0099",)),
        (
            "<link rel=canonical href='http://a.example/eli/reg/2019/99/oj'>",
            ("http://a.example/eli/reg/2019/99/oj",),
        ),
        ("<meta name=ecli content=ECLI:XX:SC:2019:12>", ("ECLI:XX:SC:2019:12",)),
        ("<meta property=x:amends resource=/eu/32014L0065/ content=32014L0065>", ()),
    ],
)
def test_names_of_acts(head: str, names: tuple[str, ...]) -> None:
    assert read_markup(f"{head}<p>It is so.").metadata.names == names


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("<h1>Fees</h1>", Kind.HEADING),
        ("<h1>“Ferry” means—</h1>", Kind.PARAGRAPH),
        (f"<h1>To promote ferries {'and barges ' * 40}</h1>", Kind.PARAGRAPH),
        ("<p>第五條</p><p>各國應依照下列規定：</p>", Kind.PARAGRAPH),
    ],
)
def test_what_reads_as_prose_is_no_heading(heading: str, kind: Kind) -> None:
    assert read_markup(f"<h1>A</h1>{heading}<p>It is so.").blocks[-2].kind is kind


def test_parts_that_count_anew_in_each_chapter_stand_below_them() -> None:
    names = ("CHAPTER 1", "Part A", "Fees", "CHAPTER 2", "Part A", "Tolls", "Part B", "Fines")
    page = "".join(f"<h1>{name}</h1>" + "<p>It is so." * (name.istitle()) for name in names)
    found = [(b.text, b.level) for b in read_markup(page).blocks if b.kind is Kind.HEADING]
    assert [level for _, level in found] == [1, 2, 3, 1, 2, 3, 2, 3]


def test_what_is_quoted_has_neither_headings_nor_numbers() -> None:
    quoted = "<div class=quote-block><h3>Article 13</h3><ol><li>All pay.</ol></div>"
    page = f"<h2>Article 2</h2><ol><li>Article 13 is amended:{quoted}<li>It is so.</ol>"
    assert lines(read_markup(page)) == [
        "heading 2 | Article 2",
        "item 1 | 1. | Article 13 is amended:",
        "quote | Article 13",
        "quote | 1. | All pay.",
        "item 1 | 2. | It is so.",
    ]


def test_names_in_a_table_of_what_became_of_what_are_no_headings() -> None:
    row = "<tr><td><p>Article 4</p><p>Fees</p><td><p>Article 5</p><p>Fees</p>"
    page = f"<table>{row * 3}</table><p>It is so."
    assert all(block.kind is not Kind.HEADING for block in read_markup(page).blocks)
