"""What search engines and browsers ask of a site: robots.txt, the sitemap, OpenSearch."""

from collections.abc import Iterator
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.library import Library
from indexer.store import listing
from tests.conftest import Write
from tests.helpers.inline import open_inline
from web.app import create_app

PUBLIC = "https://library.example.org/texts"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
OPENSEARCH = "{http://a9.com/-/spec/opensearch/1.1/}"


@pytest.fixture
def public(settings: Settings) -> Iterator[Library]:
    with open_inline(Settings(settings.corpus, settings.data, public_url=PUBLIC)) as opened:
        yield opened


def locations(client: FlaskClient, address: str) -> list[str]:
    answer = client.get(address)
    assert answer.status_code == 200
    found = ElementTree.fromstring(answer.data).iter(f"{SITEMAP}loc")
    return [place.text or "" for place in found]


def test_the_sitemap_lists_every_document_with_its_whole_address(
    public: Library, write: Write
) -> None:
    write("a & b/gate.txt", "The Gate\n\n1. It opens.")
    write("sea/tide.txt", "The Tide\n\n1. It comes.")
    public.maintenance.sync()
    client = create_app(public).test_client()
    parts = locations(client, "/sitemap.xml")
    assert parts == [f"{PUBLIC}/sitemap-0.xml", f"{PUBLIC}/sitemap-1.xml"]
    found = locations(client, "/sitemap-1.xml")
    assert found == [f"{PUBLIC}/d/{document.slug}" for document in public.documents()]
    assert client.get(found[0].removeprefix(PUBLIC)).status_code == 200
    at = public.documents()[0].changed_at
    assert f"<lastmod>{at}</lastmod>" in client.get("/sitemap-1.xml").text
    for place in locations(client, "/sitemap-0.xml"):
        assert client.get(place.removeprefix(PUBLIC)).status_code == 200
    assert client.get("/sitemap-2.xml").status_code == 404


def test_a_document_stays_in_its_part_while_others_go(
    library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "PART", 2)
    files = [write(f"{n}.txt", f"Note {n}\n\n1. Words of note {n}.") for n in range(5)]
    library.maintenance.sync()
    client = create_app(library).test_client()
    assert len(locations(client, "/sitemap.xml")) == 4
    before = locations(client, "/sitemap-3.xml")
    files[0].unlink()
    files[2].unlink()
    files[3].unlink()
    library.maintenance.sync()
    assert locations(client, "/sitemap-3.xml") == before
    assert [place.rpartition("-")[2] for place in locations(client, "/sitemap.xml")] == [
        "0.xml",
        "1.xml",
        "3.xml",
    ]


def test_an_empty_library_has_a_sitemap_of_its_pages(library: Library) -> None:
    assert len(locations(create_app(library).test_client(), "/sitemap.xml")) == 1


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/", True),
        ("/d/note", True),
        ("/d/note/para-1@2", True),
        ("/search?q=gate", False),
        ("/search/export?q=gate", False),
        ("/api/v1/search", False),
        ("/upload", False),
    ],
)
def test_robots_are_told_what_not_to_fetch(public: Library, path: str, may: bool) -> None:
    said = create_app(public).test_client().get("/robots.txt")
    assert said.mimetype == "text/plain"
    robots = RobotFileParser()
    robots.parse(said.text.splitlines())
    assert robots.can_fetch("any", f"{PUBLIC}{path}") is may
    assert robots.site_maps() == [f"{PUBLIC}/sitemap.xml"]


def test_a_browser_learns_how_to_search_and_to_complete(public: Library, write: Write) -> None:
    write("gate.txt", "The Gatehouse\n\n1. The gatekeeper opens the gate.")
    public.maintenance.sync()
    client = create_app(public).test_client()
    home = client.get("/").text
    assert 'type="application/opensearchdescription+xml" title="Pilcrow" href="/texts/op' in home
    told = ElementTree.fromstring(client.get("/opensearch.xml").data)
    urls = {url.get("type"): url.get("template") or "" for url in told.iter(f"{OPENSEARCH}Url")}
    assert urls["text/html"] == f"{PUBLIC}/search?q={{searchTerms}}"
    suggest = urls["application/x-suggestions+json"].replace("{searchTerms}", "gateh")
    answer = client.get(suggest.removeprefix(PUBLIC))
    assert answer.mimetype == "application/x-suggestions+json"
    query, completions, kinds = answer.get_json(force=True)
    assert query == "gateh"
    assert completions
    assert len(completions) == len(kinds)
