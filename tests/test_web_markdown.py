"""Reading pages as Markdown: what they say, to whom, how much, and that texts stay texts."""

import re
from collections.abc import Iterator
from hashlib import sha256
from html import unescape

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from indexer.agents.markdown import _line, _text
from indexer.agents.paragraphs import short
from indexer.agents.tokens import MOST, tokens
from indexer.config import Settings
from indexer.library import Library
from tests.helpers.inline import open_inline
from tests.helpers.vectors import VECTORS
from web.app import create_app

HOST = "http://localhost"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
LONG = " ".join(f"word{number}" for number in range(12_000))


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("markdown")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "many.txt").write_text(
        "On Gates\n\n" + "\n\n".join(f"{n}. Gate {n} opens at dawn." for n in range(1, 301))
    )
    (corpus / "long.txt").write_text(f"On Words\n\n1. {LONG}\n\n2. The end.\n")
    (corpus / "gone.txt").write_text("On Snow\n\n1. It melts.\n")
    (corpus / "old.txt").write_text("On Names\n\n1. This file has another name now.\n")
    with open_inline(Settings(corpus=corpus, data=folder / "data")) as opened:
        for colours in (("red", "white"), ("blue",)):
            lamps = "\n\n".join(f"{n}. Lamp {n} is {c}." for n, c in enumerate(colours, 1))
            (corpus / "lamps.md").write_text(f"# On Lamps\n\n## At the gate\n\n{lamps}\n")
            opened.maintenance.sync()
        (corpus / "gone.txt").unlink()
        (corpus / "old.txt").rename(corpus / "new.txt")
        opened.maintenance.sync()
        yield opened


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def test_a_paragraph_has_its_words_address_and_hash(client: FlaskClient) -> None:
    page = client.get("/d/lamps/para-1.md").text
    assert page.startswith("# On Lamps\n\n- Document: <http://localhost/d/lamps@2>, edition 2\n")
    assert "\n## At the gate\n\n**1.** Lamp 1 is blue.\n\n" in page
    hashed = sha256(b"Lamp 1 is blue.").hexdigest()
    assert f"\n¶ <{HOST}/d/lamps/para-1@2> · SHA-256 `{hashed}`\n" in page
    assert "no official copy" in page


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("/d/lamps.md", "is blue."),
        ("/d/lamps@1.md", "is red."),
        ("/d/lamps/para-1@1.md", "these words stood until edition 1 and stand no more"),
        ("/d/many/para-9.md?around=1", "What follows: <http://localhost/d/many@1.md?from=para-11>"),
        ("/d/many.md?from=para-299", "**300.** Gate 300 opens at dawn."),
    ],
)
def test_what_stands_at_an_address(client: FlaskClient, place: str, words: str) -> None:
    answer = client.get(place)
    assert (answer.status_code, answer.mimetype) == (200, "text/markdown")
    assert words in answer.text


def test_what_is_no_more_is_told_with_its_last_words(client: FlaskClient) -> None:
    for place, words in (
        ("/d/gone.md", "the file of this document has left the collection"),
        ("/d/gone/para-1.md", "It melts."),
        ("/d/lamps/para-2.md", "Lamp 2 is white."),
    ):
        answer = client.get(place)
        assert (place, answer.status_code) == (place, 410)
        assert words in answer.text
    assert client.get("/d/gone@1.md").status_code == 200


@pytest.mark.parametrize(
    ("place", "status"),
    [
        ("/d/nothing.md", 404),
        ("/d/many/para-999.md", 404),
        ("/d/lamps@9.md", 404),
        ("/d/many.md?from=para-999", 404),
        ("/d/many/para-1.md?around=-1", 400),
        ("/d/many/para-1.md?from_character=x", 400),
        ("/d/old.md", 301),
        ("/d/old/para-1.md", 301),
    ],
)
def test_what_is_not_there(client: FlaskClient, place: str, status: int) -> None:
    answer = client.get(place)
    assert answer.status_code == status
    if status == 301:
        assert answer.location == place.replace("old", "new")


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "text/html"),
        (BROWSER, "text/html"),
        ("*/*", "text/html"),
        ("text/html, text/markdown", "text/html"),
        ("text/markdown", "text/markdown"),
        ("text/markdown, text/html;q=0.9, */*;q=0.1", "text/markdown"),
        ("text/markdown;q=0.5, text/html", "text/html"),
        ("application/json", "text/html"),
    ],
)
@pytest.mark.parametrize(
    "place", ["/d/lamps", "/d/lamps@1", "/d/lamps/para-1", "/d/lamps/para-1@1"]
)
def test_a_page_is_what_is_asked_for(
    client: FlaskClient, place: str, accept: str | None, kind: str
) -> None:
    answer = client.get(place, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (200, kind)
    assert "Accept" in answer.headers["Vary"].split(", ")
    if kind == "text/html":
        assert f'<link rel="alternate" type="text/markdown" href="{HOST}{place}.md">' in answer.text


def test_an_unchanged_page_is_not_sent_again(client: FlaskClient) -> None:
    tag = client.get("/d/lamps.md").headers["ETag"]
    assert client.get("/d/lamps.md", headers={"If-None-Match": tag}).status_code == 304
    assert client.get("/d/lamps.md", headers={"Accept": "text/html"}).headers["ETag"] == tag
    assert client.get("/d/lamps").headers["ETag"] != tag


@pytest.mark.parametrize(
    ("place", "texts"),
    [
        ("/d/many.md", [f"Gate {n} opens at dawn." for n in range(1, 301)]),
        ("/d/long/para-1.md?around=0", [LONG]),
    ],
)
def test_all_is_read_in_pages_of_a_size(client: FlaskClient, place: str, texts: list[str]) -> None:
    """By the address that each page gives for what follows."""
    read: list[str] = []
    for _ in range(40):
        page = client.get(place).text
        assert tokens(page) <= MOST
        read += re.findall(r"^\*\*\d+\.\*\* (.*)$", page, re.MULTILINE)
        more = re.search(r"(?:goes on|What follows): <http://localhost([^>]*)>", page)
        if not more or ("para-2" in more[1] and "long" in more[1]):
            break
        place = more[1] + "&around=0" * ("from_character" in more[1])
    assert " ".join(" ".join(read).split()) == " ".join(texts)


@pytest.mark.parametrize("vector", VECTORS)
def test_no_text_of_a_document_is_markup(vector: str) -> None:
    assert_is_text(vector)


@given(st.text(st.sampled_from("ab1.)#*_`[]()<>!&;|~-+=\\ \n:\"'/@{}$^\t"), max_size=60))
def test_no_text_at_all_is_markup(text: str) -> None:
    assert_is_text(text)


def assert_is_text(text: str) -> None:
    """Markdown readers show it word for word, and make nothing of it but a paragraph."""
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    whole, line = text.replace("\0", ""), short(" ".join(text.replace("\0", "").split()))
    for written, expected in ((_text(whole), whole), (_line(whole), line)):
        for before in ("**1.** ", ""):
            page = reader.render(f"{before}{written}")
            assert set(re.findall(r"<(\w+)", page)) <= {"p", "strong", "br"}
            shown = unescape(re.sub(r"<[^>]*>", "", page))
            assert shown.split() == [*(["1."] if before else []), *expected.split()]


def test_lines_of_a_text_begin_no_list_or_heading() -> None:
    reader = MarkdownIt("commonmark")
    page = reader.render(_text("One\n# two\n- three\n4. four\n    five\n---\n> six"))
    assert page.count("<br />") == 6
    assert set(re.findall(r"<(\w+)", page)) == {"p", "br"}
