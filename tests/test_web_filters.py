"""Narrowing and ordering what was found, by links."""

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import url_for
from flask.testing import FlaskClient

from indexer.document import Kind, Passage, StoredPassage
from tests.conftest import Keep
from tests.helpers.engines import STARTED
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


@pytest.fixture(scope="module", params=STARTED)
def client(request: pytest.FixtureRequest, kept: Keep) -> FlaskClient:
    texts = {f"{name}.txt": f"{name.upper()}\n\n{ROPES}" for name, _ in DOCUMENTS}
    sidecars = {f"{name}.txt.meta.yaml": metadata for name, metadata in DOCUMENTS}
    return create_app(kept(texts | sidecars, request.param)).test_client()


def filters(page: str) -> dict[str, str]:
    """Value → where its link leads."""
    nav = page[page.index('<nav class="filters"') : page.index("</nav>")]
    links = re.findall(r'<a href="([^"]*)"[^>]*>(?:<title>[^<]*</title>)?([^<]*)</a>', nav)
    return {html.unescape(value): html.unescape(href) for href, value in links}


def total(client: FlaskClient, href: str) -> int:
    answer = client.get(href.replace("/search", "/api/v1/search")).json
    assert answer is not None
    return int(answer["total"])


def test_each_filter_finds_as_many_as_it_says(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes").text
    found = filters(page)
    counts = dict(
        re.findall(r">([^<>]+)</a>(?: <span class=\"part\">|</td><td>)(\d+)</", html.unescape(page))
    )
    assert counts == {
        **dict.fromkeys("ABCD", "2"),
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
    assert '<details class="side" id="_side" open>' in page
    assert filters(page)["Office of Ports"] == "/search?q=ropes"
    both = filters(page)["The “Deep” Sea"]
    assert total(client, both) == 6
    assert filters(client.get(both).text)["Office of Ports"] == (
        "/search?q=ropes+publisher%3A%22The+Deep+Sea%22"
    )
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


def test_document_and_language_are_always_offered(client: FlaskClient) -> None:
    page = client.get("/search?q=masts+lang:fr").text
    assert filters(client.get("/search?q=ropes+in:c").text).keys() >= {"A", "B", "C", "D", "fr"}
    assert "Tag" not in said(page)
    assert filters(page)["en"] == "/search?q=masts+lang%3Afr+OR+lang%3Aen"


def chips(page: str) -> dict[str, str]:
    """What the search is narrowed by → the search without it."""
    found = re.findall(r'<a href="([^"]*)" title="Search without this"><bdi>([^<]*)</bdi>', page)
    return {html.unescape(name): html.unescape(href) for href, name in found}


def test_each_condition_has_a_chip_that_takes_it_off(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes+date:2018..2019+in:a+OR+in:c+-masts").text
    assert chips(page) == {
        "Date: 2018..2019": "/search?q=ropes+in%3Aa+OR+in%3Ac+-masts",
        "Document: A": "/search?q=ropes+date%3A2018..2019+in%3Ac+-masts",
        "Document: C": "/search?q=ropes+date%3A2018..2019+in%3Aa+-masts",
    }
    assert chips(client.get("/search?q=zeppelin+lang:en").text) == {
        "Language: en": "/search?q=zeppelin"
    }


def test_a_condition_is_taken_off_however_it_was_typed(client: FlaskClient) -> None:
    page = client.get('/search?q=publisher:("office" OR Sea) AND ropes OR').text
    assert chips(page)["Publisher: office"] == "/search?q=publisher%3ASea+ropes"


def bars(page: str) -> dict[str, str]:
    found = re.findall(r'<a href="([^"]*)" tabindex="-1"[^>]*><title>([^<]*)</title>', page)
    return {html.unescape(name): html.unescape(href) for href, name in found}


def test_years_are_a_chart_and_a_table_with_the_same_links(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes").text
    assert bars(page) == {
        "2018: 2 paragraphs": "/search?q=ropes+date%3A2018",
        "2019: 2 paragraphs": "/search?q=ropes+date%3A2019",
        "2020: 2 paragraphs": "/search?q=ropes+date%3A2020",
    }
    assert filters(page)["2018"] == "/search?q=ropes+date%3A2018"
    assert total(client, filters(page)["2018"]) == 2
    narrowed = bars(client.get("/search?q=ropes+date:2018").text)
    assert narrowed["2018: 2 paragraphs"] == "/search?q=ropes"
    assert narrowed["2020: 2 paragraphs"] == "/search?q=ropes+date%3A2020"


@pytest.mark.parametrize(
    ("ends", "query"),
    [
        ("from=2018&to=2019", "ropes date:2018..2019"),
        ("from=2018&to=", "ropes date:2018.."),
        ("from=&to=2019", "ropes date:..2019"),
        ("from=2018&to=2018", "ropes date:2018"),
        ("from=&to=", "ropes"),
        ("from=last+week&to=", "ropes date:lastweek.."),
    ],
)
def test_a_form_narrows_to_a_range_of_years(client: FlaskClient, ends: str, query: str) -> None:
    answer = client.get(f"/search?q=ropes&sort=newest&{ends}")
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.location).query) == {"q": [query], "sort": ["newest"]}


def test_what_a_form_cannot_mean_is_said(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes&from=last+week&to=", follow_redirects=True).text
    assert "lastweek.. is no date and was left out" in said(page)


def test_conditions_that_exclude_each_other_are_said(client: FlaskClient) -> None:
    for query, either in (
        ("date:2018 date:2019", "date:2018 OR date:2019"),
        ("in:a in:b", "in:a OR in:b"),
        ("lang:en lang:fr", "lang:en OR lang:fr"),
    ):
        answer = client.get(f"/api/v1/search?q=ropes {query}").json
        assert answer is not None
        assert answer["total"] == 0
        assert answer["notices"] == [
            (
                f"No paragraph has {either.replace(' OR ', ' and ')} together; "
                f"{either} finds what has one of them."
            )
        ]
    answer = client.get("/api/v1/search?q=zeppelin lang:en date:2020 date:2020-05").json
    assert answer is not None
    assert answer["notices"] == []


def test_a_result_leads_to_the_others_in_its_document(client: FlaskClient) -> None:
    page = client.get("/search?q=ropes").text
    beside = re.findall(r'<a href="([^"]*)">2 in this document</a>', html.unescape(page))
    assert set(beside) == {f"/search?q=ropes+in%3A{slug}" for slug in "abcd"}
    assert "in this document" not in client.get(beside[0]).text
    answer = client.get("/api/v1/search?q=ropes").json
    assert answer is not None
    assert {passage["in_document"] for passage in answer["passages"]} == {2}


def test_all_values_of_a_facet_are_listed(kept: Keep) -> None:
    files = {f"d{n:03}.txt": f"Document {n}\n\n1. Ropes.\n" for n in range(1, 131)}
    client = create_app(kept(files)).test_client()
    page = client.get("/search?q=ropes").text
    more = filters(page)["more …"]
    first = client.get(more).text
    assert "Document 100" in first
    assert "Document 101" not in first
    following = re.findall(r'rel="next" href="([^"]*)"', first)
    second = client.get(html.unescape(following[0])).text
    assert re.findall(r'href="([^"]*)"[^>]*>Document 130<', second) == ["/search?q=ropes+in%3Ad130"]
    assert client.get(f"{more}&page=3").status_code == 404
    assert client.get("/search/values?q=ropes&of=x").status_code == 404
    counted = client.get("/api/v1/search?q=ropes&values=200").json
    assert counted is not None
    assert len(counted["facets"]["document"]) == 130


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
