"""The conformance suite: what every engine in the table finds, and how it ranks that."""

import math
from itertools import chain

import pytest

from indexer.index.answer import Count
from indexer.index.engine import Engine
from indexer.index.fields import Facet, Field
from indexer.index.matches import Adjacent, AllOf, AnyOf, Dated, Everything, Near, Term, Without
from indexer.index.request import Order, Request
from tests.helpers.engines import TEXTS, Open, entry, found, of_each, search, stem
from tests.helpers.engines import keys as keys_of


def test_an_empty_index_answers(reopen: Open) -> None:
    made = reopen()
    with made.rebuild() as fresh, fresh.update() as batch:
        batch.commit(0)
    assert found(made, stem("minister")) == []
    assert keys_of(made) == {}


@pytest.mark.parametrize(
    ("match", "keys"),
    [
        (stem("transit"), {1, 2}),
        (stem("absent"), set()),
        (AllOf((stem("transit"), stem("minister"))), {1}),
        (AllOf((stem("transit"), stem("absent"))), set()),
        (AnyOf((stem("minister"), stem("goods"))), {1, 2, 3}),
        (AllOf((AnyOf((stem("goods"), stem("trade"))), stem("transit"))), {1, 2}),
        (Adjacent(Field.EXACT, ("transit", "of", "goods")), {2}),
        (Adjacent(Field.EXACT, ("of", "transit")), set()),
        (Adjacent(Field.EXACT, ("minister", "spoke")), {1}),
        (Adjacent(Field.EXACT, ("minister", "absent")), set()),
        (Adjacent(Field.EXACT, ("a", "minister")), {3}),
        (Adjacent(Field.EXACT, ("minister", "minister")), set()),
        (Near(Field.EXACT, ("trade", "minister"), 2), {1}),
        (Near(Field.EXACT, ("trade", "minister"), 1), set()),
        (Near(Field.EXACT, ("transit", "transit"), 3), {2}),
        (Near(Field.EXACT, ("transit", "transit"), 2), set()),
        (Near(Field.EXACT, ("goods", "people"), 3), {2}),
        (Near(Field.EXACT, ("goods", "people"), 2), set()),
        (Without(stem("transit"), stem("minister")), {2}),
        (Without(stem("transit"), stem("absent")), {1, 2}),
        (Without(Everything(), AnyOf((stem("transit"), stem("nothing")))), {3}),
        (AllOf((Everything(), stem("transit"))), {1, 2}),
        (Everything(), {1, 2, 3, 4}),
        (Dated(20200101, 20201231), set()),
    ],
)
def test_matches(engine: Engine, match: object, keys: set[int]) -> None:
    answer = search(engine, Request(match))  # type: ignore[arg-type]
    assert {hit.key for hit in answer.found} == keys
    assert answer.total == len(keys)


def test_more_often_ranks_higher_and_scores_descend(engine: Engine) -> None:
    answer = search(engine, Request(stem("minister")))
    assert [hit.key for hit in answer.found] == [3, 1]
    assert answer.found[0].score > answer.found[1].score > 0


def test_rare_words_weigh_more(engine: Engine) -> None:
    assert found(engine, AnyOf((stem("and"), stem("trade"))))[0] == 1


def test_boosts_raise_but_find_nothing(engine: Engine) -> None:
    boost = Term(Field.STEM, "trade", 50.0)
    assert found(engine, stem("minister"), boosts=(boost,)) == [1, 3]
    assert found(engine, stem("goods"), boosts=(boost,)) == [2]


def test_a_weight_of_a_boost_multiplies(engine: Engine) -> None:
    def score(weight: float) -> float:
        boosts = (Term(Field.STEM, "trade", weight),)
        return search(engine, Request(stem("spoke"), boosts=boosts)).found[0].score

    plain = search(engine, Request(stem("spoke"))).found[0].score
    assert score(2.0) - plain == pytest.approx(2 * (score(1.0) - plain), rel=1e-4)


def test_a_weight_of_a_term_multiplies(engine: Engine) -> None:
    plain, double = (
        search(engine, Request(Term(Field.EXACT, "spoke", weight))).found[0].score
        for weight in (1.0, 2.0)
    )
    assert double == pytest.approx(2 * plain, rel=1e-4)


