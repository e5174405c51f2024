"""Addresses with an edition, and those of what changed, was retired, moved or taken out."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.library import Library
from tests.conftest import Write, put
from tests.helpers.inline import open_inline
from tests.test_history import ONE, THREE, TWO
from web.app import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A document of three editions, and one that was taken out."""
    folder = tmp_path_factory.mktemp("editions")
    corpus = folder / "corpus"
    put(corpus, "gone.txt", b"On Fish\n\n1. Herrings <b>swim</b>.\n")
    with open_inline(Settings(corpus=corpus, data=folder / "data")) as library:
        for text in (ONE, TWO, THREE):
            put(corpus, "a.txt", text.encode())
            library.maintenance.sync()
        (corpus / "gone.txt").unlink()
        library.maintenance.sync()
        yield create_app(library).test_client()


def said(client: FlaskClient, address: str, status: int = 200) -> str:
    """The page as text, in one line; `[-…-]` and `{+…+}` around what was taken out and put in."""
    response = client.get(address)
    assert response.status_code == status
    main = re.search(r"<main.*</main>", response.text, re.DOTALL)
    assert main
    marked = re.sub(r"<del>(.*?)</del>", r"[-\1-]", main[0])
    marked = re.sub(r"<ins>(.*?)</ins>", r"{+\1+}", marked)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", marked)).split())


def canonical(client: FlaskClient, address: str) -> str:
    found = re.search(
        r'<link rel="canonical" href="http://localhost([^"]*)">', client.get(address).text
    )
    assert found
    return found[1]


def test_a_citation_prints_the_edition_and_the_label_of_that_edition(client: FlaskClient) -> None:
    assert "¶ 2, http://localhost/d/a/para-1@3" in said(client, "/d/a/para-1")
    assert "¶ 2, http://localhost/d/a/para-1@2" in said(client, "/d/a/para-1@2")
    assert "¶ 1, http://localhost/d/a/para-1@1" in said(client, "/d/a/para-1@1")


def test_a_citation_of_a_text_that_has_not_changed_leads_to_its_place(client: FlaskClient) -> None:
    page = said(client, "/d/a/para-1@1")
    assert "The text has not changed since. Its number was 1.; it is 2. now." in page
    assert "withdrawing" in page
    assert canonical(client, "/d/a/para-1@1?from=mail") == "/d/a/para-1"


def test_what_was_cited_stands_beside_what_stands_now(client: FlaskClient) -> None:
    page = said(client, "/d/a/para-2@1?from=mail")
    assert "This paragraph has changed since it was cited" in page
    assert "What was cited, edition 1 2. Nothing in this treaty prevents" in page
    assert "if it gives notice of [-one year-]." in page
    assert "The text now, edition 3 3. Nothing in this treaty prevents" in page
    assert "if it gives notice of {+six months+}." in page
    assert "¶ 2, http://localhost/d/a/para-2@1" in page
    assert canonical(client, "/d/a/para-2@1?from=mail") == "/d/a/para-2@1"


def test_a_retired_paragraph_says_when_and_where_to_look(client: FlaskClient) -> None:
    page = said(client, "/d/a/para-3", 410)
    assert "It was last in edition 2 of On Harbours, which is now at edition 3" in page
    assert "every ratification received" in page
    assert "It was beside paragraph 3." in page
    assert 'href="/d/a/para-2#para-2"' in client.get("/d/a/para-3").text


def test_a_citation_of_a_retired_paragraph_still_answers(client: FlaskClient) -> None:
    page = said(client, "/d/a/para-3@1")
    assert "This paragraph is no longer in its document" in page
    assert "What was cited, edition 1 3. The depositary shall inform" in page
    assert "It was last in edition 2." in page
    assert "¶ 3, http://localhost/d/a/para-3@1" in page


def test_a_document_lists_its_editions_and_shows_each(client: FlaskClient) -> None:
    page = said(client, "/d/a")
    assert re.search(
        r"Edition 3, received [^:]*: 1 reworded, 1 retired changes Edition 2, received", page
    )
    assert "notice of six months" in page
    old = said(client, "/d/a@1")
    assert "notice of one year" in old
    assert re.search(r"This is edition 1, received [^.]*\. Read the present edition, 3\.", old)
    html = client.get("/d/a@1").text
    assert 'class="pin" href="/d/a/para-3@1"' in html
    assert canonical(client, "/d/a@1?q=x") == "/d/a@1"
    assert canonical(client, "/d/a@3?q=x") == "/d/a"


def test_a_document_with_one_edition_says_nothing_of_editions(client: FlaskClient) -> None:
    assert "Editions" not in said(client, "/d/gone@1")


def test_the_history_of_a_paragraph_marks_each_change(client: FlaskClient) -> None:
    page = said(client, "/d/a/para-2/history")
    three, two, one = (page.index(f"Edition {n}, received") for n in (3, 2, 1))
    assert three < two < one
    assert "notice of [-one year-]{+six months+}." in page[three:two]
    assert "renumbered from 2. to 3." in page[two:one]
    assert page[one:].count("appeared") == 1


def test_a_document_that_was_taken_out_can_be_read_in_its_editions(client: FlaskClient) -> None:
    assert "On Fish is no longer here" in said(client, "/d/gone", 410)
    assert "This document is no longer in the collection" in said(client, "/d/gone@1")
    paragraph = said(client, "/d/gone/para-1", 410)
    assert "The document of this paragraph is no longer here" in paragraph
    assert "The file of On Fish was taken out" in paragraph
    assert "“On Fish”, ¶ 1, http://localhost/d/gone/para-1@1" in paragraph
    assert "Nothing: its file was taken out" in said(client, "/d/gone/para-1@1")
    assert "The file of the document was taken out" in said(client, "/d/gone/para-1/history")
    assert "<b>" not in client.get("/d/gone/para-1@1").text


@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("/d/a@4", "/d/a has no edition 4; the newest is 3"),
        ("/d/a@0", "/d/a has no edition 0; the newest is 3"),
        ("/d/a/para-1@9", "/d/a has no edition 9; the newest is 3"),
        ("/d/a/p1@1", "/d/a/p1 was not in edition 1; it was first in edition 2"),
        ("/d/a/para-99/history", "Document 'a' has never had a passage 'para-99'"),
        ("/d/a@-1", "There is no document 'a@-1'"),
        (f"/d/a@{10**30}", "There is nothing at this address"),
    ],
)
def test_an_edition_that_never_was_is_told(client: FlaskClient, address: str, why: str) -> None:
    assert why in said(client, address, 404)


def test_a_cited_paragraph_that_was_merged_is_shown_beside_where_its_words_are(
    library: Library, write: Write
) -> None:
    rule = "Every ship of a party shall carry a lamp that burns from dusk until dawn"
    write("a.txt", f"On Lamps\n\n1. {rule}.\n2. A second lamp is carried in fog, on the mast.\n")
    library.maintenance.sync()
    write("a.txt", f"On Lamps\n\n1. {rule}. A second lamp is carried in fog, on the mast.\n")
    library.maintenance.sync()
    client = create_app(library).test_client()
    assert "Most of its words are now in paragraph 1." in said(client, "/d/a/para-2", 410)
    page = said(client, "/d/a/para-2@1")
    assert "Where most of its words are now, edition 2" in page
    assert f"1. {{+{rule}.+}} A second lamp is carried in fog, on the mast." in page
