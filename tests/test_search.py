"""The service on the project's own two documents: what is found, where, and what is marked."""

import hashlib

import pytest

from indexer.library import Library
from tests.conftest import ROOT

CHAIR = "central-asia-japan-2020-chairpersons-statement"
PAGE = "central-asia-japan-2020-tajikistan"


@pytest.mark.parametrize(
    ("query", "addresses"),
    [
        ("Avigan", {f"{CHAIR}/para-5"}),
        ("avigan TABLETS", {f"{CHAIR}/para-5"}),
        ("transit of goods", {f"{PAGE}/p6"}),
        ('"transit of goods"', {f"{PAGE}/p6"}),
        ('"goods of transit"', set()),
        ("30th anniversary", {f"{CHAIR}/para-2", f"{CHAIR}/para-6", f"{PAGE}/p7"}),
        ("ministers' meeting 8th", {f"{CHAIR}/para-{n}" for n in (2, 6, 7)}),
        ("Condolences", set()),
        ("Explosion Beirut", set()),
        ("Read Next", set()),
        ("", set()),
        ("  ?! ", set()),
    ],
)
def test_which_paragraphs_are_found(seeds: Library, query: str, addresses: set[str]) -> None:
    results = seeds.search(query)
    assert {hit.passage.address for hit in results.hits} == {f"/d/{a}" for a in addresses}
    assert results.total == len(addresses)


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("Avigan", ["Avigan"]),
        ("tablet", ["tablets"]),
        ('"Avigan tablets"', ["Avigan tablets"]),
        ("steadfast solidarity", ["steadfast", "solidarity", "solidarity"]),
    ],
)
def test_what_is_marked_is_why_it_was_found(seeds: Library, query: str, marked: list[str]) -> None:
    hit = seeds.search(query).hits[0]
    text = hit.passage.passage.text
    assert [text[start:end] for start, end in hit.marks] == marked


def test_quotes_switch_stemming_off(seeds: Library) -> None:
    assert seeds.search("tablet").total == 1
    assert seeds.search('"tablet"').total == 0


@pytest.mark.parametrize(
    ("slug", "ids", "labels"),
    [
        (CHAIR, [f"para-{n}" for n in range(1, 8)], [f"{n}." for n in range(1, 8)]),
        (PAGE, [f"p{n}" for n in range(1, 8)], [""] * 7),
    ],
)
def test_each_document_has_seven_paragraphs(
    seeds: Library, slug: str, ids: list[str], labels: list[str]
) -> None:
    reading = seeds.document(slug)
    assert [stored.passage.id for stored in reading.passages] == ids
    assert [stored.passage.label for stored in reading.passages] == labels
    assert reading.document.metadata.date == "2020-08-11"
    assert reading.document.metadata.language == "en"


def test_titles_are_found_by_the_reader_or_given(seeds: Library) -> None:
    chair, page = (seeds.document(slug).document.metadata for slug in (CHAIR, PAGE))
    assert chair.title == (
        "Foreign Ministers' Special Video Conference of the "
        '"Central Asia plus Japan" Dialogue: Chairperson\'s Statement'
    )
    assert chair.origins["title"] == "first lines of the text"
    assert page.title.startswith("The Foreign Ministers’ Special Videoconference")
    assert page.origins["title"] == "front matter"


def test_navigation_is_noted_and_not_a_passage(seeds: Library) -> None:
    notes = " ".join(seeds.document(PAGE).document.notes)
    assert "left out as navigation: Read Previous · President Emomali Rahmon" in notes
    assert "left out as the page's date: • May 23, 2024" in notes


@pytest.mark.parametrize(
    ("name", "digest"),
    [
        (f"{CHAIR}.txt", "7d120ca0f5a53bf69e58a0b15545fce45157f70ea5c71bbcc048288fff9bfa4c"),
        (f"{PAGE}.md", "04f6c7f8ad64527bdaf59fb7da6d26e65903da465c377913eeebebddebd9dcfd"),
    ],
)
def test_the_texts_are_word_for_word_as_they_came(name: str, digest: str) -> None:
    data = (ROOT / "corpus" / name).read_bytes()
    body = data.split(b"---\n\n", 1)[1] if name.endswith(".md") else data
    assert hashlib.sha256(body).hexdigest() == digest


def test_a_long_query_is_cut_and_says_so(seeds: Library) -> None:
    results = seeds.search("avigan " + "x" * 100_000)
    assert any("1,000 characters" in notice for notice in results.notices)


def test_an_open_quotation_is_closed_and_says_so(seeds: Library) -> None:
    results = seeds.search('"Avigan tablets')
    assert results.total == 1
    assert results.notices
