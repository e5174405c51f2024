"""Paragraphs are one wording if they share half of their words by threes; a family has a centre."""

import random
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.wording.sketch import SIZE, sketch
from indexer.wording.succession import Taken, TakesUp, nearest
from indexer.wording.threes import ALIKE, share, threes, words_of
from indexer.wording.timeline import Timeline, Use, Wording, Year, before_each, timeline

MANDATE = "Decides to extend the mandate of the Mission until {} and requests a report on it"

words = st.lists(st.sampled_from("abcdefgh"), max_size=40)


def use(key: int, text: str, date: str = "", document: str = "") -> Use:
    return Use(key, document or f"doc-{key}", f"para-{key}", date, f"{key}.", "en", text)


def family(asked: Use, *others: Use) -> Timeline:
    found: dict[tuple[str, ...], list[Use]] = {}
    for each in (asked, *others):
        found.setdefault(tuple(words_of(each.text, each.language)), []).append(each)
    return timeline(asked, found)


def likeness(one: str, other: str, language: str = "en") -> float:
    return share(*(threes(words_of(each, language)) for each in (one, other)))


def test_capitals_and_punctuation_make_no_other_wording() -> None:
    assert likeness("Decides to remain seized;", "DECIDES to remain “seized”.") == 1


def test_a_word_that_is_changed_costs_three_threes() -> None:
    one = " ".join(f"w{n}" for n in range(12))  # ten threes
    assert likeness(one, one.replace("w5", "x")) == pytest.approx(0.7)


def test_the_share_is_of_the_longer_text() -> None:
    part = " ".join(f"w{n}" for n in range(12))
    assert likeness(part, part + " " + " ".join(f"x{n}" for n in range(30))) < ALIKE


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("zh", "决定继续积极处理此案", "决定继续积极处理此事"),
        ("ar", "يقرر أن يبقي المسألة قيد نظره الفعلي", "يُقرِّر أن يبقي المسألة قيد نظره"),
        ("th", "ตัดสินใจที่จะติดตามเรื่องนี้ต่อไป", "ตัดสินใจที่จะติดตามเรื่องนี้"),
        ("tr", "KARARA VARIR VE KONUYU IZLER", "karara varır ve konuyu ızler"),
    ],
)
def test_texts_in_any_script_are_compared(language: str, one: str, other: str) -> None:
    assert likeness(one, other, language) >= ALIKE


@given(words, words)
def test_the_share_is_the_same_from_both_sides(one: list[str], other: list[str]) -> None:
    there, back = share(threes(one), threes(other)), share(threes(other), threes(one))
    assert 0 <= there == back <= 1
    assert share(threes(one), threes(one)) == (1 if one else 0)


@given(words)
def test_a_sketch_is_small_and_of_each_three_once(text: list[str]) -> None:
    assert len(sketch(text)) == min(SIZE, len(threes(text)))
    assert sketch(4 * text) == sketch(3 * text)


def test_a_sketch_is_the_same_in_every_process() -> None:
    """An index that one process has made is asked by another."""
    assert sketch(["decides", "to", "remain", "seized"]) == ["45b6", "1ee7a"]


def test_texts_that_share_half_share_terms_of_the_sketch() -> None:
    chance = random.Random(7)
    found = 0
    for _ in range(300):
        one = [str(chance.random()) for _ in range(60)]
        other = [*one[:45], *(str(chance.random()) for _ in range(15))]
        assert share(threes(one), threes(other)) >= ALIKE
        found += bool(set(sketch(one)) & set(sketch(other)))
    assert found >= 297


def test_a_family_is_centred_on_the_asked_paragraph() -> None:
    """A chain would go on from each to the next, to what has nothing in common with the first."""
    parts = [" ".join(f"w{n}" for n in range(at, at + 20)) for at in range(0, 40, 5)]
    uses = [use(at, text, f"20{at:02}") for at, text in enumerate(parts, start=1)]
    assert all(likeness(a, b) >= ALIKE for a, b in pairwise(parts))
    of = family(*uses)
    assert [each.text for each in of.wordings] == parts[:2]


def test_a_timeline_has_the_same_words_together_by_first_use() -> None:
    first = use(5, MANDATE.format("31 July 2004"), "2004-01-30")
    again = use(9, MANDATE.format("31 JULY 2004"), "2005-02-01")
    other = use(7, MANDATE.format("31 July 2006"), "2006-01-30")
    of = family(other, again, first)
    assert [[each.key for each in wording.uses] for wording in of.wordings] == [[5, 9], [7]]
    assert [wording.is_asked for wording in of.wordings] == [False, True]
    assert (of.first, of.last, of.documents) == (first, other, 3)


def test_years_count_each_document_once() -> None:
    text = MANDATE.format("31 July 2004")
    asked = use(1, text, "2004-01-30", "one")
    others = [
        use(2, text, "2004-01-30", "one"),
        use(3, text, "2004-06", "two"),
        use(4, text.replace("Mission", "Force"), "2004-06", "two"),
        use(5, text.replace("Mission", "Force"), "2005", "three"),
        use(6, text, ""),
    ]
    assert family(asked, *others).years == (Year("2004", 2, 0), Year("2005", 0, 1))


def test_what_has_no_date_comes_last_and_is_neither_first_nor_last_use() -> None:
    text = MANDATE.format("2004")
    dated, undated = use(2, text, "2004"), use(1, text)
    of = family(undated, dated)
    assert of.uses == [dated, undated]
    assert (of.first, of.last) == (dated, dated)


def test_a_paragraph_that_stands_no_more_is_part_of_its_family() -> None:
    asked = use(1, MANDATE.format("2004"), "2004")
    assert timeline(asked, {}).uses == [asked]


def test_each_wording_stands_beside_the_earlier_one_that_is_most_alike() -> None:
    """Two missions use one formula by turns; each goes on from its own."""
    texts = [
        MANDATE.format(date).replace("Mission", mission)
        for date, mission in [
            ("31 July 2004", "Mission in Sudan"),
            ("31 July 2004", "Force in Cyprus"),
            ("31 July 2005", "Mission in Sudan"),
            ("31 July 2005", "Force in Cyprus"),
        ]
    ]
    uses = [use(at, text, f"200{at}") for at, text in enumerate(texts, start=1)]
    wordings = [Wording((each,), 1, is_asked=False) for each in uses]
    assert before_each(wordings) == [None, 0, 0, 1]


def test_the_next_document_takes_up_what_is_particular() -> None:
    own = [threes([f"{n}-{w}" for w in range(10)]) for n in range(10)]
    assert TakesUp(own).by(own[:3]) == Taken(3, 10)
    assert Taken(2, 10).goes_on
    assert not Taken(1, 2).goes_on
    assert not Taken(2, 20).goes_on


def test_the_nearest_text_is_the_one_most_alike() -> None:
    one = threes("abcdef")
    others = [threes("xyz"), threes("abcdz"), threes("abc")]
    assert nearest(one, others) == (1, 0.5)
    assert nearest(one, [threes("xyz")]) == (-1, 0.0)
