"""The past of an address as Memento (RFC 7089) has it, asked by a client of its own makers too."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.http import http_date

from indexer.config import Settings
from tests.helpers.inline import open_inline
from tests.helpers.serving import served
from web.app import create_app
from web.memento import NOTE

HOST = "http://localhost"
SAME = "2. It is lit at dusk."
COLOURS = ("red", "white", "blue")
TEXTS = (*(f"1. The lamp at the gate is {colour}.\n\n{SAME}" for colour in COLOURS), SAME)
_LINK = re.compile(r'<([^>]*)>((?:; ?\w+="[^"]*")*)')


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A document in four editions, of which the last has lost its first paragraph."""
    folder = tmp_path_factory.mktemp("memento")
    (folder / "corpus").mkdir()
    made = Settings(corpus=folder / "corpus", data=folder / "data")
    with open_inline(made) as library:
        for text in TEXTS:
            (made.corpus / "lamps.txt").write_text(f"On Lamps\n\n{text}\n")
            library.maintenance.sync()
    _spread(made.data)
    return made


def _spread(data: Path) -> None:
    """Gives each edition a month of its own: they all came in within a second."""
    with closing(sqlite3.connect(data / "pilcrow.db")) as db, db:
        db.execute("UPDATE editions SET at = '2020-0' || number || '-01T12:00:00+00:00'")


@pytest.fixture(scope="module")
def client(settings: Settings) -> Iterator[FlaskClient]:
    with open_inline(settings) as library:
        yield create_app(library).test_client()


def links(header: str) -> dict[str, tuple[str, dict[str, str]]]:
    """What leads where, by relation."""
    found: dict[str, tuple[str, dict[str, str]]] = {}
    for place, said in _LINK.findall(header):
        known = dict(re.findall(r'(\w+)="([^"]*)"', said))
        for rel in known.pop("rel").split():
            found.setdefault(rel, (place, known))
    return found


def date(month: int, day: int = 1, hour: int = 12) -> str:
    return http_date(datetime(2020, month, day, hour, tzinfo=UTC))


@pytest.mark.parametrize(
    ("place", "at", "leads_to"),
    [
        ("/d/lamps", date(1, hour=0), "/d/lamps@1"),  # before the first: the first
        ("/d/lamps", date(1), "/d/lamps@1"),
        ("/d/lamps", date(2, day=29), "/d/lamps@2"),
        ("/d/lamps", date(9), "/d/lamps@4"),
        ("/d/lamps", None, "/d/lamps@4"),
        ("/d/lamps/para-2", date(3, day=9), "/d/lamps/para-2@1"),  # which it has been ever since
        ("/d/lamps/para-1", date(3, day=9), "/d/lamps/para-1@3"),
        ("/d/lamps/para-1", date(9), "/d/lamps/para-1@3"),  # what it said last
    ],
)
@pytest.mark.parametrize("whole", ["", f"/{HOST}"])
def test_the_gate_leads_to_the_state_of_a_moment(
    client: FlaskClient, place: str, at: str | None, leads_to: str, whole: str
) -> None:
    headers = {} if at is None else {"Accept-Datetime": at}
    answer = client.get(f"/timegate{whole}{place}", headers=headers)
    assert (answer.status_code, answer.location) == (302, HOST + leads_to)
    assert "accept-datetime" in answer.headers["Vary"].lower()
    assert "Memento-Datetime" not in answer.headers
    found = links(answer.headers["Link"])
    assert found["original"][0] == HOST + place
    assert found["timemap"][0] == f"{HOST}/timemap/link{place}"
    assert client.get(leads_to).status_code == 200


@pytest.mark.parametrize(
    "text",
    ["2020-01-01", "yesterday", "Wed, 01 Jan 2020 12:00:00", "Wed, 32 Jan 2020 12:00:00 GMT", ""],
)
def test_what_is_no_moment_is_refused(client: FlaskClient, text: str) -> None:
    answer = client.get("/timegate/d/lamps", headers={"Accept-Datetime": text})
    assert answer.status_code == 400
    assert "must look like Tue, 11 Aug 2020 09:30:00 GMT" in answer.text


