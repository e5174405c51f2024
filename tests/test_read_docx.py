"""Word documents: what shows on the page is kept, numbers as labels, and what does not is not."""

from pathlib import Path

import pytest

from indexer.document import Metadata
from indexer.errors import Unreadable
from indexer.readers import read as read_file
from indexer.readers.docx.reader import read
from indexer.reading.passages import split
from tests.helpers.office import STRICT, WORD, docx, lines, lists, lvl, p, r, zipped

LEGAL = lists(lvl(0, "Article %1"), lvl(1, "%1.%2."), lvl(2, "(%3)", "lowerLetter"))


def test_a_convention() -> None:
    body = (
        p("Convention on Rivers", "Title")
        + p("Freedom of the rivers", "Heading1", num=1)
        + p("A river is common to all who live along it.", num=1, level=1)
        + p("Its water is shared:", num=1, level=1)
        + p("by those above;", num=1, level=2)
        + p("by those below.", num=1, level=2)
        + p("Care of the rivers", "Heading1", num=1)
        + p("Let the river run.", "Quote")
        + p("Its banks are kept.", num=1, level=1)
    )
    styles = """
        <w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/></w:style>
        <w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>
        <w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/></w:style>"""
    document = read(docx(body, styles=styles, numbering=LEGAL))
    assert lines(document) == [
        "paragraph | Convention on Rivers",
        "heading 1 | Article 1 Freedom of the rivers",
        "item 2 | 1.1. | A river is common to all who live along it.",
        "item 2 | 1.2. | Its water is shared:",
        "item 3 | (a) | by those above;",
        "item 3 | (b) | by those below.",
        "heading 1 | Article 2 Care of the rivers",
        "quote | Let the river run.",
        "item 2 | 2.1. | Its banks are kept.",
    ]
    ids = [passage.natural_id for passage in split(document)]
    assert ids == ["", "art-1-1", "art-1-2", "art-1-2-a", "art-1-2-b", "", "art-2-1"]
    assert document.metadata == Metadata(
        title="Convention on Rivers", origins={"title": "paragraph styled as title"}
    )


@pytest.mark.parametrize(
    ("level", "labels"),
    [
        (lvl(0, "%1."), ["1.", "2."]),
        (lvl(0, "(%1)", "lowerLetter", start=26), ["(z)", "(aa)"]),
        (lvl(0, "%1)", "lowerRoman", start=3), ["iii)", "iv)"]),
        (lvl(0, "Chapter %1", "upperRoman", start=9), ["Chapter IX", "Chapter X"]),
        (lvl(0, "%1", "decimalZero", start=9), ["09", "10"]),
        (lvl(0, "%1)", "russianLower", start=9), ["и)", "к)"]),
        (lvl(0, "第%1条", "chineseCounting", start=10), ["第十条", "第十一条"]),
        (lvl(0, "%1.", "ordinalText"), ["1.", "2."]),
        (lvl(0, "%1", "ordinal", start=21), ["21st", "22nd"]),
        (lvl(0, "%1", "ordinal", start=12), ["12th", "13th"]),
        (lvl(0, "§ %1"), ["§ 1", "§ 2"]),
        (lvl(0, "", "bullet"), ["", ""]),
        (lvl(0, "–", "none"), ["", ""]),
        (lvl(0, "%1.", start=999_999_999, form="lowerLetter"), ["999999999.", "1000000000."]),
    ],
)
def test_formats_of_numbers(level: str, labels: list[str]) -> None:
    document = read(docx(p("One", num=1) + p("Two", num=1), numbering=lists(level)))
    assert [block.label for block in document.blocks] == labels


OUTLINE = (lvl(0, "%1."), lvl(1, "%1.%2."), lvl(2, "%1.%2.%3."))
RESTARTED = """<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
    <w:startOverride w:val="7"/></w:lvlOverride></w:num>"""
CONTINUED = '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
NEVER = '<w:lvlRestart w:val="0"/>'


