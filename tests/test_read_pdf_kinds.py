"""PDFs of unusual kinds: forms, large initials, loose accents, fonts that hide their characters."""

import pytest

from indexer.errors import Unreadable
from indexer.readers.pdf.reader import read
from tests.helpers.pdfs import lines, pdf, text


def said(data: bytes) -> list[str]:
    return [block.text for block in read(data).blocks]


def field(name: str, rect: str, entries: str) -> bytes:
    """A field of a form that is its own widget."""
    return (
        f"<</Type/Annot/Subtype/Widget/T({name})/Rect[{rect}]/DA(/F0 10 Tf 0 g){entries}>>"
    ).encode()


def form(*fields: bytes) -> bytes:
    """A page that asks for a name, a port and a yes, with these fields."""
    content = text(50, 100, "Name of the ship:") + text(50, 130, "Port:") + text(50, 160, "Paid:")
    numbers = b" ".join(b"%d 0 R" % (6 + n) for n, each in enumerate(fields) if b"/Annot" in each)
    root = b"/AcroForm<</Fields[%s]/DR<<>>/DA(/F0 10 Tf 0 g)>>" % numbers
    return pdf([content], root=root, page=b"/Annots[%s]" % numbers, more=fields)


SHIP = field("ship", "134 490 300 506", "/FT/Tx/V(Grey Gull)")


def test_what_was_filled_into_a_form_is_read_in_its_place() -> None:
    port = field("port", "80 460 300 476", "/FT/Ch/Ff 131072/Opt[(Malmo)(Riga)]/V(Riga)")
    paid = field("paid", "76 430 92 446", "/FT/Btn/AS/Yes/V/Yes/AP<</N<</Yes 9 0 R>>>>")
    tick = b"<</Type/XObject/Subtype/Form/BBox[0 0 16 16]/Length 0>>stream\n\nendstream"
    found = " ".join(said(form(SHIP, port, paid, tick)))
    assert found == "Name of the ship: Grey Gull Port: Riga Paid: ☒"


@pytest.mark.parametrize(
    "hidden",
    [
        field("ship", "134 490 300 506", "/FT/Tx/V(Grey Gull)/F 2"),
        field("ship", "134 490 300 506", "/FT/Tx/V(Grey Gull)/Ff 8192"),
        field("ship", "134 490 300 506", "/FT/Tx"),
        field("ship", "134 490 300 506", "/FT/Btn/V/Off/AS/Off"),
        field("ship", "134 490 300 506", "/FT/Btn/Ff 65536/V(Grey Gull)"),
        b"<</Type/Annot/Subtype/Text/Contents(Grey Gull)/Rect[140 490 300 506]>>",
        b"null",
    ],
)
def test_fields_that_are_hidden_secret_or_empty_say_nothing(hidden: bytes) -> None:
    assert " ".join(said(form(hidden))) == "Name of the ship: Port: Paid:"


def test_a_large_initial_opens_a_paragraph_of_several_lines() -> None:
    beside = ["he lamp of the harbour is lit at dusk, by the keeper or by", "another who"]
    beside[1] = "another who stands in for the keeper then, and it burns until"
    below = ["dawn, when the keeper puts it out and cleans the glass for the", "next night."]
    page = text(50, 122, "T", size=34) + lines(74, 110, beside) + lines(50, 134, below)
    assert said(pdf([page])) == ["T" + " ".join([*beside, *below])]


def test_a_letter_before_small_words_is_no_initial_unless_it_is_large() -> None:
    assert said(
        pdf([text(50, 100, "A") + text(62, 100, "lamp is lit at dusk by the keeper.")])
    ) == ["A lamp is lit at dusk by the keeper."]


ACCENTS = b"/H<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>"
MEANINGS = (
    b"/CIDInit /ProcSet findresource begin begincmap "
    b"1 begincodespacerange <00> <FF> endcodespacerange "
    b"1 beginbfchar <60> <0300> endbfchar endcmap end"
)


def test_an_accent_without_a_letter_is_a_sign_of_the_word_that_it_opens() -> None:
    accent = b"BT /H 10 Tf 50 500 Td (`) Tj ET\n"
    words = text(53.5, 100, "Keep the lamp\xb4 is what the keeper of the harbour says at dusk.")
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(MEANINGS), MEANINGS)
    (found,) = said(pdf([accent + words], fonts=ACCENTS, more=[stream]))
    assert found == "`Keep the lamp\xb4 is what the keeper of the harbour says at dusk."


HIDDEN = (
    b"/H<</Type/Font/Subtype/Type1/BaseFont/ABCDEF+Hidden/FirstChar 1/LastChar 9/Widths["
    + b"500 " * 9
    + b"]/Encoding<</Type/Encoding/Differences[1/g1/g2/g3/g4/g5/g6/g7/g8/g9]>>>>"
)
RIDDLE = b"BT /H 10 Tf 50 460 Td <0102030405060708090102030405> Tj ET\n"


def test_words_in_a_font_that_hides_its_characters_are_left_out_and_named() -> None:
    document = read(pdf([text(50, 100, "The lamp is lit at dusk.") + RIDDLE], fonts=HIDDEN))
    assert [block.text for block in document.blocks] == ["The lamp is lit at dusk."]
    assert document.notes == (
        "left out, since the font does not say which characters it has: Hidden, on page 1",
    )


def test_a_document_of_such_a_font_alone_is_refused() -> None:
    with pytest.raises(Unreadable, match="does not say which characters its fonts have"):
        read(pdf([RIDDLE], fonts=HIDDEN))


def test_the_end_of_a_sentence_at_the_head_of_a_page_is_no_running_head() -> None:
    ends = ["nor at any gate.", "on the far bank.", "if the ferry waits.", "as the mill does."]
    body = "The ferry waits at the pier until the wind has turned and the water is calm again and"
    pages = [
        text(50, 40, end) + lines(50, 80, [f"{body} {number} boats are in."] * 12)
        for number, end in enumerate(ends)
    ]
    found = " ".join(said(pdf(pages)))
    assert [end for end in ends if end not in found] == []


def test_a_heading_of_an_article_at_the_head_of_a_page_is_kept() -> None:
    body = "The ferry waits at the pier until the wind has turned and the water is calm again and"
    pages = [
        (text(150, 40, f"Article {number}") if number % 3 == 1 else b"")
        + lines(50, 80, [f"{body} {number} boats are in."] * 12)
        for number in range(1, 9)
    ]
    found = said(pdf(pages))
    articles = [f"Article {number}" for number in (1, 4, 7)]
    assert [text for text in found if text.startswith("Article")] == articles
