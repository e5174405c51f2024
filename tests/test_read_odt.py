"""OpenDocument texts: numbers as labels, headings by outline level, and only what shows."""

from pathlib import Path

import pytest

from indexer.document import NoteMark
from indexer.errors import Unreadable
from indexer.readers import read as read_file
from indexer.readers.odt.reader import read
from indexer.reading.passages import split
from tests.helpers.office import lines, odt, zipped

STYLES = """
    <text:outline-style>
        <text:outline-level-style text:level="1" style:num-format="I" style:num-prefix="Part "/>
        <text:outline-level-style text:level="2" style:num-format=""/>
    </text:outline-style>
    <text:list-style style:name="L">
        <text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>
        <text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="."
            text:display-levels="2"/>
        <text:list-level-style-number text:level="3" style:num-format="a" style:num-prefix="("
            style:num-suffix=")"/>
    </text:list-style>
    <text:list-style style:name="Named">
        <text:list-level-style-number text:level="1" style:num-format="1" text:start-value="4"
            style:num-list-format="§ %1%"/>
    </text:list-style>
    <text:list-style style:name="B"><text:list-level-style-bullet text:level="1"/></text:list-style>
    <style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>
    <style:style style:name="P2" style:family="paragraph" style:list-style-name="Named"/>
    <style:style style:name="P3" style:family="paragraph" style:list-style-name=""/>
    <style:style style:name="Quotations" style:family="paragraph"/>
    <style:style style:name="Title" style:family="paragraph"/>
    <style:style style:name="T1" style:family="text"><style:text-properties text:display="none"/>
    </style:style>"""


def item(*content: str, more: str = "") -> str:
    return f"<text:list-item {more}>{''.join(content)}</text:list-item>"


def items(*content: str, style: str = "L", more: str = "") -> str:
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {more}>{''.join(content)}</text:list>"


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int = 1, more: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'


def test_a_convention() -> None:
    body = (
        p("Convention on Rivers", "Title")
        + h("Freedom")
        + items(
            item(p("A river is common."), p("To all.")),
            item(
                p("Its water is shared:"),
                items(item(p("Above."), items(item(p("by day")), item(p("by night")), style=""))),
            ),
        )
        + p("Let the river run.", "P1")
        + items(item(p("Its banks are kept.")), more='text:continue-numbering="true"')
        + h("Care", 2)
        + items(item(p("Fish")), style="B")
        + h("Costs")
    )
    document = read(odt(body, styles=STYLES))
    assert lines(document) == [
        "paragraph | Convention on Rivers",
        "heading 1 | Part I Freedom",
        "item 1 | 1. | A river is common.",
        "item 1 | To all.",
        "item 1 | 2. | Its water is shared:",
        "item 2 | 2.1. | Above.",
        "item 3 | (a) | by day",
        "item 3 | (b) | by night",
        "quote | Let the river run.",
        "item 1 | 3. | Its banks are kept.",
        "heading 2 | Care",
        "item 1 | Fish",
        "heading 1 | Part II Costs",
    ]
    ids = [passage.natural_id for passage in split(document)]
    assert ids[1:] == [
        "para-1",
        "",
        "para-2",
        "para-2-1",
        "para-2-1-a",
        "para-2-1-b",
        "",
        "para-3",
        "",
        "",
    ]
    assert document.metadata.title == "Convention on Rivers"


@pytest.mark.parametrize(
    ("body", "labels"),
    [
        (items(item(p("a")), item(p("b"), more='text:start-value="7"'), item(p("c"))), "1. 7. 8."),
        (items(item(p("a"))) + items(item(p("b"))), "1. 1."),
        (
            items(item(p("a")), more='xml:id="x"')
            + items(item(p("b")))
            + items(item(p("c")), more='text:continue-list="x"'),
            "1. 1. 2.",
        ),
        (
            items(item(p("a"), items(item(p("b")))))
            + items(item(items(item(p("c")))), more='text:continue-numbering="true"'),
            "1. 1.1. 1.2.",
        ),
        (items(item(p("a")), item(p("b")), style="Named"), "§ 4 § 5"),
        (items(item(p("a", "P2")), style=""), "§ 4"),
        (items("<text:list-header>" + p("a") + "</text:list-header>", item(p("b"))), " 1."),
        (items(item(p("a")), style="nowhere"), ""),
    ],
)
def test_counting(body: str, labels: str) -> None:
    blocks = read(odt(body, styles=STYLES)).blocks
    assert " ".join(block.label for block in blocks) == labels


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            p('co<text:span>op</text:span><text:s text:c="3"/>a<text:tab/>b'),
            ["paragraph | coop a b"],
        ),
        (p("a<text:line-break/>b"), ["paragraph | a b"]),
        (p('a<text:span text:style-name="T1">b</text:span>c'), ["paragraph | ac"]),
        (
            '<text:section text:display="none">' + p("a") + "</text:section>" + p("b"),
            ["paragraph | b"],
        ),
        (
            "<text:tracked-changes><text:changed-region><text:deletion>"
            + p("Gone")
            + "</text:deletion></text:changed-region></text:tracked-changes>"
            + p('a<text:change text:change-id="c"/>b'),
            ["paragraph | ab"],
        ),
        (
            p("a<office:annotation><dc:creator>Me</dc:creator>" + p("b") + "</office:annotation>c"),
            ["paragraph | ac"],
        ),
        (
            p("<draw:frame><draw:text-box>" + p("b") + p("c") + "</draw:text-box></draw:frame>a"),
            ["paragraph | a", "paragraph | b", "paragraph | c"],
        ),
        (p("<draw:frame><svg:title>Map</svg:title><draw:image/></draw:frame>a"), ["paragraph | a"]),
        (p("a &amp; &lt;b&gt;"), ["paragraph | a & <b>"]),
        (
            h("a", 1, 'text:style-name="P3"') + h("b"),
            ["heading 1 | a", "heading 1 | Part I b"],
        ),
        (h("a", 9), ["heading 6 | a"]),
        (h("a", 2, 'text:is-list-header="true"'), ["heading 2 | a"]),
    ],
)
def test_text(body: str, expected: list[str]) -> None:
    assert lines(read(odt(body + p("."), styles=STYLES)))[: len(expected)] == expected