def test_places_and_filters_score_nothing(engine: Engine) -> None:
    def score(match: object) -> float:
        return search(engine, Request(match)).found[0].score  # type: ignore[arg-type]

    phrase = Adjacent(Field.EXACT, ("of", "goods"))
    near = Near(Field.EXACT, ("goods", "people"), 9)
    for unscored in (phrase, near, Everything()):
        assert score(unscored) == pytest.approx(0, abs=1e-6)
    plain = score(stem("goods"))
    assert score(AllOf((stem("goods"), phrase, near))) == pytest.approx(plain, rel=1e-4)


def test_scores_are_bm25(engine: Engine) -> None:
    lengths = [len(text.split()) for text in TEXTS.values()]
    norm = 1.2 * (0.25 + 0.75 * lengths[0] / (sum(lengths) / 4))
    score = math.log(1 + (4 - 1 + 0.5) / 1.5) * 2.2 / (1 + norm)
    assert search(engine, Request(stem("trade"))).found[0].score == pytest.approx(score, rel=1e-3)


def test_keywords_and_days_are_filters(reopen: Open) -> None:
    made = reopen()
    with made.rebuild() as fresh, fresh.update() as batch:
        batch.put("a", [entry(1, "x", (20200811, 20200811), language="en", tag="sea cold")])
        batch.put("b", [entry(2, "x", (20200101, 20201231), language="fr", label="5")])
        batch.put("c", [entry(3, "x")])
        batch.commit(1)
    for match, keys in (
        (Term(Field.LANGUAGE, "en"), [1]),
        (Term(Field.TAG, "cold"), [1]),
        (Term(Field.LABEL, "5"), [2]),
        (Term(Field.DOCUMENT, "c"), [3]),
        (Dated(20200811, 20200811), [1, 2]),
        (Dated(20200812, 99991231), [2]),
        (Dated(0, 20200101), [2]),
        (Dated(20190101, 20191231), []),
        (AllOf((stem("x"), Dated(20200801, 20200831), Term(Field.LANGUAGE, "en"))), [1]),
    ):
        assert sorted(found(made, match)) == keys
    assert search(made, Request(Term(Field.LANGUAGE, "en"))).found[0].score < 1e-6


FACETED: tuple[tuple[int, str, tuple[int, int] | None, dict[str, str]], ...] = (
    (1, "x", (20200811, 20200811), {"publisher": "MFA", "year": "2020", "tag": "sea cold"}),
    (2, "x", (20190101, 20191231), {"publisher": "UN", "year": "2019", "tag": "sea"}),
    (3, "x", None, {}),
    (4, "x y", (20190101, 20190131), {"publisher": "MFA", "year": "2019"}),
    (5, "y", (20210101, 20210101), {"publisher": "EU", "year": "2021"}),
)


@pytest.fixture
def dated(reopen: Open) -> Engine:
    made = reopen()
    with made.rebuild() as fresh, fresh.update() as batch:
        for key, text, days, fields in FACETED:
            batch.put(f"doc-{key}", [entry(key, text, days, **fields)])
        batch.commit(1)
    return made


def test_facets_count_all_that_match(dated: Engine) -> None:
    answer = search(dated, Request(stem("x"), limit=1, facets=of_each(5)))
    assert answer.facets == {
        Facet.PUBLISHER: (Count("MFA", 2), Count("UN", 1)),
        Facet.YEAR: (Count("2019", 2), Count("2020", 1)),
        Facet.LANGUAGE: (),
        Facet.TAG: (Count("sea", 2), Count("cold", 1)),
        Facet.DOCUMENT: tuple(Count(f"doc-{n}", 1) for n in (1, 2, 3, 4)),
    }
    assert len(answer.found) == 1
    first = search(dated, Request(stem("x"), facets=of_each(1))).facets
    assert first[Facet.YEAR] == (Count("2019", 2),)
    equal = search(dated, Request(stem("y"), facets=of_each(5))).facets
    assert equal[Facet.PUBLISHER] == (Count("EU", 1), Count("MFA", 1))
    none = search(dated, Request(stem("absent"), facets=of_each(5))).facets
    assert not any(none.values())


