"""The change log as Atom feeds: of all documents, of one, of a search."""

import shutil
import sqlite3
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.library import Library
from tests.conftest import EVERY_ENGINE, Write
from tests.helpers.inline import open_inline
from web import feeds
from web.app import create_app

ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "http://localhost"
GATE = "The Gate of the Canal\n\n1. The gate opens at {}.\n\n2. The keeper closes it at nightfall."


def feed(client: FlaskClient, address: str) -> Element:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    return ElementTree.fromstring(answer.data)


def titles(found: Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title", "") for entry in found.iter(f"{ATOM}entry")]


def names(found: Element) -> list[str]:
    return [entry.findtext(f"{ATOM}id", "") for entry in found.iter(f"{ATOM}entry")]


def said(found: Element, at: int = 0) -> str:
    return " ".join(list(found.iter(f"{ATOM}entry"))[at].itertext())


def link(found: Element, rel: str) -> str:
    links = {each.get("rel"): each.get("href", "") for each in found.findall(f"{ATOM}link")}
    return links.get(rel, "").removeprefix(HOST)


def walked(client: FlaskClient, address: str) -> list[Element]:
    """The feed and all its archives, the newest first."""
    parts = [feed(client, address)]
    while before := link(parts[-1], "prev-archive"):
        parts.append(feed(client, before))
    return parts


@pytest.fixture
def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


def lived(library: Library, write: Write, corpus: Path) -> None:
    """A document that came, changed, went, came back, moved and changed once more."""
    for hour in ("dawn", "noon"):
        write("gate.txt", GATE.format(hour))
        library.maintenance.sync()
    (corpus / "gate.txt").unlink()
    library.maintenance.sync()
    write("gate.txt", GATE.format("noon"))
    library.maintenance.sync()
    (corpus / "gate.txt").rename(corpus / "lock.txt")
    library.maintenance.sync()
    write("lock.txt", GATE.format("one"))
    library.maintenance.sync()


LIFE = [
    "Changed: The Gate of the Canal",
    "Moved: The Gate of the Canal",
    "Back: The Gate of the Canal",
    "Withdrawn: The Gate of the Canal",
    "Changed: The Gate of the Canal",
    "New: The Gate of the Canal",
]


@pytest.mark.parametrize("address", ["/documents.atom", "/feed/lock", "/feed/gate"])
def test_all_that_happened_is_there_the_newest_first(
    client: FlaskClient, library: Library, write: Write, corpus: Path, address: str
) -> None:
    lived(library, write, corpus)
    found = feed(client, address)
    assert titles(found) == LIFE
    assert len(set(names(found))) == len(LIFE)
    assert all(name.startswith("urn:uuid:") for name in names(found))
    at = [entry.findtext(f"{ATOM}updated", "") for entry in found.iter(f"{ATOM}entry")]
    assert at == sorted(at, reverse=True)
    assert found.findtext(f"{ATOM}updated") == at[0]
    assert "Edition 2: 1 reworded." in said(found, 4)
    for entry in found.iter(f"{ATOM}entry"):
        place = link(entry, "alternate")
        assert client.get(place).status_code in (200, 301, 410)


def test_names_stay_while_the_log_grows(
    client: FlaskClient, library: Library, write: Write
) -> None:
    write("gate.txt", GATE.format("dawn"))
    library.maintenance.sync()
    before = feed(client, "/documents.atom")
    write("tide.txt", "The Tide\n\n1. The tide comes twice a day.")
    library.maintenance.sync()
    library.maintenance.rebuild()
    after = feed(client, "/documents.atom")
    assert names(after)[1:] == names(before)
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")


@pytest.mark.parametrize("address", ["/documents.atom", "/search.atom?q=herring"])
def test_who_follows_the_archives_misses_nothing(
    client: FlaskClient,
    library: Library,
    write: Write,
    monkeypatch: pytest.MonkeyPatch,
    address: str,
) -> None:
    monkeypatch.setattr(feeds, "BLOCK", 3)
    known: dict[str, str] = {}  # a reader's archives, by address, as it fetched them once
    entries: set[str] = set()
    for number in range(14):
        write(f"{number:02}.txt", f"Note {number}\n\n1. A herring number {number} swims.")
        library.maintenance.sync()
        newest = feed(client, address)
        entries |= set(names(newest))
        before = link(newest, "prev-archive")
        while before and before not in known:
            part = feed(client, before)
            known[before] = client.get(before).text
            entries |= set(names(part))
            before = link(part, "prev-archive")
    parts = walked(client, address)
    everything = [title for part in parts for title in titles(part)]
    assert everything == [f"New: Note {number}" for number in reversed(range(14))]
    assert entries == {name for part in parts for name in names(part)}
    oldest = parts[-1]
    assert link(oldest, "next-archive") == link(parts[-2], "self")
    assert link(oldest, "current") == address
    assert client.get(f"{link(oldest, 'self').rpartition('=')[0]}=99").status_code == 404


def test_a_document_with_a_long_life_has_archives(
    client: FlaskClient, library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "BLOCK", 2)
    for hour in range(7):
        write("gate.txt", GATE.format(f"{hour} o'clock"))
        library.maintenance.sync()
    parts = walked(client, "/feed/gate")
    assert [len(titles(part)) for part in parts] == [3, 2, 2]
    assert titles(parts[-1])[-1] == "New: The Gate of the Canal"


@EVERY_ENGINE
def test_a_search_tells_what_came_and_what_went(
    client: FlaskClient, library: Library, write: Write, corpus: Path
) -> None:
    write("tide.txt", "The Tide\n\n1. The tide comes twice a day.")
    lived(library, write, corpus)
    found = feed(client, "/search.atom?q=noon")
    assert titles(found) == [LIFE[0], *LIFE[1:5]]
    assert "Matched, and gone or reworded: 1 paragraph" in said(found, 0)
    assert "Matched, and gone or reworded: 1 paragraph" in said(found, 3)
    assert "Matching, and new or reworded: 1 paragraph" in said(found, 4)
    assert "The gate opens at noon." in said(found, 4)
    keeper = feed(client, "/search.atom?q=keeper")
    assert titles(keeper) == [*LIFE[1:4], LIFE[5]]  # its paragraph was not touched by the others
    assert titles(feed(client, "/search.atom?q=tide")) == ["New: The Tide"]
    assert titles(feed(client, "/search.atom?q=herring")) == []


@pytest.mark.parametrize("address", ["/documents.atom", "/search.atom?q=gate"])
def test_a_feed_is_not_sent_again_unchanged(
    client: FlaskClient, library: Library, write: Write, address: str
) -> None:
    write("gate.txt", GATE.format("dawn"))
    library.maintenance.sync()
    tag = {"If-None-Match": client.get(address).headers["ETag"]}
    assert client.get(address, headers=tag).status_code == 304
    write("gate.txt", GATE.format("noon"))
    library.maintenance.sync()
    assert client.get(address, headers=tag).status_code == 200


def test_what_is_too_much_to_be_searched_is_said(
    client: FlaskClient, library: Library, write: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.search.since.MOST", 0)
    for hour in ("dawn", "noon"):
        write("gate.txt", GATE.format(hour))
        library.maintenance.sync()
    found = feed(client, "/search.atom?q=noon")
    assert titles(found) == [LIFE[0]]
    assert "only what still stands was searched" in found.findtext(f"{ATOM}subtitle", "")


def test_signs_that_mean_something_in_xml_are_text(
    client: FlaskClient, library: Library, write: Write
) -> None:
    write("a.html", "<h1>Salt &amp; &lt;b&gt;Oil&lt;/b&gt;</h1><p>Oil &lt; salt &amp; water.</p>")
    library.maintenance.sync()
    found = feed(client, "/search.atom?q=oil%01%3Cx%3E")
    assert titles(found) == []
    found = feed(client, "/search.atom?q=oil")
    assert titles(found) == ["New: Salt & <b>Oil</b>"]
    assert "Oil < salt & water." in said(found)


def test_documents_are_followed_without_an_index(
    client: FlaskClient, library: Library, write: Write
) -> None:
    write("gate.txt", GATE.format("dawn"))
    library.maintenance.sync()
    library.engine.close()
    shutil.rmtree(library.settings.data / library.engine.name)
    assert titles(feed(client, "/documents.atom")) == LIFE[5:]
    assert titles(feed(client, "/feed/gate")) == LIFE[5:]


def test_a_feed_of_no_search_is_refused(client: FlaskClient) -> None:
    answer = client.get("/search.atom?q=")
    assert answer.status_code == 400
    assert "/search.atom?q=words" in answer.text
    assert client.get("/feed/nothing").status_code == 404


def test_pages_name_their_feeds(client: FlaskClient, library: Library, write: Write) -> None:
    write("gate.txt", GATE.format("dawn"))
    library.maintenance.sync()
    kind = 'type="application/atom+xml"'
    assert f'{kind} title="This search" href="/search.atom?q=gate%20noon"' in (
        client.get("/search?q=gate+noon").text
    )
    assert f'{kind} title="This document" href="/feed/gate"' in client.get("/d/gate/para-1").text
    assert f'{kind} title="Documents: new, changed, withdrawn" href="/documents.atom"' in (
        client.get("/documents").text
    )


def test_a_store_that_was_made_before_is_followed_from_now_on(
    settings: Settings, write: Write
) -> None:
    with open_inline(settings):
        pass
    with sqlite3.connect(settings.data / "pilcrow.db") as connection:
        connection.execute("DROP INDEX changes_by_document")
        connection.execute("ALTER TABLE editions DROP COLUMN digest")
        for column in ("document", "happening", "edition", "at"):
            connection.execute(f"ALTER TABLE changes DROP COLUMN {column}")
        connection.execute("INSERT INTO changes (slug) VALUES ('old')")
        connection.execute("UPDATE facts SET value = '5' WHERE name = 'schema'")
    write("gate.txt", GATE.format("dawn"))
    with open_inline(settings, upgrades=True) as library:
        library.maintenance.sync()
        assert titles(feed(create_app(library).test_client(), "/documents.atom")) == LIFE[5:]
