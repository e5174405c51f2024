"""The API for programs: lists by cursors, the change log, tags, other sites, its description."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings, load_settings
from indexer.errors import BadSetting
from indexer.library import Library
from indexer.store.catalogue import Sorting
from tests.conftest import Write
from tests.helpers.inline import open_inline
from tests.helpers.stores import STORES
from web.app import create_app
from web.programs.operations import OPERATIONS

TITLES = {"a": 2001, "b": 2003, "c": 2002, "d": 2003, "e": 0}


@pytest.fixture(params=STORES)
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def client(library: Library, write: Write) -> FlaskClient:
    for name, year in TITLES.items():
        rules = "\n\n".join(f"{n}. Rule {n}." for n in range(1, 8))
        write(f"{name}.txt", f"Rules {name}\n\n{rules}")
        if year:
            write(f"{name}.txt.meta.yaml", f"date: {year}-05-02\npublisher: Harbour Office\n")
    library.maintenance.sync()
    return create_app(library).test_client()


def asked(client: FlaskClient, address: str, status: int = 200) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    found = answer.get_json(force=True)
    assert isinstance(found, dict)
    return found


def parts(client: FlaskClient, address: str, kind: str) -> Iterator[list[dict[str, Any]]]:
    sign, more = "&" if "?" in address else "?", ""
    while True:
        found = asked(client, f"{address}{more}")
        yield found[kind]
        if found["next"] is None:
            return
        more = f"{sign}cursor={found['next']}"


@pytest.mark.parametrize("place", ["/d", "/d/passages", "/d/passages/para-1/annotation"])
def test_null_is_no_number(client: FlaskClient, place: str) -> None:
    address = f"/api/v1/documents{place.replace('/d', '/a', 1)}"
    assert asked(client, address)
    for word in ("null", "NULL"):
        told = asked(client, f"{address}?edition={word}", 400)
        assert "edition" in told["detail"]


@pytest.mark.parametrize("sort", Sorting)
def test_cursors_lead_through_all_documents_in_every_order(client: FlaskClient, sort: str) -> None:
    address = f"/api/v1/documents?sort={sort}"
    whole = [each["document"] for each in asked(client, address)["documents"]]
    assert sorted(whole) == sorted(TITLES)
    pages = list(parts(client, f"{address}&size=2", "documents"))
    assert [len(page) for page in pages] == [2, 2, 1]
    assert [each["document"] for page in pages for each in page] == whole


def test_a_list_that_is_followed_has_all_that_stays(
    client: FlaskClient, library: Library, write: Write, corpus: Path
) -> None:
    pages = parts(client, "/api/v1/documents?sort=title&size=2", "documents")
    seen = [each["document"] for each in next(pages)]
    (corpus / "a.txt").unlink()
    write("aa.txt", "Rules aa\n\n1. Rule.")
    library.maintenance.sync()
    seen += [each["document"] for page in pages for each in page]
    assert seen == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("made_up", ["x", "kwGoMDAwMDAwMDCR", "////", "a" * 2_001, "é"])
def test_what_is_no_cursor_is_refused(client: FlaskClient, made_up: str) -> None:
    assert "ursor" in asked(client, f"/api/v1/documents?cursor={made_up}", 400)["detail"]


def test_a_cursor_of_another_list_is_refused(client: FlaskClient) -> None:
    cursor = asked(client, "/api/v1/documents?size=2")["next"]
    other = asked(client, f"/api/v1/documents?size=2&sort=title&cursor={cursor}", 400)
    assert "asked for otherwise" in other["detail"]
    asked(client, f"/api/v1/documents/a/passages?cursor={cursor}", 400)


def test_passages_go_on_in_their_edition(
    client: FlaskClient, library: Library, write: Write
) -> None:
    pages = parts(client, "/api/v1/documents/a/passages?size=3", "passages")
    seen = [each["label"] for each in next(pages)]
    write("a.txt", "Rules a\n\n1. One rule.")
    library.maintenance.sync()
    seen += [each["label"] for page in pages for each in page]
    assert seen == [f"{n}." for n in range(1, 8)]
    assert len(asked(client, "/api/v1/documents/a/passages")["passages"]) == 1
    assert asked(client, "/api/v1/documents/a?edition=1")["passages"][6]["text"] == "Rule 7."


def test_a_passage_its_history_and_its_citations(client: FlaskClient) -> None:
    passage = "/api/v1/documents/a/passages/para-3"
    found = asked(client, passage)
    assert (found["text"], found["edition"]) == ("Rule 3.", 1)
    assert [each["address"] for each in found["cites"]] == ["/d/a/para-3"]
    assert found == asked(client, "/api/v1/documents/a")["passages"][2]
    moments = asked(client, f"{passage}/history")["history"]
    assert [each["events"] for each in moments] == [["appeared"]]
    cited = asked(client, f"{passage}/citations")
    assert found["url"] in cited["styles"]["plain"]
    assert cited["csl"]["title"] == "Rules a"
    assert asked(client, "/api/v1/documents/a/editions")["editions"][0]["added"] == 7
    for missing in ("/x", "/a/passages/para-99", "/a/passages/para-3?edition=9", "/a?edition=9"):
        asked(client, f"/api/v1/documents{missing}", 404)


def test_the_change_log_is_followed_and_nothing_is_passed_over(
    client: FlaskClient, library: Library, write: Write, corpus: Path
) -> None:
    write("a.txt", "Rules a\n\n1. One rule.")
    (corpus / "b.txt").unlink()
    (corpus / "c.txt").rename(corpus / "moved.txt")
    (corpus / "c.txt.meta.yaml").rename(corpus / "moved.txt.meta.yaml")
    library.maintenance.sync()
    since, seen, positions = 0, [], []
    while True:
        found = asked(client, f"/api/v1/changes?since={since}&size=2")
        seen += [(each["document"], each["happening"]) for each in found["changes"]]
        positions += [each["position"] for each in found["changes"]]
        since = found["next"]
        if not found["more"]:
            break
    assert since == library.log.position()
    assert positions == sorted(set(positions))
    assert [each for each in seen if each[1] == "new"] == [
        (name, "new") for name in ("a", "b", "moved", "d", "e")
    ]
    assert sorted(each for each in seen if each[1] != "new") == [
        ("a", "changed"),
        ("b", "withdrawn"),
        ("moved", "moved"),
    ]
    assert asked(client, f"/api/v1/changes?since={since}")["changes"] == []


def test_a_log_that_is_another_one_is_said(client: FlaskClient) -> None:
    store = asked(client, "/api/v1/changes")["store"]
    asked(client, f"/api/v1/changes?store={store}")
    assert "since=0" in asked(client, "/api/v1/changes?store=other", 409)["detail"]
    assert "since=0" in asked(client, "/api/v1/changes?since=999", 409)["detail"]


def test_a_moved_document_leads_on(client: FlaskClient, library: Library, corpus: Path) -> None:
    (corpus / "e.txt").rename(corpus / "f é.txt")
    library.maintenance.sync()
    answer = client.get("/api/v1/documents/e/passages?size=3", follow_redirects=True)
    assert (answer.status_code, len(answer.history)) == (200, 1)
    assert answer.history[0].status_code == 301
    assert len(answer.get_json()["passages"]) == 3


@pytest.mark.parametrize("wrong", ["size=0", "size=1001", "size=x", "sort=no", "edition=x"])
def test_what_cannot_be_used_is_named(client: FlaskClient, wrong: str) -> None:
    place = "/a/passages" if wrong.startswith("edition") else ""
    name = wrong.partition("=")[0]
    assert name in asked(client, f"/api/v1/documents{place}?{wrong}", 400)["detail"]


@pytest.mark.parametrize(
    "address", ["search?q=rule", "documents", "documents/a", "changes", "suggest?q=ru"]
)
def test_an_answer_is_sent_again_only_after_a_commit(
    client: FlaskClient, library: Library, write: Write, address: str
) -> None:
    tag = client.get(f"/api/v1/{address}").headers["ETag"]
    known = {"If-None-Match": tag}
    again = client.get(f"/api/v1/{address}", headers=known)
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    other = "&" if "?" in address else "?"
    assert client.get(f"/api/v1/{address}{other}size=1", headers=known).status_code == 200
    write("new.txt", "Rules new\n\n1. Rule.")
    library.maintenance.sync()
    assert client.get(f"/api/v1/{address}", headers=known).status_code == 200


def test_other_sites_read_what_the_setting_lets_them(client: FlaskClient, library: Library) -> None:
    site = {"Origin": "https://reader.example.org"}
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/coverage", headers=site).headers
    settings = replace(library.settings, cors_origins="https://reader.example.org, https://b.org")
    with open_inline(settings) as opened:
        allowing = create_app(opened).test_client()
        for address in ("/api/v1/coverage", "/api/v1/documents/none"):
            answer = allowing.get(address, headers=site)
            assert answer.headers["Access-Control-Allow-Origin"] == site["Origin"]
            assert "ETag" in answer.headers["Access-Control-Expose-Headers"]
        for address, origin in (
            ("/documents", site["Origin"]),
            ("/api/v1/coverage", "https://c.org"),
        ):
            answer = allowing.get(address, headers={"Origin": origin})
            assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("wrong", ["reader.example.org", "https://a.org/", "ftp://a.org"])
def test_an_origin_is_a_scheme_and_a_host(wrong: str) -> None:
    with pytest.raises(BadSetting, match="cors_origins"):
        load_settings({"cors_origins": wrong}, {})
    assert load_settings({"cors_origins": "*"}, {}) == replace(Settings(), cors_origins="*")


def test_every_request_is_described_with_words(client: FlaskClient) -> None:
    made = asked(client, "/api/v1/openapi.json")
    assert made["openapi"].startswith("3.1")
    rules = client.application.url_map.iter_rules()
    ours = {rule.endpoint for rule in rules if rule.rule.startswith("/api/v1/")} - {"openapi"}
    assert ours == set(OPERATIONS)
    described = [each for path in made["paths"].values() for each in path.values()]
    assert len(described) == len(OPERATIONS)
    assert all(each["summary"].endswith(".") for each in described)
    for schema in made["components"]["schemas"].values():
        assert schema["description"]
        assert "\n  " not in schema["description"]  # or the page takes it for code


def test_the_page_shows_all_of_it(client: FlaskClient) -> None:
    made = asked(client, "/api/v1/openapi.json")
    page = client.get("/api").text
    for path in made["paths"]:
        assert path in page
    for name in made["components"]["schemas"]:
        assert f'id="_{name}"' in page
