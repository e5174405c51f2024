"""Searching what stood at a moment: the list that was published can be had again."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from indexer.errors import TooMuchHasChanged
from indexer.index.fields import Facet
from indexer.index.request import Order
from indexer.library import Library
from indexer.search import past as past_module
from indexer.search.past import moment
from tests.conftest import EVERY_ENGINE, Write
from tests.test_web import said
from web.app import create_app

FACETS = {Facet.DOCUMENT: 10, Facet.YEAR: 10, Facet.PUBLISHER: 10}
Day = Callable[[int], str]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-26", "2026-11-26T23:59:59+00:00"),
        ("2026-11-26T10:15:00Z", "2026-11-26T10:15:00+00:00"),
        ("2026-11-26T10:15:00+02:00", "2026-11-26T08:15:00+00:00"),
        ("2026-11-26T10:15:00 02:00", "2026-11-26T08:15:00+00:00"),  # a plus in an address
        ("2026-11-26T10:15:00", "2026-11-26T10:15:00+00:00"),
    ],
)
def test_a_day_means_its_end_and_a_moment_itself(text: str, expected: str) -> None:
    assert moment(text) == expected


@pytest.mark.parametrize("text", ["yesterday", "2026-13-01", "2026-11", "26.11.2026"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each parser has words of its own
        moment(text)


def back_date(library: Library, day: int) -> None:
    """Puts all that the last sync wrote onto a day of 2026."""
    at = f"2026-01-{day:02}T12:00:00+00:00"
    with sqlite3.connect(library.settings.data / "pilcrow.db") as db:
        for table, column in (
            ("editions", "at"),
            ("documents", "changed_at"),
            ("absences", "gone"),
            ("absences", "back"),
        ):
            db.execute(
                f"UPDATE {table} SET {column} = ? WHERE {column} > '2026-01-32'",
                (at,),
            )


@pytest.fixture
def through_time(library: Library, write: Write) -> Library:
    """Lamps through five days of January 2026."""
    write("steady.txt", "Steady\n\n1. The lamp burns.\n2. No light here.\n")
    write("steady.txt.meta.yaml", "date: 1998\nlanguage: en\n")
    changing = write("changing.txt", "Changing\n\n1. The lamp was lit.\n2. Ropes.\n")
    write("changing.txt.meta.yaml", "date: 2004\nlanguage: en\npublisher: Old Office\n")
    leaving = write("leaving.txt", "Leaving\n\n1. This lamp leaves.\n")
    write("leaving.txt.meta.yaml", "date: 2010\nlanguage: en\n")
    library.maintenance.sync()
    back_date(library, 1)
    changing.write_text("Changing\n\n1. The torch was lit.\n2. Ropes.\n3. Lamps!\n", "utf-8")
    write("changing.txt.meta.yaml", "date: 2005\nlanguage: en\npublisher: New Office\n")
    library.maintenance.sync()
    back_date(library, 2)
    text = leaving.read_text("utf-8")
    leaving.unlink()
    library.maintenance.sync()
    back_date(library, 3)
    write("new.txt", "New\n\n1. A new lamp.\n")
    write("new.txt.meta.yaml", "date: 2020\nlanguage: en\n")
    library.maintenance.sync()
    back_date(library, 4)
    leaving.write_text(text, "utf-8")
    library.maintenance.sync()
    back_date(library, 5)
    return library


LISTS = {
    0: set(),
    1: {"The lamp burns.", "The lamp was lit.", "This lamp leaves."},
    2: {"The lamp burns.", "Lamps!", "This lamp leaves."},
    3: {"The lamp burns.", "Lamps!"},
    4: {"The lamp burns.", "Lamps!", "A new lamp."},
    5: {"The lamp burns.", "Lamps!", "A new lamp.", "This lamp leaves."},
}


def day(number: int) -> str:
    return moment(f"2026-01-{number:02}") if number else moment("2025-12-31")


@EVERY_ENGINE
def test_a_search_finds_what_stood_then(through_time: Library) -> None:
    for number, expected in LISTS.items():
        found = through_time.search("lamp", facets=FACETS, as_of=day(number))
        assert {hit.passage.passage.text for hit in found.hits} == expected, number
        assert found.total == len(expected)
        every = through_time.every("lamp", as_of=day(number))
        assert {stored.passage.text for _, stored in every} == expected
        lines = through_time.lines("lamp", as_of=day(number))
        assert lines.total == len(expected)
    assert through_time.search("lamp", facets=FACETS).total == 4


@EVERY_ENGINE
def test_counts_and_documents_are_those_of_then(through_time: Library) -> None:
    found = through_time.search("lamp", facets=FACETS, as_of=day(1), order=Order.OLDEST)
    assert [hit.document.metadata.date for hit in found.hits] == ["1998", "2004", "2010"]
    extent = found.extent
    assert extent is not None
    assert (extent.documents, extent.of, extent.first, extent.last) == (3, 3, "1998", "2010")
    assert [c.value for c in found.facets[Facet.PUBLISHER]] == ["Old Office"]
    changed = next(hit for hit in found.hits if hit.document.slug == "changing")
    assert (changed.document.edition, changed.document.metadata.publisher) == (1, "Old Office")
    assert through_time.search("torch", as_of=day(1)).total == 0
    assert through_time.search("torc*", as_of=day(2)).total == 1
    assert through_time.search('publisher:"Old Office" lamp', as_of=day(1)).total == 1
    assert through_time.search('publisher:"Old Office" lamp', as_of=day(2)).total == 0


def test_every_page_of_a_past_list_is_part_of_it(through_time: Library) -> None:
    for order in Order:
        pages = [
            through_time.search("lamp", page, 1, order=order, as_of=day(2)).hits
            for page in (1, 2, 3)
        ]
        assert len({hit.passage.key for hits in pages for hit in hits}) == 3


def test_what_takes_too_long_is_refused(
    through_time: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past_module, "MOST", 1)
    with pytest.raises(
        TooMuchHasChanged, match="2 paragraphs are in documents that have changed since 2026-01-01"
    ):
        through_time.search("lamp", as_of=day(1))
    answer = create_app(through_time).test_client().get("/search?q=lamp&as-of=2026-01-01")
    assert answer.status_code == 422


@pytest.fixture
def client(through_time: Library) -> FlaskClient:
    return create_app(through_time).test_client()


def test_a_page_says_what_can_be_published_and_leads_to_it_again(
    client: FlaskClient, through_time: Library, write: Write
) -> None:
    page = client.get("/search?q=lamp").text
    count = "4 paragraphs in 4 of 4 documents, 1998 to 2020, state of 5 January 2026."
    assert count in said(page)
    (again,) = re.findall(r'href="([^"]*)"[^>]*>Address of this list', page)
    assert again == "http://localhost/search?q=lamp&amp;as-of=2026-01-05T12:00:00Z"
    write("steady.txt", "Steady\n\n1. Nothing of the kind.\n")
    through_time.maintenance.sync()
    assert "3 paragraphs in 3 of 4 documents, 2005 to 2020" in said(
        client.get("/search?q=lamp").text
    )
    later = client.get(again.replace("&amp;", "&")).text
    assert count in said(later)
    assert "As it was on 5 January 2026" in said(later)
    assert 'href="/d/steady/para-1@1"' in later
    assert "The lamp burns." in said(client.get("/d/steady/para-1@1").text)


def test_links_of_a_past_list_stay_in_its_time(client: FlaskClient) -> None:
    page = client.get("/search?q=lamp&as-of=2026-01-01").text
    links = [
        link
        for link in re.findall(r'href="(/search[^"]*)"', page)
        if "lamp" in link and link != "/search?q=lamp"
    ]
    assert links
    assert [link for link in links if "as-of=2026-01-01T23:59:59Z" not in link] == []
    text = client.get("/search/export?q=lamp&as-of=2026-01-01").data.decode("utf-8-sig")
    texts = {row["text"] for row in csv.DictReader(io.StringIO(text))}
    assert texts == LISTS[1]


def test_all_values_of_a_facet_are_those_of_then(client: FlaskClient) -> None:
    page = client.get("/search/values?q=lamp&of=publisher&as-of=2026-01-01&view=lines").text
    assert "Old Office" in said(page)
    assert "New Office" not in said(page)
    assert page.count("&amp;view=lines&amp;as-of=2026-01-01T23:59:59Z") == 2  # and back


def test_no_state_is_said_to_be_later_than_it_is(client: FlaskClient) -> None:
    page = client.get("/search?q=lamp&as-of=2999-01-01").text
    assert "4 paragraphs in 4 of 4 documents" in said(page)
    assert "2999" not in page


@pytest.mark.parametrize("path", ["/search", "/search/export", "/api/v1/search"])
def test_an_address_with_no_moment_is_refused(client: FlaskClient, path: str) -> None:
    answer = client.get(f"{path}?q=lamp&as-of=yesterday")
    assert answer.status_code == 400
    assert "2026-11-26" in answer.text