@pytest.mark.parametrize("before", ["timegate", "timemap/link", "timemap/json"])
@pytest.mark.parametrize("place", ["d/none", "d/lamps/para-9", "help", "https://e.example/d/lamps"])
def test_what_is_not_here_has_no_past(client: FlaskClient, before: str, place: str) -> None:
    assert client.get(f"/{before}/{place}").status_code == 404


def test_a_state_tells_when_it_was_received_and_what_is_beside_it(client: FlaskClient) -> None:
    answer = client.get("/d/lamps@2")
    assert answer.headers["Memento-Datetime"] == date(2)
    found = links(answer.headers["Link"])
    assert found["original"] == (f"{HOST}/d/lamps", {})
    assert found["timegate"] == (f"{HOST}/timegate/d/lamps", {})
    span = {"type": "application/link-format", "from": date(1), "until": date(4)}
    assert found["timemap"] == (f"{HOST}/timemap/link/d/lamps", span)
    assert found["first"] == found["prev"] == (f"{HOST}/d/lamps@1", {"datetime": date(1)})
    assert found["next"] == (f"{HOST}/d/lamps@3", {"datetime": date(3)})
    assert found["last"] == (f"{HOST}/d/lamps@4", {"datetime": date(4)})
    assert found["cite-as"][0] == f"{HOST}/d/lamps@2"
    assert f'<{HOST}/d/lamps@2>; rel="memento"; datetime="{date(2)}"' in answer.headers["Link"]


@pytest.mark.parametrize(
    ("place", "status", "cited"),
    [
        ("/d/lamps", 200, "@4"),
        ("/d/lamps/para-2", 200, "@4"),
        ("/d/lamps/para-2@3", 200, "@3"),
        ("/d/lamps/para-1", 410, "@3"),  # it was last in that edition
    ],
)
def test_a_page_says_how_it_is_cited(
    client: FlaskClient, place: str, status: int, cited: str
) -> None:
    answer = client.get(place)
    assert answer.status_code == status
    found = links(answer.headers["Link"])
    assert found["cite-as"][0] == HOST + place.partition("@")[0] + cited
    assert found["timegate"][0] == f"{HOST}/timegate{place.partition('@')[0]}"
    assert ("Memento-Datetime" in answer.headers) == ("@" in place)


def test_other_pages_have_no_past(client: FlaskClient) -> None:
    for place in ("/", "/search?q=lamps", "/d/lamps/para-1/history", "/d/none", "/d/lamps@9"):
        assert "timegate" not in client.get(place).headers.get("Link", "")


def test_all_states_are_listed(client: FlaskClient) -> None:
    answer = client.get("/timemap/link/d/lamps/para-1")
    assert answer.mimetype == "application/link-format"
    lines = answer.text.split(",\n")
    place = f"{HOST}/d/lamps/para-1"
    assert lines[0] == f'<{place}>; rel="original"'
    assert [links(line)["memento"][0] for line in lines[3:]] == [f"{place}@{n}" for n in (1, 2, 3)]
    assert [line.count("first") for line in lines[3:]] == [1, 0, 0]
    assert [line.count("last") for line in lines[3:]] == [0, 0, 1]
    found = client.get("/timemap/json/d/lamps").get_json()
    assert found["mementos"]["last"] == {
        "datetime": "2020-04-01T12:00:00+00:00",
        "uri": f"{HOST}/d/lamps@4",
    }
    assert len(found["mementos"]["list"]) == 4
    assert found["note"] == NOTE  # or a reader would take it for the date of the document


def test_a_client_of_memento_travels(settings: Settings) -> None:
    memento: Any = pytest.importorskip("memento_client", reason="memento_client is not installed")
    with open_inline(settings) as library, served(library) as address:
        found = memento.MementoClient().get_memento_info(
            f"{address}/d/lamps/para-1", datetime(2020, 2, 9)
        )
    assert found["original_uri"] == f"{address}/d/lamps/para-1"
    assert found["timegate_uri"] == f"{address}/timegate/d/lamps/para-1"
    closest = found["mementos"]["closest"]
    assert closest["uri"] == [f"{address}/d/lamps/para-1@2"]
    assert (closest["datetime"], closest["http_status_code"]) == (datetime(2020, 2, 1, 12), 200)
    assert found["mementos"]["first"]["uri"] == [f"{address}/d/lamps/para-1@1"]
    assert found["mementos"]["last"]["uri"] == [f"{address}/d/lamps/para-1@3"]
