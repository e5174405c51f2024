"""Narrowing and ordering what was found, by links."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import url_for
from flask.testing import FlaskClient

from indexer.document import Kind, Passage, StoredPassage
from indexer.index.engines import ENGINES
from tests.conftest import Keep
from tests.test_web import said
from web.app import create_app
from web.links import link_to

ROPES = "1. Ropes and masts.\n\n2. Ropes.\n"
DOCUMENTS = (
    ("a", "date: 2019-05-01\npublisher: Office of Ports\nlanguage: en\ntags: [sea, cold sea]\n"),
    ("b", "date: 2020\npublisher: Office of Ports\nlanguage: en-GB\ntags: [sea]\n"),
    ("c", "date: 2018-01\npublisher: The “Deep” Sea\nlanguage: fr\n"),
    ("d", ""),
)


@pytest.fixture(scope="module", params=sorted(ENGINES))
def client(request: pytest.FixtureRequest, kept: Keep) -> FlaskClient:
    texts = {f"{name}.txt": f"{name.upper()}\n\n{ROPES}" for name, _ in DOCUMENTS}
    sidecars = {f"{name}.txt.meta.yaml": metadata for name, metadata in DOCUMENTS}
    return create_app(kept(texts | sidecars, request.param)).test_client()


def filters(page: str) -> dict[str, str]:
    """Value → where its link leads."""
    nav = page[page.index('<nav class="filters"') : page.index("</nav>")]
    links = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', nav)
    return {html.unescape(value): html.unescape(href) for href, value in links}


def total(client: FlaskClient, href: str) -> int:
    answer = client.get(href.replace("/search", "/api/v1/search")).json
    assert answer is not None
    return int(answer["total"])


def test_each_filter_finds_as_many_as_it_says(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes").text
    found = filters(page)
    counts = dict(
        re.findall(r">([^<>]+)</a> <span class=\"part\">(\d+)</span>", html.unescape(page))
    )
    assert counts == {
        "Office of Ports": "4",
        "The “Deep” Sea": "2",
        "2018": "2",
        "2019": "2",
        "2020": "2",
        "en": "4",
        "fr": "2",
        "sea": "4",
        "cold sea": "2",
    }
    for value, count in counts.items():
        assert total(client, found[value]) == int(count), value


def test_a_filter_that_is_on_is_taken_off_by_its_link(client: FlaskClient) -> None:
    narrowed = filters(client.get("/search?q=ropes").text)["Office of Ports"]
    assert parse_qs(urlsplit(narrowed).query)["q"] == ['ropes publisher:"Office of Ports"']
    page = client.get(narrowed).text
    assert "<details open>" in page
    assert filters(page)["Office of Ports"] == "/search?q=ropes"
    assert "The “Deep” Sea" not in filters(page)
    twice = filters(page)["2020"]
    assert total(client, twice) == 2
    assert filters(client.get(twice).text)["2020"] == narrowed


def test_the_order_is_chosen_by_links_and_stays(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes").text
    newest = client.get(filters(page)["Newest"]).text
    places = re.findall(r'href="/d/(\w)/para-', newest)
    assert [*dict.fromkeys(places)] == ["b", "a", "c", "d"]
    assert filters(newest)["fr"].endswith("&sort=newest")
    oldest = client.get(filters(newest)["Oldest"]).text
    assert [*dict.fromkeys(re.findall(r'href="/d/(\w)/para-', oldest))] == ["c", "a", "b", "d"]
    assert 'aria-current="true">Oldest' in oldest
    assert filters(oldest)["Relevance"] == "/search?q=ropes"


def test_what_divides_nothing_is_not_offered(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes+in:c").text
    assert "Narrow the search" not in said(page)
    assert "Newest" in said(page)


def test_an_unknown_order_is_the_usual_one_and_json_says_so(client: FlaskClient) -> None:
    assert client.get("/search?q=ropes&sort=x").status_code == 200
    answer = client.get("/api/v1/search?q=ropes&sort=x").json
    assert answer is not None
    assert answer["sort"] == "relevance"
    assert answer["notices"] == ["sort can be relevance, newest, oldest; relevance was used."]
    assert answer["facets"]["year"][0] == {"value": "2018", "passages": 2}


@pytest.mark.parametrize("slug", ["a-b", "устав", "a'b(c)", "100-%"])
def test_links_are_those_of_flask(client: FlaskClient, slug: str) -> None:
    stored = StoredPassage(1, slug, 1, None, Passage(1, Kind.PARAGRAPH, "x", id="para-5-é"))
    with client.application.test_request_context("/search", base_url="http://here/below"):
        expected = url_for("passage", slug=slug, local_id="para-5-é", _anchor="para-5-é")
        assert link_to(stored) == expected
