"""What is sent, and what need not be: compression, `ETag`, `Cache-Control`."""

import re
from collections.abc import Iterator
from pathlib import Path

import brotli  # comes with flask-compress
import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from tests.helpers.inline import open_inline
from web.app import create_app

TEXT = "On Gates\n\n" + "\n\n".join(f"{n}. Gate {n} opens at dawn." for n in range(1, 40))
PLACES = ["/d/gate", "/d/gate@1", "/d/gate/para-2", "/d/gate/para-2@1"]


class Served:
    """A service over one document that can be changed."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "corpus" / "gate.txt"
        self.file.parent.mkdir()
        self.library = open_inline(Settings(folder / "corpus", folder / "data"))
        self.write(TEXT)
        self.client = create_app(self.library).test_client()

    def write(self, text: str) -> None:
        self.file.write_text(text, encoding="utf-8")
        self.library.maintenance.sync()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    served = Served(tmp_path)
    yield served
    served.library.close()


def tag_of(client: FlaskClient, place: str, **headers: str) -> str:
    answer = client.get(place, headers=headers)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    return str(answer.headers["ETag"])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("encoding", ["identity", "br"])
def test_a_page_that_has_not_changed_is_not_sent_again(
    served: Served, place: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding}
    tag = tag_of(served.client, place, **headers)
    again = served.client.get(place, headers={**headers, "If-None-Match": tag})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", tag)
    served.write(TEXT.replace("Gate 7", "Gate seven"))
    changed = served.client.get(place, headers={**headers, "If-None-Match": tag})
    assert changed.status_code == 200


def test_a_page_with_marks_depends_on_the_index_and_has_no_tag(served: Served) -> None:
    assert "ETag" not in served.client.get("/d/gate?q=dawn").headers


@pytest.mark.parametrize("encoding", ["zstd", "br", "gzip"])
def test_pages_are_compressed(served: Served, encoding: str) -> None:
    plain = served.client.get("/d/gate").data
    answer = served.client.get("/d/gate", headers={"Accept-Encoding": encoding})
    assert answer.headers["Content-Encoding"] == encoding
    assert "Accept-Encoding" in answer.headers["Vary"]
    assert len(answer.data) < len(plain) / 3
    if encoding == "br":
        assert brotli.decompress(answer.data) == plain


def test_pages_with_secrets_are_not_compressed(served: Served) -> None:
    answer = served.client.get("/upload", headers={"Accept-Encoding": "br"})
    assert "Content-Encoding" not in answer.headers


def test_static_files_may_be_kept_for_ever(served: Served) -> None:
    page = served.client.get("/").text
    found = re.findall(r'"(/static/[0-9a-f]{8}/[\w.]+)"', page)
    assert len(found) >= 3
    for place in found:
        with served.client.get(place) as answer:
            kept = answer.headers["Cache-Control"]
        assert "immutable" in kept
        assert "max-age=31536000" in kept
