"""The pages and the JSON of agreed language, and its command."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.cli import main
from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.test_agreed import FILES
from tests.test_web import said
from web.app import create_app


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("agreed")
    (folder / "corpus").mkdir()
    for name, text in FILES.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    with open_inline(Settings(folder / "corpus", folder / "data")) as library:
        library.maintenance.sync()
        (folder / "corpus" / "two.md").rename(folder / "corpus" / "second.md")
        library.maintenance.sync()
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    with open_inline(Settings(folder / "corpus", folder / "data")) as library:
        yield create_app(library).test_client()


def test_a_paragraph_that_is_read_leads_to_its_wording(client: FlaskClient) -> None:
    page = client.get("/d/three/para-2").text
    assert "This wording since 2004: in 3 documents" in said(page)
    assert 'href="/d/three/para-2/wording"' in page
    assert 'href="/d/three/para-2/related"' in page
    assert "in this document alone" in said(client.get("/d/three/para-3").text)


def test_a_wording_is_told_through_the_years(client: FlaskClient) -> None:
    page = client.get("/d/three/para-2/wording").text
    told = said(page)
    assert "This wording since 2004" in told
    assert "1 document has these words, 2 more a wording alike" in told
    assert "<del>2005</del><ins>2006</ins>" in page
    assert "Alike, 79% in common: 1 document" in told
    assert "2004–1 2005–1 20061–" in told


def test_who_dropped_it_stands_with_what_is_nearest_there(client: FlaskClient) -> None:
    told = said(client.get("/d/one/para-3/wording").text)
    assert "Resolution 3 dropped the wording." in told
    assert "3 February 2006: Resolution 3 does not have it" in told
    assert "Nearest there" in told


def test_related_paragraphs_name_what_they_share(client: FlaskClient) -> None:
    told = said(client.get("/d/three/para-3/related").text)
    assert "Demands that all parties let humanitarian convoys pass" in told
    assert "Both have:" in told
    assert "The same words in 1 other place." in told


def test_formulas_lead_to_their_story(client: FlaskClient) -> None:
    page = client.get("/formulas").text
    assert "4 documents, 4 of them in these words, 2004 to 2007" in said(page)
    assert 'href="/d/other/para-5/wording"' in page


@pytest.mark.parametrize("page", ["wording", "related"])
def test_the_way_goes_on_where_a_document_has_moved(client: FlaskClient, page: str) -> None:
    answer = client.get(f"/d/two/para-2/{page}")
    assert (answer.status_code, answer.location) == (301, f"/d/second/para-2/{page}")
    assert client.get(f"/d/second/para-99/{page}").status_code == 404
    assert client.get(f"/d/second/para-2/{page}").status_code == 200


def test_json_tells_the_same(client: FlaskClient) -> None:
    story = client.get("/api/v1/wording?address=/d/one/para-3").get_json()
    assert story["dropped_by"] == "/d/three"
    assert [step["use"] for step in story["followed_by"]] == ["/d/second/para-3", None]
    assert [each["same"] for each in story["wordings"]] == [True]
    assert story["years"] == [
        {"year": "2004", "same": 1, "alike": 0},
        {"year": "2005", "same": 1, "alike": 0},
    ]
    related = client.get("/api/v1/related?address=three/para-3").get_json()["related"]
    assert [each["address"] for each in related] == ["/d/one/para-3"]
    formulas = client.get("/api/v1/formulas").get_json()["formulas"]
    assert formulas[0]["documents"] == 4
    assert client.get("/api/v1/wording?address=/d/one").status_code == 404


def test_changes_are_told_from_the_earlier_wording(client: FlaskClient) -> None:
    wordings = client.get("/api/v1/wording?address=one/para-2").get_json()["wordings"]
    assert [each["before"] for each in wordings] == [None, 0, 1]
    assert wordings[1]["changes"] == [{"kind": "replaced", "old": "2004", "new": "2005"}]


def test_the_command_prints_the_same(folder: Path) -> None:
    options = ["--corpus", str(folder / "corpus"), "--data", str(folder / "data")]
    printed = CliRunner().invoke(main, ["wording", "/d/one/para-3", *options])
    assert printed.exit_code == 0
    assert (
        "2 documents have these words, from 30 January 2004 to 28 January 2005." in printed.output
    )
    assert "Dropped by Resolution 3." in printed.output
    changed = CliRunner().invoke(main, ["wording", "/d/one/para-2", *options]).output
    assert "until 31 July [-2004-]{+2005+} in full." in changed
    answer = CliRunner().invoke(main, ["wording", "/d/one/para-3", "--json", *options])
    assert json.loads(answer.output)["dropped_by"] == "/d/three"
    assert CliRunner().invoke(main, ["wording", "/d/one", *options]).exit_code == 2
