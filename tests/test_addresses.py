"""Addresses say where a paragraph stands, and two paragraphs never ask for the same one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.document import Block, Document, Kind, Metadata
from indexer.readers.common.numerals import roman
from indexer.reading.passages import split

SENTENCE = "The Parties shall keep the lamp lit."


def document(*lines: str) -> Document:
    """A document with a block for each line: `# Article 1` a heading, `* 5.` an item, else text."""
    return Document(Metadata(), tuple(map(_block, lines)))


def _block(line: str) -> Block:
    marks, _, text = line.partition(" ")
    if marks.strip("#") == "":
        return Block(Kind.HEADING, text, level=len(marks))
    if marks.strip("*") == "":
        return Block(Kind.ITEM, SENTENCE, level=len(marks), label=text)
    if marks == ">":
        return Block(Kind.QUOTE, text)
    if marks == "^":
        return Block(Kind.NOTE, SENTENCE, label=text)
    return Block(Kind.PARAGRAPH, line)


def ids(*lines: str) -> list[str]:
    return [passage.natural_id for passage in split(document(*lines))]


def numbered(*labels: str) -> list[str]:
    return [f"{label} {SENTENCE}" for label in labels]


@pytest.mark.parametrize(
    ("heading", "address"),
    [
        ("Article 4", "art-4"),
        ("Article 4bis: Scope", "art-4bis"),
        ("ARTICLE IV", "art-4"),
        ("§ 4a Scope", "sec-4a"),
        ("Section 3", "sec-3"),
        ("Rule 7", "rule-7"),
        ("Regulation 2", "reg-2"),
        ("Artikel 4", "art-4"),
        ("Статья 4. Область", "art-4"),
        ("第四條", "art-4"),
        ("제4조", "art-4"),
        ("المادة 4", "art-4"),
        ("4 § Scope", "sec-4"),
    ],
)
def test_the_number_in_the_heading_is_the_parent(heading: str, address: str) -> None:
    lines = [f"## {heading}", *numbered("(1)", "(2)", "(a)", "(b)", "(3)")]
    below = ["1", "2", "2-a", "2-b", "3"]
    assert ids(*lines) == [f"{address}-{number}" for number in below]


@pytest.mark.parametrize(
    ("labels", "addresses"),
    [
        ("1. 2. (a) (b) (i) (ii) (c) 3.", "1 2 2-a 2-b 2-b-i 2-b-ii 2-c 3"),
        ("(h) (i) (j)", "h i j"),
        ("(a) (i) (ii) (b)", "a a-i a-ii b"),
        ("(1) 1. 2. a) aa) bb) b) (2)", "1 1-1 1-2 1-2-a 1-2-a-aa 1-2-a-bb 1-2-b 2"),
        ("(a) (aa) (ab) (b)", "a aa ab b"),
        ("1.—(1) (2) 2.—(1) (2) (a)", "1-1 1-2 2-1 2-2 2-2-a"),
        ("5.(a) 5.(b) 6.(a)", "5-a 5-b 6-a"),
        ("1. 1.1. 1.2. (a) 2. 2.1.", "1 1-1 1-2 1-2-a 2 2-1"),
        ("12. 12bis. 12ter. 13.", "12 12bis 12ter 13"),
        ("12. 12a. 13.", "12 12a 13"),
        ("1. а) б) в) 2.", "1 1-а 1-б 1-в 2"),
        ("一、 （一） （二） 二、", "1 1-1 1-2 2"),
        ("1. (أ) (ب) (ج) 2.", "1 1-أ 1-ب 1-ج 2"),
        ("1. (أ) (ب) (ت) 2.", "1 1-أ 1-ب 1-ت 2"),
        ("3. 4. 6. 7.", "3 4 6 7"),
        ("(1) 2. (3) (a) 4)", "1 2 3 3-a 4"),
    ],
)
def test_labels_count_below_each_other(labels: str, addresses: str) -> None:
    texts = [f"{label} {SENTENCE}" for label in labels.split()]
    assert ids(*texts) == [f"para-{number}" for number in addresses.split()]


def test_items_count_at_their_depth_though_the_numbers_look_alike() -> None:
    found = ids("# Artikel 3", "* 1.", "* 2.", "** 1.", "** 2.", "* 3.")
    assert found == ["art-3-1", "art-3-2", "art-3-2-1", "art-3-2-2", "art-3-3"]


def test_an_article_without_numbers_has_the_address_itself() -> None:
    assert ids("# Article 3", SENTENCE, SENTENCE) == ["art-3", ""]
    assert ids("# Article 3", "Scope", SENTENCE, *numbered("(a)")) == ["", "art-3", "art-3-a"]


def test_articles_in_the_text_are_parents_too() -> None:
    lines = numbered("Article 5.", "2.", "3.", "Article 6.", "(a)", "Art. 7(1)", "(2)")
    assert ids(*lines) == [
        *("art-5", "art-5-2", "art-5-3", "art-6", "art-6-a", "art-7-1", "art-7-2"),
    ]


def test_a_heading_without_a_number_does_not_end_what_goes_on() -> None:
    lines = ["## Article 3", *numbered("1."), "## Notes", *numbered("2."), "## Signatures"]
    assert ids(*lines, *numbered("1.")) == ["art-3-1", "art-3-2", "para-1"]


def test_a_numbered_heading_within_an_article_is_a_parent() -> None:
    lines = ["# § 1 Lamps", "## (a) In general", SENTENCE, *numbered("(1)", "(2)", "(b)")]
    assert ids(*lines) == ["sec-1-a", "sec-1-a-1", "sec-1-a-2", "sec-1-b"]


def test_brackets_below_a_numbered_heading_are_its_own() -> None:
    lines = ["## 1. Title", *numbered("(1)", "(2)"), "## 2. Scope", *numbered("(1)", "(a)")]
    assert ids(*lines) == ["sec-1-1", "sec-1-2", "sec-2-1", "sec-2-1-a"]


def test_the_first_paragraph_of_a_section_with_a_number_has_its_address() -> None:
    lines = ["# 1. Title", SENTENCE, SENTENCE, "# 2. Scope", "## 2.1 Lamps", SENTENCE, "# Oil"]
    assert ids(*lines, SENTENCE) == ["sec-1", "", "sec-2-1", ""]


def test_numbers_that_go_on_through_chapters_need_no_chapter() -> None:
    lines = ["# Chapter I", *numbered("1.", "2."), "# Chapter II", *numbered("3.")]
    assert ids(*lines) == ["para-1", "para-2", "para-3"]


def test_numbers_that_start_again_in_each_chapter_name_it() -> None:
    lines = ["# Chapter I", *numbered("1.", "2."), "# Chapter II", *numbered("1.", "(a)")]
    assert ids(*lines) == ["ch-1-para-1", "ch-1-para-2", "ch-2-para-1", "ch-2-para-1-a"]


def test_articles_that_start_again_in_each_part_name_it() -> None:
    part = ["## Article 1", *numbered("1.", "2.")]
    assert ids("# Part One", *part, "# Part Two", *part) == [
        *("part-1-art-1-1", "part-1-art-1-2", "part-2-art-1-1", "part-2-art-1-2"),
    ]


def test_parts_may_stand_in_chapters() -> None:
    parts = ["## Part 1", *numbered("1."), "## Part 2", *numbered("1.")]
    assert ids("# Chapter 1", *parts, "# Chapter 2", *parts) == [
        *("ch-1-part-1-para-1", "ch-1-part-2-para-1", "ch-2-part-1-para-1", "ch-2-part-2-para-1"),
    ]


def test_annexes_and_schedules_are_always_named() -> None:
    lines = [*numbered("1.", "2."), "# Annex II", *numbered("1."), "## Article 2", *numbered("1.")]
    more = ["# SCHEDULE 1", *numbered("1.", "(a)"), "# Appendix", *numbered("1.")]
    assert ids(*lines, *more) == [
        *("para-1", "para-2", "annex-2-para-1", "annex-2-art-2-1"),
        *("sch-1-para-1", "sch-1-para-1-a", "app-para-1"),
    ]


def test_an_annex_that_is_only_announced_holds_nothing() -> None:
    lines = ["# Schedule", "# Part I", "## 1. Title", *numbered("(1)"), "# Schedule"]
    assert ids(*lines, *numbered("1."))[1:] == ["sec-1-1", "sch-para-1"]


def test_a_list_that_begins_in_the_text_of_its_paragraph_goes_on_below_it() -> None:
    lines = ["# Article 3", "1. Each Party shall: (a) light a lamp;", *numbered("(b)", "2.")]
    assert ids(*lines) == ["art-3-1", "art-3-1-b", "art-3-2"]


def test_what_counts_within_a_paragraph_has_nobody_know_what_follows() -> None:
    lines = ["# Article 3", "1. Lamps are (a) red; (b) white:", *numbered("(1)", "(2)", "2.")]
    assert ids(*lines) == ["art-3-1", "", "", "art-3-2"]


def test_the_list_of_a_definition_is_below_its_term() -> None:
    lines = ["# 4. Terms", "In this Act:", "“lamp” means:", *numbered("(a)", "(b)"), "# 5. Oil"]
    assert ids(*lines, *numbered("(a)")) == ["sec-4", "", "", "", "sec-5-a"]


def test_numbers_without_brackets_count_within_a_paragraph_too() -> None:
    lines = [
        "# 第二條",
        "一 締約國承允尊重。二 締約國承允確保。三 締約國承允：",
        "（一）燈；",
        "（二）油。",
    ]
    assert ids(*lines) == ["art-2", "", ""]


def test_sections_stand_above_articles_or_within_them() -> None:
    above = ["# Section 1", "## Article 1", *numbered("1."), "## Article 2", *numbered("1.")]
    assert ids(*above) == ["art-1-1", "art-2-1"]
    within = ["# Article I", "## Section 1", *numbered("1."), "# Article II", "## Section 1"]
    assert ids(*within, *numbered("1.")) == ["art-1-sec-1-1", "art-2-sec-1-1"]


def test_a_list_below_another_heading_belongs_to_no_paragraph_above_it() -> None:
    lines = [*numbered("1.", "(1)", "(2)"), "# Lamps", *numbered("(1)", "(2)"), "# Oil"]
    assert ids(*lines, *numbered("(1)", "2.")) == [
        "para-1",
        "para-1-1",
        "para-1-2",
        "",
        "",
        "",
        "para-2",
    ]


def test_a_chapter_within_an_article_does_not_end_it() -> None:
    lines = ["# Art 233", "## Erster Abschnitt", "### § 1", *numbered("(1)"), "### § 2"]
    more = ["## Zweiter Abschnitt", "### § 3", *numbered("(1)"), "# Art 234", *numbered("(1)")]
    assert ids(*lines, *numbered("(1)"), *more) == [
        *("art-233-sec-1-1", "art-233-sec-2-1", "art-233-sec-3-1", "art-234-1"),
    ]


def test_lists_that_start_again_below_headings_without_numbers_have_no_address() -> None:
    lines = ["# Fish", *numbered("1.", "2."), "# Birds", *numbered("1.", "2.")]
    assert ids(*lines) == ["", "", "", ""]


def test_a_short_list_does_not_take_the_numbers_of_a_long_text() -> None:
    body = [f"{n}." for n in range(1, 10)]
    lines = ["# Judgment", *numbered(*body), "# Order", *numbered("1.", "2.")]
    assert ids(*lines) == [*(f"para-{n}" for n in range(1, 10)), "", ""]


def test_numbers_of_another_text_in_between_have_no_address() -> None:
    assert ids(*numbered("4.", "5.", "1.", "2.", "6.")) == ["para-4", "para-5", "", "", "para-6"]


def test_letters_that_start_again_within_a_paragraph_have_no_address() -> None:
    lines = [*numbered("1.", "(a)", "(b)"), SENTENCE, *numbered("(a)", "(c)", "2.")]
    assert ids(*lines) == ["para-1", "", "para-1-b", "", "", "para-1-c", "para-2"]


@pytest.mark.parametrize(
    ("opening", "closing"),
    [("“", "”"), ("„", "“"), ("«", "»"), ("»", "«"), ("「", "」"), ('"', '"')],
)
def test_what_is_quoted_is_no_number_of_this_document(opening: str, closing: str) -> None:
    quoted = [f"{opening}(1) {SENTENCE}", f"(2) {SENTENCE}", f"(3) {SENTENCE}{closing}"]
    found = split(document(*numbered("12."), *quoted, *numbered("13.")))
    assert [passage.natural_id for passage in found] == ["para-12", "", "", "", "para-13"]
    assert [passage.label for passage in found] == ["12.", "(1)", "(2)", "(3)", "13."]
    assert found[1].text == f"{opening}{SENTENCE}"


def test_a_number_of_the_markup_may_go_on_in_the_text() -> None:
    block = Block(Kind.ITEM, f"—(1) {SENTENCE}", level=1, label="1.")
    (found,) = split(Document(Metadata(), (block,)))
    assert (found.label, found.text, found.natural_id) == ("1.(1)", SENTENCE, "para-1-1")


def test_a_quotation_that_is_never_closed_hides_nothing() -> None:
    lines = [f"1. “{SENTENCE}", *numbered("2.", "3.")]
    assert ids(*lines) == ["para-1", "para-2", "para-3"]


def test_quotations_have_no_address_and_notes_their_own() -> None:
    assert ids(f"> 1. {SENTENCE}", *numbered("1."), "^ 1", "^ *", "^ 2") == [
        *("", "para-1", "note-1", "", "note-2"),
    ]


def test_the_same_mark_for_two_notes_names_neither() -> None:
    assert ids("^ 1", SENTENCE, "^ 1") == ["", "", ""]


def test_two_languages_side_by_side_do_not_count_below_each_other() -> None:
    found = ids(
        "# 第三條", "一、締約國應採取措施。", f"1. {SENTENCE}", "二、締約國應報告。", "(a) Lamps."
    )
    assert found == ["art-3-1", "art-3-1-latn", "art-3-2", "art-3-1-a-latn"]


@given(st.lists(st.text(alphabet="159abiIvx.()§•—* ²一Note", max_size=8), max_size=6))
def test_whatever_the_markup_gives_for_labels(labels: list[str]) -> None:
    blocks = tuple(Block(Kind.ITEM, SENTENCE, level=1, label=label) for label in labels)
    heads = tuple(Block(Kind.HEADING, "Lamps", level=2, label=label) for label in labels)
    found = split(
        Document(Metadata(), (*blocks, Block(Kind.HEADING, "Article 1", level=1), *heads))
    )
    assert [passage.label for passage in found][: len(labels)] == labels


KINDS = ("Chapter", "Part", "Title", "Annex", "Schedule", "Article", "Section", "§")


@st.composite
def outlines(draw: st.DrawFn) -> list[tuple[str, int]]:
    """Parts with numbered paragraphs: the heading of each, and how many paragraphs it has."""
    kind = draw(st.sampled_from(KINDS))
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    in_roman = kind != "§" and draw(st.booleans())
    numbers = [roman(at).upper() if in_roman else str(at) for at in range(1, len(sizes) + 1)]
    return [(f"{kind} {number}", size) for number, size in zip(numbers, sizes, strict=True)]


def lines_of(outline: list[tuple[str, int]]) -> list[str]:
    lines: list[str] = []
    for heading, size in outline:
        lines += [f"# {heading}", *numbered(*(f"{n}." for n in range(1, size + 1)))]
    return lines


@given(outlines())
def test_every_part_has_addresses_of_its_own(outline: list[tuple[str, int]]) -> None:
    found = ids(*lines_of(outline))
    assert all(found)
    assert len(set(found)) == len(found)


@given(outlines(), st.data())
def test_an_unnumbered_paragraph_elsewhere_changes_no_address(
    outline: list[tuple[str, int]], data: st.DataObject
) -> None:
    lines = lines_of(outline)
    at = data.draw(st.integers(1, len(lines)))
    changed = [*lines[:at], "Lamps", *lines[at:]]
    assert [found for found in ids(*changed) if found] == ids(*lines)


MANY = "1. 2. 3. 5. (1) (2) (a) (b) (i) a) aa) 1.1. 2.3 12bis. 一、 I) §"
LABELS = st.sampled_from(MANY.split())
TEXTS = st.one_of(
    LABELS.map(lambda label: f"{label} {SENTENCE}"),
    st.sampled_from(["# Article 1", "# Annex", "## Article 2", "## Notes", "# Part II", "^ 1"]),
    st.sampled_from(
        [SENTENCE, "“Lamps are lit.", "Lamps are out.”", "## 2. Lamps", "* 1.", "** a)"]
    ),
)


@given(st.lists(TEXTS, max_size=30))
def test_no_two_paragraphs_of_any_document_ask_for_one_address(lines: list[str]) -> None:
    found = ids(*lines)
    official = [name for name in found if name]
    assert len(set(official)) == len(official)
    assert found == ids(*lines)


def test_a_number_that_stands_alone_is_that_of_the_text_below_it() -> None:
    lines = ("## Article 8", *numbered("1.", "2."), "3.", *numbered("(a)", "(b)", "4."))
    assert ids(*lines) == ["art-8-1", "art-8-2", "art-8-3-a", "art-8-3-b", "art-8-4"]
    passages = split(document("## Article 8", "1.", SENTENCE, *numbered("2.")))
    assert [(each.label, each.text) for each in passages] == [("1.", SENTENCE), ("2.", SENTENCE)]
    assert ids("## Article 8", "1.", "2.", *numbered("3."))[-1] == "art-8-3"


def test_nothing_has_an_address_below_a_number_that_two_paragraphs_have() -> None:
    parts = [
        ("## Schedule 1", "### Amendments", *numbered("1.", "2.", "(a)")),
        ("### Fisheries", *numbered("1.", "(a)", "2.")),
        ("### Lotteries", *numbered("1.", "2.", "(b)")),
    ]
    found = ids(*(line for part in parts for line in part))
    assert not any(found)


def test_numbers_that_go_on_below_the_section_they_explain_are_the_documents_own() -> None:
    lines = ("# Overview", *numbered("1.", "2."), "# Section 1: Ferries", *numbered("3.", "4."))
    assert ids(*lines, "# Section 2: Lamps", *numbered("5."), "# Costs", *numbered("6.")) == [
        *(f"para-{number}" for number in range(1, 7))
    ]
    recitals = ("# Recitals", *numbered("(1)", "(2)"), "# Article 1", *numbered("1.", "2."))
    assert ids(*recitals) == ["para-1", "para-2", "art-1-1", "art-1-2"]


def test_parties_and_a_headnote_do_not_hold_the_paragraphs_of_a_judgment() -> None:
    parties = ("Between", "(1) MR KAN", "(2) MR ATTARIAN", "Defendants", "Approved Judgment")
    found = ids(*parties, *numbered("1.", "2.", "3."))
    assert found == [""] * len(parties) + ["para-1", "para-2", "para-3"]
    assert ids(*parties, "Mrs Justice Lang:", *numbered("1.", "2."))[-2:] == ["para-1", "para-2"]
    law = [*numbered("(1)"), "Who sails has to:", *numbered("1.", "2.", "(2)")]
    assert ids(*law)[2:] == ["para-1-1", "para-1-2", "para-2"]


def test_numbers_of_what_is_cited_leave_those_of_the_document_alone() -> None:
    articles = numbered("13.3", "13.3.1")
    assert ids(*numbered("1.", "2."), *articles, *numbered("3.", "4.")) == [
        *("para-1", "para-2", "", "", "para-3", "para-4")
    ]
    issues = ("The issues are:", *numbered("1.", "1.1.", "1.2.", "2."))
    assert ids(*numbered("7.", "8."), *issues, *numbered("9."))[-4:] == ["", "", "", "para-9"]
    own = numbered("1.", "1.1", "1.2", "2.", "2.1")
    assert ids(*own) == ["para-1", "para-1-1", "para-1-2", "para-2", "para-2-1"]
    quoted = Block(Kind.PARAGRAPH, SENTENCE, label="“2.")
    blocks = (*document("1. The rule is:").blocks, quoted, *document("2. It is clear.").blocks)
    found = split(Document(Metadata(), blocks))
    assert [each.natural_id for each in found] == ["para-1", "", "para-2"]


def test_a_judgment_goes_far_though_a_list_within_it_starts_again() -> None:
    parties = ("(1) MR KAN", "(2) MR ATTARIAN", "Defendants", "Mrs Justice Lang:")
    own = [
        *numbered(*(f"{n}." for n in range(1, 12))),
        "It has three parts.",
        *numbered("1.", "2."),
    ]
    assert ids(*parties, *own)[4:8] == ["para-1", "para-2", "para-3", "para-4"]


@pytest.mark.parametrize(
    "citing",
    [
        "It is a defence to a failure to comply with subsection (1) or (2) if—",
        "Subsection (2)(a) and (b) do not apply to a transaction if the buyer—",
        "Despite subsection (1), and the rights set out in subsection (2), he may—",
        "Unbeschadet der Absätze (1) und (2) gilt:",
        "Les alinéas (1) et (2) ne s’appliquent pas :",
    ],
)
def test_a_paragraph_that_cites_others_holds_the_list_below_it(citing: str) -> None:
    lines = ("# Section 3", *numbered("(1)", "(2)"), f"(3) {citing}", *numbered("(a)", "(b)"))
    assert ids(*lines)[3:] == ["sec-3-3-a", "sec-3-3-b"]
    counting = "(3) In this section (a) a ship is a vessel; (b) a lamp is a light that has:"
    assert ids("# Section 3", *numbered("(1)", "(2)"), counting, *numbered("(i)"))[3:] == [""]


def test_a_citation_that_a_line_end_parts_is_no_number() -> None:
    lines = [*numbered("(1)", "(2)"), "(3) The effect of a notice contemplated in subsection"]
    lines += ["(1) must be drawn to the attention of the buyer.", *numbered("(4)")]
    passages = split(document("# Section 49", *lines))
    assert [each.label for each in passages] == ["(1)", "(2)", "(3)", "", "(4)"]
    assert [each.natural_id for each in passages if each.label] == [
        *(f"sec-49-{number}" for number in range(1, 5))
    ]
    listed = ("# Article 2", "Ships have to keep to the following paragraphs", *numbered("(1)"))
    assert [each.label for each in split(document(*listed))] == ["", "(1)"]


def test_a_number_that_is_printed_once_more_does_not_stop_the_count() -> None:
    """As at the head of a page, where a list that goes on repeats the number it is below."""
    lines = ("# Section 2", *numbered("1.", "2.", "3.", "3.", "4."), "# Section 3", *numbered("1."))
    assert ids(*lines) == ["sec-2-1", "sec-2-2", "sec-2-3", "", "sec-2-4", "sec-3-1"]
    below = ("# 2. Ships", *numbered("1.", "2.", "2.", "3."), "# 3. Lamps", *numbered("1.", "2."))
    assert [each.rpartition("-")[2] for each in ids(*below)] == ["1", "2", "", "3", "1", "2"]
