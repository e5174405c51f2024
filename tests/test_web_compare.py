"""The page and the JSON of two editions of a document."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

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


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
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
        ("", 400, "Give from as the address of an edition"),
        ("from=gate&to=gate@2", 400, "Give from"),
        ("from=gate@1&to=gate/para-1@2", 400, "Give to"),
        ("from=gate@1&to=long@1", 400, "Two editions of one document"),
        ("from=gate@1&to=gate@9", 404, "has no edition 9"),
        ("from=none@1&to=none@2", 404, "no document"),
    ],
)
def test_what_cannot_be_compared_says_why(
    client: FlaskClient, query: str, status: int, words: str
) -> None:
    answer = client.get(f"/compare?{query}")
    assert answer.status_code == status
    assert words in said(answer.text)


def test_nothing_changed_is_said(client: FlaskClient) -> None:
    assert "nothing." in said(client.get("/compare?from=gate@2&to=gate@2").text)
