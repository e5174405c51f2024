"""The pages and the JSON, asked for as a browser does, over real libraries of small corpora."""

import re
import socket
from html.parser import HTMLParser
from http import HTTPStatus
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from markupsafe import escape

from indexer.errors import BadSetting
from indexer.library import Library
from indexer.serialise import document_json, info_json
from tests.conftest import Keep, Write
from web.app import create_app
from web.delivery import static_path
from web.errors import ADVICE
from web.security import HEADERS
from web.server import probe

STATEMENT = """\
Statement of the Lighthouse Conference

1. The Ministers met at the lighthouse and spoke of lamps & <b>oil</b>.

2. The Ministers agreed that lamps shall burn all night.

3. The next meeting will be held in spring.
"""
SIDECAR = """\
publisher: Office of Lights
date: 2020-08-11
language: en
source: "javascript:alert(1)"
tags: [lamps]
"""
MANY = "Record of Many Delegates\n\n" + "\n\n".join(
    f"{n}. The delegate rose for the {n}th time and asked for harbours." for n in range(1, 36)
)


FILES = {"statement.txt": STATEMENT, "statement.txt.meta.yaml": SIDECAR, "many.txt": MANY}


@pytest.fixture(scope="module")
def client(kept: Keep) -> FlaskClient:
    return create_app(kept(FILES)).test_client()


@pytest.fixture
def own_client(write: Write, library: Library) -> FlaskClient:
    """For a test that changes the corpus."""
    for name, text in FILES.items():
        write(name, text)
    library.maintenance.sync()
    return create_app(library).test_client()


@pytest.fixture
def unindexed(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def said(html: str) -> str:
    """The page's text, white space made single."""
    words: list[str] = []
    reader = HTMLParser()
    reader.handle_data = words.append  # type: ignore[method-assign, assignment]
    reader.feed(html)
    return " ".join("".join(words).split())


def test_start_page_lists_what_is_indexed(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "38 paragraphs in 2 documents can be searched." in said(page)
    assert "Office of Lights · 11 August 2020 · 3 paragraphs" in said(page)
    assert 'href="/d/statement"' in page


def test_result_is_the_marked_paragraph_with_its_source(client: FlaskClient) -> None:
    page = client.get("/search?q=lamps+oil").text
    assert said(page).count("1 paragraph in 1 document") == 1
    assert "spoke of <mark>lamps</mark> &amp; &lt;b&gt;<mark>oil</mark>&lt;/b&gt;." in page
    assert 'href="/d/statement/para-1?q=lamps%20oil#para-1"' in page
    assert "Office of Lights · 11 August 2020" in said(page)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/search?q=harbours", "35 paragraphs · page 1 of 4"),
        ("/search?q=harbours&page=4", "35 paragraphs · page 4 of 4"),
        (
            "/search?q=harbours&page=5",
            "There is no page 5 of these results. Go to the last page, 4",
        ),
        (
            "/search?q=harbours&page=0",
            "There is no page 0 of these results. Go to the last page, 4",
        ),
        ("/search?q=harbours&page=x", "There is no page x of these results."),
        ("/search?q=harbours&page=" + "9" * 5000, "There is no page 99999999999999999..."),
        ("/search?q=zeppelin", "No paragraph matches. The whole index was searched"),
        ("/search?q=zeppelin&page=7", "No paragraph matches. There is no page 7"),
        ("/search?q=", "The box was empty."),
        ("/search?q=%20%20", "The box was empty."),
        ("/search", "The box was empty."),
        ("/search?q=%22lamps+shall", "A quotation mark is missing"),
        ("/search?q=" + "w" * 3000, "Only the first 1,000 characters"),
    ],
)
def test_search_says_what_it_did(client: FlaskClient, address: str, sentence: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert sentence in said(response.text)


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", '"><img src=x>', "%00", "%ff%fe", "'", "&amp;", "\\", "¶"],
)
def test_no_query_breaks_or_enters_the_page(client: FlaskClient, query: str) -> None:
    response = client.get("/search", query_string={"q": query})
    assert response.status_code == 200
    assert "<script>" not in response.text
    assert "<img" not in response.text
    assert f'value="{escape(query)}"' in response.text


@pytest.mark.parametrize(
    ("page", "numbers"),
    [(1, [1, 2, 3, 4]), (2, [1, 2, 3, 4]), (4, [1, 2, 3, 4])],
)
def test_pages_can_be_walked(client: FlaskClient, page: int, numbers: list[int]) -> None:
    html = client.get(f"/search?q=harbours&page={page}").text
    assert [int(n) for n in re.findall(r'aria-label="Page (\d+)"', html)] == numbers
    assert ('rel="prev"' in html, 'rel="next"' in html) == (page > 1, page < 4)


