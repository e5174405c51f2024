"""The list of documents: what it is looked through by, its orders, its pages."""

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.conftest import Keep
from tests.test_web import said
from web.app import create_app

FILES = {
    "lamps.txt": "On Lamps\n\n1. Oil.\n\n2. Wick.",
    "lamps.txt.meta.yaml": "publisher: Office of Lights\ndate: 1998-05-01\nlanguage: en\n"
    "tags: ['harbours & “deep” \"ports\"']\nnames: [A/1/2]\n",
    "ropes.txt": "Ropes 100 %\n\n1. Hemp.",
    "ropes.txt.meta.yaml": "publisher: Rope & Sons\ndate: 2004\nlanguage: en\n",
    "phares.txt": "Les phares\n\n1. Huile.",
    "phares.txt.meta.yaml": "publisher: Office of Lights\ndate: 2004-03\nlanguage: fr\n",
    "etat.md": "# État des mâts\n\n1. Chêne.\n\n2. Sapin.\n\n3. Pin.\n\n4. If.\n",
    "etat.md.meta.yaml": "publisher: Mâts\ndate: '1987'\nlanguage: fr\n",
    "notes.txt": "1. A note without a title of its own or anything else.",
    **{f"many/{n:03}.txt": f"Record {n}\n\n1. Nothing." for n in range(120)},
}


@pytest.fixture(scope="module")
def client(kept: Keep) -> FlaskClient:
    return create_app(kept(FILES)).test_client()


def titles(client: FlaskClient, query: str) -> list[str]:
    page = client.get(f"/documents?{query}").text
    return [said(each) for each in re.findall(r"<h2>(.*?)</h2>", page)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("words=lamps", ["On Lamps"]),
        ("words=LAMPS+on", ["On Lamps"]),
        ("words=A/1/2", ["On Lamps"]),
        ("words=ropes+100+%25", ["Ropes 100 %"]),
        ("words=_", []),
        ("words=etat+MATS", ["État des mâts"]),
        ("words=%C3%89TAT", ["État des mâts"]),
        ("words=none", []),
        (f"publisher={quote('Office of Lights')}", ["Les phares", "On Lamps"]),
        (f"publisher={quote('Rope & Sons')}", ["Ropes 100 %"]),
        ("year=2004", ["Les phares", "Ropes 100 %"]),
        ("language=fr&words=phares", ["Les phares"]),
        ("year=2004&sort=title", ["Les phares", "Ropes 100 %"]),
        ("year=2004&sort=oldest", ["Ropes 100 %", "Les phares"]),
        (f"publisher={quote('Office of Lights')}&sort=longest", ["On Lamps", "Les phares"]),
    ],
)
def test_it_is_looked_through(client: FlaskClient, query: str, found: list[str]) -> None:
    assert titles(client, query) == found


def test_pages_keep_what_is_looked_for(client: FlaskClient) -> None:
    page = client.get("/documents?words=record&sort=title")
    assert "in 120 documents, by title" in said(page.text)
    (following,) = re.findall(r'rel="next" href="([^"]+)"', page.text)
    assert len(titles(client, following.replace("&amp;", "&").partition("?")[2])) == 20


@pytest.mark.parametrize("query", ["page=0", "page=99", "page=x", "words=lamps&page=2"])
def test_there_is_no_other_page(client: FlaskClient, query: str) -> None:
    assert client.get(f"/documents?{query}").status_code == 404


def test_what_finds_nothing_says_what_to_do(client: FlaskClient) -> None:
    assert "No document is like this" in said(client.get("/documents?words=none").text)


def test_publishers_and_tags_are_links(client: FlaskClient) -> None:
    page = client.get("/d/lamps").text
    assert 'href="/documents?publisher=Office%20of%20Lights"' in page
    (tag,) = re.findall(r'class="tag" href="([^"]+)"', page)
    assert "2 paragraphs in 1 document" in said(client.get(tag.replace("&amp;", "&")).text)


def test_the_form_keeps_what_no_document_has(client: FlaskClient) -> None:
    page = client.get("/documents?publisher=Nobody&year=1066&language=xx").text
    for value in ("Nobody", "1066", "xx"):
        assert f'<option value="{value}" selected>' in page


def test_coverage_leads_to_the_documents_of_a_publisher(client: FlaskClient) -> None:
    assert 'href="/documents?publisher=Rope%20%26%20Sons"' in client.get("/coverage").text
