"""What hostile authors and visitors write stands on every page as text, and is never markup."""

from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from indexer.credentials import Tokens
from indexer.library import Library
from tests.helpers.besieged import NO_NAME, besieged, page_of_all
from tests.helpers.intrusions import intrusions
from tests.helpers.vectors import VECTORS
from tests.test_web_uploads import csrf, form, sign_in
from web.app import create_app

pytestmark = pytest.mark.slow

ALL = ("/", "/documents", "/search?q=lamp&size=100", "/search?q=lamp&view=lines", "/coverage",
    "/formulas", "/kept", "/check", "/help", "/compare", "/nothing", "/d/all", "/d/all@1",
    "/compare?from=all@1&to=all@2", "/search?q=lamp&size=100&sort=newest",
    *(f"/search/values?q=lamp&of={facet}" for facet in ("publisher", "tag", "language", "in")),
)  # fmt: skip
CHOSEN = [VECTORS[name] for name in VECTORS if "quotes" in name or "image" in name][:15]
EACH = ("", "@1", "/p1", "/p1@1", "/p2@1", "/p1/history", "/p1/cite", "/p1@1/cite", "/p1/wording",
    "/p1/related", "/para-1", "/para-1@1", "/para-1/history", "/para-1/cite", "/para-1/wording",
)  # fmt: skip
ASKING = ("/search?q=lamp+{}&view=lines", "/search?q=lamp&sort={0}&size={0}&page={0}&at={0}",
    "/search?q=publisher:{0}+tag:{0}+in:{0}", "/search/values?q={0}&of=publisher", "/cite?q={}",
    "/documents?q={0}&publisher={0}&page={0}", "/compare?from={0}&to={0}", "/d/{}", "/d/all/{}",
    "/d/all/p1/in/{}", "/beside/all/{}", "/{}", "/original/{}", "/d/all?part={0}",
    "/formulas?{0}={0}", "/search?q=lamp&view={}", "/upload?{0}",
)  # fmt: skip


@pytest.fixture(scope="module")
def client(hostile: Library) -> FlaskClient:
    return create_app(hostile).test_client()


def test_a_page_that_was_broken_into_is_seen() -> None:
    """Each of VECTORS that a browser takes for markup, were it not escaped."""
    caught = [name for name, vector in VECTORS.items() if intrusions(f"<p>{vector}</p>")]
    assert len(caught) > 90
    for name in ("double quotes", "double quotes and an end", "every quote"):
        assert intrusions(f'<p title="{VECTORS[name]}">')
    for address in (
        "javascript:x",
        " java\tscript:x",
        "//canary.test",
        "\\\\canary.test",
        "data:x",
    ):
        assert intrusions(f'<a href="{address}">x</a>')
    assert intrusions("<p>&lt;img src=x&gt;</p><a href='/x?y' class='z'>x</a>") == []


@pytest.mark.parametrize("address", ALL)
def test_pages_that_show_many_documents(client: FlaskClient, address: str) -> None:
    assert intrusions(client.get(address, follow_redirects=True).text) == []


@pytest.mark.parametrize("vector", VECTORS.values(), ids=VECTORS)
def test_what_is_asked_stands_in_the_box(client: FlaskClient, vector: str) -> None:
    answer = client.get(f"/search?q=x{quote(vector)}")
    assert answer.status_code == 200
    assert intrusions(answer.text) == []
    box = LexborHTMLParser(answer.text).css_first("#_q")
    assert box is not None
    shown = str(box.attributes["value"])
    assert "".join(shown.split()) == "".join(f"x{vector}".replace("\0", "\ufffd").split())


@pytest.mark.parametrize("name", ["every quote", "address that breaks out", "javascript"])
@pytest.mark.parametrize("address", ASKING)
def test_what_is_asked_elsewhere(client: FlaskClient, address: str, name: str) -> None:
    answer = client.get(address.format(quote(VECTORS[name], safe="")))
    assert answer.status_code < 500
    assert intrusions(answer.text) == []


def test_a_preview_of_what_is_sent(library: Library) -> None:
    """Names, titles and paragraphs of all vectors, before anybody has confirmed them."""
    client, token = create_app(library).test_client(), Tokens(library.settings.data).make("one")
    sign_in(client, token)
    files = [(f"{NO_NAME.sub('_', each)[:40]}.txt", f"{each} lamp\n") for each in CHOSEN]
    data = {**form([*files, ("all.html", page_of_all(1))]), "csrf_token": csrf(client)}
    shown = client.post("/upload", data=data, follow_redirects=True)
    assert shown.status_code == 200
    assert shown.text.count("lamp") > len(CHOSEN)
    assert intrusions(shown.text) == []


def slugs(library: Library) -> list[str]:
    return [document.slug for document in library.newest(1_000)]


def test_pages_of_a_few_documents(client: FlaskClient, hostile: Library) -> None:
    chosen = [slug for slug in slugs(hostile) if slug[:3].isdigit() and int(slug[:3]) % 40 == 0]
    assert len(chosen) == 4
    for slug in chosen:
        assert_untouched(client, slug)


def test_pages_of_every_document(tmp_path: Path) -> None:
    with besieged(tmp_path, raw=True) as library:
        client = create_app(library).test_client()
        for slug in slugs(library):
            assert_untouched(client, slug)
        for vector in VECTORS.values():
            for address in ASKING:
                answer = client.get(address.format(quote(vector, safe="")))
                assert (answer.status_code < 500, intrusions(answer.text)) == (True, [])


def assert_untouched(client: FlaskClient, slug: str) -> None:
    shown = 0
    for place in EACH:
        answer = client.get(f"/d/{slug}{place}")
        shown += answer.status_code == 200
        assert (place, intrusions(answer.text)) == (place, [])
    assert shown >= 3
    both = client.get(f"/compare?from={slug}@1&to={slug}@2")
    assert (slug, intrusions(both.text)) == (slug, [])