def test_every_result_stands_on_exactly_one_page(client: FlaskClient) -> None:
    pages = [client.get(f"/search?q=harbours&page={page}").text for page in range(1, 5)]
    found = [name for page in pages for name in re.findall(r"harbours#(para-\d+)", page)]
    assert sorted(found) == sorted(f"para-{n}" for n in range(1, 36))


def test_document_anchors_every_passage(client: FlaskClient) -> None:
    page = client.get("/d/statement").text
    for n in (1, 2, 3):
        assert f'id="para-{n}"' in page
        assert f'href="/d/statement/para-{n}"' in page
    assert "cited" not in page
    assert "javascript:alert(1)" in said(page)
    assert 'href="javascript' not in page


def test_passage_is_set_off_with_its_citation(client: FlaskClient) -> None:
    page = client.get("/d/statement/para-2?from=elsewhere").text
    assert re.search(r'<div class="passage cited" id="para-2" tabindex="-1" autofocus', page)
    assert page.count("autofocus") == 1
    assert '<link rel="canonical" href="http://localhost/d/statement/para-2">' in page
    assert (
        "“Statement of the Lighthouse Conference”, Office of Lights, 11 August 2020, ¶ 2, "
        "http://localhost/d/statement/para-2@1"
    ) in said(page)


def test_passage_carries_language_and_direction(client: FlaskClient) -> None:
    page = client.get("/d/statement/para-2").text
    assert '<article class="reading" id="_reading" lang="en" data-edition="1">' in page
    assert page.count('<p class="text paragraph" dir="auto">') == 3


def test_retired_passage_keeps_its_last_words(
    own_client: FlaskClient, library: Library, write: Write
) -> None:
    without_last = STATEMENT[: STATEMENT.index("3. ")]
    write("statement.txt", without_last)
    library.maintenance.sync()
    response = own_client.get("/d/statement/para-3")
    assert response.status_code == 410
    assert "The next meeting will be held in spring." in said(response.text)
    assert 'href="/d/statement"' in response.text
    assert 'href="/d/statement/para-2#para-2"' in response.text


def test_passage_of_a_removed_document_keeps_its_last_words(
    own_client: FlaskClient, library: Library, corpus: Path
) -> None:
    (corpus / "statement.txt").unlink()
    library.maintenance.sync()
    response = own_client.get("/d/statement/para-2")
    assert response.status_code == 410
    assert "lamps shall burn all night" in said(response.text)
    response = own_client.get("/d/statement")
    assert response.status_code == 410
    assert 'href="/d/statement@1"' in response.text
    assert "lamps shall burn all night" in said(own_client.get("/d/statement@1").text)
    assert own_client.get("/d/statement/para-2@1").status_code == 200


@pytest.mark.parametrize("place", ["", "@1", "/para-2", "/para-2@1", "/para-2/history"])
def test_moved_document_leads_to_its_new_address(
    own_client: FlaskClient, library: Library, corpus: Path, place: str
) -> None:
    for suffix in ("", ".meta.yaml"):
        (corpus / f"statement.txt{suffix}").rename(corpus / f"lights.txt{suffix}")
    library.maintenance.sync()
    response = own_client.get(f"/d/statement{place}")
    assert (response.status_code, response.location) == (301, f"/d/lights{place}")
    assert own_client.get(response.location).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/nowhere", 404),
        ("/d/nothing", 404),
        ("/d/statement/para-99", 404),
        ("/d/statement/para-1/x", 404),
        ("/d/../etc/passwd", 404),
        ("/documents?page=2", 404),
        ("/documents?page=x", 404),
    ],
)
def test_missing_page_says_what_to_do(client: FlaskClient, address: str, status: int) -> None:
    response = client.get(address)
    assert response.status_code == status
    assert ADVICE[status].heading in said(response.text)
    assert ADVICE[status].text in said(response.text)


