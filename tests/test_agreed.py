"""A library knows who has used a wording, who dropped it, what is related, and the formulas."""

import pytest

from indexer.agreed.service import Story
from indexer.library import Library
from indexer.wording.threes import ALIKE, share, threes, words_of
from indexer.wording.timeline import Timeline
from tests.conftest import Keep, Write
from tests.helpers.engines import STARTED

HEAD = "---\ntitle: Resolution {0}\ndate: '{1}'\nlanguage: en\nnames: [R/{0}]\n---\n\n"
RECALLS = (
    "1. Recalls all its previous resolutions on the situation in Ruritania and its neighbours."
)
EXTENDS = "2. Decides to extend the mandate of the Mission in Ruritania until {} in full."
CONVOYS = (
    "3. Demands that all parties let humanitarian convoys pass the bridges over the river Stry."
)
REPORTS = (
    "4. Requests quarterly reports on prisons, customs and the courts of the valley of Upper Stry."
)
SEIZED = "5. Decides to remain actively seized of the matter."
BRIDGES = (
    "3. Notes that the bridges over the river Stry are open to convoys of all parties since May."
)


def resolution(number: int, date: str, *paragraphs: str) -> str:
    return HEAD.format(number, date) + "\n\n".join(paragraphs)


FILES = {
    "one.md": resolution(
        1, "2004-01-30", RECALLS, EXTENDS.format("31 July 2004"), CONVOYS, REPORTS, SEIZED
    ),
    "two.md": resolution(
        2, "2005-01-28", RECALLS, EXTENDS.format("31 July 2005"), CONVOYS, REPORTS, SEIZED
    ),
    "three.md": resolution(
        3, "2006-02-03", RECALLS, EXTENDS.format("31 July 2006"), BRIDGES, REPORTS, SEIZED
    ),
    "other.md": resolution(
        9,
        "2007-05-05",
        "1. Welcomes the elections in Graustark and the work of its judges.",
        SEIZED,
    ),
}


@pytest.fixture(scope="module", params=STARTED)
def resolutions(kept: Keep, request: pytest.FixtureRequest) -> Library:
    return kept(FILES, request.param)


def story(library: Library, slug: str, local_id: str) -> Story:
    document = library.document(slug).document
    return library.wording.story(document, library.locate(slug, local_id))


def timeline(library: Library, slug: str, local_id: str) -> Timeline:
    return story(library, slug, local_id).timeline


def test_a_wording_is_followed_through_the_years(resolutions: Library) -> None:
    of = timeline(resolutions, "two", "para-2")
    assert [each.uses[0].document for each in of.wordings] == ["one", "two", "three"]
    assert [each.is_asked for each in of.wordings] == [False, True, False]
    assert [year.year for year in of.years] == ["2004", "2005", "2006"]
    assert of.is_whole


def test_the_number_of_a_paragraph_is_no_part_of_its_wording(resolutions: Library) -> None:
    of = timeline(resolutions, "other", "para-5")
    assert [(each.is_asked, each.documents) for each in of.wordings] == [(True, 4)]


def test_a_wording_that_comes_back_was_not_dropped(library: Library, write: Write) -> None:
    for name, text in FILES.items():
        write(name, text)
    write("four.md", resolution(4, "2007-02-01", RECALLS, REPORTS, BRIDGES, CONVOYS, SEIZED))
    library.maintenance.sync()
    dropping = story(library, "one", "para-3").dropping
    assert [bool(each.use) for each in dropping.steps] == [True, False, True]
    assert dropping.dropped is None


def test_who_dropped_a_wording_is_the_next_document_on_the_subject(resolutions: Library) -> None:
    """A later document that shares only a formula is on something else."""
    dropping = story(resolutions, "one", "para-3").dropping
    assert [(each.document.slug, bool(each.use)) for each in dropping.steps] == [
        ("two", True),
        ("three", False),
    ]
    assert dropping.dropped is not None
    assert dropping.dropped.near is not None
    assert dropping.dropped.near[0].passage.id == "para-3"


