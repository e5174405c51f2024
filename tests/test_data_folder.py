"""What befalls the data folder: damaged files, a clock set back, and two servers on one of them."""

import shutil
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.credentials import Tokens
from indexer.errors import OperatorError
from indexer.library import Library
from indexer.store import transaction
from tests.conftest import EVERY_ENGINE, Write
from tests.helpers.inline import open_inline
from tests.test_web_uploads import csrf, form, send, sign_in
from web.app import create_app

pytestmark = pytest.mark.slow

Damage = Callable[[Path], None]

NOTE = "1. Lamps burn.\n"
ITS_OWN_TESTS = ("whoosh", "tantivy", "pilcrow.db")  # test_damage.py, test_backup.py


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes() or b"\0")
    data[len(data) // 2] ^= 0x04
    path.write_bytes(data)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def scramble(path: Path) -> None:
    path.write_bytes(b"\xff\xfe\0\x1b[31m" * 50)


@pytest.fixture
def filled(settings: Settings, write: Write) -> Settings:
    """A data folder with a token, a session, and an upload that waits."""
    write("a.txt", "1. Herrings swim.\n")
    with open_inline(settings, upgrades=True) as library:
        library.maintenance.sync()
        client, token = create_app(library).test_client(), Tokens(settings.data).make("one")
        sign_in(client, token)
        data = {**form([("new.txt", NOTE)]), "csrf_token": csrf(client)}
        assert client.post("/upload", data=data).status_code in (200, 302, 303)
        assert [*(settings.data / "uploads").iterdir()]
    return settings


def others(data: Path) -> list[Path]:
    files = [path.relative_to(data) for path in data.rglob("*") if path.is_file()]
    return sorted(path for path in files if not path.parts[0].startswith(ITS_OWN_TESTS))


def served(settings: Settings) -> str:
    """Uses all that the data folder is for; returns what went wrong, if it is no clear error."""
    try:
        with open_inline(settings, upgrades=True) as library:
            library.maintenance.sync()
            if library.search("herrings").total != 1 or not library.maintenance.check().holds:
                return "another answer"
            return asked(library)
    except OperatorError as error:
        return "" if "\n" not in str(error) and len(str(error)) > 20 else repr(error)
    except Exception as error:
        return repr(error)


def asked(library: Library) -> str:
    client = create_app(library).test_client()
    statuses = [client.get(place).status_code for place in ("/", "/search?q=herrings", "/upload")]
    token = Tokens(library.settings.data).make(f"again{time.monotonic_ns()}")
    statuses.append(send(client, token, [("more.txt", NOTE)]).status_code)
    statuses.append(sign_in(client, token, follow_redirects=True).status_code)
    return "" if set(statuses) <= {200, 201, 403} else str(statuses)


@pytest.mark.parametrize(
    "damage",
    [
        cut,
        *(
            pytest.param(each, marks=pytest.mark.slow)
            for each in (flip, empty, scramble, Path.unlink)
        ),
    ],
)
def test_each_file_of_a_data_folder(filled: Settings, damage: Damage) -> None:
    kept = filled.data.with_name("kept")
    shutil.copytree(filled.data, kept)
    wrong = {}
    assert {path.parts[0] for path in others(kept)} >= {"STORE", "tokens", "uploads", "session.key"}
    for path in others(kept):
        shutil.rmtree(filled.data)
        shutil.copytree(kept, filled.data)
        damage(filled.data / path)
        if said := served(filled):
            wrong[str(path)] = said
    assert wrong == {}


@EVERY_ENGINE
def test_a_clock_that_was_set_back(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Editions stay in the order in which they came, and each can be read and cited."""
    for edition, year in enumerate((2031, 2009, 2009, 2032, 1970), start=1):
        now = datetime(year, 1, edition, tzinfo=UTC).isoformat(timespec="seconds")
        monkeypatch.setattr(transaction, "_now", lambda now=now: now)
        write("a.txt", f"1. Herrings swim in sea number{edition}.\n")
        library.maintenance.sync()
        assert library.search(f"number{edition}").total == 1
        assert library.document("a").document.edition == edition
    assert library.maintenance.check().holds
    client = create_app(library).test_client()
    for edition in range(1, 6):
        assert f"number{edition}" in client.get(f"/d/a@{edition}").text
        assert client.get(f"/d/a/para-1@{edition}/cite").status_code == 200
    for place in ("/d/a/para-1/history", "/documents.atom", "/feed/a", "/compare?from=a@1&to=a@5",
        "/search?q=herrings&at=2010-01-01", "/timemap/link/d/a",
        "/sitemap.xml", "/coverage"):  # fmt: skip
        assert (place, client.get(place).status_code) == (place, 200)


def test_an_upload_when_the_clock_was_set_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was sent in the future still waits, and more can be sent; its session has ended."""
    client = create_app(library).test_client()
    token = Tokens(library.settings.data).make("one")
    real = time.time
    monkeypatch.setattr(time, "time", lambda: real() + 10 * 86_400)
    sign_in(client, token)
    data = {**form([("new.txt", NOTE)]), "csrf_token": csrf(client)}
    client.post("/upload", data=data)
    monkeypatch.undo()
    sign_in(client, token)
    assert "new.txt" in client.get("/upload").text
    assert send(client, token, [("other.txt", NOTE)]).status_code == 201


@EVERY_ENGINE
def test_two_servers_on_one_data_folder(settings: Settings, write: Write) -> None:
    write("a.txt", "1. Herrings swim.\n")
    with open_inline(settings, upgrades=True) as first, open_inline(settings) as second:
        first.maintenance.sync()
        one, two = (create_app(each).test_client() for each in (first, second))
        token = Tokens(settings.data).make("one")
        for number in range(3):
            sender, reader = (one, two) if number % 2 else (two, one)
            text = f"1. Lamp number{number} burns.\n"
            assert send(sender, token, [(f"{number}.txt", text)]).status_code == 201
            assert_found(reader, f"number{number}")
        sign_in(one, token)
        assert "Add" in two_as(one, two).get("/upload").text
        assert first.maintenance.check().holds


def assert_found(client: FlaskClient, word: str) -> None:
    answer = client.get(f"/api/v1/search?q={word}").get_json()
    assert answer["total"] == 1


def two_as(one: FlaskClient, two: FlaskClient) -> FlaskClient:
    """`two` with the session of `one`, which a proxy may send anywhere."""
    cookie = one.get_cookie("pilcrow", path="/upload")
    assert cookie
    two.set_cookie("pilcrow", cookie.value, path="/upload")
    return two
