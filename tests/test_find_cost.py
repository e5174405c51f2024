"""What one query may cost is bounded, and what was cut is said."""

import pytest

from indexer.index.fields import Field
from indexer.index.matches import Adjacent, AllOf, AnyOf, Match, Near, Term, Without
from indexer.library import Library
from indexer.query import parse
from indexer.search.budget import MAX_PATTERNS, MAX_WORDS, Budget
from indexer.search.compiler import QueryCompiler
from indexer.search.vocabulary import Expansion, Known, Vocabulary
from indexer.search.weights import Weights
from tests.conftest import EVERY_ENGINE, Keep, Write
from web.app import create_app

MILL = "The lamp of the mill.\n\nThe mill of the lamp, and of the ferry.\n\nA ferry.\n"


@pytest.fixture(scope="module")
def texts(kept: Keep) -> Library:
    return kept({"a.txt": MILL, "words.txt": " ".join(f"w{n:04}a" for n in range(3_000)) + ".\n"})


def parts(match: Match) -> list[Match]:
    """All that `match` is made of."""
    match match:
        case AllOf(children) | AnyOf(children):
            return [part for child in children for part in parts(child)]
        case Without(wanted, unwanted):
            return [*parts(wanted), *parts(unwanted)]
        case _:
            return [match]


def asked(library: Library, query: str) -> tuple[list[Match], list[str]]:
    """What the engine is asked to match, and what is said of the query."""
    parsed = parse(query)
    found, said = library.service.compile(parsed)
    assert found
    return parts(found.every.match), [each.text for each in (*parsed.diagnostics, *said)]


def test_two_words_that_must_be_near_are_looked_for_once(texts: Library) -> None:
    match, said = asked(texts, '"' + "the of " * 100 + '"~100')
    assert match == [Near(Field.EXACT, ("the", "of"), 100)]
    assert not said


@EVERY_ENGINE
def test_a_phrase_of_the_same_words_again_and_again_is_found(kept: Keep, engine_name: str) -> None:
    mill = kept({"a.txt": MILL}, engine_name)
    assert mill.search('"the of the of the of"').total == 0
    assert mill.search('"of the mill"').total == 1


def test_patterns_are_looked_up_up_to_a_number(texts: Library) -> None:
    match, said = asked(texts, " ".join(f"*{n}a" for n in range(10, 30)))
    assert len({name for name in said if "was left out" in name}) == 1
    assert "*16a was left out: 6 words with *, ? or ~ are the most" in " ".join(said)
    assert len(match) == MAX_PATTERNS * 30  # 30 words end with each


def test_all_patterns_together_stand_for_so_many_words(texts: Library) -> None:
    match, said = asked(texts, " ".join(f"*{n}*" for n in range(10)))
    assert MAX_WORDS <= len(match) <= MAX_WORDS + MAX_PATTERNS * 32
    assert "stands for" in said[0]
    assert "Give more letters." in said[0]


def test_a_pattern_that_is_negated_counts_too(texts: Library) -> None:
    match, _ = asked(texts, "lamp " + " ".join(f"-*{n}*" for n in range(10)))
    assert len(match) <= MAX_WORDS + MAX_PATTERNS * 32 + 10


def test_each_pattern_stands_for_some_words_however_many_others_have(texts: Library) -> None:
    with texts.engine.searcher() as searcher:
        budget = Budget(Weights(searcher, Known()))
        words = tuple(map(str, range(600)))
        sizes = [len(budget.expanded(Expansion(words, 0)).words) for _ in range(4)]
    assert sizes == [512, 256, 32, 32]


def test_phrases_look_at_so_many_places(texts: Library) -> None:
    with texts.engine.searcher() as searcher:  # the: 2 passages, of: 2, ferry: 2, zebra: none
        budget = Budget(Weights(searcher, Known()), places=9)
        assert budget.may_place(("the", "of"), near=True)  # 4 postings
        assert budget.may_place(("of", "the"), near=True)  # the same again
        assert not budget.may_place(("of", "of"), near=True)  # far more work
        assert budget.may_place(("of", "the", "of"))  # twice the fewest, 4
        assert not budget.may_place(("the", "ferry"))
        assert budget.may_place(("the", "ferry", "zebra"))  # which no passage has all of


def test_a_long_quotation_stays_a_phrase(texts: Library) -> None:
    said = "the mill of the lamp and of the ferry"
    match, notices = asked(texts, f'"{said}"')
    assert match == [Adjacent(Field.EXACT, tuple(said.split()))]
    assert not notices


def test_a_word_that_is_repeated_adds_once(texts: Library) -> None:
    found, _ = texts.service.compile(parse('"the of the of the of"'))
    assert found
    assert all(isinstance(boost, Term) for boost in found.every.boosts)
    assert len(found.every.boosts) <= 4


def test_the_page_of_a_query_that_marks_everything_is_small(write: Write, library: Library) -> None:
    for number in range(12):
        write(f"{number}.txt", " ".join(f"aw{n}a" for n in range(600)) + ".\n")
    library.maintenance.sync()
    page = create_app(library).test_client().get("/search?q=a*").text
    assert len(page) < 100_000
    assert page.count("The whole paragraph") == 10


def test_a_suggestion_that_would_have_to_be_cut_is_none(texts: Library) -> None:
    found = texts.search("*1* *2* *3* zebra")
    assert found.total == 0
    said = [each.text for each in found.suggestions]
    assert "zebra is in no paragraph" in said
    assert "*1* alone" not in said  # 813 words, more than are looked for
    assert not [text for text in said if text.endswith("*2* is in no paragraph")]
    assert "lamp alone" in [each.text for each in texts.search("lamp zebra").suggestions]


@pytest.mark.parametrize(
    ("query", "narrows", "is_listed"),
    [
        ("lamp OR mill", True, True),
        (" OR ".join(["lamp", *(f"lamp{n}" for n in range(30))]), True, True),
        ("lamp " * 190, False, True),
        ("lamp OR " + " OR ".join(["กา" * 20] * 20), False, False),
        ("ก" * 5_000 + " OR lamp", False, False),
    ],
)
def test_a_long_query_does_not_fill_the_page_with_links(
    write: Write, library: Library, query: str, narrows: bool, is_listed: bool
) -> None:
    for year in range(1950, 2010):
        write(f"{year}.md", f"---\ndate: {year}\n---\nThe lamp of the mill in {year}.\n")
    library.maintenance.sync()
    page = create_app(library).test_client().get("/search", query_string={"q": query}).text
    assert len(page.encode()) < 100_000
    if query.startswith("lamp"):
        assert ("too long to stand in many links" in page) is not narrows
        assert ("date%3A1950" in page) is (len(query) < 100)
        assert ("Newest" in page) is is_listed
        assert ">Next</a>" in page


def test_words_with_hyphens_look_at_places_as_phrases_do(texts: Library) -> None:
    with texts.engine.searcher() as searcher:
        vocabulary = Vocabulary(searcher, Known())
        found = []
        for places in (4, 3):  # of and mill: 2 passages each
            weights = Weights(searcher, Known())
            query = parse("of-mill")
            budget = Budget(weights, places=places)
            cites = texts.citations.cites
            compiler = QueryCompiler(["en"], weights, vocabulary, query, budget, cites)
            assert query.root
            found.append((parts(compiler.clauses(query.root)[0].match), compiler.diagnostics))
    (row, nothing), (words, said) = found
    assert Adjacent(Field.EXACT, ("of", "mill")) in row
    assert not nothing
    assert [Term(Field.EXACT, "of"), Term(Field.EXACT, "mill")] == words[-2:]
    assert "of-mill was taken as single words" in said[0].text
