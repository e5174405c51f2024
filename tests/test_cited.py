"""Citations followed from a passage to what it cites and back, on every engine and every page."""

import json
from dataclasses import replace

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.cli import main
from indexer.config import Settings
from indexer.document import StoredDocument, StoredPassage
from indexer.library import Library
from tests.conftest import EVERY_ENGINE, Write
from tests.helpers.inline import open_inline
from web.app import create_app

GATES = """\
---
title: Resolution 1591 (2005)
date: 2005-03-29
language: en
names: [S/RES/1591 (2005)]
---
1. Gates are shut at dusk.

2. Nobody opens them, unless paragraph 1 is suspended.

3. Decides

(a) that keys are kept;

(b) that they are counted.
"""
BOATS = """\
---
title: Resolution 9 (2006)
date: 2006-01-01
language: en
---
1. Recalls paragraph 3 (a) of resolution 1591 (2005) and resolution 7 (1999).

2. Recalls paragraph 1 of resolution 1591 (2005).

3. Recalls paragraph 99 of that matter, and resolution 1591 (2005), paragraph 99.
"""


@pytest.fixture
def gates(write: Write, library: Library) -> Library:
    write("gates.md", GATES)
    write("boats.md", BOATS)
    library.maintenance.sync()
    return library


@pytest.fixture
def client(gates: Library) -> FlaskClient:
    return create_app(gates).test_client()


def found(library: Library, query: str) -> list[str]:
    return sorted(hit.passage.address for hit in library.search(query).hits)


@EVERY_ENGINE
def test_cites_finds_who_cites_a_document_or_a_paragraph(gates: Library) -> None:
    every = ["/d/boats/para-1", "/d/boats/para-2", "/d/boats/para-3"]
    assert found(gates, 'cites:"S/RES/1591 (2005)"') == every
    assert found(gates, "cites:S/RES/1591") == every
    assert found(gates, "cites:/d/gates") == every
    assert found(gates, 'cites:"paragraph 3 of resolution 1591 (2005)"') == ["/d/boats/para-1"]
    assert found(gates, "cites:/d/gates/para-3") == ["/d/boats/para-1"]
    assert found(gates, "cites:/d/gates/para-1") == ["/d/boats/para-2", "/d/gates/para-2"]
    assert found(gates, "cites:/d/gates matter") == ["/d/boats/para-3"]
    assert found(gates, 'cites:"resolution 7 (1999)"') == ["/d/boats/para-1"]
    assert found(gates, "cites:nobody") == []


@EVERY_ENGINE
def test_what_cites_is_marked_in_results(gates: Library) -> None:
    (hit,) = gates.search("cites:/d/gates/para-3").hits
    text = hit.passage.passage.text
    assert [text[start:end] for start, end in hit.marks] == ["paragraph 3 (a"]


@EVERY_ENGINE
def test_counts_are_those_of_the_searches(gates: Library) -> None:
    reading = gates.document("gates")
    counts = gates.citations.counts(reading.document, reading.passages)
    assert counts == {"": 3, "para-1": 2, "para-3": 1, "para-3-a": 1}
    for place, count in counts.items():
        assert gates.search(f"cites:/d/gates/{place}".rstrip("/")).total == count


def test_links_lead_to_paragraphs_to_documents_or_to_nothing_here(gates: Library) -> None:
    reading = gates.document("boats")
    links = gates.citations.links(reading.document, reading.passages)
    told = [
        (each.label, str(each.target.address) if each.target else "", each.target.is_exact)
        if each.target
        else (each.label, "", False)
        for stored in reading.passages
        for each in links.get(stored.key, ())
    ]
    assert told == [
        ("para-3-a", "/d/gates/para-3-a", True),
        ("", "/d/gates", True),
        ("", "", False),
        ("para-1", "/d/gates/para-1", True),
        ("", "/d/gates", True),
        ("", "/d/gates", True),
        ("para-99", "/d/gates", False),
    ]


@EVERY_ENGINE
def test_a_citation_leads_there_once_the_document_arrives(write: Write, library: Library) -> None:
    write("boats.md", BOATS)
    library.maintenance.sync()
    boats = library.document("boats")
    before = library.citations.links(boats.document, boats.passages)
    assert not any(link.target for links in before.values() for link in links)
    write("gates.md", GATES)
    library.maintenance.sync()
    after = library.citations.links(boats.document, boats.passages)
    assert sum(link.target is not None for links in after.values() for link in links) == 6
    assert library.citations.counts(*_whole(library, "gates"))[""] == 3


@EVERY_ENGINE
def test_a_citation_goes_with_the_text_that_made_it(write: Write, gates: Library) -> None:
    write("boats.md", BOATS.replace("paragraph 1 of resolution 1591 (2005)", "nothing"))
    gates.maintenance.sync()
    assert gates.citations.counts(*_whole(gates, "gates"))[""] == 2
    assert found(gates, "cites:/d/gates/para-1") == ["/d/gates/para-2"]