@pytest.mark.parametrize(
    ("numbering", "places", "labels"),
    [
        (
            lists(*OUTLINE),
            "1.0 1.1 1.2 1.2 1.1 1.2 1.0 1.1",
            "1. 1.1. 1.1.1. 1.1.2. 1.2. 1.2.1. 2. 2.1.",
        ),
        (lists(*OUTLINE), "1.2 1.1 1.0", "1.1.1. 1.2. 2."),
        (lists(*OUTLINE, nums=CONTINUED), "1.0 2.0 1.0", "1. 2. 3."),
        (lists(*OUTLINE, nums=RESTARTED), "1.0 2.0 2.0 1.0", "1. 7. 8. 9."),
        (lists(lvl(0, "%1."), lvl(1, "%2)", more=NEVER)), "1.0 1.1 1.0 1.1", "1. 1) 2. 2)"),
        (
            lists(lvl(0, "%1.", "upperRoman"), lvl(1, "%1.%2", more="<w:isLgl/>")),
            "1.0 1.0 1.1",
            "I. II. 2.1",
        ),
        (lists(lvl(0, "%1.", "upperRoman"), lvl(1, "%1.%2")), "1.0 1.1", "I. I.1"),
    ],
)
def test_counting(numbering: str, places: str, labels: str) -> None:
    pairs = [place.split(".") for place in places.split()]
    body = "".join(p("Text", num=int(num), level=int(level)) for num, level in pairs)
    document = read(docx(body, numbering=numbering))
    assert " ".join(block.label for block in document.blocks) == labels


def test_a_style_numbers_its_paragraphs() -> None:
    styles = """
        <w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause"/>
            <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="Sub"><w:name w:val="Sub"/>
            <w:basedOn w:val="Clause"/></w:style>"""
    numbering = lists(
        lvl(0, "%1."), lvl(1, "(%2)", "lowerLetter", more='<w:pStyle w:val="Clause"/>')
    )
    body = p("One", "Clause") + p("Two", "Sub") + p("None", "Clause", more=NO_LIST)
    body += p("Three", "Clause", more='<w:numPr><w:numId w:val="1"/></w:numPr>')
    assert lines(read(docx(body, styles=styles, numbering=numbering))) == [
        "item 2 | (a) | One",
        "item 2 | (b) | Two",
        "paragraph | None",
        "item 2 | (c) | Three",
    ]


NO_LIST = '<w:numPr><w:numId w:val="0"/></w:numPr>'


def test_a_list_defined_by_a_numbering_style() -> None:
    styles = """<w:style w:type="numbering" w:styleId="Legal"><w:pPr><w:numPr>
        <w:numId w:val="2"/></w:numPr></w:pPr></w:style>"""
    numbering = f"""
        <w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="Legal"/></w:abstractNum>
        <w:abstractNum w:abstractNumId="1">{lvl(0, "§ %1")}</w:abstractNum>
        <w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
        <w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"""
    document = read(docx(p("One", num=1), styles=styles, numbering=numbering))
    assert lines(document) == ["item 1 | § 1 | One"]


@pytest.mark.parametrize(
    ("name", "more", "line"),
    [
        ("heading 2", "", "heading 2 | Text"),
        ("Kop", '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>', "heading 3 | Text"),
        ("Mine", '<w:basedOn w:val="Base"/>', "heading 1 | Text"),
        ("Body", '<w:pPr><w:outlineLvl w:val="9"/></w:pPr>', "paragraph | Text"),
        ("heading 9", "", "heading 6 | Text"),
        ("Intense Quote", "", "quote | Text"),
    ],
)
def test_headings_by_style(name: str, more: str, line: str) -> None:
    styles = f"""
        <w:style w:type="paragraph" w:styleId="S"><w:name w:val="{name}"/>{more}</w:style>
        <w:style w:type="paragraph" w:styleId="Base"><w:name w:val="heading 1"/></w:style>"""
    body = p("Text", "S") + p("More", "S")
    assert lines(read(docx(body, styles=styles)))[0] == line


