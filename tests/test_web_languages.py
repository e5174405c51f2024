"""The pages and the JSON of a work in several languages, and its command."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.cli import main
from indexer.config import Settings
from indexer.parallel.languages import speaks
from tests.helpers.inline import open_inline
from tests.test_web import said
from tests.test_works import FILES, SIDECARS
from web.app import create_app
from web.languages import own_name


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("languages")
    (folder / "corpus").mkdir()
    for name, text in FILES.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
        (folder / "corpus" / f"{name}.meta.yaml").write_text(SIDECARS[name], encoding="utf-8")
    with open_inline(Settings(folder / "corpus", folder / "data")) as library:
        library.maintenance.sync()
        (folder / "corpus" / "ru.txt").rename(folder / "corpus" / "russian.txt")
        sidecar = folder / "corpus" / "ru.txt.meta.yaml"
        sidecar.rename(folder / "corpus" / "russian.txt.meta.yaml")
        library.maintenance.sync()
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    with open_inline(Settings(folder / "corpus", folder / "data")) as library:
        yield create_app(library).test_client()


def test_a_document_leads_to_its_versions_and_each_paragraph_to_its_own(
    client: FlaskClient,
) -> None:
    page = client.get("/d/en").text
    assert "Also in français, русский" in said(page)
    assert 'href="/d/fr"' in page
    assert '<link rel="alternate" hreflang="fr" href="http://localhost/d/fr">' in page
    assert 'href="/d/en/para-1/in/fr"' in page
    assert 'href="/d/en/para-1/in/fr"' in client.get("/d/en/para-1").text
    assert "Also in" not in client.get("/d/title").text


def test_a_paragraph_is_one_click_from_its_counterpart(client: FlaskClient) -> None:
    answer = client.get("/d/en/para-1/in/fr")
    assert answer.status_code == 302
    assert answer.location == "/d/fr/para-1#para-1"


def test_without_a_counterpart_the_way_leads_to_both(client: FlaskClient) -> None:
    answer = client.get("/d/en/para-2/in/russian")
    assert answer.location == "/beside/en/russian?at=para-2#para-2"
    assert "No counterpart" in said(client.get(answer.location).text)


def test_two_versions_stand_side_by_side(client: FlaskClient) -> None:
    page = client.get("/beside/en/fr?at=para-1")
    assert page.status_code == 200
    assert "Decides to meet in 2031;" in page.text
    assert "Décide de se réunir en 2031 ;" in page.text
    assert 'class="pair here" id="para-1"' in page.text
    assert "versions of one work" not in page.text
    assert "versions of one work" in client.get("/beside/en/other").text


def test_a_hit_leads_to_the_other_languages(client: FlaskClient) -> None:
    page = client.get("/search?q=2031+lang:en").text
    link = "/beside/en/fr?at=para-1&q=2031+lang:en#para-1"
    assert f'href="{link.replace("&", "&amp;")}"' in page
    assert "Side by side with français, русский" in said(page)
    assert "<mark>2031</mark>" in client.get(link).text
    assert "<mark>" not in client.get("/beside/en/fr").text


def test_a_name_leads_to_one_document_and_its_other_languages(client: FlaskClient) -> None:
    page = client.get("/search?q=A/RES/1/7").text
    assert page.count('<div class="destination">') == 2  # the other one names it too
    assert "Also in français, русский" in said(page)
    assert client.get("/search?q=/d/en/para-1").text.count('href="/d/en/para-1/in/fr"') == 1


def test_a_version_that_moved_is_found(client: FlaskClient) -> None:
    answer = client.get("/beside/en/ru?at=para-1")
    assert (answer.status_code, answer.location) == (301, "/beside/en/russian?at=para-1")


@pytest.mark.parametrize(
    "path", ["/beside/en/none", "/beside/none/en", "/beside/en/fr?part=2", "/d/en/para-1/in/none"]
)
def test_what_is_not_there_is_not_found(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_programs_get_the_versions_of_a_paragraph(client: FlaskClient) -> None:
    answer = client.get("/api/v1/languages?address=/d/en/para-1").get_json()
    assert (answer["address"], answer["language"]) == ("/d/en/para-1", "en")
    french, russian = answer["versions"]
    assert (french["address"], french["ground"], french["doubt"]) == ("/d/fr", "number", 0.0)
    assert [each["address"] for each in french["passages"]] == ["/d/fr/para-1"]
    assert russian["language"] == "ru"
    lone = client.get("/api/v1/languages?address=en/para-2&in=ru").get_json()["versions"]
    assert [(each["ground"], each["passages"]) for each in lone] == [("none", [])]
    whole = client.get("/api/v1/languages?address=en").get_json()["versions"]
    assert [(each["ground"], each["passages"]) for each in whole] == [(None, []), (None, [])]
    assert client.get("/api/v1/languages?address=en/p77").status_code == 404


def test_programs_get_the_versions_of_what_was_found(client: FlaskClient, folder: Path) -> None:
    versions = [
        {"language": "fr", "address": "/d/fr"},
        {"language": "ru", "address": "/d/russian"},
    ]
    found = client.get("/api/v1/search?q=decides+2031").get_json()
    assert found["versions"]["en"] == versions
    assert "title" not in found["versions"]
    where = ["--corpus", str(folder / "corpus"), "--data", str(folder / "data")]
    printed = CliRunner().invoke(main, ["search", "decides", "2031", "--json", *where])
    assert json.loads(printed.output)["versions"]["en"] == versions


def test_programs_get_two_documents_side_by_side(client: FlaskClient) -> None:
    answer = client.get("/api/v1/beside?left=en&right=/d/fr").get_json()
    assert answer["one_work"] is True
    assert [
        ([each["label"] for each in row["left"]], [each["label"] for each in row["right"]])
        for row in answer["rows"]
    ] == [([""], [""]), (["1."], ["1."]), (["2."], ["2."])]


def test_the_command_prints_the_versions(folder: Path) -> None:
    where = ["--corpus", str(folder / "corpus"), "--data", str(folder / "data")]
    run = CliRunner().invoke(main, ["languages", "en/para-1", "--in", "fr", *where])
    assert run.exit_code == 0
    assert "fr  /d/fr  Résolution 7" in run.output
    assert "1. Décide de se réunir en 2031 ;" in run.output
    printed = CliRunner().invoke(main, ["languages", "en/para-1", "--json", *where])
    assert [each["language"] for each in json.loads(printed.output)["versions"]] == ["fr", "ru"]
    alone = CliRunner().invoke(main, ["languages", "title", *where])
    assert "No other version" in alone.output
    assert CliRunner().invoke(main, ["languages", "en/p77", *where]).exit_code == 1


def test_the_command_prints_two_documents_side_by_side(folder: Path) -> None:
    where = ["--corpus", str(folder / "corpus"), "--data", str(folder / "data")]
    run = CliRunner().invoke(main, ["beside", "en", "/d/ru", *where])
    assert run.exit_code == 0
    assert "1. Decides to meet in 2031;\n    1. постановляет собраться в 2031 году;" in run.output
    assert "2. Remains seized.\n    (no counterpart)" in run.output
    printed = CliRunner().invoke(main, ["beside", "en", "fr", "--json", *where])
    assert json.loads(printed.output)["one_work"] is True
    assert CliRunner().invoke(main, ["beside", "en", "none", *where]).exit_code == 1


@pytest.mark.parametrize(
    ("language", "asked", "is_so"),
    [("zh-Hant", "zh", True), ("zh", "zh-Hant", False), ("FR", "fr", True), ("fro", "fr", False)],
)
def test_a_language_is_of_a_kind(language: str, asked: str, is_so: bool) -> None:
    assert speaks(language, asked) is is_so


def test_languages_name_themselves() -> None:
    assert own_name("fr") == "français"
    assert own_name("x-none") == "x-none"
    assert own_name("") == "another version"
