"""What programs that keep literature read: fields of pages, and records by unAPI."""

import os
import re
import subprocess
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from json import dumps, loads
from pathlib import Path
from time import monotonic, sleep
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen
from xml.etree import ElementTree

import pytest
import rispy
from flask.testing import FlaskClient

from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.helpers.serving import served
from tests.test_serve import free_port
from web.app import create_app

ACT = """---
title: On the lighting of harbours
publisher: Harbour Council
date: 2020-08-11
language: en
names: [HC/2020/17]
---
# On the lighting of harbours

1. Every harbour shall keep a light from dusk until dawn.

2. The light is {colour}, and can be seen from three miles.
"""
HOST = "http://localhost"


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Two editions of an act, and a document of which nothing is known."""
    folder = tmp_path_factory.mktemp("zotero")
    corpus = folder / "corpus"
    corpus.mkdir()
    settings = Settings(corpus=corpus, data=folder / "data")
    with open_inline(settings) as library:
        (corpus / "plain.txt").write_text("Some words on the light of harbours.")
        for colour in ("red", "white"):
            (corpus / "feux é.md").write_text(ACT.format(colour=colour))
            library.maintenance.sync()
    return settings


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    with open_inline(settings) as library:
        yield create_app(library).test_client()


def fields_of(page: str) -> dict[str, str]:
    found = re.findall(r'<meta name="(citation_\w+)" content="([^"]*)">', page)
    assert len(dict(found)) == len(found)
    return {name: unescape(content) for name, content in found}


def ids_of(page: str) -> list[str]:
    assert (
        f'<link rel="unapi-server" type="application/xml" title="unAPI" href="{HOST}/unapi">'
        in page
    )
    return [unescape(each) for each in re.findall(r'<abbr class="unapi-id" title="([^"]*)"', page)]


def slug_of(client: FlaskClient) -> str:
    found = re.search(r'href="/d/([^"]*)"', client.get("/documents?q=lighting").text)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("place", "title", "address"),
    [
        ("", "", "@2"),
        ("@1", "", "@1"),
        ("/para-2", ", ¶ 2", "/para-2@2"),
        ("/para-1@1", ", ¶ 1", "/para-1@1"),  # as it still is
        ("/para-2@1", ", ¶ 2", "/para-2@1"),  # as it is no longer
    ],
)
def test_a_page_says_what_it_shows(
    client: FlaskClient, place: str, title: str, address: str
) -> None:
    slug = slug_of(client)
    page = client.get(f"/d/{slug}{place}").text
    assert fields_of(page) == {
        "citation_title": f"On the lighting of harbours{title}",
        "citation_technical_report_institution": "Harbour Council",
        "citation_technical_report_number": "HC/2020/17",
        "citation_date": "2020-08-11",
        "citation_language": "en",
        "citation_public_url": f"{HOST}/d/{slug}{address}",
    }
    assert "Z3988" not in page  # Zotero asks COinS first, and would not see these


def test_what_is_not_known_is_not_made_up_and_the_page_is_still_a_report(
    client: FlaskClient,
) -> None:
    assert fields_of(client.get("/d/plain/p1").text) == {
        "citation_title": "plain.txt, [¶ 1]",
        "citation_technical_report_institution": " ",
        "citation_public_url": f"{HOST}/d/plain/p1@1",
    }


@pytest.mark.parametrize("view", ["", "&view=lines"])
def test_each_result_can_be_had_as_a_record(client: FlaskClient, view: str) -> None:
    named = ids_of(client.get(f"/search?q=light{view}").text)
    assert len(named) == 3
    for each in named:
        (entry,) = rispy.loads(client.get(f"/unapi?id={each}&format=ris").text)
        assert entry["urls"] == [each]


def test_a_document_and_its_paragraphs_can_be_had_as_records(client: FlaskClient) -> None:
    document, paragraphs = ids_of(client.get(f"/d/{slug_of(client)}").text)
    (whole,) = rispy.loads(client.get(f"/unapi?id={document}&format=ris").text)
    assert (whole["title"], whole["urls"]) == ("On the lighting of harbours", [document])
    entries = rispy.loads(client.get(f"/unapi?id={paragraphs}&format=ris").text)
    assert [entry["title"].rpartition(", ")[2] for entry in entries] == ["¶ 1", "¶ 2"]
    assert loads(client.get("/unapi", query_string={"id": paragraphs, "format": "csl"}).text)
    assert "unapi-id" not in client.get(f"/d/{slug_of(client)}/para-1").text


def test_unapi_says_which_formats_there_are(client: FlaskClient) -> None:
    answer = client.get("/unapi")
    formats = ElementTree.fromstring(answer.data)
    assert answer.status_code == 200
    assert [each.get("name") for each in formats] == ["ris", "bibtex", "csl"]
    (named,) = ids_of(client.get("/search?q=words").text)
    answer = client.get("/unapi", query_string={"id": named})
    assert answer.status_code == 300
    assert ElementTree.fromstring(answer.data).get("id") == named


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("format=ris", 400),
        (f"id={HOST}/d/plain/p1@1&format=mods", 406),
        (f"id={HOST}/d/plain/p9@1&format=ris", 404),
        (f"id={HOST}/d/plain@7&format=ris", 404),
        (f"id={HOST}/d/plain@1?part=2&format=ris", 404),
        (f"id={HOST}/d/plain@1?part=x&format=ris", 404),
        (f"id={HOST}/elsewhere&format=ris", 404),
        ("id=https://elsewhere.example/d/plain/p1&format=ris", 404),
    ],
)
def test_what_unapi_cannot_give_has_the_right_status(
    client: FlaskClient, query: str, status: int
) -> None:
    assert client.get(f"/unapi?{query}").status_code == status


@pytest.fixture(scope="module")
def zotero() -> Iterator[str]:
    """Zotero's translation server, with its translators, which are not part of this project."""
    folder = Path(os.environ.get("TEST_ZOTERO", "/nonexistent"))
    if not (folder / "src" / "server.js").exists():
        pytest.skip("TEST_ZOTERO names no folder with Zotero's translation server")
    port = free_port()
    config = dumps({"port": port, "host": "127.0.0.1"})
    environment = os.environ | {"NODE_CONFIG": config, "DEBUG_LEVEL": "0"}
    server = subprocess.Popen(
        ["node", "src/server.js"],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/", server)
        yield f"http://127.0.0.1:{port}/web"
    finally:
        server.terminate()
        server.wait()


def wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    end = monotonic() + 120
    while monotonic() < end and server.poll() is None:
        try:
            urlopen(address).close()
        except HTTPError:
            return  # it answers
        except URLError:
            sleep(0.2)
        else:
            return
    raise AssertionError("Zotero's server does not answer")


def asked(zotero: str, what: str | dict[str, Any]) -> Any:
    is_text = isinstance(what, str)
    kind = "text/plain" if is_text else "application/json"
    body = str(what) if is_text else dumps(what)
    request = Request(zotero, body.encode(), {"Content-Type": kind})
    try:
        with urlopen(request) as answer:
            return loads(answer.read())
    except HTTPError as error:
        if error.code != HTTPStatus.MULTIPLE_CHOICES:
            raise
        return loads(error.read())


@pytest.mark.slow
def test_zotero_reads_it(settings: Settings, zotero: str) -> None:
    with open_inline(settings) as library, served(library) as address:
        slug = slug_of(create_app(library).test_client())
        (paragraph,) = asked(zotero, f"{address}/d/{slug}/para-2@1")
        assert_known(paragraph, "On the lighting of harbours, ¶ 2", f"{address}/d/{slug}/para-2@1")
        (unknown,) = asked(zotero, f"{address}/d/plain/p1")
        assert (unknown["itemType"], unknown["creators"]) == ("report", [])
        assert "institution" not in unknown
        offered = asked(zotero, f"{address}/d/{slug}")
        assert [each.rpartition(", ")[2] for each in offered["items"].values()] == [
            "On the lighting of harbours",
            "¶ 1",
            "¶ 2",
        ]
        ticked = {key: offered["items"][key] for key in ("0", "2")}
        document, paragraph, *_notes = asked(zotero, offered | {"items": ticked})
        assert_known(document, "On the lighting of harbours", f"{address}/d/{slug}@2")
        found = asked(zotero, f"{address}/search?q=light")
        assert len(found["items"]) == 3


def assert_known(item: dict[str, Any], title: str, address: str) -> None:
    names = ("itemType", "title", "institution", "reportNumber", "date", "url", "language")
    expected = ("report", title, "Harbour Council", "HC/2020/17", "2020-08-11", address, "en")
    assert tuple(item.get(name) for name in names) == expected
