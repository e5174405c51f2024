"""Signs that are no text reach no store, whatever file or sidecar they come in."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
import sqlalchemy as sa

from indexer.config import Settings
from indexer.document import Block, Document, Kind, Metadata, NoteMark
from indexer.library import Library
from indexer.readers.common.controls import without_controls
from indexer.store import schema
from indexer.store.databases import address_of
from tests.conftest import Write
from tests.helpers.office import docx
from tests.helpers.stores import STORES

NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
BAD = "a\x00b\x1bc"  # as it can lie in a file
HALF = b"a\xed\xa0\x80b"  # half of a UTF-16 pair, written as if it were a sign
SIDECAR = r"""
title: "T a\0b\ud800c"
publisher: "P a\0b\ud800c"
source: "https://x/a\0b"
tags: ["t a\0b\ud800c"]
names: ["S/RES/77 a\0b\ud800c"]
work: "w a\0b\ud800c"
"""
MARKED = f"""---
title: "T {BAD}"
---

# H {BAD}

Lamps {BAD}[^1]

[^1]: N {BAD}
"""
PAGE = (
    f"<html><head><title>T {BAD} &#0; &#xD800;</title><meta name=author content='{BAD}'></head>"
    f"<body><h1 id='h{BAD}'>H {BAD}</h1><p id='{BAD}'>Lamps {BAD} &#0;&#xD800; burn all night"
    f"<a href='#n{BAD}'><sup>1</sup></a> in the harbour.</p><p id='n{BAD}'>1. A note {BAD}.</p>"
    "</body></html>"
).encode()
MAIL = (
    "Subject: =?utf-8?q?T_a=00b=ED=A0=80c?=\nFrom: =?utf-8?q?P_a=00b?= <a@example.org>\n"
    f"Date: Mon, 1 Mar 2021 10:00:00 +0000\nContent-Type: text/plain\n\nLamps {BAD} burn.\n"
)
XML = f"<TEI><text><body><p>Lamps {BAD} burn &#xD800; all night.</p></body></text></TEI>"


@pytest.fixture(params=STORES)
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        yield from strings([*value, *value.values()])
    elif isinstance(value, list | tuple):
        for each in value:
            yield from strings(each)


def stored(settings: Settings) -> dict[str, list[Any]]:
    """All rows of all tables, JSON read."""
    database = sa.create_engine(address_of(settings.store, settings.data))
    with database.connect() as connection:
        found = {
            name: [tuple(row) for row in connection.execute(sa.select(table))]
            for name, table in schema.metadata.tables.items()
        }
    database.dispose()
    return found


def test_no_sign_that_is_no_text_reaches_the_store(library: Library, write: Write) -> None:
    written = {
        "text.txt": f"1. Lamps {BAD} burn.\n\n2. Ships sail.\n".encode() + HALF,
        "marked.md": MARKED.encode() + HALF,
        "page.html": PAGE,
        "mail.eml": MAIL.encode(),
        "text.xml": XML.encode(),
        "office.docx": docx("<w:p><w:r><w:t>Lamps burn.</w:t></w:r></w:p>"),
    }
    for name, content in written.items():
        write(name, content)
    for name in ("office.docx", "text.txt", "page.html"):
        write(f"{name}.meta.yaml", SIDECAR)
    write("refused.xml", f"<{BAD}")
    report = library.maintenance.sync()
    assert set(report.failures) == {"refused.xml", "text.xml"}  # XML knows no such signs
    found = stored(library.settings)
    assert len(found["documents"]) == len(written) - 1
    said = {(table, text) for table, rows in found.items() for text in strings(rows)}
    wrong = {each for each in said if NO_TEXT.search(each[1])}
    assert not wrong
    assert library.document("office").document.metadata.title == "T abc"
    assert library.document("office").document.metadata.tags == ("t abc",)
    slugs = {hit.document.slug for hit in library.search("lamps").hits}
    assert {"office", "page", "mail"} <= slugs


def test_a_mark_still_leads_to_its_note() -> None:
    called = Block(Kind.PARAGRAPH, "La\x01mps burn.", note_marks=(NoteMark(5, "n\x00\ud8001"),))
    note = Block(Kind.NOTE, "All night.", anchor="n\x00\ud8001")
    one, other = without_controls(Document(Metadata(), (called, note))).blocks
    assert one.text == "Lamps burn."
    assert one.note_marks == (NoteMark(4, other.anchor),)
