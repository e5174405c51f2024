"""What programs that watch over the service are told."""

from flask.testing import FlaskClient

from indexer.library import Library
from tests.conftest import EVERY_ENGINE, Write
from web.app import create_app

pytestmark = EVERY_ENGINE


def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def test_a_process_that_answers_is_alive_whatever_its_data_are(library: Library) -> None:
    answer = client(library).get("/healthz")
    assert (answer.status_code, answer.json) == (200, {"alive": True})
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_is_ready_once_there_is_an_index(library: Library, write: Write) -> None:
    asked = client(library)
    answer = asked.get("/readyz")
    assert answer.status_code == 503
    assert answer.json == {
        "ready": False,
        "store": True,
        "index": False,
        "passages": 0,
        "behind": 0,
    }
    write("a.txt", "Herrings swim.\n\nCod swims.\n")
    library.maintenance.sync()
    answer = asked.get("/readyz")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.json == {
        "ready": True,
        "store": True,
        "index": True,
        "passages": 2,
        "behind": 0,
    }


def test_it_tells_how_far_the_index_is_behind_the_store(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    position = library.engine.position()
    with library.engine.update() as batch:
        batch.commit(position - 1)
    answer = client(library).get("/readyz")
    assert answer.status_code == 200
    assert answer.get_json()["behind"] == 1


def test_a_store_that_cannot_be_read_is_told(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    library.maintenance.sync()
    asked = client(library)
    library.close()
    for path in library.settings.data.glob("pilcrow.db*"):
        path.write_bytes(b"no database" * 1000)
    answer = asked.get("/readyz")
    assert answer.status_code == 503
    assert (answer.get_json()["store"], answer.get_json()["ready"]) == (False, False)
    assert asked.get("/healthz").status_code == 200
