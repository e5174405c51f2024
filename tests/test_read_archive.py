"""Hostile containers: refused by name before they cost anything, and nothing is fetched."""

import io
from pathlib import Path
from zipfile import ZIP_LZMA, ZipFile

import pytest

from indexer.errors import Unreadable
from indexer.readers import read
from indexer.readers.common.archive import Archive, parse_xml
from tests.helpers.office import docx, epub, odt, p, zipped

BILLION = "".join(
    f'<!ENTITY {name} "{f"&{before};" * 10}">'
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
INSIDE = f'[<!ENTITY a "ha">{BILLION}]>'
BOMB = f"<!DOCTYPE x {INSIDE}"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
ENCRYPTED = OLE + "EncryptedPackage".encode("utf-16-le")


def test_names_whatever_their_case_and_slashes() -> None:
    archive = Archive(zipped({"Word\\Document.XML": "a", "/b.xml": "b"}), "DOCX")
    assert archive.read("word/document.xml") == b"a"
    assert archive.read("b.xml") == b"b"
    assert "c.xml" not in archive


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (zipped({"a": bytes(20_000_000)}), "as zip bombs do"),
        (zipped({str(n): "" for n in range(10_001)}), "holds 10001 files"),
        (OLE, "is in an old Office format"),
        (ENCRYPTED, "protected by a password"),
        (b"%PDF-1.7", "no DOCX file, or a damaged one"),
    ],
)
def test_containers_that_are_refused_unopened(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        Archive(data, "DOCX")


def patched(data: bytes, before: bytes, after: bytes) -> bytes:
    assert before in data
    return data.replace(before, after)


def test_a_member_that_is_damaged() -> None:
    with ZipFile(container := io.BytesIO(), "w") as archive:
        archive.writestr("a.xml", "text")
    with pytest.raises(Unreadable, match=r"is damaged at a\.xml"):
        Archive(patched(container.getvalue(), b"text", b"tent"), "ODT").read("a.xml")


def test_a_member_that_is_packed_as_no_document_is() -> None:
    with ZipFile(container := io.BytesIO(), "w", ZIP_LZMA) as archive:
        archive.writestr("a.xml", "text")
    with pytest.raises(Unreadable, match=r"packs a\.xml as no ODT file may"):
        Archive(container.getvalue(), "ODT").read("a.xml")


def test_a_member_behind_a_password() -> None:
    data = bytearray(zipped({"a.xml": "text"}))
    directory = data.rindex(b"PK\x01\x02")
    data[6] |= 1
    data[directory + 8] |= 1
    with pytest.raises(Unreadable, match="password"):
        Archive(bytes(data), "ODT").read("a.xml")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.docx", docx(p("&i;"), doctype=BOMB)),
        ("a.docx", docx("<w:p w:x='&i;'/>", doctype=BOMB)),
        ("a.odt", zipped({"content.xml": f"{BOMB}<x>&i;</x>"})),
        (
            "a.epub",
            epub({"a.xhtml": f"<!DOCTYPE html {INSIDE}<html><body>&i;</body></html>"}),
        ),
        ("a.docx", docx("<w:ins>" * 10_000 + p("a") + "</w:ins>" * 10_000)),
        ("a.odt", odt("<text:section>" * 8_000 + "</text:section>" * 8_000)),
    ],
)
def test_xml_bombs(name: str, data: bytes) -> None:
    with pytest.raises(Unreadable, match=r"asks for too much as XML|declares XML entities"):
        read(Path(name), data)


def test_no_file_is_opened_and_nothing_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    doctype = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'
    with pytest.raises(Unreadable, match="declares XML entities"):
        read(Path("a.docx"), docx(p("&e;"), doctype=doctype))
    external = f'<!DOCTYPE x SYSTEM "{secret.as_uri()}"><x>a</x>'
    assert parse_xml(external.encode()).text == "a"


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.doc", OLE, "Word's old format"),
        ("a.doc", b"{\\rtf1 Text}", "is RTF"),
        ("a.doc", docx(p("a")), "newer document under an old name"),
        ("a.rtf", b"{\\rtf1 Text}", "save it as DOCX"),
        ("a.pages", b"\0\1", "save it as DOCX, ODT or PDF"),
    ],
)
def test_formats_that_are_not_read_say_what_to_do(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(Path(name), data)
