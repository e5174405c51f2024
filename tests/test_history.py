"""What is told of a passage's life and of a document's editions, from syncs of real files."""

from itertools import pairwise

import pytest

from indexer.document import Edition, Kind, Metadata, Passage, StoredPassage
from indexer.editions.history import life, successor
from indexer.library import Library
from tests.conftest import Write
from tests.helpers.stores import STORES


@pytest.fixture(params=STORES)
def store_name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


ONE = """On Harbours

1. The parties shall meet once a year in the capital of one of them.
2. Nothing in this treaty prevents a party from withdrawing, if it gives notice of one year.
3. The depositary shall inform all parties of every ratification received.
"""
TWO = ONE.replace("1. The", "1. A ship is any vessel.\n2. The").replace("\n2. Not", "\n3. Not")
TWO = TWO.replace("3. The dep", "4. The dep")
THREE = TWO.replace("of one year", "of six months").replace(TWO[TWO.index("4. ") :], "")
EDITIONS = (ONE, TWO, THREE, TWO)


def sync_all(library: Library, write: Write, *editions: str) -> None:
    for text in editions:
        write("a.txt", text)
        library.maintenance.sync()


def told(library: Library, local_id: str) -> list[str]:
    moments = library.life("a", local_id).moments
    return [f"{moment.edition.number}: {moment.told}" for moment in moments]


def test_what_happens_to_a_paragraph_is_told_edition_by_edition(
    library: Library, write: Write
) -> None:
    sync_all(library, write, *EDITIONS)
    assert told(library, "para-1") == ["1: appeared", "2: renumbered from 1. to 2."]
    assert told(library, "para-2") == [
        "1: appeared",
        "2: renumbered from 2. to 3.",
        "3: reworded",
        "4: reworded",
    ]
    assert told(library, "para-3") == [
        "1: appeared",
        "2: renumbered from 3. to 4.",
        "3: retired",
        "4: returned",
    ]


def test_what_an_edition_did_is_counted(library: Library, write: Write) -> None:
    sync_all(library, write, *EDITIONS)
    assert [each.told for each in library.revisions("a")] == [
        "3 added",
        "1 added",
        "1 reworded, 1 retired",
        "1 reworded, 1 added",
    ]


def test_every_edition_reads_as_it_was(library: Library, write: Write) -> None:
    sync_all(library, write, *EDITIONS)
    for number, text in enumerate(EDITIONS, start=1):
        reading = library.document("a", number)
        lines = [f"{s.passage.label} {s.passage.text}" for s in reading.passages]
        assert "\n".join(("On Harbours\n", *lines, "")) == text
        assert reading.document.edition == number
    for one, other in pairwise(range(1, 5)):
        before = {s.passage.id: s.passage.text for s in library.document("a", one).passages}
        after = {s.passage.id: s.passage.text for s in library.document("a", other).passages}
        assert before.keys() & after.keys()


def test_a_changed_title_is_an_edition_that_rewords_nothing(library: Library, write: Write) -> None:
    sync_all(library, write, ONE, ONE.replace("On Harbours", "On All Harbours"))
    assert library.revisions("a")[1].told == "no paragraph reworded"
    assert library.document("a", 1).document.metadata.title == "On Harbours"
    assert library.document("a").document.metadata.title == "On All Harbours"


def stored(order: int, text: str, local_id: str, until: int | None = None) -> StoredPassage:
    passage = Passage(order, Kind.PARAGRAPH, text, id=local_id)
    return StoredPassage(order, "a", 1, until, passage)


def test_a_row_that_differs_in_its_page_alone_is_no_moment() -> None:
    editions = [Edition(n, Metadata(), "") for n in (1, 2)]
    old = Passage(1, Kind.PARAGRAPH, "Herrings swim.", page=1, id="p1")
    new = Passage(2, Kind.PARAGRAPH, "Herrings swim.", page=2, id="p1")
    rows = [StoredPassage(1, "a", 1, 2, old), StoredPassage(2, "a", 2, None, new)]
    assert [moment.told for moment in life(rows, editions)] == ["appeared"]


def test_a_retired_paragraph_points_to_where_its_words_went() -> None:
    words = "Every ship of a party shall carry a lamp that burns from dusk until dawn"
    retired = stored(2, words + ".", "p2", until=2)
    around = [stored(1, "First.", "p1"), retired, stored(3, "Third.", "p3")]
    now = [stored(1, "First.", "p1"), stored(2, f"{words}, and a bell besides.", "p9")]
    found = successor(retired, around, now)
    assert found is not None
    assert (found.stored.passage.id, found.is_alike) == ("p9", True)


def test_a_retired_paragraph_points_to_what_stood_beside_it() -> None:
    retired = stored(2, "Every ship of a party shall carry a lamp.", "p2", until=2)
    around = [stored(1, "First.", "p1", 2), retired, stored(3, "Third.", "p3")]
    now = [*(stored(n, f"New {n}.", f"p{n + 10}") for n in range(1, 9)), stored(9, "Third.", "p3")]
    found = successor(retired, around, now)
    assert found is not None
    assert (found.stored.passage.id, found.is_alike) == ("p3", False)
    assert successor(retired, around, ()) is None
