"""Every engine finds the same passages as every other, with the same scores, whatever is asked."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.index.engine import Engine, Entry
from indexer.index.fields import Facet, Field
from indexer.index.matches import (
    Adjacent,
    AllOf,
    AnyOf,
    Dated,
    Everything,
    Match,
    Near,
    Term,
    Without,
)
from indexer.index.request import Order, Request
from tests.helpers.engines import STARTED, forget, of_each, opened_at, search

pytestmark = pytest.mark.slow

WORDS = "abcdef"

word = st.sampled_from(WORDS)
texts = st.lists(st.lists(word, min_size=1, max_size=10).map(" ".join), min_size=1, max_size=12)
several = st.lists(word, min_size=1, max_size=3).map(tuple)
two = st.tuples(word, word)
weight = st.sampled_from([0.5, 1.0, 3.0])
leaves = st.one_of(
    st.builds(Term, st.sampled_from([Field.STEM, Field.EXACT]), word, weight),
    st.builds(Adjacent, st.just(Field.EXACT), several),
    st.builds(Near, st.just(Field.EXACT), two, st.integers(0, 6)),
    st.sampled_from([Everything(), Dated(20200101, 20201231), Term(Field.LANGUAGE, "en")]),
)
matches = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(AllOf, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(AnyOf, st.lists(inner, max_size=3).map(tuple)),
        st.builds(Without, inner, inner),
    ),
    max_leaves=4,
)


@contextmanager
def some_folder() -> Iterator[Path]:
    """A folder; removed at the end, unless Tantivy's watcher puts a lock file there meanwhile."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def filled(name: str, folder: Path, lines: list[str]) -> Engine:
    engine = opened_at(name, folder)
    with engine.rebuild() as fresh, fresh.update() as batch:
        for key, line in enumerate(lines, start=1):
            even = key % 2 == 0
            entry = Entry(
                key,
                {Field.STEM: line, Field.EXACT: line},
                {Field.LANGUAGE: ["en"] if even else []},
                {Facet.TAG: line.split()[:2]},
                (20200101, 20200131) if even else None,
            )
            batch.put(f"doc-{key}", [entry])
        batch.commit(1)
    return engine


@settings(max_examples=40)
@given(lines=texts, match=matches, boosts=st.lists(matches, max_size=2))
def test_engines_agree(lines: list[str], match: Match, boosts: list[Match]) -> None:
    request = Request(match, tuple(boosts), limit=20, facets=of_each(9))
    with some_folder() as folder:
        engines = [filled(name, folder, lines) for name in STARTED]
        first, *others = [search(engine, request) for engine in engines]
        newest = Request(match, limit=20, order=Order.NEWEST)
        dated, *also_dated = [search(engine, newest) for engine in engines]
        for engine in engines:
            engine.close()
            forget(engine.name, folder)
    scores = {hit.key: hit.score for hit in first.found}
    for other in others:
        assert other.total == first.total == len(scores)
        # Up to ten words; longer texts are rounded by each in its own way.
        assert {hit.key: hit.score for hit in other.found} == pytest.approx(
            scores, rel=1e-3, abs=1e-4
        )
        assert {f: set(c) for f, c in other.facets.items()} == {
            f: set(c) for f, c in first.facets.items()
        }
    for other in also_dated:
        assert [hit.key % 2 for hit in other.found] == [hit.key % 2 for hit in dated.found]


def stands_near(text: list[str], wanted: tuple[str, str], slop: int) -> bool:
    """The contract of `Near`, tried out on every two places."""
    return any(
        (text[one], text[other]) == wanted and abs(one - other) <= slop + 1
        for one, other in permutations(range(len(text)), 2)
    )


@settings(max_examples=40)
@given(
    lines=st.lists(st.lists(word, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=8),
    wanted=two,
    slop=st.integers(0, 4),
)
def test_near_is_what_the_contract_says(
    lines: list[str], wanted: tuple[str, str], slop: int
) -> None:
    near = {key for key, line in enumerate(lines, 1) if stands_near(line.split(), wanted, slop)}
    with some_folder() as folder:
        for name in STARTED:
            engine = filled(name, folder, lines)
            answer = search(engine, Request(Near(Field.EXACT, wanted, slop), limit=20))
            assert {hit.key for hit in answer.found} == near, name
            engine.close()
            forget(name, folder)
