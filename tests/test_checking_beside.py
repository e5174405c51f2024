"""What is cited beside a quotation is told from what is cited for something else, and checked."""

import pytest

from indexer.checking.beside import cited
from indexer.checking.findings import Finding, Right
from indexer.library import Library
from indexer.quotations.extract import blocks_of, quotations
from indexer.quotations.verdicts import Verdict
from tests.conftest import Keep

RESOLUTIONS = {
    "1591.md": "---\ntitle: Resolution 1591 (2005)\ndate: 2005-03-29\nlanguage: en\nnames: "
    "[S/RES/1591 (2005)]\n---\n1. Emphasizes that there can be no military solution to the "
    "conflict in Darfur;\n\n2. Decides to remain seized of the matter.\n",
    "1706.md": "---\ntitle: Resolution 1706 (2006)\ndate: 2006-08-31\nlanguage: en\nnames: "
    "[S/RES/1706 (2006)]\n---\n1. Requests all Member States to ensure the free movement of "
    "personnel;\n\n2. Decides to remain seized of the matter.\n",
}


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        (
            "In resolution 1591 (2005), paragraph 3, the Council “decides so”.",
            [[("S/RES/1591 (2005)", "para-3")]],
        ),
        (
            "It “decides so” (S/RES/1591 (2005), para. 2) and “urges” (resolution 1706 (2006)).",
            [[("S/RES/1591 (2005)", "para-2")], [("S/RES/1706 (2006)", "")]],
        ),
        (
            "In resolution 1591 (2005) the Council “decides” and “urges” (para. 5).",
            [[("S/RES/1591 (2005)", "")], [("S/RES/1591 (2005)", "para-5")]],
        ),
        ("Recalling resolution 1325 (2000). The report says “that it is so”.", [[]]),
        ("The Council “decides”. In resolution 2000 (2011) it goes on.", [[]]),
        ("в резолюции 1591 (2005) «решает» (пункт 3)", [[("S/RES/1591 (2005)", "para-3")]]),
        ("在第1591(2005)号决议第3段中“决定”", [[("S/RES/1591 (2005)", "para-3")]]),
        (
            "As stated in paragraph 3 of resolution 1591 (2005):\n\n> Decides so",
            [[("S/RES/1591 (2005)", "para-3")]],
        ),
    ],
)
def test_what_is_cited_for_a_quotation(text: str, asked: list[list[tuple[str, str]]]) -> None:
    found = [
        [(each.what.name, each.what.label) for each in cited(q)]
        for q in quotations(blocks_of(text))
    ]
    assert found == asked


@pytest.fixture(scope="module")
def resolutions(kept: Keep) -> Library:
    return kept(RESOLUTIONS)


def checked(library: Library, text: str) -> Finding:
    (finding,) = library.quotations.text(text).findings
    return finding


@pytest.mark.parametrize(
    ("citation", "verdict"),
    [
        ("S/RES/1591 (2005), para. 1", Right.RIGHT),
        ("resolution 1591 (2005)", Right.RIGHT),
        ("S/RES/1591 (2005), para. 2", Right.OTHER_PARAGRAPH),
        ("S/RES/1706 (2006), para. 1", Right.OTHER_DOCUMENT),
        ("S/RES/2000 (2011), para. 1", Right.NOT_HERE),
    ],
)
def test_a_citation_is_checked(resolutions: Library, citation: str, verdict: Right) -> None:
    text = (
        f"The Council said that “there can be no military solution to the conflict” ({citation})."
    )
    (each,) = checked(resolutions, text).cited
    assert each.is_right is verdict


def test_a_citation_that_may_be_for_another_quotation_is_no_mistake(resolutions: Library) -> None:
    text = "Resolution {} has “there can be no military solution”, “the free movement of personnel”"
    for symbol, verdicts in (
        ("1591 (2005)", [[Right.RIGHT], []]),
        ("1706 (2006)", [[Right.OTHER_DOCUMENT], [Right.RIGHT]]),
    ):
        found = resolutions.quotations.text(text.format(symbol)).findings
        assert [[each.is_right for each in finding.cited] for finding in found] == verdicts


def test_of_the_same_words_in_two_documents_the_one_that_is_cited_is_meant(
    resolutions: Library,
) -> None:
    for symbol, slug in (("S/RES/1706 (2006)", "1706"), ("S/RES/1591 (2005)", "1591")):
        found = checked(resolutions, f"“Decides to remain seized of the matter” ({symbol}).")
        assert found.parts[0].place.document.slug == slug
        assert [each.is_right for each in found.cited] == [Right.RIGHT]


def test_what_the_cited_document_has_instead_is_told(kept: Keep) -> None:
    """The words stand in one document, and a little other ones in that which is cited."""
    other = RESOLUTIONS["1706.md"].replace("to remain seized", "to remain actively seized")
    library = kept(RESOLUTIONS | {"1706.md": other})
    found = checked(
        library, "“Decides to remain actively seized of the matter” (S/RES/1591 (2005))."
    )
    assert (found.verdict, found.parts[0].place.document.slug) == (Verdict.AS_WRITTEN, "1706")
    (each,) = found.cited
    assert each.is_right is Right.OTHER_DOCUMENT
    assert each.nearest
    assert each.nearest.place.passages[0].address == "/d/1591/para-2"
    assert each.nearest.comparison.verdict is Verdict.ALTERED


def test_a_citation_of_words_that_are_nowhere_is_wrong(resolutions: Library) -> None:
    found = checked(resolutions, "“the price of fish has risen by a half” (S/RES/1591 (2005)).")
    assert found.verdict is Verdict.ABSENT
    assert [each.is_right for each in found.cited] == [Right.OTHER_DOCUMENT]


def test_a_number_in_an_annex_is_right_though_the_annex_is_not_named(kept: Keep) -> None:
    """The annex counts anew, so that its paragraph 1 has another address than that of the text."""
    annex = "\n\n# Annex\n\n1. Every ship may call at the port of the city without delay.\n"
    library = kept({"1591.md": RESOLUTIONS["1591.md"] + annex})
    text = "“Every ship may call at the port of the city” (S/RES/1591 (2005), para. {})."
    (right,) = checked(library, text.format(1)).cited
    (wrong,) = checked(library, text.format(2)).cited
    assert (right.is_right, wrong.is_right) == (Right.RIGHT, Right.OTHER_PARAGRAPH)


def test_an_altered_quotation_of_a_formula_is_doubtful_unless_its_document_is_cited(
    kept: Keep,
) -> None:
    formula = (
        "3. Requests the Secretary-General to report to the Council within ninety days on it.\n"
    )
    library = kept({name: f"{text}\n{formula}" for name, text in RESOLUTIONS.items()})
    text = "“Requests the Secretary-General to report to the Council within sixty days on it” ({})."
    assert checked(library, text.format("see there")).is_doubtful
    assert not checked(library, text.format("S/RES/1706 (2006)")).is_doubtful
