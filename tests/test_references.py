"""What texts cite: the ways to name a document, the parts of one, and what a person types."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.references.families import FAMILIES, Family
from indexer.references.finder import references
from indexer.references.keys import above, terms
from indexer.references.places import is_meant, meaning, nearest
from indexer.references.typed import Typed, typed
from indexer.references.values import Reference

ORDER = "S/RES/1591 (2005)"
EXAMPLES = [
    (family, text, name) for family in FAMILIES for text, name in family.written
]  # fmt: skip


def cited(text: str, own: str = "") -> list[tuple[str, str, str]]:
    """What is cited, as the words that cite it, the name and the label."""
    return [(text[r.start : r.end], r.name, r.label) for r in references(text, own)]


def parts(text: str, own: str = "") -> list[tuple[str, str]]:
    """The parts that are cited: name and label."""
    return [(name, label) for _, name, label in cited(text, own) if label]


@pytest.mark.parametrize(("family", "text", "name"), EXAMPLES, ids=[t for _, t, _ in EXAMPLES])
def test_each_family_finds_its_examples(family: Family, text: str, name: str) -> None:
    said = f"In resolution 9: {text}" if family.in_company else text
    assert name in [each.name for each in references(said)]


def test_numbers_alone_are_no_resolutions() -> None:
    assert references("In all 1591 (2005) boats, 60/40 of them red, vol. 12 (1999).") == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("paragraph 3 of resolution 1591 (2005)", [(ORDER, "para-3")]),
        ("paragraph 3 (a) (v) of its resolution 1591 (2005)", [(ORDER, "para-3-a-v")]),
        ("resolution 1591 (2005), paragraph 3", [(ORDER, "para-3")]),
        (
            "paragraphs 3 and 5 (a) of its resolution 1591 (2005)",
            [(ORDER, "para-3"), (ORDER, "para-5-a")],
        ),
        (
            "paragraphs 7 to 9 of Security Council resolution 1591 (2005)",
            [(ORDER, "para-7"), (ORDER, "para-8"), (ORDER, "para-9")],
        ),
        (
            "subparagraphs (c), (d) and (e) of paragraph 3 of resolution 1591 (2005)",
            [(ORDER, "para-3-c"), (ORDER, "para-3-d"), (ORDER, "para-3-e")],
        ),
        (
            "paragraph 7 and paragraph 8 of resolution 1591 (2005)",
            [(ORDER, "para-7"), (ORDER, "para-8")],
        ),
        (
            "paragraph 4 of resolution 9 (1990), and paragraph 3 of 1591 (2005)",
            [("S/RES/9 (1990)", "para-4"), (ORDER, "para-3")],
        ),
        ("resolution 1591 (2005) and paragraph 4 of that resolution", [(ORDER, "para-4")]),
        ("au paragraphe 43 de sa résolution 1591 (2005)", [(ORDER, "para-43")]),
        ("en el párrafo 26 de la resolución 1591 (2005)", [(ORDER, "para-26")]),
        ("во исполнение пункта 43 резолюции 1591 (2005)", [(ORDER, "para-43")]),
        ("подпункта (a) пункта 3 резолюции 1591 (2005)", [(ORDER, "para-3-a")]),
        ("按照第1591(2005)号决议第3(a)和5段的要求", [(ORDER, "para-3-a"), (ORDER, "para-5")]),
        ("في الفقرة 26 من القرار 1591 (2005)", [(ORDER, "para-26")]),
        ("nach den Ziffern 9 und 12 der Resolution 1591 (2005)",
         [(ORDER, "para-9"), (ORDER, "para-12")]),
        ("[2021] UKSC 12 at [34]-[36]",
         [("[2021] UKSC 12", "para-34"), ("[2021] UKSC 12", "para-36")]),
        ("Article 6(1), point (a), of Regulation (EU) 2016/679", [("32016R0679", "art-6-1-a")]),
        ("point (a) of Article 6(1) of Regulation (EU) 2016/679", [("32016R0679", "art-6-1-a")]),
        ("Artikel 6 Absatz 1 Buchstabe a der Verordnung (EU) 2016/679",
         [("32016R0679", "art-6-1-a")]),
        ("l'article 6, paragraphe 1, point a), du règlement (UE) 2016/679",
         [("32016R0679", "art-6-1-a")]),
        ("el artículo 6, apartado 1, letra a), del Reglamento (UE) 2016/679",
         [("32016R0679", "art-6-1-a")]),
        ("§ 12 Abs. 2 Satz 1 BGB", [("BGB", "sec-12-2")]),
        ("§ 355 Abs. 3 des Bürgerlichen Gesetzbuchs in der Fassung",
         [("Bürgerlichen Gesetzbuchs", "sec-355-3")]),
        ("nach § 651w Absatz 1 Satz 1 Nummer 3 des Bürgerlichen Gesetzbuchs",
         [("Bürgerlichen Gesetzbuchs", "sec-651w-1-3")]),
        ("Article 1 (1-4) of the Charter", [("Charter", "art-1")]),
        ("Section 113(1B) Taxes Management Act 1970",
         [("Taxes Management Act 1970", "sec-113-1b")]),
        ("[2005] EWHC 2437 (Comm), per Gloster J at para 29",
         [("[2005] EWHC 2437 (Comm)", "para-29")]),
        ("resolution 1591 (2005) and paragraphs 6 and 7 below", [("", "para-6"), ("", "para-7")]),
        ("section 6(1) of the Human Rights Act 1998", [("Human Rights Act 1998", "sec-6-1")]),
        ("Article 4 (2) of the Convention on the Rights of the Child and",
         [("Convention on the Rights of the Child", "art-4-2")]),
    ],
)  # fmt: skip
def test_parts_of_other_documents(text: str, found: list[tuple[str, str]]) -> None:
    assert parts(text) == found


@pytest.mark.parametrize(
    ("text", "own", "found"),
    [
        ("as paragraph 5 above says", "para-7", ["para-5"]),
        ("under section 4(2) of this Act", "sec-9", ["sec-4-2"]),
        ("under subsection (1) or (3)", "sec-5-2-b", ["sec-5-1", "sec-5-3"]),
        ("under paragraph (a)", "sec-5-2-b", ["sec-5-2-a"]),
        ("referred to in paragraph 1", "art-5-2", ["art-5-1"]),
        ("Article 7 applies", "art-5", ["art-7"]),
        ("subparagraph (d) of this paragraph", "para-3", ["para-3-d"]),
        ("Subsection (10) says that", "para-383", []),
        ("under the Tribunal Rules 2009 and section 249A, 2004 Act", "para-1", ["sec-249a"]),
        ("the firm’s 8 boats", "para-1", []),
        ("nach den Ziffern 10 bis 12", "para-1", ["para-10", "para-11", "para-12"]),
        ("as was held at para 29", "para-3", []),
        ("as was held at para 29 above", "para-3", ["para-29"]),
        ("the rules of Article 7 of its charter of the day", "art-5", []),
        ("section 9 of the licence that was given", "sec-5", []),
        ("a total of 5 paragraphs, 12 per cent, and 3 boats", "para-1", []),
    ],
)
def test_parts_of_the_text_itself(text: str, own: str, found: list[str]) -> None:
    assert parts(text, own) == [("", label) for label in found]


def test_what_cites_is_marked_and_nothing_else() -> None:
    text = "Recalls paragraphs 3\u00a0(a) and 4 of resolution 1591\u00a0(2005)."
    assert [words for words, *_ in cited(text)] == [
        "paragraphs 3\u00a0(a)",
        "4",
        "1591\u00a0(2005)",
    ]


@given(st.text(alphabet="para 3(a),;第段号决议res§./AIVX0159\n\u00a0éя", max_size=80))
def test_whatever_is_read_has_places_in_it(text: str) -> None:
    found = references(text, "para-2")
    assert found == sorted(found)
    assert all(0 <= each.start <= each.end <= len(text) for each in found)
    assert all(each.name or each.label for each in found)
    typed(text)


@pytest.mark.parametrize(
    "text",
    [
        "S/RES/1591 (2005) paragraph 3",
        "S/RES/1591(2005), para. 3",
        "s/res/1591 (2005) ¶ 3",
        "resolution 1591 (2005), paragraph 3",
        "Paragraph 3 of resolution 1591 (2005)",
        "UNSCR 1591 (2005) para 3",
        "1591 (2005): 3",
        "resolution 1591/2005, OP3",
        "SC Res 1591 (29 March 2005) UN Doc S/RES/1591 (2005) para 3",
        "S.C. Res. 1591, ¶ 3 (2005)",
        "párrafo 3 de la resolución 1591 (2005)",
        "пункт 3 резолюции 1591 (2005)",
        "第1591(2005)号决议第3段",
        "الفقرة 3 من القرار 1591 (2005)",
    ],
)
def test_one_paragraph_is_typed_in_many_ways(text: str) -> None:
    asked = typed(text)
    assert asked
    assert (asked.name.upper(), asked.label, asked.is_whole) == (ORDER, "para-3", True)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("SCR 1591, OP3", Typed("S/RES/1591", "para-3", is_whole=False)),
        ("[2021] UKSC 12 [34]", Typed("[2021] UKSC 12", "para-34")),
        ("s. 6 Human Rights Act 1998", Typed("Human Rights Act 1998", "sec-6")),
        ("Art. 6(1)(a) Regulation (EU) 2016/679", Typed("32016R0679", "art-6-1-a")),
        ("Charter, Article 5", Typed("Charter", "art-5")),
        ("A/RES/75/1", Typed("A/RES/75/1", "")),
        ("“Gates”, 2 May 2020, ¶ 3, https://x.example/d/gates/para-3@2, accessed 4 May 2021",
         Typed("gates", "para-3")),
    ],
)  # fmt: skip
def test_citations_of_other_kinds_are_typed(text: str, asked: Typed) -> None:
    assert typed(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "Article 5",
        "paragraph 3",
        "section 12 of the budget for 2021",
        "resolution on Sudan 2005",
        "resolution 1591 and Sudan",
        "fish quotas 2020",
        "42",
        "covid 19",
        "",
        "§",
    ],
)
def test_ordinary_queries_are_no_citations(text: str) -> None:
    assert typed(text) is None


@pytest.mark.parametrize(
    ("label", "ids", "found"),
    [
        ("para-3", ["para-2", "para-3"], "para-3"),
        ("para-3-z", ["para-3", "para-3-a"], "para-3"),
        ("para-3", ["para-3-a", "para-3-b"], "para-3-a"),
        ("art-5", ["ch-1-art-4", "ch-2-art-5"], "ch-2-art-5"),
        ("art-5", ["ch-1-art-5", "ch-2-art-5"], ""),
        ("sec-3", ["para-1", "para-3"], "para-3"),
        ("sec-3", ["sec-1", "para-3"], ""),
        ("para-9", ["para-1", "p2"], ""),
        ("art-1", [], ""),
    ],
)
def test_the_nearest_place_to_what_is_cited(label: str, ids: list[str], found: str) -> None:
    assert nearest(label, ids) == found


def test_only_the_cited_paragraph_itself_is_meant() -> None:
    assert is_meant("para-3", "para-3")
    assert is_meant("para-3", "para-3-a")
    assert is_meant("sec-3", "para-3")
    assert not is_meant("para-3-z", "para-3")
    assert meaning("ch-2-art-5", ["ch-1-art-4", "ch-2-art-5"]) == ("ch-2-art-5", "art-5")
    assert meaning("ch-2-art-5", ["ch-1-art-5", "ch-2-art-5"]) == ("ch-2-art-5",)


def test_who_cites_a_part_cites_the_paragraph_and_the_document() -> None:
    assert above("para-3-a") == ("para-3-a", "para-3")
    made = terms([Reference(0, 9, ORDER, "para-3-a"), Reference(9, 12, "", "para-1")], "gates")
    key = "s res 1591 2005"
    assert made == [f"{key}#para-3-a", f"{key}#para-3", key, "gates#para-1"]