def test_a_paragraph_in_the_style_of_a_heading_stays_a_paragraph() -> None:
    text = "The Parties shall meet once a year. " * 5 + "They shall do so in turn."
    body = p(text, num=1, more='<w:outlineLvl w:val="1"/>')
    assert lines(read(docx(body, numbering=lists(lvl(0, "%1."))))) == [f"item 1 | 1. | {text}"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (p(r("co") + r("op", "<w:b/>")), ["paragraph | coop"]),
        (p(r("a") + "<w:r><w:tab/></w:r>" + r("b")), ["paragraph | a b"]),
        (p(r("a") + '<w:r><w:br w:type="page"/></w:r>' + r("b")), ["paragraph | a b"]),
        (p(r("a ") + "<w:ins>" + r("b") + "</w:ins>"), ["paragraph | a b"]),
        (p(r("a ") + "<w:del><w:r><w:delText>b</w:delText></w:r></w:del>"), ["paragraph | a"]),
        (
            p("<w:moveFrom>" + r("a") + "</w:moveFrom><w:moveTo>" + r("b") + "</w:moveTo>"),
            ["paragraph | b"],
        ),
        (p("One", more="<w:rPr><w:del/></w:rPr>") + p(", two"), ["paragraph | One, two"]),
        (p(r("a") + r("b", "<w:vanish/>")), ["paragraph | a"]),
        (p(r("a") + r("b", '<w:vanish w:val="0"/>')), ["paragraph | ab"]),
        (p('<w:hyperlink r:id="x">' + r("a") + "</w:hyperlink>"), ["paragraph | a"]),
        (p('<w:fldSimple w:instr="REF x">' + r("a") + "</w:fldSimple>"), ["paragraph | a"]),
        (
            p(
                '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>DATE</w:instrText></w:r>'
                + r("a")
            ),
            ["paragraph | a"],
        ),
        (p("<w:bdo>" + r("a") + "</w:bdo><w:dir>" + r("b") + "</w:dir>"), ["paragraph | ab"]),
        (p("<m:oMath><m:r><m:t>x+y</m:t></m:r></m:oMath>"), ["paragraph | x+y"]),
        (
            p(
                "<w:ruby><w:rt>"
                + r("kana")
                + "</w:rt><w:rubyBase>"
                + r("a")
                + "</w:rubyBase></w:ruby>"
            ),
            ["paragraph | a"],
        ),
        ("<w:sdt><w:sdtContent>" + p("a") + "</w:sdtContent></w:sdt>", ["paragraph | a"]),
        (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
            + p("Click here")
            + "</w:sdtContent></w:sdt>"
            + p("a"),
            ["paragraph | a"],
        ),
        (p("a") + "</w:body><w:body>" + p("b"), ["paragraph | a", "paragraph | b"]),
        (p("a &amp; &lt;b&gt;"), ["paragraph | a & <b>"]),
    ],
)
def test_text(body: str, expected: list[str]) -> None:
    assert lines(read(docx(body))) == expected


def test_styles_hide_text() -> None:
    styles = """
        <w:style w:type="paragraph" w:styleId="P"><w:rPr><w:vanish/></w:rPr></w:style>
        <w:style w:type="character" w:styleId="C"><w:rPr><w:vanish/></w:rPr></w:style>"""
    body = p("a", "P") + p(r("b", '<w:rStyle w:val="C"/>') + r("c"))
    body += p(r("d") + r("e", '<w:vanish w:val="0"/>'), "P")
    assert lines(read(docx(body, styles=styles))) == ["paragraph | c", "paragraph | e"]


def test_text_boxes_stand_behind_their_paragraph() -> None:
    box = "<w:txbxContent>" + p("In the box") + p("More of it") + "</w:txbxContent>"
    old = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    new = f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    for alternatives in (new + old, old, new):
        drawn = f"<w:r><mc:AlternateContent>{alternatives}</mc:AlternateContent></w:r>"
        assert lines(read(docx(p(r("Before") + drawn) + p("After")))) == [
            "paragraph | Before",
            "paragraph | In the box",
            "paragraph | More of it",
            "paragraph | After",
        ]


def test_tables() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{cell}</w:tc>" for cell in cells) + "</w:tr>"

    deleted = "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("Gone", num=1) + "</w:tc></w:tr>"
    rows = row(p("Station"), p("Flow")) + deleted + row(p("Ford", num=1), p("2018", num=1))
    assert lines(read(docx(f"<w:tbl>{rows}</w:tbl>", numbering=lists(lvl(0, "%1."))))) == [
        "row | Station | Flow",
        "row | 1. Ford | 2. 2018",
    ]


def test_merged_cells_stay_in_their_columns() -> None:
    merged = '<w:tc><w:tcPr><w:vMerge{}/><w:gridSpan w:val="x"/></w:tcPr>{}</w:tc>'
    rows = merged.format(' w:val="restart"', p("Ford")), merged.format("", p(""))
    body = "".join(f"<w:tr>{cell}<w:tc>{p('2018')}</w:tc></w:tr>" for cell in rows)
    assert lines(read(docx(f"<w:tbl>{body}</w:tbl>"))) == ["row | Ford | 2018", "row | | 2018"]


