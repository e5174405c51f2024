"""Which paragraphs come first, and what the words of a corpus decide: spellings and limits."""

import pytest

from indexer.library import Library
from tests.conftest import EVERY_ENGINE, Write


@EVERY_ENGINE
def test_headings_help_the_ranking(write: Write, library: Library) -> None:
    write(
        "doc.md", "# Trade\n\nShips carry salt.\n\n# War\n\nShips carry iron.\n\n# Peace\n\nRest."
    )
    library.maintenance.sync()
    first = library.search("ships war").hits[0]
    assert first.passage.passage.heading == ("War",)


@EVERY_ENGINE
@pytest.mark.parametrize(
    ("query", "better", "worse"),
    [
        ("blue lamp", "It was a blue lamp that fell.", "A lamp fell and it was blue."),
        ("blue lamp", "The lamp was blue, then it fell.", "Blue was what fell, it was no lamp."),
        ("lamps", "Some lamps fell.", "Some lamp fell."),
        ("café", "Some café fell.", "Some cafe fell."),
        ("blue lamp", "A lamp and a lamp, blue.", "A lamp and a rope, blue."),
        ("blue", "Blue it is.", "It is what it is, and what it is, is long, and it is blue."),
    ],
)
def test_order(write: Write, library: Library, query: str, better: str, worse: str) -> None:
    others = "\n\n".join(f"Nothing number {n} of this list." for n in range(5))
    write("doc.txt", f"{worse}\n\n{better}\n\n{others}")
    write("doc.txt.meta.yaml", "language: en\n")
    library.maintenance.sync()
    assert [hit.passage.passage.text for hit in library.search(query).hits] == [better, worse]


@pytest.mark.parametrize(
    ("typed", "own", "other", "total"),
    [("Muhriddin", 2, "muhridin", 1), ("Muhridin", 1, "muhriddin", 2)],
)
def test_two_spellings_of_a_name_offer_each_other(
    seeds: Library, typed: str, own: int, other: str, total: int
) -> None:
    results = seeds.search(typed)
    assert results.total == own
    offered = {each.query: each for each in results.suggestions}
    assert offered[other].total == total
    assert offered[other].text == f"Also written {other}"
    assert seeds.search(other).total == total


def test_a_word_found_often_is_no_slip(write: Write, library: Library) -> None:
    write("doc.txt", "\n\n".join([*(f"The lamps of year {n}." for n in range(6)), "The lamp."]))
    library.maintenance.sync()
    assert not library.search("lamps").suggestions


def test_a_wildcard_that_is_too_wide_says_so(write: Write, library: Library) -> None:
    write("doc.txt", "\n\n".join(f"Word{n:03} stands here." for n in range(513)))
    library.maintenance.sync()
    narrow = library.search("word51*")
    assert (narrow.total, narrow.notices) == (3, ())
    wide = library.search("word*")
    assert wide.total == 512
    assert "word* stands for 513 words; the 512 most frequent" in wide.notices[0]


def test_words_beyond_the_limit_of_clauses_still_rank(write: Write, library: Library) -> None:
    many = " ".join(f"w{n}" for n in range(32))
    write("doc.txt", f"{many} here.\n\n{many} lamp.\n\n{many} there.")
    library.maintenance.sync()
    results = library.search(f"{many} lamp")
    assert results.total == 3
    assert results.hits[0].passage.passage.id == "p2"


def test_a_pattern_of_many_stars_takes_no_time(write: Write, library: Library) -> None:
    write("doc.txt", "The word " + "a" * 90 + " stands here.")
    library.maintenance.sync()
    assert library.search("*a" * 60 + "b").total == 0
    assert library.search("*a" * 60 + "*").total == 1
