"""Queries with conditions put in and taken out, whatever was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.index.fields import Facet
from indexer.query import parse
from indexer.search.narrowing import Narrowing, leaf_of

VALUES = ((Facet.TAG, "cold sea"), (Facet.YEAR, "2019"), (Facet.DOCUMENT, "a-b"))


@pytest.mark.parametrize(
    ("typed", "with_tag"),
    [
        ("ropes", "ropes tag:sea"),
        ("  ropes   masts ", "ropes   masts tag:sea"),
        ("ropes tag:cold", "ropes tag:cold OR tag:sea"),
        ("ropes OR masts", "ropes OR masts tag:sea"),
        ("tag:cold OR tag:warm", "tag:cold OR tag:warm OR tag:sea"),
        ("ropes OR", "tag:sea ropes"),
        ('"ropes', 'tag:sea "ropes"'),
        ("(ropes", "(ropes tag:sea"),
        ("ropes OR date:2018", "ropes OR date:2018 tag:sea"),
        ("ropes tag:", "ropes tag: tag:sea"),
        ("", "tag:sea"),
        ("w " * 32 + "tail", "tag:sea " + "w " * 32 + "tail"),
    ],
)
def test_a_value_is_put_in(typed: str, with_tag: str) -> None:
    assert Narrowing(typed).toggled(Facet.TAG, "sea") == with_tag


@given(
    st.lists(
        st.sampled_from(
            ["ropes", '"a b"', "(", ")", "OR", "-masts", "tag:sea", "date:2018", '"', "in:x", "NOT"]
        ),
        max_size=8,
    ).map(" ".join)
)
def test_what_is_put_in_is_there_and_what_is_taken_out_is_not(typed: str) -> None:
    for facet, value in VALUES:
        put = Narrowing(typed).toggled(facet, value)
        assert Narrowing(put).has(facet, value)
        assert not Narrowing(Narrowing(put).toggled(facet, value)).has(facet, value)


def test_a_condition_within_an_alternative_is_none() -> None:
    assert Narrowing("ropes OR tag:sea").conditions == ()
    assert Narrowing("-tag:sea").conditions == ()


def test_years_are_chosen_instead_of_others() -> None:
    narrowing = Narrowing("ropes date:2018 masts date:2019")
    assert narrowing.chosen(Facet.YEAR, leaf_of(Facet.YEAR, "2020")) == "ropes date:2020 masts"
    assert narrowing.chosen(Facet.YEAR, None) == "ropes masts"
    assert narrowing.without(Facet.YEAR).root == parse("ropes masts").root
