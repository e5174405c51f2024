"""Under which address the service answers: its public one, foreign hosts, proxies."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings, load_settings
from indexer.errors import BadSetting
from tests.helpers.inline import open_inline
from web.app import create_app
from web.parts import PART, WHOLE
from web.reach import Reach

LOCAL = {"REMOTE_ADDR": "127.0.0.1"}
FAR = {"REMOTE_ADDR": "192.0.2.9"}


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Any]:
    """Gives a client of a service with some settings; it has one paragraph, /d/note/para-1."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "note.txt").write_text("A Note\n\n1. The gate opens.")
    opened = []

    def client(**settings: Any) -> FlaskClient:
        library = open_inline(Settings(tmp_path / "corpus", tmp_path / "data", **settings))
        opened.append(library)
        library.maintenance.sync()
        return create_app(library).test_client()

    yield client
    for library in opened:
        library.close()


PUBLIC = "https://library.example.org/texts"


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a service that has two editions of a document that is shown in parts."""
    folder = tmp_path_factory.mktemp("long")
    (folder / "corpus").mkdir()
    lines = [f"{n}. Gate {n} opens." for n in range(1, WHOLE + 2)]
    with open_inline(Settings(folder / "corpus", folder / "data", public_url=PUBLIC)) as library:
        for text in (lines, [*lines, "The end."]):
            (folder / "corpus" / "long.txt").write_text("Gates\n\n" + "\n\n".join(text))
            library.maintenance.sync()
        yield create_app(library).test_client()


@pytest.mark.parametrize("below", ["", "/texts"])  # a proxy takes the path away, or leaves it
def test_the_public_address_is_in_all_that_is_given_away(served: Any, below: str) -> None:
    client = served(public_url=PUBLIC)
    page = client.get(below + "/d/note/para-1").text
    assert f'<link rel="canonical" href="{PUBLIC}/d/note/para-1">' in page
    assert f"“A Note”, ¶ 1, {PUBLIC}/d/note/para-1@1" in page
    assert 'href="/texts/help"' in page
    history = client.get(below + "/d/note/para-1/history").text
    assert f'<link rel="canonical" href="{PUBLIC}/d/note/para-1/history">' in history
    found = client.get(below + "/api/v1/search?q=gate").get_json()
    assert found["passages"][0]["url"] == f"{PUBLIC}/d/note/para-1@1"


@pytest.mark.parametrize(
    ("asked", "canonical"),
    [
        ("/d/long", "/d/long"),
        ("/d/long?part=1", "/d/long"),
        ("/d/long?part=2", "/d/long?part=2"),
        ("/d/long?part=2&q=gate", "/d/long?part=2"),
        ("/d/long@1?part=2", "/d/long@1?part=2"),
        (f"/d/long/para-{PART + 1}", f"/d/long/para-{PART + 1}"),
    ],
)
def test_each_part_of_a_long_document_is_canonical(
    long: FlaskClient, asked: str, canonical: str
) -> None:
    page = long.get(asked).text
    assert f'<link rel="canonical" href="{PUBLIC}{canonical}">' in page


@pytest.mark.parametrize(
    ("host", "settings", "status"),
    [
        ("localhost", {}, 200),
        ("LOCALHOST:8000", {}, 200),
        ("127.0.0.1:8000", {}, 200),
        ("[::1]:8000", {}, 200),
        ("192.0.2.7", {}, 200),
        ("evil.example", {}, 400),
        ("localhost.evil.example", {}, 400),
        ("library.example.org", {}, 400),
        ("library.example.org", {"public_url": PUBLIC}, 200),
        ("library.example.org", {"hosts": "a.example, library.example.org"}, 200),
        ("archive", {"host": "archive"}, 200),
        ("other", {"host": "archive"}, 400),
    ],
)
def test_a_foreign_host_is_refused(
    served: Any, host: str, settings: dict[str, str], status: int
) -> None:
    answer = served(**settings).get("/", headers={"Host": host})
    assert answer.status_code == status
    if status != 200:
        assert "setting hosts" in answer.text


@pytest.mark.parametrize(
    ("peer", "trusted", "told"),
    [
        (LOCAL, "127.0.0.1", "https://library.example.org"),
        (FAR, "127.0.0.1, 192.0.2.0/24", "https://library.example.org"),
        (FAR, "127.0.0.1", "http://localhost"),
        (LOCAL, "", "http://localhost"),
    ],
)
def test_only_a_trusted_proxy_is_believed(
    served: Any, peer: dict[str, str], trusted: str, told: str
) -> None:
    client = served(trusted_proxies=trusted, hosts="library.example.org")
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "library.example.org"}
    page = client.get("/d/note/para-1", headers=forwarded, environ_overrides=peer).text
    assert f'<link rel="canonical" href="{told}/d/note/para-1">' in page


def test_a_proxy_cannot_bring_a_foreign_host(served: Any) -> None:
    client = served(trusted_proxies="127.0.0.1")
    forwarded = {"X-Forwarded-Host": "evil.example"}
    assert client.get("/", headers=forwarded, environ_overrides=LOCAL).status_code == 400


@pytest.mark.parametrize(
    ("settings", "warns"),
    [
        ({}, False),
        ({"host": "localhost"}, False),
        ({"host": "::1"}, False),
        ({"host": "0.0.0.0"}, True),
        ({"host": "archive.example"}, True),
        ({"host": "0.0.0.0", "public_url": PUBLIC}, False),
    ],
)
def test_who_listens_beyond_the_machine_is_told_of_public_url(
    settings: dict[str, str], warns: bool
) -> None:
    warning = Reach(Settings(**settings)).warning()  # type: ignore[arg-type]
    assert bool(warning) == warns
    assert warns == ("PILCROW_PUBLIC_URL" in warning)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("public_url", "library.example.org"),
        ("public_url", "ftp://library.example.org"),
        ("public_url", "https://library.example.org/?a=b"),
        ("public_url", "https://user@library.example.org"),
        ("hosts", "https://library.example.org"),
        ("trusted_proxies", "proxy"),
    ],
)
def test_settings_that_cannot_be_are_refused(name: str, value: str) -> None:
    with pytest.raises(BadSetting, match=name):
        load_settings({name: value}, {})
