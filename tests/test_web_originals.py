"""The original file of a document: shown, downloaded, shut in, and never from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from tests.helpers.inline import open_inline
from web.app import create_app

SECRET = "The key is under the mat."


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    (folder / "deep").mkdir(parents=True)
    (folder / "page.html").write_text("<title>Gate</title><p>The gate opens.<script>1</script>")
    (folder / "note.txt").write_text("A Note\n\n1. The gate opens.")
    (folder / "deep" / "greeting.txt").write_text("A Greeting\n\n1. The gate opens.")
    return folder


@pytest.fixture
def client(corpus: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    with open_inline(Settings(corpus, tmp_path / "data")) as library:
        library.maintenance.sync()
        yield create_app(library).test_client()


@pytest.mark.parametrize(
    ("slug", "file", "mimetype"),
    [
        ("page", "page.html", "text/html"),
        ("note", "note.txt", "text/plain"),
        ("deep-greeting", "deep/greeting.txt", "text/plain"),
    ],
)
def test_it_is_shown_and_downloaded(
    client: FlaskClient, corpus: Path, slug: str, file: str, mimetype: str
) -> None:
    assert f"/original/{slug}" in client.get(f"/d/{slug}").text
    with client.get(f"/original/{slug}") as shown:
        assert (shown.mimetype, shown.data) == (mimetype, (corpus / file).read_bytes())
        assert "attachment" not in shown.headers["Content-Disposition"]
    with client.get(f"/original/{slug}?download=1") as kept:
        assert kept.headers["Content-Disposition"].startswith("attachment")


def test_a_page_is_shut_in(client: FlaskClient) -> None:
    with client.get("/original/page") as page:
        assert page.headers["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
        assert page.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("name", ["note.txt", "deep"])
def test_what_has_become_a_link_is_not_followed(
    client: FlaskClient, corpus: Path, tmp_path: Path, name: str
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "greeting.txt").write_text(SECRET)
    place = corpus / name
    place.rename(tmp_path / "moved")
    place.symlink_to(outside / "greeting.txt" if name == "note.txt" else outside)
    slug = "note" if name == "note.txt" else "deep-greeting"
    answer = client.get(f"/original/{slug}")
    assert answer.status_code == 404
    assert SECRET not in answer.text
    assert "no longer in the corpus folder" in answer.text


@pytest.mark.parametrize("slug", ["none", "..%2fdata%2fpilcrow.db", "page@1"])
def test_what_is_no_document_has_no_file(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/original/{slug}").status_code == 404
