"""What a result page is put together from: full matches, partial ones, offers, excerpts."""

import re

import pytest
from flask.testing import FlaskClient

from tests.conftest import Keep
from tests.test_web import said
from web.app import create_app

DELEGATES = """\
1. The delegates of Muhridin spoke of lamps and harbours.

2. The delegates of Muhriddin spoke of lamps.

3. The delegates of Muhriddin spoke of <i>whales</i>.
"""
LONG = (
    f"{'Before it came nothing. ' * 40}The oil of lamps ran out. {'After it came nothing. ' * 40}"
)
MANY = "\n\n".join(f"{n}. Record {n} is about ropes." for n in range(1, 16))


@pytest.fixture(scope="module")
def client(kept: Keep) -> FlaskClient:
    files = {
        "harbours.txt": f"On Delegates\n\n{DELEGATES}",
        "long.txt": f"On Oil\n\n1. {LONG}\n",
        "many.txt": f"On Ropes\n\n{MANY}\n\n16. This record is about masts.\n",
    }
    return create_app(kept(files)).test_client()


def groups(page: str) -> tuple[str, str]:
    """The page up to the partial matches, and these."""
    full, _, partial = page.partition('<section class="partial"')
    return full, partial


def places(html: str) -> list[str]:
    return re.findall(r'href="/d/([\w-]+/[\w-]+)\?q=[^#]*#', html)


def test_partial_matches_follow_under_their_own_heading(client: FlaskClient) -> None:
    full, partial = groups(client.get("/search?q=harbours+lamps").text)
    assert "1 paragraph in 1 document" in said(full)
    assert places(full) == ["harbours/para-1"]
    assert '<h2 class="section" id="_partial">2 paragraphs with some of the words</h2>' in partial
    assert sorted(places(partial)) == ["harbours/para-2", "long/para-1"]
    assert said(partial).count("without: harbours") == 2
    assert "without" not in said(full)
    assert (full.count("<h3"), partial.count("<h3")) == (0, 2)


def test_partial_matches_say_how_many_are_shown(client: FlaskClient) -> None:
    _, partial = groups(client.get("/search?q=ropes+masts").text)
    assert "15 paragraphs with some of the words, the first 10 shown" in said(partial)
    assert len(places(partial)) == 10


def test_enough_full_matches_stand_alone(client: FlaskClient) -> None:
    page = client.get("/search?q=about+ropes").text
    assert "15 paragraphs · page 1 of 2" in said(page)
    assert groups(page)[1] == ""
    assert groups(client.get("/search?q=about+ropes&page=2").text)[1] == ""


@pytest.mark.parametrize(
    ("query", "address", "text", "count"),
    [
        ("Muhridin", "muhriddin", "muhriddin", "2 paragraphs"),
        ("Muhriddin", "muhridin", "muhridin", "1 paragraph"),
        ("harbuors", "harbours", "Did you mean harbours?", "1 paragraph"),
        ("whales ropes", "whales", "whales alone", "1 paragraph"),
        ("whales ropes", "ropes", "ropes alone", "15 paragraphs"),
        ('"lamps of"', "lamps+of", "as single words", "3 paragraphs"),
    ],
)
def test_offer_is_a_link_with_what_it_finds(
    client: FlaskClient, query: str, address: str, text: str, count: str
) -> None:
    page = client.get("/search", query_string={"q": query}).text
    (offers,) = re.findall(r'<ul class="suggestions[ a-z]*" .*?</ul>', page, re.DOTALL)
    (said_of_it,) = re.findall(
        rf'<a href="/search\?q={re.escape(address)}"(.*?)</li>', offers, re.DOTALL
    )
    assert text in said_of_it
    assert f'<span class="part">{count}</span>' in said_of_it
    assert f"{count}" in said(client.get(f"/search?q={address}").text)


def test_fact_is_no_link(client: FlaskClient) -> None:
    page = client.get("/search?q=whales+zeppelin").text
    assert '<li><span dir="auto">zeppelin is in no paragraph</span></li>' in page


@pytest.mark.parametrize(
    ("query", "status", "generic"),
    [
        ("lamps", "3 paragraphs in 2 documents", False),
        ("whales ropes", "No paragraph has all of this.", False),
        ("harbuors", "No paragraph matches.", False),
        ("zeppelin", "No paragraph matches.", True),
    ],
)
def test_general_advice_is_for_where_there_is_nothing_to_offer(
    client: FlaskClient, query: str, status: str, generic: bool
) -> None:
    page = client.get("/search", query_string={"q": query}).text
    assert f'role="status">{status}' in page
    assert ("What may help:" in page) == generic


def test_what_was_left_out_is_not_said_to_have_been_searched_for(client: FlaskClient) -> None:
    page = client.get("/search?q=*").text
    assert "stands for every word" in said(page)
    assert "The whole index was searched" not in page


def test_long_paragraph_shows_its_window_and_opens_whole(client: FlaskClient) -> None:
    page = client.get("/search?q=oil").text
    (excerpt,) = re.findall(r'<p class="text excerpt"[^>]*>(.*?)</p>', page, re.DOTALL)
    (whole,) = re.findall(r'<details class="whole">(.*?)</details>', page, re.DOTALL)
    assert "The <mark>oil</mark> of lamps ran out." in excerpt
    assert excerpt.startswith('<span class="gap">…</span> ')
    assert excerpt.endswith(' <span class="gap">…</span>')
    assert len(said(excerpt).split()) < 80
    assert "The <mark>oil</mark> of lamps ran out." in whole
    assert LONG.strip() in said(whole)


def test_short_paragraph_is_shown_whole(client: FlaskClient) -> None:
    page = client.get("/search?q=whales").text
    assert "spoke of &lt;i&gt;<mark>whales</mark>&lt;/i&gt;." in page
    assert '<details class="whole"' not in page
    assert '<p class="text excerpt"' not in page


def test_repair_is_told(client: FlaskClient) -> None:
    page = client.get("/search?q=(lamps").text
    (notices,) = re.findall(r'<ul class="notices".*?</ul>', page, re.DOTALL)
    assert "A closing bracket is missing" in notices
    assert places(page)


def test_json_keeps_full_and_partial_apart(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=harbours+lamps").json
    assert answer is not None
    assert (answer["total"], [p["address"] for p in answer["passages"]]) == (
        1,
        ["/d/harbours/para-1"],
    )
    partial = answer["partial"]
    assert partial["total"] == 2
    assert [passage["missing"] for passage in partial["passages"]] == [["harbours"], ["harbours"]]
    assert set(partial["passages"][0]) - set(answer["passages"][0]) == {"missing"}


def test_json_has_the_offers(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=whales+zeppelin").json
    assert answer is not None
    assert answer["suggestions"] == [
        {"text": "whales alone", "query": "whales", "total": 1},
        {"text": "zeppelin is in no paragraph", "query": "", "total": 0},
    ]


def test_what_stands_before_and_after_a_result_is_below_it(client: FlaskClient) -> None:
    page = client.get("/search?q=harbours+lamps").text
    (around,) = re.findall(r'<details class="around">(.*?)</details>', groups(page)[0], re.DOTALL)
    assert around.count("<a ") == 1  # it is the first of its document
    assert "After, 2. The delegates of Muhriddin" in said(around)
    assert 'href="/d/harbours/para-2#para-2"' in around
