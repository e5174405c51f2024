"""XML of official documents: every number, heading and note of four families; others by name."""

from pathlib import Path

import pytest

from indexer.document import Block, Kind
from indexer.errors import Unreadable
from indexer.readers.xml.reader import read
from tests.helpers.pairs import cases, expected, outcome

AKN = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
    '<doc name="x">{}</doc></akomaNtoso>'
)

POINTS = "<point><num>(a)</num><p>a</p></point><point><num>(b)</num><p>b</p></point>"


def body(markup: str) -> tuple[Block, ...]:
    """The blocks of an Akoma Ntoso document with this body."""
    title = "<preface><p><docTitle>Of Ferries</docTitle></p></preface>"
    return read(AKN.format(f"{title}<mainBody>{markup}</mainBody>").encode()).blocks


@pytest.mark.parametrize("path", cases("xml"), ids=lambda path: path.stem)
def test_files(path: Path) -> None:
    assert outcome(path) == expected(path)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<akomaNtoso><doc></akomaNtoso>", "not well-formed XML"),
        (b'<p a="1" a="2">x</p>', "not well-formed XML"),
        (b"<invoice><p>Ten.</p></invoice>", "root element is 'invoice'"),
        (b"<akomaNtoso><doc><meta/></doc></akomaNtoso>", "without any text"),
        (b'<!DOCTYPE TEI [<!ENTITY a "b">]><TEI><text>&a;</text></TEI>', "declares XML entities"),
        (b"<TEI>" + b"<div>" * 300 + b"x" + b"</div>" * 300 + b"</TEI>", "asks for too much"),
    ],
)
def test_other_xml_is_refused_by_name(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(data)


def test_the_deepest_document_that_is_parsed_is_read() -> None:
    deep = b"<TEI>" + b"<div>" * 250 + b"Lamps." + b"</div>" * 250 + b"</TEI>"
    assert [block.text for block in read(deep).blocks] == ["Lamps."]


def test_a_web_page_in_xml_is_read_as_one() -> None:
    page = b'<html xmlns="http://www.w3.org/1999/xhtml"><body><p>Lamps burn.</p></body></html>'
    assert [block.text for block in read(page).blocks] == ["Lamps burn."]


def test_what_a_program_wrote_is_no_date_and_a_bullet_no_number() -> None:
    made = '<FRBRdate date="2026-05-29" name="generated"/>'
    work = f"<FRBRWork>{made}<FRBRdate date='2021-12-16' name='enacted'/></FRBRWork>"
    name = "<proprietary><title>Of Ferries: Notes</title></proprietary>"
    meta = f"<meta><identification>{work}</identification>{name}</meta>"
    text = "<p>Boats.</p><paragraph><num>•</num><content><p>Oars.</p></content></paragraph>"
    document = read(AKN.format(f"{meta}<mainBody>{text}</mainBody>").encode())
    assert (document.metadata.date, document.metadata.title) == ("2021-12-16", "Of Ferries: Notes")
    assert [(block.label, block.text) for block in document.blocks] == [
        ("", "Boats."),
        ("", "Oars."),
    ]


@pytest.mark.parametrize("date", ["", "0001-01-01", "soon"])
def test_a_date_that_is_none_is_left_out(date: str) -> None:
    meta = f'<meta><identification><FRBRWork><FRBRdate date="{date}"/></FRBRWork></identification>'
    data = AKN.format(f"{meta}</meta><mainBody><p>Lamps.</p></mainBody>").encode()
    assert read(data).metadata.date == ""


@pytest.mark.parametrize(
    ("markup", "labels"),
    [
        ("<paragraph><num>1.</num><p>a</p></paragraph>", ["1."]),
        ("<paragraph><num>5.</num></paragraph>", [""]),  # and the number is the text
        ("<paragraph><num>2.</num><p/></paragraph><paragraph><p>a</p></paragraph>", ["2."]),
        ("<table><tr><td><num>1.</num><p>a</p></td><td><p>b</p></td></tr></table>", [""]),
        (f"<paragraph><num>4.</num>{POINTS}</paragraph>", ["4.(a)", "(b)"]),
    ],
)
def test_no_number_is_lost(markup: str, labels: list[str]) -> None:
    blocks = body(markup)
    assert [block.label for block in blocks] == labels
    numbers = [number for number in ("1.", "2.", "4.", "5.") if number in markup]
    assert all(number in "".join(b.label + b.text for b in blocks) for number in numbers)


def test_a_part_without_a_heading_has_its_number_for_one() -> None:
    part = "<section><num>A</num><paragraph><num>1.</num><p>Lamps.</p></paragraph></section>"
    heading, paragraph = body(part)
    assert (heading.kind, heading.text) == (Kind.HEADING, "A")
    assert paragraph.label == "1."


def test_a_crossheading_stands_among_its_siblings() -> None:
    first, one, second, two = body(
        "<crossHeading>Lamps</crossHeading><p>They burn.</p>"
        "<crossHeading>Oil</crossHeading><p>It flows.</p>"
    )
    assert (first.level, second.level) == (1, 1)
    assert (one.text, two.text) == ("They burn.", "It flows.")


def test_a_crossheading_that_is_prose_is_none() -> None:
    (paragraph,) = body("<crossHeading>Recalling that lamps burn,</crossHeading>")
    assert paragraph.kind is Kind.PARAGRAPH


def test_a_note_is_a_passage_and_its_mark_no_part_of_the_word() -> None:
    text, note = body(
        '<p>the law<authorialNote marker="1" eId="n"><p>Of 1951.</p></authorialNote> says so</p>'
    )
    assert (text.text, text.note_marks) == ("the law says so", ((7, "n"),))
    assert (note.kind, note.label, note.anchor, note.text) == (Kind.NOTE, "1", "n", "Of 1951.")


def test_a_note_that_stands_apart_follows_the_text_that_calls_for_it() -> None:
    notes = '<meta><notes><note eId="n1" marker="*"><p>Of 1951.</p></note></notes></meta>'
    called = '<mainBody><p>the law<noteRef href="#n1"/> says</p><p>more</p></mainBody>'
    blocks = read(AKN.format(notes + called).encode()).blocks
    assert [block.text for block in blocks] == ["the law says", "Of 1951.", "more"]


def test_what_is_quoted_from_another_document_is_a_quote() -> None:
    quoted = "<quotedStructure><num>(3)</num><p>Lamps burn.</p></quotedStructure>"
    before, quote, after = body(f"<p>insert—<mod>{quoted}</mod> and so on</p>")
    assert (before.text, quote.kind, quote.label) == ("insert—", Kind.QUOTE, "(3)")
    assert after.text == "and so on"


def test_marks_of_quotation_that_the_markup_holds_are_shown() -> None:
    (text,) = body('<p>for <quotedText startQuote="“" endQuote="”">oil</quotedText> read gas</p>')
    assert text.text == "for “oil” read gas"