def test_tables() -> None:
    def row(*cells: str) -> str:
        inside = "".join(f"<table:table-cell>{cell}</table:table-cell>" for cell in cells)
        return f"<table:table-row>{inside}</table:table-row>"

    rows = f"<table:table-header-rows>{row(p('Station'), p('Flow'))}</table:table-header-rows>"
    rows += row(p("Ford"), items(item(p("2018"))))
    assert lines(read(odt(f"<table:table>{rows}</table:table>", styles=STYLES))) == [
        "row | Station | Flow",
        "row | Ford | 1. 2018",
    ]


def test_notes_stand_behind_the_text() -> None:
    note = f"""<text:note><text:note-citation>1</text:note-citation>
        <text:note-body>{p("Of water.")}{p("And fish.")}</text:note-body></text:note>"""
    document = read(odt(p(f"Rivers{note} run.")))
    assert lines(document) == [
        "paragraph | Rivers run.",
        "heading 1 | Notes",
        "note | 1 | Of water.",
        "note | And fish.",
    ]
    calling, _, body, _ = document.blocks
    assert calling.note_marks == (NoteMark(6, body.anchor),)
    assert document.metadata.title == ""


def test_a_table_of_contents_is_left_out_and_noted() -> None:
    contents = f"<text:table-of-content>{p('Rivers 3')}{p('Hills 7')}</text:table-of-content>"
    document = read(odt(contents + p("Text")))
    assert lines(document) == ["paragraph | Text"]
    assert document.notes == ("left out tables of contents and indexes of 2 lines",)


@pytest.mark.parametrize(
    ("meta", "field", "value"),
    [
        ("<dc:title>On Rivers</dc:title>", "title", "On Rivers"),
        ("<dc:title>Untitled 1</dc:title>", "title", ""),
        ("<meta:creation-date>2020-08-11T10:00:00</meta:creation-date>", "date", "2020-08-11"),
        ("<dc:date>2020-08-12T10:00:00</dc:date>", "date", "2020-08-12"),
        ("<dc:language>pt-BR</dc:language>", "language", "pt-BR"),
        (
            "<meta:keyword>rivers</meta:keyword><meta:keyword>fish</meta:keyword>",
            "tags",
            ("rivers", "fish"),
        ),
    ],
)
def test_properties(meta: str, field: str, value: object) -> None:
    metadata = read(odt(p("Text"), meta=meta)).metadata
    assert getattr(metadata, field) == value
    assert metadata.origins.get(field, "meta.xml: ").startswith("meta.xml: ")


def test_a_date_in_the_text_counts_more_than_that_of_the_file() -> None:
    meta = "<meta:creation-date>2023-01-05T10:00:00</meta:creation-date>"
    found = read_file(Path("a.odt"), odt(p("Moscow, 11 August 2020") + p("Text."), meta=meta))
    assert found.metadata.date == "2020-08-11"


def test_bookmarks_are_anchors_unless_programs_set_them() -> None:
    body = p('<text:bookmark text:name="rivers"/>a') + p(
        '<text:bookmark-start text:name="__Ref"/>b'
    )
    assert [block.anchor for block in read(odt(body)).blocks] == ["rivers", ""]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 cut short", "no ODT file, or a damaged one"),
        (zipped({"a.txt": "a"}), "it holds no content.xml"),
        (zipped({"content.xml": "<a"}), "damaged at content.xml"),
        (zipped({"content.xml": "<a/>"}), "OpenDocument file but no text"),
        (odt(p("a"), **{"META-INF/manifest.xml": "<encryption-data/>"}), "password"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)
