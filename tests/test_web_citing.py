"""The pages that give citations: all of a paragraph, one of them, and files."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.citing.formats import NAMES
from indexer.config import Settings
from tests.helpers.inline import open_inline
from web.app import create_app

FIRST, SECOND = "1. The gate opens at dawn.", "1. The gate opens at noon."


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    settings = Settings(corpus, tmp_path / "data", public_url="https://library.example.org")
    with open_inline(settings) as library:
        for text in (FIRST, SECOND, "2. Nothing else."):
            (corpus / "gate.txt").write_text(f"On Gates & Doors\n\n{text}")
            library.maintenance.sync()
        yield create_app(library).test_client()


def test_the_page_has_every_style_and_file(client: FlaskClient) -> None:
    page = client.get("/d/gate/para-1@1/cite").text
    assert "as it is in edition 1" in page
    for name in NAMES:
        text = re.search(rf'id="_{name}"[^>]*>([^<]*)<', page)
        assert text
        assert "https://library.example.org/d/gate/para-1@1" in text[1].replace("&gt;", "")
    for form in ("bibtex", "ris", "csl"):
        assert f'href="?format={form}"' in page


@pytest.mark.parametrize(
    ("query", "mimetype", "part"),
    [
        ("style=un", "text/plain", "“On Gates & Doors”, para. 1. Available at https://"),
        ("style=oscola&format=markdown", "text/plain", "‘On Gates & Doors’"),
        ("format=bibtex", "application/x-bibtex", "title = {{On Gates \\& Doors}}"),
        ("format=ris", "application/x-research-info-systems", "TI  - On Gates & Doors\r\n"),
    ],
)
def test_one_of_them(client: FlaskClient, query: str, mimetype: str, part: str) -> None:
    answer = client.get(f"/d/gate/para-1@2/cite?{query}")
    assert answer.mimetype == mimetype
    assert part in answer.get_data(as_text=True)


def test_a_file_has_a_name(client: FlaskClient) -> None:
    answer = client.get("/d/gate/para-1@1/cite?format=csl")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="gate-para-1-1.json"'
    assert json.loads(answer.data)[0]["URL"] == "https://library.example.org/d/gate/para-1@1"


def test_without_an_edition_it_is_the_last_that_has_the_paragraph(client: FlaskClient) -> None:
    assert "para-1@2" in client.get("/d/gate/para-1/cite?style=plain").text
    assert "para-2@3" in client.get("/d/gate/para-2/cite?style=plain").text


@pytest.mark.parametrize("query", ["style=none", "format=none"])
def test_what_there_is_not_says_what_there_is(client: FlaskClient, query: str) -> None:
    answer = client.get(f"/d/gate/para-1@1/cite?{query}")
    assert answer.status_code == 404
    assert "bluebook" in answer.text


@pytest.mark.parametrize(
    "place", ["/d/gate/para-9/cite", "/d/none/p1/cite", "/d/gate/para-2@1/cite"]
)
def test_what_is_not_there_cannot_be_cited(client: FlaskClient, place: str) -> None:
    assert client.get(place).status_code == 404
