"""Two editions of a document: what became of each passage."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Kind, Passage, StoredPassage
from indexer.editions.compare import Became, compare


def edition(text: str) -> list[StoredPassage]:
    """`a=x b=y` as passages with the ids a and b and the texts x and y; a text is also a label."""
    words = [each.partition("=") for each in text.split()]
    return [
        StoredPassage(
            at, "d", 1, None, Passage(at, Kind.PARAGRAPH, said or name, natural_id="", id=name)
        )
        for at, (name, _, said) in enumerate(words, start=1)
    ]


@pytest.mark.parametrize(
    ("old", "new", "became"),
    [
        ("a b", "a b", ["a", "b"]),
        ("a b", "a b=x", ["a", "b reworded"]),
        ("a c", "a b c", ["a", "b added", "c"]),
        ("a b c", "a c", ["a", "b retired", "c"]),
        ("a b c", "b c", ["a retired", "b", "c"]),
        ("a b c d", "a d b c", ["a", "d moved", "b", "c"]),
        ("a b c", "c=x a b", ["c reworded moved", "a", "b"]),
        ("", "a", ["a added"]),
        ("a", "", ["a retired"]),
        ("", "", []),
        ("a b c", "x y", ["a retired", "b retired", "c retired", "x added", "y added"]),
    ],
)
def test_what_became_of_each(old: str, new: str, became: list[str]) -> None:
    pairs = compare(edition(old), edition(new))
    assert [" ".join([pair.shown.passage.id, *pair.became]) for pair in pairs] == became


ORDER = st.lists(st.sampled_from("abcdefgh"), unique=True)


@given(ORDER, ORDER)
def test_every_passage_of_both_is_there_once_in_order(old: list[str], new: list[str]) -> None:
    pairs = compare(edition(" ".join(old)), edition(" ".join(new)))
    assert [pair.new.passage.id for pair in pairs if pair.new] == new
    assert sorted(pair.old.passage.id for pair in pairs if pair.old) == sorted(old)
    stayed = [
        pair.shown.passage.id
        for pair in pairs
        if pair.old and pair.new and Became.MOVED not in pair.became
    ]
    assert stayed == [each for each in old if each in stayed]
