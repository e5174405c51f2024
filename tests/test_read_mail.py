"""Mails and web pages saved in one file: the text, what is attached, and what is malformed."""

from email.message import EmailMessage
from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.readers import READERS
from indexer.readers import read as read_file
from indexer.readers.mail.message import read
from indexer.readers.mail.page import read as read_page
from tests.helpers.office import lines


def mail(text: str = "The river is high.\n", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Harbour <harbour@basin.example>"
    message["Subject"] = headers.get("subject", "Floods")
    message["Date"] = headers.get("date", "Tue, 11 Aug 2020 10:00:00 +0200")
    message.set_content(text)
    return message


def test_a_mail() -> None:
    document = read(mail("Both ferries stay in.\n\nThe bridge is open.\n").as_bytes())
    assert lines(document) == [
        "paragraph | From: Harbour <harbour@basin.example>",
        "paragraph | Both ferries stay in.",
        "paragraph | The bridge is open.",
    ]
    assert (document.metadata.title, document.metadata.date) == ("Floods", "2020-08-11")
    assert document.metadata.origins == {"title": "header Subject", "date": "header Date"}


def test_its_attachments_are_named() -> None:
    message = mail()
    message.add_attachment(b"%PDF-", maintype="application", subtype="pdf", filename="Pegel 1.pdf")
    message.add_attachment(mail(subject="Lamps"))
    document = read(message.as_bytes())
    *_, first, second = (block.text for block in document.blocks)
    assert first == "Attachment: Pegel 1.pdf (5 bytes)"
    assert second.startswith("Attachment: Lamps (")
    (note,) = document.notes
    assert note.startswith("attachments are not read: Pegel 1.pdf, Lamps;")


def test_soft_line_ends_join_and_quotations_are_told() -> None:
    text = "1. The river \nis high.\n 2. So it \nwas.\n> Is it \n> high?\n>> No.\n-- \nHarbour\n"
    message = mail(text)
    message.set_param("format", "flowed")
    assert lines(read(message.as_bytes()))[1:] == [
        "paragraph | 1. The river is high.",
        "paragraph | 2. So it was.",
        "quote | Is it high?",
        "quote | No.",
        "paragraph | --",
        "paragraph | Harbour",
    ]
    message.set_param("delsp", "yes")
    assert lines(read(message.as_bytes()))[1] == "paragraph | 1. The riveris high."


def test_the_plain_text_stands_for_all_forms_of_it() -> None:
    message = mail("The river is high.")
    message.add_alternative("<p>The river is <b>high</b>.", subtype="html")
    assert [block.text for block in read(message.as_bytes()).blocks][1:] == ["The river is high."]


def test_a_mail_that_is_a_page() -> None:
    message = mail()
    message.set_content("<p>The river is <b>high</b>.", subtype="html")
    message.add_related(b"GIF89a", maintype="image", subtype="gif", cid="<seal>", filename="s.gif")
    document = read(message.as_bytes())
    assert [block.text for block in document.blocks][1:] == ["The river is high."]
    assert document.notes == ()


@pytest.mark.parametrize("charset", ["utf-8", "koi8-r", "iso-8859-5"])
def test_encodings(charset: str) -> None:
    message = EmailMessage()
    message.set_content("Река высока сегодня.", charset=charset)
    message["Subject"] = "Река"
    document = read(message.as_bytes())
    assert (document.metadata.title, document.blocks[0].text) == ("Река", "Река высока сегодня.")


@pytest.mark.parametrize(
    ("headers", "title", "date"),
    [
        ("Subject: =?utf-8?b?Rmzr?=\nDate: soon", "Fl", ""),
        ("Subject: =?no-such?q?Floods?=\nDate: Tue, 99 Aug 2020 10:00:00", "Floods", ""),
        ("From: @@@<>,,;\nSubject: a\n b", "a b", ""),
        ("Content-Type: text/plain; charset=no-such\nSubject: a", "a", ""),
    ],
)
def test_malformed_headers(headers: str, title: str, date: str) -> None:
    document = read(f"{headers}\n\nThe river is high.".encode())
    assert document.metadata.title.startswith(title)
    assert document.metadata.date == date
    assert document.blocks[-1].text == "The river is high."


def test_nested_beyond_all_reason() -> None:
    nested = "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(3000)
    )
    with pytest.raises(Unreadable):
        read(f"Subject: a\n{nested}".encode())


@pytest.mark.parametrize("data", [b"no headers here at all\n\nText", b"From: a\n\n"])
def test_what_is_no_mail(data: bytes) -> None:
    with pytest.raises(Unreadable):
        read_file(Path("a.eml"), data)


SAVED = """From: <Saved by a browser>
Snapshot-Content-Location: https://basin.example/rules
Subject: Rules
MIME-Version: 1.0
Content-Type: multipart/related; type="text/html"; start="<second>"; boundary="x"

--x
Content-Type: text/html
Content-ID: <first>

<p>A frame.
--x
Content-Type: text/html; charset=utf-8
Content-ID: <second>
Content-Transfer-Encoding: quoted-printable

<html lang=3Den><title>Rules for Ferries</title><h2>Article 1</h2>
<p>F=C3=A4hren need <img src=3D"cid:lamp"> lamps.
--x
Content-Type: image/png
Content-ID: <lamp>
Content-Transfer-Encoding: base64

AAAA
--x--
"""


@pytest.mark.parametrize("suffix", [".mht", ".mhtml"])
def test_a_page_saved_in_one_file(suffix: str) -> None:
    document = read_file(Path(f"rules{suffix}"), SAVED.encode())
    assert lines(document) == ["heading 2 | Article 1", "paragraph | Fähren need lamps."]
    assert document.metadata.title == "Rules for Ferries"
    assert document.metadata.source == "https://basin.example/rules"


def test_an_archive_without_a_page() -> None:
    with pytest.raises(Unreadable, match="no web page"):
        read_page(b"Subject: a\nContent-Type: image/png\n\nAAAA")


def test_xhtml_by_its_other_suffix() -> None:
    page = (
        b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><p/><p>Text.</p></html>'
    )
    assert READERS[".xht"] == READERS[".xhtml"]
    assert lines(read_file(Path("a.xht"), page)) == ["paragraph | Text."]


@pytest.mark.parametrize(
    ("link", "texts"),
    [
        ("<link rel=stylesheet href='cid:css-1@saved'>", ["Lamps burn."]),
        ("<link rel=stylesheet href=https://basin.example/a.css>", ["Lamps burn."]),
        (
            "<link rel=stylesheet media=print href='cid:css-1@saved'>",
            ["Lamps burn.", "Print this."],
        ),
        ("", ["Lamps burn.", "Print this."]),
    ],
)
def test_the_style_sheets_beside_a_saved_page_hide_what_they_hide(
    link: str, texts: list[str]
) -> None:
    message = EmailMessage()
    page = f"<html><head>{link}</head><body><p>Lamps burn.</p><p class=tool>Print this.</p>"
    message.set_content(page, subtype="html")
    message.add_related(
        b".tool { display: none }",
        maintype="text",
        subtype="css",
        cid="<css-1@saved>",
        headers=["Content-Location: https://basin.example/a.css"],
    )
    assert [block.text for block in read_page(message.as_bytes()).blocks] == texts
