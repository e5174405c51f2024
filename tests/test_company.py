"""Passages found together: what one gives the score of another, and which come later."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.library import Library
from indexer.search.company import regularised, vectors
from tests.conftest import EVERY_ENGINE, Write

WORDS = st.lists(st.sampled_from(["sea", "law", "ship", "port", "the"]), max_size=6)


def test_what_is_alike_rises_above_what_stands_alone() -> None:
    texts = [["ropes", "and", "salt"], ["ships", "carry", "iron"], ["ships", "carry", "tea"]]
    alone, first, second = regularised([1.0, 0.99, 0.98], vectors(texts, ["en"] * 3))
    assert alone < second <= first


def test_stopwords_make_nothing_alike() -> None:
    texts = [["the", "ropes"], ["the", "ships"], ["the", "masts"]]
    assert regularised([3.0, 2.0, 1.0], vectors(texts, ["en"] * 3)) == [3.0, 2.0, 1.0]


def test_two_are_left_as_they_are() -> None:
    assert regularised([2.0, 1.0], vectors([["sea"], ["sea"]], ["en", "en"])) == [2.0, 1.0]


@given(st.lists(st.tuples(WORDS, st.floats(0, 100)), max_size=8))
def test_no_score_leaves_the_range(found: list[tuple[list[str], float]]) -> None:
    texts, scores = [text for text, _ in found], [score for _, score in found]
    again = regularised(scores, vectors(texts, ["en"] * len(texts)))
    assert len(again) == len(scores)
    assert all(-1e-6 <= score <= max(scores) + 1e-6 for score in again)


@EVERY_ENGINE
@pytest.mark.parametrize("query", ["climate change", "fighting climate change"])
def test_a_fragment_comes_after_whole_paragraphs(
    write: Write, library: Library, query: str
) -> None:
    whole = (
        "Fighting climate change asks of every State that it burns less coal, plants more forests, "
        "and pays for the dikes of those whose islands are drowning while others wait."
    )
    others = "\n\n".join(f"Speech {n} says much of other things. " * 8 for n in range(5))
    write("doc.txt", f"And fighting climate change.\n\n{whole}\n\n{others}")
    write("doc.txt.meta.yaml", "language: en\n")
    library.maintenance.sync()
    texts = [hit.passage.passage.text for hit in library.search(query).hits]
    assert texts == [whole, "And fighting climate change."]