def test_brackets_around_the_mark_of_a_note_belong_to_it() -> None:
    call = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    note = p(r("(") + "<w:r><w:footnoteRef/></w:r>" + r(") Of water (and fish)."))
    document = read(
        docx(
            p(r("the Act(") + call + r(")for rivers (all)")),
            footnotes=f'<w:footnote w:id="1">{note}</w:footnote>',
        )
    )
    assert lines(document) == [
        "paragraph | the Act for rivers (all)",
        "note | 1 | Of water (and fish).",
    ]
    assert document.blocks[0].note_marks == ((7, "footnote-1"),)


def test_notes_stand_behind_the_text() -> None:
    body = (
        p(r("Rivers") + '<w:r><w:footnoteReference w:id="4"/></w:r>' + r(" run"))
        + p(r("down") + '<w:r><w:endnoteReference w:id="1"/></w:r>' + r("."))
        + p(r("Hills") + '<w:r><w:footnoteReference w:id="3"/></w:r>')
    )
    footnotes = (
        '<w:footnote w:id="-1">' + p("separator") + "</w:footnote>"
        '<w:footnote w:id="3">' + p("Of stone.") + "</w:footnote>"
        '<w:footnote w:id="4">' + p("Of water.") + p("And fish.") + "</w:footnote>"
    )
    endnotes = '<w:endnote w:id="1">' + p("To the sea.") + "</w:endnote>"
    document = read(docx(body, footnotes=footnotes, endnotes=endnotes))
    assert lines(document) == [
        "paragraph | Rivers run",
        "paragraph | down.",
        "paragraph | Hills",
        "note | 1 | Of water.",
        "note | And fish.",
        "note | i | To the sea.",
        "note | 2 | Of stone.",
    ]
    called = [mark for block in document.blocks for mark in block.note_marks]
    assert called == [(6, "footnote-1"), (4, "endnote-2"), (5, "footnote-3")]
    assert [block.anchor for block in document.blocks[3:]] == [
        *("footnote-1", "footnote-1", "endnote-2", "footnote-3")
    ]
    assert document.metadata.title == ""


RAISED = '<w:vertAlign w:val="superscript"/>'


@pytest.mark.parametrize(
    ("before", "raised", "after", "text"),
    [
        ("the convention", "14", " entered", "the convention [14] entered"),
        ("of 10", "6", " tonnes", "of 10⁶ tonnes"),
        ("an area of 4 km", "2", " or so", "an area of 4 km² or so"),
        ("the 5", "th", " of May", "the 5th of May"),
        ("the law,", "*", " as it was", "the law, [*] as it was"),
    ],
)
def test_a_raised_number_is_a_power_or_the_mark_of_a_note(
    before: str, raised: str, after: str, text: str
) -> None:
    body = p(r(before) + r(raised, RAISED) + r(after))
    assert lines(read(docx(body))) == [f"paragraph | {text}"]


def test_a_note_that_is_only_typed_is_one() -> None:
    body = p(r("the law") + r("1", RAISED) + r(" says")) + p(r("1", RAISED) + r(" Of 1951."))
    document = read(docx(body))
    assert lines(document) == ["paragraph | the law says", "note | 1 | Of 1951."]
    assert document.blocks[0].note_marks == ((7, "note-1"),)


def listnum(code: str) -> str:
    """A run with a LISTNUM field."""
    chars = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    return f"{chars('begin')}<w:r><w:instrText>LISTNUM {code}</w:instrText></w:r>{chars('end')}"


@pytest.mark.parametrize(
    ("codes", "labels"),
    [
        (["", "", ""], "1) 2) 3)"),
        (["NumberDefault \\l 2", "NumberDefault \\l 2", "\\l 1"], "a) b) 2)"),
        (["LegalDefault", "LegalDefault \\l 2", "LegalDefault \\l 2"], "1. 1.1. 1.2."),
        (["OutlineDefault \\l 4 \\s 3", "OutlineDefault \\l 4"], "c) d)"),
        (["mine", '"mine"', "mine \\l 2"], "1.— 2.— (a)"),
    ],
)
def test_listnum_fields_are_counted_as_word_counts_them(codes: list[str], labels: str) -> None:
    named = lists(lvl(0, "%1.—"), lvl(1, "(%2)", "lowerLetter")).replace(
        '<w:lvl w:ilvl="0">', '<w:name w:val="mine"/><w:lvl w:ilvl="0">', 1
    )
    body = "".join(p(listnum(code) + r("Text")) for code in codes)
    document = read(docx(body, numbering=named))
    assert " ".join(block.label for block in document.blocks) == labels
    assert {block.text for block in document.blocks} == {"Text"}


