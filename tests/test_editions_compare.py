"""Two editions of a document: what became of each passage."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Kind, Passage, StoredPassage
from indexer.editions.compare import Became, Pair, compare, compare_documents


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


def text(slug: str, *said: str) -> list[StoredPassage]:
    """Passages of a document with ids of their own, so that only texts can pair them."""
    return [
        StoredPassage(at, slug, 1, None, Passage(at, Kind.PARAGRAPH, each, id=f"{slug}{at}"))
        for at, each in enumerate(said, start=1)
    ]


def told(pairs: list[Pair]) -> list[str]:
    """`a1+a2=b1 merged` for each pair."""
    return [
        "+".join(each.passage.id for each in pair.olds)
        + "="
        + "+".join(each.passage.id for each in pair.news)
        + "".join(f" {became}" for became in pair.became)
        for pair in pairs
    ]


GATE = "The gate of the harbour opens at dawn and closes when the last ship has come in."
LAMP = "A keeper lights the lamp on the eastern wall before the sun goes down behind the hills."
ROPE = "Ropes are to be coiled by the boys, and counted by somebody who can write."
OTHER = "Nothing in this act takes away what was granted to fishermen by earlier kings."


@pytest.mark.parametrize(
    ("old", "new", "became"),
    [
        ((GATE, LAMP), (GATE, LAMP), ["a1=b1", "a2=b2"]),
        ((GATE, LAMP), (LAMP, GATE), ["a2=b1 moved", "a1=b2"]),
        ((GATE, ROPE), (GATE, LAMP, ROPE), ["a1=b1", "=b2 added", "a2=b3"]),
        ((GATE, LAMP, ROPE), (GATE, ROPE), ["a1=b1", "a2= retired", "a3=b2"]),
        ((GATE,), (GATE.replace("dawn", "noon"),), ["a1=b1 reworded"]),
        ((f"{GATE} {LAMP}", ROPE), (GATE, LAMP, ROPE), ["a1=b1+b2 split", "a2=b3"]),
        ((GATE, LAMP, ROPE), (GATE, f"{LAMP} {ROPE}"), ["a1=b1", "a2+a3=b2 merged"]),
        ((f"{GATE} {LAMP} {ROPE}",), (GATE, LAMP, ROPE), ["a1=b1+b2+b3 split"]),
        (
            (f"{GATE} {LAMP}",),
            (GATE, LAMP.replace("eastern", "western")),
            ["a1=b1+b2 split reworded"],
        ),
        ((GATE, OTHER), (GATE, LAMP, ROPE), ["a1=b1", "a2= retired", "=b2 added", "=b3 added"]),
    ],
)
def test_two_documents_are_paired_by_their_texts(
    old: tuple[str, ...], new: tuple[str, ...], became: list[str]
) -> None:
    assert told(compare_documents(text("a", *old), text("b", *new))) == became


def test_a_text_in_many_pieces_is_split_though_none_is_most_of_it() -> None:
    pieces = (GATE, LAMP, ROPE, OTHER, "The watch is kept by four who know every ship by name.")
    (pair,) = compare_documents(text("a", " ".join(pieces)), text("b", *pieces))
    assert len(pair.news) == 5
    assert Became.SPLIT in pair.became


def test_a_split_is_found_between_editions_too() -> None:
    old = text("a", f"{GATE} {LAMP}", ROPE)
    new = [*text("a", GATE), *text("b", LAMP)]
    last = replace(old[1], passage=replace(old[1].passage, order=3))
    assert told(compare(old, [*new, last])) == ["a1=a1+b1 split", "a2=a2"]


def test_the_title_at_the_top_of_the_headings_is_no_heading() -> None:
    old, new = text("a", GATE), text("b", GATE)
    old[0] = replace(old[0], passage=replace(old[0].passage, heading=("One", "Gates")))
    new[0] = replace(new[0], passage=replace(new[0].passage, heading=("Two", "Gates")))
    assert told(compare_documents(old, new, ("One", "Two"))) == ["a1=b1"]
    new[0] = replace(new[0], passage=replace(new[0].passage, heading=("Part 1", "GATES")))
    assert told(compare_documents(old, new)) == ["a1=b1"]
    new[0] = replace(new[0], passage=replace(new[0].passage, heading=("Two",)))
    assert told(compare_documents(old, new)) == ["a1=b1 under another heading"]


@given(
    st.lists(st.sampled_from([GATE, LAMP, ROPE, OTHER])),
    st.lists(st.sampled_from([GATE, LAMP, f"{GATE} {LAMP}", OTHER])),
)
def test_every_passage_of_two_documents_is_there_once(old: list[str], new: list[str]) -> None:
    pairs = compare_documents(text("a", *old), text("b", *new))
    assert [each.key for pair in pairs for each in pair.news] == list(range(1, len(new) + 1))
    olds = [each.key for pair in pairs for each in pair.olds]
    assert sorted(olds) == list(range(1, len(old) + 1))
