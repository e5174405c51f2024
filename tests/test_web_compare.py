"""The page, the JSON and the command that compare two editions, or two documents."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.cli import main
from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.test_web import said
from web.app import create_app

EDITIONS = (
    "1. The gate opens at dawn.\n\n2. The canal is deep.\n\n3. Nobody swims.",
    "1. The gate opens at noon.\n\n2. The canal is deep.\n\n3. Nobody swims.",
    "1. The gate opens at noon.\n\n2. Boats wait.\n\n3. The canal is deep.",
)
LONG = "\n\n".join(f"{n}. Paragraph {n} says what it says." for n in range(1, 450))


ENTER = "A ship that enters the port waits outside until it is called by the harbour master"
PORTS = {
    "port-one.txt": f"Port Rules\n\n1. {ENTER}, and pays its dues at the office by the gate on the "
    "day that it comes in.\n\n2. Ropes are coiled by the boys.\n\n3. Nobody may swim in the canal.",
    "port-one.txt.meta.yaml": "names: [P/1]\nlanguage: en\n",
    "port-two.txt": f"Port Order\n\n1. {ENTER} and by the pilot.\n\n2. It pays its dues at the "
    "office by the gate on the day that it comes in.\n\n3. Ropes are coiled by the boys."
    "\n\n4. Lamps burn until dawn on every pier.",
    "port-two.txt.meta.yaml": "names: [P/2]\nlanguage: en\n",
    "port-fr.txt": "Le port\n\n1. Les navires attendent dehors.",
    "port-fr.txt.meta.yaml": "names: [P/3]\nlanguage: fr\n",
    "rules-en.txt": "Rules\n\n1. Ships wait.",
    "rules-en.txt.meta.yaml": "language: en\n",
    "rules-fr.txt": "Rules\n\n1. Les navires attendent.",
    "rules-fr.txt.meta.yaml": "language: fr\n",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("compare")
    (folder / "corpus").mkdir()
    listed = [f"Entry {n} says what it says." for n in range(20)]
    with open_inline(Settings(folder / "corpus", folder / "data")) as library:
        for number, text in enumerate(EDITIONS):
            (folder / "corpus" / "gate.txt").write_text(f"On Gates\n\n{text}")
            last = LONG if number else LONG.replace("Paragraph 449 says", "The last says")
            (folder / "corpus" / "long.txt").write_text(f"A List\n\n{last}")
            entries = ["This one is new."] * bool(number) + listed
            register = "\n\n".join(f"{n}. {entry}" for n, entry in enumerate(entries, start=1))
            (folder / "corpus" / "moved.txt").write_text(f"A Register\n\n{register}")
            title, head = ("Law", "Obligations") if number else ("Act", "Duties")
            act = f"# {title}\n\n## {head}\n\n1. Pay.\n\n2. Wait.\n"
            (folder / "corpus" / "act.md").write_text(act)
            library.maintenance.sync()
        for name, text in PORTS.items():
            (folder / "corpus" / name).write_text(text, encoding="utf-8")
        library.maintenance.sync()
    return folder


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[FlaskClient]:
    with open_inline(Settings(folder / "corpus", folder / "data")) as library:
        yield create_app(library).test_client()


def test_the_page_says_what_changed(client: FlaskClient) -> None:
    page = client.get("/compare?from=gate@1&to=gate@3").text
    text = said(page)
    assert "1 added, 1 retired, 1 reworded, 1 renumbered" in text
    assert "<del>dawn</del>" in page
    assert "<ins>noon</ins>" in page
    assert "<ins>Boats wait.</ins>" in page
    assert "<del>Nobody swims.</del>" in page
    assert "renumbered from 2. to 3." in text


def test_editions_lead_to_their_changes(client: FlaskClient) -> None:
    page = client.get("/d/gate").text
    assert 'href="/compare?from=gate@2&amp;to=gate@3"' in page
    assert 'href="/compare?from=gate@1&amp;to=gate@3"' in page


def test_long_stretches_without_a_change_are_left_out(client: FlaskClient) -> None:
    page = client.get("/compare?from=long@1&to=long@2").text
    assert "448 paragraphs unchanged" in page
    assert "Paragraph 30 says" not in page


def test_what_was_only_renumbered_is_one_line(client: FlaskClient) -> None:
    page = said(client.get("/compare?from=moved@1&to=moved@2").text)
    assert "1 added, 20 renumbered" in page
    assert "20 paragraphs only renumbered" in page
    assert "1 paragraph changed" in page


def test_a_heading_and_a_title_are_said(client: FlaskClient) -> None:
    page = said(client.get("/compare?from=act@1&to=act@2").text)
    assert "2 under another heading." in page
    assert "Its title was “Act”." in page
    assert "Before under: Duties" in page


def test_programs_get_the_same(client: FlaskClient) -> None:
    answer = client.get("/api/v1/compare?from=gate@1&to=gate@2").get_json()
    assert (answer["from"], answer["to"]) == ("/d/gate@1", "/d/gate@2")
    assert answer["counts"] == {"reworded": 1}
    (change,) = answer["changes"]
    assert (change["id"], change["became"]) == ("para-1", ["reworded"])
    assert (change["old"]["text"], change["new"]["text"]) == (
        "The gate opens at dawn.",
        "The gate opens at noon.",
    )


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("", 200, "Give the address, the symbol or the title of each"),
        ("from=gate", 200, "Give the address, the symbol or the title of each"),
        ("from=gate@1&to=gate@9", 404, "has no edition 9"),
        ("from=none@1&to=none@2", 404, "no document"),
        ("from=gate@1&to=S/RES/99", 404, "no document with the address or the name"),
    ],
)
def test_what_cannot_be_compared_says_why(
    client: FlaskClient, query: str, status: int, words: str
) -> None:
    answer = client.get(f"/compare?{query}")
    assert answer.status_code == status
    assert words in said(answer.text)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("", "Give from as the address or the name"),
        ("from=gate", "Give to as the address or the name"),
        ("from=gate&to=Rules", "'Rules' is the name of several documents; give one of"),
    ],
)
def test_programs_are_told_what_is_missing(client: FlaskClient, query: str, said: str) -> None:
    answer = client.get(f"/api/v1/compare?{query}")
    assert answer.status_code == 400
    assert said in str(answer.get_json())


def test_two_documents_are_compared(client: FlaskClient) -> None:
    page = client.get("/compare?from=P/1&to=/d/port-two").text
    text = said(page)
    assert "P/1 and P/2" in text
    assert "1 only in the second" in text
    assert "1 only in the first" in text
    assert "Split into 2" in text
    assert "1 paragraph only renumbered" in text
    assert "<ins>and by the pilot." in page
    assert 'href="/d/port-one/para-1@1"' in page
    assert 'href="/d/port-two/para-2@1"' in page
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))


def test_a_name_of_several_is_chosen_from(client: FlaskClient) -> None:
    page = client.get("/compare?from=gate&to=Rules")
    assert page.status_code == 200
    assert "Several documents have this name: Rules." in said(page.text)
    assert 'href="/compare?from=gate&amp;to=/d/rules-en"' in page.text


def test_of_several_that_in_the_language_of_the_other_is_meant(client: FlaskClient) -> None:
    page = client.get("/compare?from=port-fr&to=Rules").text
    assert 'href="/d/rules-fr@1"' in page


def test_of_several_that_in_the_language_of_the_reader_is_meant(client: FlaskClient) -> None:
    asked = "/compare?from=Rules&to=Rules"
    page = client.get(asked, headers={"Accept-Language": "fr-CH, fr;q=0.9, en;q=0.8"}).text
    assert 'href="/d/rules-fr@1"' in page
    assert "Several documents" in client.get(asked, headers={"Accept-Language": "de"}).text


def test_other_languages_lead_to_both_side_by_side(client: FlaskClient) -> None:
    assert 'href="/beside/port-one/port-fr"' in client.get("/compare?from=P/1&to=port-fr").text


def test_a_paragraph_stands_for_its_document_and_a_name_may_have_an_edition(
    client: FlaskClient,
) -> None:
    asked = {"from": "https://example.org/d/gate/para-1@1", "to": "On Gates@3"}
    answer = client.get("/api/v1/compare", query_string=asked).get_json()
    assert (answer["from"], answer["to"]) == ("/d/gate@1", "/d/gate@3")


def test_programs_get_two_documents(client: FlaskClient) -> None:
    answer = client.get("/api/v1/compare?from=P/1&to=P/2").get_json()
    assert answer["one_document"] is False
    assert answer["unchanged"] == 0
    split = next(each for each in answer["changes"] if "split" in each["became"])
    assert split["old"]["address"] == "/d/port-one/para-1@1"
    assert split["new"]["address"] == "/d/port-two/para-1@1"
    assert [each["address"] for each in split["more_new"]] == ["/d/port-two/para-2@1"]
    same = next(each for each in answer["changes"] if each["became"] == ["renumbered"])
    assert same["old"]["text"] is None


def test_the_page_of_a_document_asks_for_the_other(client: FlaskClient) -> None:
    page = client.get("/d/gate@2").text
    assert 'name="from" value="gate@2"' in page
    assert 'action="/compare"' in page


def test_the_command_says_the_same(folder: Path) -> None:
    where = ["--corpus", str(folder / "corpus"), "--data", str(folder / "data")]
    run = CliRunner().invoke(main, ["compare", "gate@1", "gate@3", *where])
    assert run.exit_code == 0
    assert "1 added, 1 retired, 1 reworded, 1 renumbered" in run.output
    assert "The gate opens at [-dawn-]{+noon+}." in run.output
    assert "  - Nobody swims." in run.output
    printed = CliRunner().invoke(main, ["compare", "P/1", "P/2", "--json", *where])
    assert json.loads(printed.output)["counts"]["split"] == 1
    several = CliRunner().invoke(main, ["compare", "gate", "Rules", *where])
    assert several.exit_code == 1
    assert "give one of /d/rules-en, /d/rules-fr" in several.output


def test_nothing_changed_is_said(client: FlaskClient) -> None:
    assert "nothing." in said(client.get("/compare?from=gate@2&to=gate@2").text)