def test_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    response = client.post("/search")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_no_index_is_an_error_and_never_no_results(
    unindexed: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    response = unindexed.get("/search?q=lamps")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert "The index is not available" in said(response.text)
    assert "No paragraph" not in response.text
    assert "pilcrow sync" in caplog.text


def test_defect_is_logged_and_told_plainly(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    app = create_app(library)
    app.add_url_rule("/defect", "defect", lambda: 1 // 0)  # type: ignore[arg-type]
    response = app.test_client().get("/defect")
    assert response.status_code == 500
    assert "ZeroDivisionError" in caplog.text
    assert "ZeroDivisionError" not in response.text


ADDRESSES = [
    "/",
    "/help",
    "/documents",
    "/search?q=lamps",
    "/search?q=zeppelin",
    "/search?q=lamps+oil+spring",
    "/d/statement",
    "/d/statement/para-2",
    "/d/nothing",
    "/api/v1/search?q=lamps",
    f"{static_path()}/pilcrow.css",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_headers_keep_every_answer_to_itself(client: FlaskClient, address: str) -> None:
    with client.get(address) as response:
        assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("address", ADDRESSES[:-2])
def test_page_obeys_its_own_policy_and_can_be_skipped_through(
    client: FlaskClient, address: str
) -> None:
    page = client.get(address).text
    tags = re.findall(r"<[a-z][^>]*>", page)
    assert not [tag for tag in tags if re.search(r"\s(?:style|on\w+)\s*=", tag)]
    assert not re.findall(r"<script(?![^>]*\ssrc=)|<style", page)
    assert not re.findall(r'(?:src|href)="(?:https?:)?//(?!localhost)', page)
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert sorted(ids) == sorted(set(ids))
    assert '<a class="skip" href="#_main">' in page
    assert "_main" in ids
    assert page.count("<h1") == 1


def test_json_has_marks_that_fit_the_text(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=lamps+oil").json
    assert answer is not None
    assert list(answer) == [
        *("query", "sort", "total", "page", "pages", "extent", "facets"),
        *("notices", "suggestions", "destinations", "passages", "partial", "versions"),
    ]
    (passage,) = answer["passages"]
    text = passage.pop("text")
    assert [text[start:end] for start, end in passage.pop("marks")] == ["lamps", "oil"]
    assert passage.pop("score") > 0
    assert passage == {
        "label_marks": [],
        "title_marks": [],
        "heading_marks": [],
        "above": [],
        "in_document": 1,
        "address": "/d/statement/para-1",
        "edition": 1,
        "url": "http://localhost/d/statement/para-1@1",
        "id": "para-1",
        "kind": "paragraph",
        "label": "1.",
        "anchor": "",
        "page": 0,
        "note_marks": [],
        "confidence": None,
        "heading": [],
        "document": "statement",
        "title": "Statement of the Lighthouse Conference",
        "date": "2020-08-11",
        "publisher": "Office of Lights",
        "source": "javascript:alert(1)",
        "language": "en",
        "tags": ["lamps"],
        "names": [],
        "file": "statement.txt",
    }


@pytest.mark.parametrize(
    ("asked", "passages", "pages", "notices"),
    [
        ("", 10, 4, []),
        ("&size=20", 20, 2, []),
        ("&size=100", 35, 1, []),
        ("&size=101", 35, 1, ["size can be 100 at most; 100 was used."]),
        ("&size=0", 10, 4, ["size must be a whole number from 1; 10 was used."]),
        ("&page=-1", 10, 4, ["page must be a whole number from 1; 1 was used."]),
        ("&page=9", 0, 4, ["There is no page 9; the last is 4."]),
        ("&page=999999", 0, 4, ["There is no page 999999; the last is 4."]),
    ],
)
def test_json_pages(
    client: FlaskClient, asked: str, passages: int, pages: int, notices: list[str]
) -> None:
    response = client.get(f"/api/v1/search?q=harbours{asked}")
    answer = response.json
    assert answer is not None
    assert (response.status_code, answer["total"], answer["pages"]) == (200, 35, pages)
    assert (len(answer["passages"]), answer["notices"]) == (passages, notices)


@pytest.mark.parametrize(
    ("address", "status"), [("/api/v1/nothing", 404), ("/api/v1/search?q=lamps", 503)]
)
def test_errors_are_problems(unindexed: FlaskClient, address: str, status: int) -> None:
    response = unindexed.get(address)
    assert response.status_code == status
    assert response.content_type == "application/problem+json"
    problem = response.json
    assert problem is not None
    assert (problem["type"], problem["status"]) == ("about:blank", status)
    assert problem["title"] == HTTPStatus(status).phrase
    assert problem["detail"] == f"{ADVICE[status].heading}. {ADVICE[status].text}"
    assert problem.get("request_id", "") == (
        response.headers["X-Request-ID"] if status > 500 else ""
    )


@pytest.mark.usefixtures("own_client")
def test_document_and_counts_become_json(library: Library) -> None:
    shown = library.document("statement")
    document = document_json(shown, library.cited(shown))
    assert document["address"] == "/d/statement"
    assert [passage["id"] for passage in document["passages"]] == ["para-1", "para-2", "para-3"]
    info = info_json(library.info())
    assert (info["documents"], info["passages"], info["failures"]) == (2, 38, [])


def test_taken_port_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadSetting, match=f"127.0.0.1, port {port}: "):
            probe("127.0.0.1", port)


def test_unknown_host_is_named() -> None:
    with pytest.raises(BadSetting, match=r"on no\.such\.host\.invalid, port 8000: "):
        probe("no.such.host.invalid", 8000)


@pytest.mark.parametrize(("size", "shown"), [("25", 25), ("50", 35), ("7", 10), ("", 10)])
def test_a_page_has_as_many_as_are_asked_for(client: FlaskClient, size: str, shown: int) -> None:
    page = client.get(f"/search?q=harbours&size={size}").text
    assert page.count('class="passage result"') == shown
    assert (f"q=harbours&amp;sort=newest&amp;size={size}" in page) == (size in {"25", "50"})
