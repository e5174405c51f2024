"""What is in a library, what is not and how fresh it is: the page and its JSON."""

from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.document import Failure
from indexer.library import Library
from indexer.processes.lock import present
from tests.conftest import Write
from tests.helpers.stores import STORES
from web.app import create_app


@pytest.fixture(params=STORES)
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def client(library: Library, write: Write) -> FlaskClient:
    rules = (
        f"{n}. The keeper opens gate {n} at dawn and closes it at night." for n in (1, 2, 4, 5)
    )
    write("gate.txt", "\n\n".join(["The Gate", *rules]))
    write("gate.txt.meta.yaml", "date: 2008-05-02\npublisher: Harbour Office\nlanguage: en\n")
    write("b.c/tide.MD", "# The Tide\n\nThe tide comes in twice a day.\n")
    write("b.c/tide.MD.meta.yaml", "date: '2019'\nlanguage: en\n")
    write("porte.html", "<h1>La porte</h1><p>La porte du canal ouvre au point du jour.</p>")
    write("porte.html.meta.yaml", "language: fr\npublisher: Harbour Office\n")
    write("broken.docx", b"no archive")
    library.maintenance.sync()
    return create_app(library).test_client()


def by_value(shares: list[dict[str, Any]]) -> dict[str, int]:
    return {share["value"]: share["documents"] for share in shares}


def test_what_is_in_is_counted(client: FlaskClient, library: Library) -> None:
    found = client.get("/api/v1/coverage").get_json()
    assert found["documents"] == 3
    assert found["passages"] == library.info().passages
    assert by_value(found["languages"]) == {"en": 2, "fr": 1}
    assert by_value(found["publishers"]) == {"Harbour Office": 2, "": 1}
    assert by_value(found["years"]) == {"": 1, "2008": 1, "2019": 1}
    assert by_value(found["formats"]) == {"txt": 1, "md": 1, "html": 1}
    assert (found["first_date"], found["last_date"]) == ("2008-05-02", "2019")
    for kind in ("languages", "publishers", "years", "formats"):
        assert sum(share["passages"] for share in found[kind]) == found["passages"]


def test_what_could_not_be_read_is_named_with_the_reason(
    client: FlaskClient, library: Library
) -> None:
    found = client.get("/api/v1/coverage").get_json()
    assert found["files_unread"] == 1
    reason = library.info().failures["broken.docx"]
    assert found["failures"] == [{"file": "broken.docx", "reason": reason}]
    page = client.get("/coverage").text
    assert "<code>broken.docx</code>" in page
    assert "2 May 2008 to 2019" in page


def test_documents_with_notes_are_named(client: FlaskClient, library: Library) -> None:
    noted = library.noted()
    assert noted
    found = client.get("/api/v1/coverage").get_json()
    assert found["documents_noted"] == len(noted)
    assert [each["notes"] for each in found["noted"]] == [list(each.notes) for each in noted]
    assert found["noted"][0]["address"] == f"/d/{noted[0].slug}"


def test_no_place_of_the_machine_is_told(
    client: FlaskClient, library: Library, corpus: Path
) -> None:
    with library._store.writing() as transaction:
        transaction.tried("x.pdf", Failure(f"{corpus}/x.pdf cannot be opened in {corpus}"))
    for address in ("/coverage", "/api/v1/coverage"):
        said = client.get(address).text
        assert "x.pdf cannot be opened in …" in said
        assert str(corpus) not in said
        assert str(library.settings.data) not in said


def test_it_says_how_fresh_it_is(client: FlaskClient, library: Library) -> None:
    found = client.get("/api/v1/coverage").get_json()
    assert found["searchable"] is True
    assert found["behind"] == 0
    assert found["changed_at"] == library.info().synced_at
    assert found["synced_at"] >= found["changed_at"]


def test_it_says_whether_a_watcher_runs(client: FlaskClient, library: Library) -> None:
    def since() -> str:
        return str(client.get("/api/v1/coverage").get_json()["watched_since"])

    assert not since()
    with present(library.settings.data, "watcher"):
        began = since()
        assert began
        with present(library.settings.data, "watcher"):
            assert since() == began
        assert since() == began
        assert "followed since" in client.get("/coverage").text
    assert not since()
    (library.settings.data / "watcher").write_text("2020-01-01T00:00:00+00:00")  # it was killed
    assert not since()


def test_withdrawn_documents_are_counted(
    client: FlaskClient, library: Library, corpus: Path
) -> None:
    (corpus / "porte.html").unlink()
    library.maintenance.sync()
    found = client.get("/api/v1/coverage").get_json()
    assert (found["documents"], found["withdrawn"]) == (2, 1)
    assert by_value(found["languages"]) == {"en": 2}


def test_an_empty_library_has_a_page(library: Library) -> None:
    client = create_app(library).test_client()
    assert client.get("/coverage").status_code == 200
    assert client.get("/coverage?page=2").status_code == 404


def test_every_page_leads_there(client: FlaskClient) -> None:
    for address in ("/", "/documents", "/search?q=gate", "/d/gate"):
        assert 'href="/coverage"' in client.get(address).text