def test_a_field_shows_its_own_result_alone() -> None:
    chars = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'.format
    inner = f"{chars('begin')}{chars('separate')}{r('inner')}{chars('end')}"
    outer = f"{chars('begin')}{inner}{chars('separate')}{r('free')}{inner}{chars('end')}"
    assert lines(read(docx(p(r("Fee: ") + outer)))) == ["paragraph | Fee: freeinner"]


def test_what_was_moved_away_is_not_counted() -> None:
    body = (
        p("One", num=1)
        + p(f"<w:moveFrom>{r('Moved')}</w:moveFrom>", num=1, more="<w:rPr><w:moveFrom/></w:rPr>")
        + p("Two", num=1)
        + p(f"<w:moveTo>{r('Moved')}</w:moveTo>", num=1, more="<w:rPr><w:moveTo/></w:rPr>")
    )
    document = read(docx(body, numbering=lists(lvl(0, "%1."))))
    assert [(b.label, b.text) for b in document.blocks] == [
        *(("1.", "One"), ("2.", "Two"), ("3.", "Moved"))
    ]


def test_an_empty_paragraph_that_ends_a_section_is_not_counted() -> None:
    body = p("One", num=1) + p(r(""), num=1, more="<w:sectPr/>") + p("Two", num=1)
    document = read(docx(body, numbering=lists(lvl(0, "%1."))))
    assert [(b.label, b.text) for b in document.blocks] == [("1.", "One"), ("2.", "Two")]


def test_a_list_that_is_first_used_on_a_deeper_level_goes_on_above() -> None:
    again = """<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">
        <w:startOverride w:val="1"/></w:lvlOverride><w:lvlOverride w:ilvl="1">
        <w:startOverride w:val="1"/></w:lvlOverride></w:num>"""
    places = ((1, 0), (1, 1), (2, 1), (2, 0), (2, 1))
    body = "".join(p("Text", num=num, level=level) for num, level in places)
    document = read(docx(body, numbering=lists(*OUTLINE, nums=again)))
    assert [block.label for block in document.blocks] == ["1.", "1.1.", "1.1.", "2.", "2.1."]


def test_a_style_that_only_states_a_level_is_in_the_list_of_its_base() -> None:
    styles = """
        <w:style w:type="paragraph" w:styleId="T1"><w:name w:val="T1"/>
            <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="T2"><w:name w:val="T2"/><w:basedOn w:val="T1"/>
            <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>"""
    numbering = lists(lvl(0, "%1.", more='<w:pStyle w:val="T1"/>'), lvl(1, "(%2)"))
    body = p("One", "T1") + p("a", "T2") + p("b", "T2") + p("Two", "T1")
    document = read(docx(body, styles=styles, numbering=numbering))
    assert [block.label for block in document.blocks] == ["1.", "(1)", "(2)", "2."]


def test_numbered_sentences_of_a_style_with_an_outline_level_are_paragraphs() -> None:
    styles = """<w:style w:type="paragraph" w:styleId="N"><w:name w:val="Numbered"/>
        <w:pPr><w:outlineLvl w:val="0"/><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>"""
    body = p("The claimant swam.", "N") + p("The defendant did not.", "N") + p("Why", "N")
    document = read(docx(body, styles=styles, numbering=lists(lvl(0, "%1."))))
    assert lines(document) == [
        "item 1 | 1. | The claimant swam.",
        "item 1 | 2. | The defendant did not.",
        "item 1 | 3. | Why",
    ]


@pytest.mark.parametrize(
    ("typed", "label"),
    [("12", "12"), ("“26", "“26"), ("(a)", "(a)"), ("iv.", "iv."), ("3.2", "3.2"), ("Date", "")],
)
def test_a_typed_number_before_a_tab_is_a_label(typed: str, label: str) -> None:
    (block,) = read(docx(p(r(typed) + "<w:r><w:tab/></w:r>" + r("Fish swim.")))).blocks
    assert (block.label, block.text) == (label, "Fish swim." if label else f"{typed} Fish swim.")