def _whole(library: Library, slug: str) -> tuple[StoredDocument, tuple[StoredPassage, ...]]:
    reading = library.document(slug)
    return reading.document, reading.passages


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("paragraph 3 (a) of resolution 1591 (2005)", ["/d/gates/para-3-a"]),
        ("SCR 1591, OP3", ["/d/gates/para-3"]),
        ("S/RES/1591 (2005) para 99", ["/d/gates"]),
        ("resolution 7 (1999) para 1", []),
        ("Article 5", []),
    ],
)
def test_typed_citations_lead_to_the_paragraph(
    gates: Library, query: str, addresses: list[str]
) -> None:
    assert [str(each.address) for each in gates.search(query).destinations] == addresses


def test_every_citation_that_is_offered_can_be_typed(client: FlaskClient, gates: Library) -> None:
    for style in ("plain", "un", "chicago", "oscola", "bluebook"):
        cited = client.get(f"/d/gates/para-3-a/cite?style={style}&format=text").text
        assert [str(each.address) for each in gates.search(cited.strip()).destinations] == [
            "/d/gates/para-3-a"
        ], cited


def test_a_link_from_elsewhere_goes_to_the_one_place(client: FlaskClient) -> None:
    for asked in (
        "?q=paragraph 3 of resolution 1591 (2005)",
        "?document=S/RES/1591 (2005)&place=para 3",
    ):
        response = client.get(f"/cite{asked}")
        assert (response.status_code, response.location) == (302, "/d/gates/para-3")


@pytest.mark.parametrize(
    ("asked", "status", "said"),
    [
        ("resolution 1591 (2005) para 99", 404, "it has no paragraph"),
        ("resolution 1591 (2005) para 3 (z)", 404, "the nearest that is there"),
        ("resolution 7 (1999)", 404, "No document in this collection is called"),
        ("<b>gate</b>", 404, "&lt;b&gt;gate&lt;/b&gt;"),
        ("", 404, "Give a citation"),
    ],
)
def test_what_is_known_of_a_citation_that_leads_nowhere(
    client: FlaskClient, asked: str, status: int, said: str
) -> None:
    response = client.get("/cite", query_string={"q": asked})
    assert response.status_code == status
    assert said in response.text


def test_several_documents_of_one_name_are_listed_or_chosen_by_language(
    write: Write, gates: Library
) -> None:
    french = GATES.replace("Resolution", "Résolution").replace("language: en", "language: fr")
    write("portes.md", french)
    gates.maintenance.sync()
    client = create_app(gates).test_client()
    page = client.get("/cite?q=S/RES/1591 (2005) para 3")
    assert page.status_code == 200
    assert "/d/gates/para-3" in page.text
    assert "/d/portes/para-3" in page.text
    there = client.get("/cite?q=S/RES/1591 (2005) para 3&lang=fr").location
    assert there == "/d/portes/para-3"
    reading = gates.document("boats")
    links = gates.citations.links(reading.document, reading.passages)
    first = links[reading.passages[0].key][0].target
    assert first
    assert str(first.address) == "/d/gates/para-3-a"  # boats are English


def test_the_reading_page_links_what_is_cited_and_says_who_cites(client: FlaskClient) -> None:
    page = client.get("/d/boats").text
    link = (
        '<a class="ref" href="/d/gates/para-3-a" title="Resolution 1591 (2005)">paragraph 3 (a)</a>'
    )
    assert link in page
    assert 'href="/search?q=%22S/RES/7%20%281999%29%22"' in page
    gates = client.get("/d/gates").text
    assert (
        '<a href="/search?q=cites:/d/gates/para-3&amp;sort=newest">Cited by 1 paragraph</a>'
        in gates
    )
    assert '<a href="/search?q=cites:/d/gates&amp;sort=newest">Cited by 3 paragraphs</a>' in gates
    assert '<a class="ref" href="/d/gates/para-1" title=' in gates


def test_a_page_without_an_index_says_that_it_does_not_know(gates: Library) -> None:
    with open_inline(replace(gates.settings, engine="tantivy")) as other:
        page = create_app(other).test_client().get("/d/gates").text
        assert "Who cites this document cannot be told" in page


def test_json_and_terminal_tell_the_same(client: FlaskClient, settings: Settings) -> None:
    answer = client.get("/api/v1/references?q=SCR 1591, OP3").get_json()
    assert answer["name"] == "S/RES/1591"
    assert [(each["address"], each["exact"]) for each in answer["targets"]] == [
        ("/d/gates/para-3", True)
    ]
    folders = ["--corpus", str(settings.corpus), "--data", str(settings.data)]
    shown = CliRunner().invoke(main, ["show", "boats", *folders]).output
    assert "cites: S/RES/1591 (2005) para-3-a → /d/gates/para-3-a" in shown
    assert "cites: S/RES/7 (1999) (not in this collection)" in shown
    assert "cited by 2 paragraphs" in CliRunner().invoke(main, ["show", "gates", *folders]).output
    one = CliRunner().invoke(main, ["show", "gates/para-3", "--json", *folders]).output
    document = json.loads(one)
    assert document["cited_by"] == 3
    assert document["passages"][0]["cited_by"] == 1
    other = json.loads(CliRunner().invoke(main, ["show", "boats", "--json", *folders]).output)
    assert other["passages"][0]["cites"][0] == {
        "start": 8,
        "end": 23,
        "name": "S/RES/1591 (2005)",
        "label": "para-3-a",
        "address": "/d/gates/para-3-a",
        "exact": True,
    }