def test_a_wording_that_goes_on_is_not_dropped(resolutions: Library) -> None:
    dropping = story(resolutions, "one", "para-4").dropping
    assert [each.document.slug for each in dropping.steps] == ["two", "three"]
    assert dropping.dropped is None


def test_what_is_related_is_not_what_is_alike(resolutions: Library) -> None:
    stored = resolutions.locate("three", "para-3")
    related = resolutions.wording.related(resolutions.document("three").document, stored)
    assert [(each.use.document, each.others) for each in related] == [("one", 1)]
    assert related[0].use.text.startswith("Demands that all parties let")
    assert {"bridges", "stry", "convoys"} <= set(related[0].words)


def test_formulas_are_counted_by_documents(resolutions: Library) -> None:
    found = resolutions.wording.formulas().formulas
    assert [(each.documents, each.same, each.first[:4], each.last[:4]) for each in found] == [
        (4, 4, "2004", "2007"),
        (3, 3, "2004", "2006"),
        (3, 3, "2004", "2006"),
        (3, 1, "2004", "2006"),
    ]
    assert found[0].use.text == "Decides to remain actively seized of the matter."


def test_formulas_are_found_again_after_a_sync(library: Library, write: Write) -> None:
    for name, text in FILES.items():
        write(name, text)
    library.maintenance.sync()
    before = library.wording.formulas()
    assert library.wording.formulas() is before
    write("more.md", FILES["other.md"].replace("2007", "2008"))
    library.maintenance.sync()
    assert library.wording.formulas().formulas[0].documents == 5


def test_a_paragraph_that_stands_no_more_is_still_compared(library: Library, write: Write) -> None:
    for name, text in FILES.items():
        write(name, text)
    library.maintenance.sync()
    write("one.md", resolution(1, "2004-01-30", RECALLS, SEIZED))
    library.maintenance.sync()
    of = timeline(library, "one", "para-3")
    assert [use.document for use in of.uses] == ["one", "two"]


@pytest.fixture(scope="module")
def both(kept: Keep) -> list[Library]:
    """The same formulas in many documents, in every engine."""
    names = ["Mission in Sudan", "Force in Cyprus", "Office in Haiti"]
    files = {}
    for number in range(60):
        name, year = names[number % 3], 2000 + number // 3
        files[f"r{number:02}.md"] = resolution(
            number,
            f"{year}-0{number % 9 + 1}-01",
            f"1. Decides to extend the mandate of the {name} until 31 July {year + 1}.",
            f"2. Commends the Special Representative for the work of the {name} in {year}.",
            f"3. Requests a report on item {number * 7} of the plan {number * 13} within 90 days.",
            SEIZED,
        )
    return [kept(files, name) for name in STARTED]


def test_families_are_those_that_brute_force_finds(both: list[Library]) -> None:
    for library in both:
        standing = [(r.document, stored) for r in library.export() for stored in r.passages]
        parts = {
            stored.key: threes(words_of(stored.passage.text, stored.passage.language))
            for _, stored in standing
        }
        found = wanted = 0
        for document, stored in standing[::3]:
            own = parts[stored.key]
            truth = {key for key, other in parts.items() if share(own, other) >= ALIKE}
            family = {use.key for use in library.wording.timeline(document, stored).uses}
            assert family <= truth
            found, wanted = found + len(family), wanted + len(truth)
        assert found >= 0.98 * wanted > 1000


def test_engines_agree(both: list[Library]) -> None:
    one, *others = both
    for other in others:
        assert other.wording.formulas() == one.wording.formulas()
        for reading in list(one.export())[::6]:
            for stored in reading.passages[:3]:
                asked = reading.document, stored
                assert other.wording.timeline(*asked) == one.wording.timeline(*asked)
                assert other.wording.related(*asked) == one.wording.related(*asked)
            stories = [library.wording.story(*asked) for library in (one, other)]
            told = [
                [
                    (step.document.slug, step.taken, step.use, step.near)
                    for step in each.dropping.steps
                ]
                for each in stories
            ]
            assert told[0] == told[1]
            assert stories[0].before == stories[1].before
