"""Front matter, sidecars, mails and saved pages made of what breaks programs.

Whatever they hold, they are read or refused by an error of our own, and all that is said of them
can be stored and shown.
"""

import re
from collections.abc import Iterator
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.errors import DocumentError
from indexer.readers import read
from indexer.reading.protocol import refusal

_UNSHOWN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

TEXT = b"1. Herrings swim in the North Sea.\n\n2. Cod swims too.\n"

_UNFIT = [b"\xff", b"\xc3", b"\xed\xa0\x80", b"\x00", b"\x1b[31m", b"\x85", b"\xe2\x80\xae", b"\r"]
_LONG = [b"9" * 5000, b"0x" + b"f" * 5000, b"[" * 300, b"{" * 300, b"- " * 300, b"a: " * 300]
_FIELDS = [b"title: ", b"date: ", b"tags: ", b"names: ", b"language: ", b"source: ", b"other: "]
_ESCAPES = [rb'"\uD800"', rb'"\x1b[31m"', rb'"\0"', rb'"\U00110000"', rb'"\uFFFF"', rb'"\q"']
_TAGS = [b"!!int ", b"!!float ", b"!!bool ", b"!!timestamp ", b"!!binary ", b"!!null ", b"!!set "]
_TAGS += [b"!!omap ", b"!!pairs ", b"!!python/name:os ", b"!x ", b"!<tag:a> ", b"!!str ", b"! "]
_SIGNS = [
    b"&a ",
    b"*a",
    b"<<: ",
    b"? ",
    b": ",
    b"- ",
    b"| ",
    b">\n  ",
    b"[",
    b"]",
    b"{",
    b"}",
    b",",
]
_SIGNS += [
    b'"',
    b"'",
    b"#",
    b"%YAML 1.1\n",
    b"---\n",
    b"...\n",
    b"\t",
    b"\n",
    b"\n  ",
    b" ",
    b"@",
    b"`",
]
_VALUES = [
    b"x",
    b"2020-08-11",
    b"2020-13-45",
    b"0x",
    b"1e999",
    b".inf",
    b".nan",
    b"0o8",
    b"1:99:99",
]
_VALUES += [
    b"~",
    b"yes",
    b"=",
    b"11 August 2020",
    b"a, b",
    b"",
    b"\xe6\xbc\xa2",
    b"\xf0\x9f\x90\x9f",
]


def _made_of(*parts: list[bytes], most: int = 12) -> st.SearchStrategy[bytes]:
    every = st.one_of(*(st.sampled_from(part) for part in parts), st.binary(max_size=4))
    return st.lists(every, max_size=most).map(b"".join)


yamls = _made_of(_FIELDS, _FIELDS, _UNFIT, _LONG, _ESCAPES, _TAGS, _SIGNS, _SIGNS, _VALUES)

_HEADERS = [b"Subject: ", b"From: ", b"To: ", b"Cc: ", b"Date: ", b"Content-Type: "]
_HEADERS += [b"Content-Transfer-Encoding: ", b"Content-Disposition: ", b"Content-ID: "]
_HEADERS += [b"Content-Location: ", b"Snapshot-Content-Location: ", b"MIME-Version: ", b"X: "]
_MIME = [b"text/plain", b"text/html", b"multipart/mixed", b"multipart/related", b"message/rfc822"]
_MIME += [b"; charset=", b"; boundary=", b'"b"', b"; filename=", b"; filename*=", b"; name*0*="]
_MIME += [b"; start=", b"utf-16", b"utf-7", b"x-unknown", b"idna", b"rot13", b"base64", b"hex"]
_MIME += [b"quoted-printable", b"uuencode", b"attachment", b"inline", b"utf-8''%ff%ed%a0%80.txt"]
_WORDS = [b"=?utf-8?b?////?=", b"=?utf-8?q?=ED=A0=80?=", b"=?x?q?=ff?=", b"=?utf-8?b?a?=", b"=?"]
_WORDS += [
    b"=?idna?q?xn--?=",
    b"<a@b>",
    b"a@[",
    b"(((",
    b'"',
    b"\\",
    b"<",
    b">",
    b":;",
    b",,",
    b"@",
]
_DATES = [
    b"Tue, 11 Aug 2020 10:00:00 +0200",
    b"99 Xxx 99999",
    b"11 Aug 2020",
    b"1 Jan 0001 0:0 +9999",
]
_BREAKS = [b"\n", b"\r\n", b"\r", b"\n ", b"\n\t", b"\n\n", b"\n--b\n", b"\n--b--\n", b"=\n", b" "]
_BODY = [b"<p>Cod swims.", b"<html>", b"Herrings swim.", b"=ff=", b"QQ==", b"Q", b"begin 666 a\n#"]

mails = _made_of(
    *(_HEADERS, _HEADERS, _MIME, _MIME, _WORDS, _DATES, _UNFIT, _BREAKS, _BREAKS, _BODY), most=25
)

hostile = settings(suppress_health_check=[HealthCheck.too_slow])


@hostile
@given(yamls)
def test_a_sidecar(yaml: bytes) -> None:
    is_read_or_refused("a.txt", TEXT, yaml)


@hostile
@given(yamls, st.sampled_from([b"---\n", b"--- \r\n", b"\xef\xbb\xbf---\n"]))
def test_front_matter(yaml: bytes, rule: bytes) -> None:
    is_read_or_refused("a.md", rule + yaml + b"\n---\n" + TEXT)


@hostile
@given(mails)
def test_a_mail(mail: bytes) -> None:
    is_read_or_refused("a.eml", b"From: a@b.example\n" + mail)


@hostile
@given(mails)
def test_a_saved_page(page: bytes) -> None:
    is_read_or_refused("a.mht", b"MIME-Version: 1.0\n" + page)


def is_read_or_refused(name: str, data: bytes, sidecar: bytes | None = None) -> None:
    told = list(_told(name, data, sidecar))
    assert [text for text in told if _UNSHOWN.search(text) or "its reader failed" in text] == []


def _told(name: str, data: bytes, sidecar: bytes | None) -> Iterator[str]:
    """All that is said in a document and of it."""
    try:
        document = read(Path(name), data, sidecar)
    except DocumentError as error:
        yield refusal(error).reason
        return
    yield from document.notes
    for value in document.metadata.known().values():
        yield from (value,) if isinstance(value, str) else value
    for block in document.blocks:
        yield from (block.text, block.label, block.anchor)