def test_a_tab_to_the_margin_is_a_gap() -> None:
    body = p(r("Article 5") + "<w:r><w:ptab/></w:r>" + r("Fisheries"))
    assert lines(read(docx(body))) == ["paragraph | Article 5 Fisheries"]


def test_a_table_of_contents_is_left_out_and_noted() -> None:
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    document = read(docx(p("Rivers 3", "T") + p("Hills 7", "T") + p("Text"), styles=styles))
    assert lines(document) == ["paragraph | Text"]
    assert document.notes == ("left out a table of contents of 2 lines",)


def test_bookmarks_are_anchors_unless_programs_set_them() -> None:
    body = p('<w:bookmarkStart w:name="rivers"/>' + r("a")) + p(
        '<w:bookmarkStart w:name="_Toc1"/>' + r("b")
    )
    assert [block.anchor for block in read(docx(body)).blocks] == ["rivers", ""]


@pytest.mark.parametrize(
    ("core", "field", "value"),
    [
        ("<dc:title>On Rivers</dc:title>", "title", "On Rivers"),
        ("<dc:title>Document1</dc:title>", "title", "First"),
        ("<dc:title>Microsoft Word - rivers.doc</dc:title>", "title", "First"),
        ("<dc:title>rivers final.docx</dc:title>", "title", "First"),
        ("<dcterms:created>2020-08-11T10:00:00Z</dcterms:created>", "date", "2020-08-11"),
        ("<dcterms:modified>2020-08-12T10:00:00Z</dcterms:modified>", "date", "2020-08-12"),
        ("<dc:language>pt-BR</dc:language>", "language", "pt-BR"),
        ("<cp:keywords>rivers; water</cp:keywords>", "tags", ("rivers", "water")),
    ],
)
def test_properties(core: str, field: str, value: object) -> None:
    body = p("First", more='<w:outlineLvl w:val="0"/>') + p("Text")
    metadata = read(docx(body, core=core)).metadata
    assert getattr(metadata, field) == value
    origin = "first heading" if value == "First" else "document properties: "
    assert metadata.origins[field].startswith(origin)


def test_a_date_in_the_text_counts_more_than_that_of_the_file() -> None:
    core = "<dcterms:created>2023-01-05T10:00:00Z</dcterms:created>"
    found = read_file(Path("a.docx"), docx(p("Moscow, 11 August 2020") + p("Text."), core=core))
    assert found.metadata.date == "2020-08-11"


def test_strict_documents() -> None:
    members = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{p("a")}</w:body></w:document>'
    }
    strict = {name: xml.replace(WORD, STRICT) for name, xml in members.items()}
    assert lines(read(zipped(members))) == lines(read(zipped(strict))) == ["paragraph | a"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"PK\x03\x04 cut short", "no DOCX file, or a damaged one"),
        (zipped({"a.txt": "a"}), "no Word document"),
        (zipped({"word/document.xml": "<a"}), "damaged at word/document.xml"),
        (zipped({"word/document.xml": "<workbook/>"}), "no Word document"),
        (docx("<w:altChunk/>"), "embedded file"),
    ],
)
def test_files_that_cannot_be_read(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


@pytest.mark.parametrize(
    "broken",
    [
        p("a", more='<w:numPr><w:numId/><w:ilvl w:val="x"/></w:numPr>'),
        p("a", "Nowhere", num=77, level=3),
        p("a", "Loop"),
        p(r("a") + '<w:r><w:footnoteReference w:id="9"/></w:r><w:r><w:br w:type="odd"/></w:r>'),
        p(r("a") + "<w:r><w:drawing><a:blip r:link='http://a.example/x.png'/></w:drawing></w:r>"),
        p(r("a") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'),
        p(r("a") + '<w:r><w:sym/><w:sym w:font="x" w:char="x"/><w:sym w:char="F020"/></w:r>'),
        p(r("a") + "<w:bookmarkStart/>"),
        p(r("a") + '<v:imagedata r:id="x"/>'),
    ],
)
def test_odd_markup_costs_no_text(broken: str) -> None:
    styles = """<w:style w:type="paragraph" w:styleId="Loop"><w:basedOn w:val="Loop"/></w:style>"""
    assert [b.text for b in read(docx(broken, styles=styles, numbering=LEGAL)).blocks] == ["a"]