def test_only_the_facets_asked_for_are_counted(dated: Engine) -> None:
    asked = {Facet.DOCUMENT: 2, Facet.YEAR: 9}
    assert search(dated, Request(stem("x"), facets=asked)).facets == {
        Facet.DOCUMENT: (Count("doc-1", 1), Count("doc-2", 1)),
        Facet.YEAR: (Count("2019", 2), Count("2020", 1)),
    }
    assert search(dated, Request(stem("x"))).facets == {}


def test_many_values_of_equal_counts_are_cut_by_their_order(reopen: Open) -> None:
    made = reopen()
    with made.rebuild() as fresh, fresh.update() as batch:
        for number in range(200, 0, -1):
            texts = ["x"] * (1 + (number == 77))
            batch.put(f"d{number:03}", [entry(number * 2 + n, t) for n, t in enumerate(texts)])
        batch.commit(1)
    counts = search(made, Request(stem("x"), facets={Facet.DOCUMENT: 4})).facets[Facet.DOCUMENT]
    assert [(each.value, each.passages) for each in counts] == [
        *(("d077", 2), ("d001", 1), ("d002", 1), ("d003", 1)),
    ]
    every = search(made, Request(stem("x"), facets={Facet.DOCUMENT: 999})).facets[Facet.DOCUMENT]
    assert len(every) == 200


def test_facets_follow_changes(dated: Engine) -> None:
    with dated.update() as batch:
        batch.drop("doc-1")
        batch.put("doc-6", [entry(6, "x", publisher="MFA")])
        batch.put("doc-4", [entry(7, "x", publisher="UN")])
        batch.commit(2)
    counted = search(dated, Request(stem("x"), facets=of_each(5))).facets[Facet.PUBLISHER]
    assert counted == (Count("UN", 2), Count("MFA", 1))


def test_ranked_by_date_the_undated_come_last(dated: Engine) -> None:
    newest = search(dated, Request(stem("x"), order=Order.NEWEST))
    oldest = search(dated, Request(stem("x"), order=Order.OLDEST))
    assert [hit.key for hit in newest.found] in ([1, 2, 4, 3], [1, 4, 2, 3])
    assert [hit.key for hit in oldest.found] in ([2, 4, 1, 3], [4, 2, 1, 3])
    assert {hit.score for hit in newest.found} == {0.0}
    paged = [
        search(dated, Request(stem("x"), offset=at, limit=1, order=Order.NEWEST)).found[0].key
        for at in range(4)
    ]
    assert paged == [hit.key for hit in newest.found]


def test_titles_are_a_field_of_their_own(reopen: Open) -> None:
    made = reopen()
    with made.rebuild() as fresh, fresh.update() as batch:
        batch.put("a", [entry(1, "text", title="fishing rights")])
        batch.commit(1)
    assert found(made, Term(Field.TITLE, "fishing")) == [1]
    assert found(made, stem("fishing")) == []


def test_pages_follow_one_another(reopen: Open) -> None:
    made = reopen()
    with made.rebuild() as fresh, fresh.update() as batch:
        batch.put("a", [entry(key, "word " * (1 + key % 3) + "x " * key) for key in range(1, 31)])
        batch.commit(1)
    whole = found(made, stem("word"), limit=30)
    pages = [found(made, stem("word"), offset=at, limit=7) for at in range(0, 35, 7)]
    assert list(chain.from_iterable(pages)) == whole
    assert len(set(whole)) == 30
    assert search(made, Request(stem("word"), offset=25, limit=10)).total == 30
    assert found(made, stem("word"), offset=40) == []


def test_pages_of_equal_scores_neither_overlap_nor_skip(reopen: Open) -> None:
    made = reopen()
    with made.rebuild() as fresh, fresh.update() as batch:
        for key in (5, 3, 9, 7):
            batch.put(f"doc-{key}", [entry(key, "same words here")])
        batch.commit(1)
    for key in (8, 1, 6):
        with made.update() as batch:
            batch.put(f"doc-{key}", [entry(key, "same words here")])
            batch.commit(2)
    pages = [found(made, stem("same"), offset=at, limit=2) for at in (0, 2, 4, 6)]
    assert sorted(chain.from_iterable(pages)) == [1, 3, 5, 6, 7, 8, 9]
