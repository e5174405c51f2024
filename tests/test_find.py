"""What is typed → which paragraphs are found, in which tier and order, and what is offered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from indexer.config import Settings
from indexer.library import Library
from indexer.search.service import Results
from tests.helpers.engines import STARTED, reached
from tests.helpers.inline import open_inline

TREATY = """
The parties deposit the instrument with the office.

The deposition of the witness was heard in private.

There is no reason to believe that the harbour was closed.

A believer has his reasons, and the harbour has none.

The café served the harbour master.

The cafe was sold in winter.

Alpha one two three four five omega.

Alpha one two three four five six omega.

Omega one two three alpha.

The colour of the flags and the color of the ropes differ.

See resolution A/RES/70/1 and, on COVID-19, paragraph 12.3.

See resolution 70 of the RES group, and 19 others, 1 of 12.
"""

REPORT = """---
title: Report on Lamps
date: 2021-02
publisher: Bureau of Lights
tags: [sea, night watch]
---

# Lighthouses

The keeper counts the ships.

1. The second keeper counts the boats.

   (a) Boats with sails are counted twice.

## Foghorns

The horn is blown in the harbour.
"""

LETTER = """Letter of the President

Dear parties, the ships are late.
"""


@pytest.fixture(scope="module", params=STARTED)
def acts(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("acts")
    corpus = folder / "corpus"
    corpus.mkdir()
    put(corpus / "treaty.txt", TREATY)
    meta = "title: Harbour Treaty\nlanguage: en\ndate: 2019-05-03\npublisher: Office of Ports\n"
    put(corpus / "treaty.txt.meta.yaml", meta + "tags: [sea, trade]\n")
    put(corpus / "report.md", REPORT)
    put(corpus / "report.md.meta.yaml", "language: en-GB\n")
    put(corpus / "letter.txt", LETTER)
    put(corpus / "letter.txt.meta.yaml", "language: fr\n")
    settings = Settings(corpus=corpus, data=folder / "data", **reached(request.param))
    with open_inline(settings) as library:
        library.maintenance.sync()
        yield library


def put(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def in_full(results: Results) -> set[str]:
    assert results.total == len(results.hits)
    return {short(hit.passage.address) for hit in results.hits}


def short(address: str) -> str:
    return address.removeprefix("/d/").removeprefix("treaty/")


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        # words
        ("deposit", {"p1", "p2"}),
        ("deposited", {"p1", "p2"}),
        ("believing", {"p3", "p4"}),
        ("DEPOSIT Instruments", {"p1"}),
        ("café", {"p5", "p6"}),
        ("cafe", {"p5", "p6"}),
        ("CAFE\u0301", {"p5", "p6"}),
        ("harbour", {"p3", "p4", "p5", "report/p4"}),
        ("the horn", {"report/p4"}),
        ("parties'", {"p1", "letter/p1"}),
        # exact words and phrases
        ('"deposition"', {"p2"}),
        ('"deposit"', {"p1"}),
        ('"Deposited"', set()),
        ('"café"', {"p5"}),
        ('"cafe"', {"p6"}),
        ('"no reason to believe"', {"p3"}),
        ('"reason to believe no"', set()),
        ('"the harbour has"', {"p4"}),
        ('"harbour" "café"', {"p5"}),
        # near
        ('"alpha omega"~5', {"p7", "p9"}),
        ('"omega alpha"~5', {"p7", "p9"}),
        ('"alpha omega"~6', {"p7", "p8", "p9"}),
        ('"alpha omega"~3', {"p9"}),
        ('"alpha omega"~2', set()),
        ('"one alpha"~0', {"p7", "p8"}),
        ('"alpha two omega"~4', {"p7", "p8", "p9"}),  # each near the next
        ('"alpha two omega"~3', {"p7", "p9"}),
        ('in:treaty "the the"~3', {"p1", "p2", "p5", "p10"}),
        # wildcards
        ("depos*", {"p1", "p2"}),
        ("depos*n", {"p2"}),
        ("*position", {"p2"}),
        ("*posi*", {"p1", "p2"}),
        ("colo?r", {"p10"}),
        ("colo?ur", set()),
        ("col??r", {"p10"}),
        ("c*l*r", {"p10"}),
        ("believ*r", {"p4"}),
        ("deposit?o?", {"p2"}),
        ("CAF*", {"p5", "p6"}),
        ("caf?s", set()),
        ("paties*", set()),
        # fuzzy
        ("cafw~", {"p5", "p6"}),
        ("ropse~", {"p10"}),
        ("rpose~", set()),
        ("harbuor~", {"p3", "p4", "p5", "report/p4"}),
        ("hrbuor~", {"p3", "p4", "p5", "report/p4"}),
        ("harbuor~1", {"p3", "p4", "p5", "report/p4"}),
        ("hrbuor~1", set()),
        ("flxgx~", set()),
        # symbols
        ("A/RES/70/1", {"p11"}),
        ("COVID-19", {"p11"}),
        ("12.3", {"p11"}),
        # and, or, not, brackets
        ("harbour master", {"p5"}),
        ("harbour AND master", {"p5"}),
        ("master OR horn", {"p5", "report/p4"}),
        ("harbour master OR horn", {"p5", "report/p4"}),
        ("(harbour master) OR witness", {"p5", "p2"}),
        ("harbour -closed", {"p4", "p5", "report/p4"}),
        ("harbour NOT closed NOT horn", {"p4", "p5"}),
        ("harbour -(closed OR horn)", {"p4", "p5"}),
        ('harbour -"harbour master" -has', {"p3", "report/p4"}),
        ("harbour -clos*", {"p4", "p5", "report/p4"}),
        ("harbour -clsed~", {"p4", "p5", "report/p4"}),
        ("NOT NOT witness", {"p2"}),
        ("witness OR (café -served)", {"p2", "p6"}),
        # fields
        ("title:lamps", {"report/p1", "report/para-1", "report/para-1-a", "report/p4"}),
        ("title:lamp horn", {"report/p4"}),
        ("title:report title:lamp horn", {"report/p4"}),
        ('title:"report on lamps" horn', {"report/p4"}),
        ('title:"lamps report"', set()),
        ("title:(lamp OR harbour) horn", {"report/p4"}),
        ("ships -title:lamps", {"letter/p1"}),
        ("heading:foghorn", {"report/p4"}),
        ('heading:"foghorns"', {"report/p4"}),
        ('heading:"foghorn"', set()),
        ("heading:lighthouse ships", {"report/p1"}),
        ("label:1", {"report/para-1"}),
        ("label:1.", {"report/para-1"}),
        ("label:(a)", {"report/para-1-a"}),
        ("label:1(a)", {"report/para-1-a"}),
        ("label:para-1-a", {"report/para-1-a"}),
        ("label:9", set()),
        ("publisher:lights ships", {"report/p1"}),
        ("publisher:light ships", {"report/p1"}),
        ('publisher:"bureau of lights" ships', {"report/p1"}),
        ("publisher:ports ships", set()),
        ("tag:trade harbour", {"p3", "p4", "p5"}),
        ('tag:"Night  watch" harbour', {"report/p4"}),
        ("tag:night harbour", set()),
        ("lang:en ships", {"report/p1"}),
        ("lang:en-GB harbour", {"report/p4"}),
        ("lang:EN_gb harbour", {"report/p4"}),
        ("lang:fr ships", {"letter/p1"}),
        ("ships -lang:fr", {"report/p1"}),
        ("in:letter ships", {"letter/p1"}),
        ("in:/d/letter ships", {"letter/p1"}),
        ("in:lett ships", set()),
        # dates
        ("date:2019 harbour", {"p3", "p4", "p5"}),
        ("date:2019-05 master", {"p5"}),
        ("date:2019-05-03 master", {"p5"}),
        ("date:2019-05-04 master", set()),
        ("date:2021-02-14 horn", {"report/p4"}),
        ("date:2021-01 horn", set()),
        ("date:2019..2021 harbour", {"p3", "p4", "p5", "report/p4"}),
        ("date:2019-05-04..2021 harbour", {"report/p4"}),
        ("date:2020.. harbour", {"report/p4"}),
        ("date:..2020 harbour", {"p3", "p4", "p5"}),
        ("ships -date:2021", {"letter/p1"}),
        ("ships date:..2050", {"report/p1"}),
    ],
)
def test_which_paragraphs_match_in_full(acts: Library, query: str, ids: set[str]) -> None:
    assert in_full(acts.search(query, size=50)) == ids


@pytest.mark.parametrize(
    "query",
    ["-harbour", "NOT title:x", "-(a OR b)", "date:2019", "lang:en", "tag:sea -tag:trade"],
)
def test_conditions_alone_have_no_second_tier(acts: Library, query: str) -> None:
    results = acts.search(query, size=50)
    assert results.total
    assert not results.partial


@pytest.mark.parametrize(
    ("query", "missing"),
    [
        ("café zebra", {"p5": "zebra", "p6": "zebra"}),
        ("witness served", {"p2": "served", "p5": "witness"}),
        ("witness served -café", {"p2": "served"}),
        ('witness served -"heard in private"', {"p5": "witness"}),
        ("witness served NOT (café OR zebra)", {"p2": "served"}),
        ('witness served "master"', {"p5": "witness"}),
        ("witness served in:report", {}),
        ("witness horn title:lamps", {"report/p4": "witness"}),
        ("witness horn date:2021", {"report/p4": "witness"}),
        ("witness zebr*", {"p2": "zebr*"}),
        ("witness depose* sail*", {"report/para-1-a": "witness, depose*", "p2": "depose*, sail*"}),
        ("witness zebra~", {"p2": "zebra~"}),
        ("witness (zebra OR yak)", {"p2": "zebra or yak"}),
        ("witness A/RES/70/2", {"p2": "A/RES/70/2"}),
        ("the zebra", {}),
    ],
)
def test_the_second_tier_names_what_is_missing(
    acts: Library, query: str, missing: dict[str, str]
) -> None:
    results = acts.search(query)
    assert results.total == 0
    assert results.partial_total == len(missing)
    assert {
        short(hit.passage.address): ", ".join(hit.missing) for hit in results.partial
    } == missing


def test_the_total_counts_full_matches_and_the_rest_apart(acts: Library) -> None:
    results = acts.search("café master")
    assert results.total == 1
    assert results.partial_total == 1
    assert not results.hits[0].missing
    assert all(hit.missing == ("master",) for hit in results.partial)


def test_a_full_page_needs_no_second_tier(acts: Library) -> None:
    assert not acts.search("harbour master", size=1).partial
    assert not acts.search("harbour master", page=2).partial


@pytest.mark.parametrize("query", ["harbour", "deposit", "alpha"])
def test_one_word_has_no_second_tier(acts: Library, query: str) -> None:
    results = acts.search(query)
    assert results.total
    assert not results.partial


def test_headings_and_titles_are_no_full_match(acts: Library) -> None:
    results = acts.search("foghorns")
    assert results.total == 0
    assert [short(hit.passage.address) for hit in results.partial] == ["report/p4"]
    assert results.partial[0].missing == ("foghorns",)
    assert results.partial[0].above == ("foghorns",)


def offers(results: Results) -> dict[str, tuple[str, int]]:
    return {each.text: (each.query, each.total) for each in results.suggestions}


@pytest.mark.parametrize(
    ("query", "text", "offered"),
    [
        ("harbor", "Did you mean harbour?", ("harbour", 4)),
        ("harbor master", "Did you mean harbour?", ("harbour master", 1)),
        ("\u202eharbor  master", "Did you mean harbour?", ("harbour master", 1)),
        ("master -horn harbor", "Did you mean harbour?", ("master -horn harbour", 1)),
        ("witness zebra", "witness alone", ("witness", 1)),
        ("witness zebra", "zebra is in no paragraph", ("", 0)),
        ('"the witness" zebra', '"the witness" alone', ('"the witness"', 1)),
        ('"omega three"~1 zebra', '"omega three"~1 is in no paragraph', ("", 0)),
        ('"alpha omega"~3 zebra', '"alpha omega"~3 alone', ('"alpha omega"~3', 1)),
        ("witness zeb*", "zeb* is in no paragraph", ("", 0)),
        ("witness heard zebra", "Without zebra", ("witness heard", 1)),
        ("witness AND heard AND zebra", "Without zebra", ("witness heard", 1)),
        ("category or witness heard cat", "witness alone", ("witness", 1)),
        (
            '"witness of deposition"',
            '"witness of deposition" as single words',
            ("witness of deposition", 1),
        ),
        ("“deposits”", '"deposits" as single words', ("deposits", 2)),
        ('"alpha omega"~1', '"alpha omega"~1 as single words', ("alpha omega", 3)),
        ("witness date:2021", "Without date:2021", ("witness", 1)),
        ("harbour -the", "Without -the", ("harbour", 4)),
    ],
)
def test_what_is_offered(acts: Library, query: str, text: str, offered: tuple[str, int]) -> None:
    found = offers(acts.search(query))
    assert found[text] == offered


@pytest.mark.parametrize(
    "query",
    [
        *(
            "harbor zebra",
            "witness served zebra",
            '"zebra yak"',
            "zebra",
            "xyz*",
            "date:1900 -harbour",
        ),
        *(
            "a OR b",
            "zebra OR yak",
            "cat category cate",
            '"deposited" title:zebra',
            "ship boat horn café",
        ),
    ],
)
def test_nothing_is_offered_that_finds_nothing(acts: Library, query: str) -> None:
    for each in acts.search(query).suggestions:
        if each.query:
            assert acts.search(each.query).total == each.total > 0
        else:
            assert each.total == 0
            assert acts.search(each.text.removesuffix(" is in no paragraph")).total == 0


def test_nothing_is_ever_applied_silently(acts: Library) -> None:
    assert acts.search("harbor").total == 0


@pytest.mark.parametrize(
    "query", ["x" * 200, f"harbour {'x' * 200}", f'"{"x" * 200}"', f"{'x' * 200}~"]
)
def test_a_word_longer_than_any_is_said_to_be_left_out(acts: Library, query: str) -> None:
    results = acts.search(query)
    assert any("too long for a word" in notice for notice in results.notices)


WORDS = ("harbour", "café", "the", "zebra", "title:", "lang:en", "date:2019", "AND", "OR", "NOT")
TYPED = (*WORDS, *'"()-*?~/1東   ', "~2", "\u0301", "\u202e")


@given(st.one_of(st.text(), st.lists(st.sampled_from(TYPED), max_size=30).map("".join)))
@hypothesis(deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_whatever_is_typed_has_an_answer(acts: Library, text: str) -> None:
    results = acts.search(text)
    assert results.total >= len(results.hits)
    assert results.partial_total >= len(results.partial)
    assert all(hit.missing == hit.above for hit in results.hits)
    for each in results.suggestions:
        assert acts.search(each.query).total == each.total
    keys = [hit.passage.key for hit in (*results.hits, *results.partial)]
    assert len(keys) == len(set(keys))
