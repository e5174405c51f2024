"""Quotations are found by the marks of many languages, across paragraphs, and in blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.quotations.extract import Block, blocks_of, quotations


def found(text: str) -> list[str]:
    return [each.text for each in quotations(blocks_of(text))]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ('He said “decides that” and "urges all" (S/RES/1).', ["decides that", "urges all"]),
        (
            "Er sagte: „beschließt, dass ‚x‘ gilt“ und »y z«.",
            ["beschließt, dass ‚x‘ gilt", "y z"],
        ),
        ("Le Conseil « décide que “x” est » puis", ["décide que “x” est"]),
        ("Сказано: «решает, что «внутри» да» и „ещё“", ["решает, что «внутри» да", "ещё"]),
        ("安理会“决定继续处理”，并「请秘书长」。", ["决定继续处理", "请秘书长"]),
        ('安理会"决定继续处理"，并请', ["决定继续处理"]),
        ('قال "يقرر أن" و«ثانيا»', ["يقرر أن", "ثانيا"]),
        ('ארה"ב אמרה "דבר מה" כאן', ["דבר מה"]),
        ("”Rådet beslutar” och »Toinen»", ["Rådet beslutar", "Toinen"]),
        (
            "The ‘States’ obligations don’t end’ here, ‘again’",
            ["States’ obligations don’t end", "again"],
        ),
        ("in ``the TeX way'' too", ["the TeX way"]),
        ('a 5" pipe and a 6" pipe', []),
        ("the States’ rights and the Council’s duty", []),
        ("he said “all States “must” comply” then", ["all States “must” comply"]),
    ],
)
def test_marks_of_many_languages(text: str, quoted: list[str]) -> None:
    assert found(text) == quoted


def test_a_quotation_goes_on_where_the_next_paragraph_opens_it_again() -> None:
    assert found("“One goes on\n\n“and closes here” yes") == ["One goes on\nand closes here"]


def test_a_quotation_that_nothing_closes_ends_with_its_paragraph() -> None:
    (quotation,) = quotations(blocks_of("It says “decides that all\n\nAnd more."))
    assert (quotation.text, quotation.is_closed) == ("decides that all", False)


def test_lines_that_are_set_off_are_one_quotation() -> None:
    assert found("As it says:\n\n> “Decides that\n> all”\n\nThus.") == ["Decides that\nall"]


def test_blocks_that_are_quotations_belong_together_and_know_what_is_beside_them() -> None:
    blocks = [
        Block("Resolution 1 says:"),
        Block("Decides,", is_quotation=True),
        Block("(a) to go;", is_quotation=True),
        Block("(para. 3)"),
    ]
    (quotation,) = quotations(blocks)
    assert quotation.text == "Decides,\n(a) to go;"
    assert (quotation.before, quotation.after) == ("Resolution 1 says:", "(para. 3)")


def test_what_stands_beside_a_quotation_comes_with_it() -> None:
    (quotation,) = quotations(blocks_of("In S/RES/1 (2001) it “decides that” (paragraph 3)."))
    assert quotation.before == "In S/RES/1 (2001) it "
    assert quotation.after == " (paragraph 3)."


@pytest.mark.parametrize(
    "text", ["‘a " * 50_000, "“a " * 50_000, "‘" + "s’ a" * 50_000, '"a' * 50_000]
)
def test_many_marks_without_an_end_are_looked_through_once(text: str) -> None:
    """Else each would be looked for to the end of the text: an hour and more for these."""
    assert len(found(text)) <= 1


@given(st.text(st.sampled_from("“”„‘’«»\"'「」> ab\n.…[]"), max_size=120))
def test_of_any_text_the_quotations_are_parts(text: str) -> None:
    said = "".join(text.split())
    for each in quotations(blocks_of(text)):
        assert each.text.strip()
        assert all(sign in said for sign in "".join(each.text.split()))
        assert len(each.before) <= 1_000


def test_lines_longer_than_anybody_wraps_them_are_paragraphs() -> None:
    long = "The Council recalled what it had decided before on this item of its agenda, and then "
    text = f"{long * 2}said “that it\n{long * 2}said “this”."
    assert found(text) == ["that it", "this"]
    assert found("It said “that\nit is so” and\n“that it is not”.") == [
        "that\nit is so",
        "that it is not",
    ]


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        (
            "It “decides:\n\n(a) to go;\n\n(b) to stay.” Then “more”",
            ["decides:\n(a) to go;\n(b) to stay.", "more"],
        ),
        (
            "« Décide :\n\na) d’aller ;\n\nb) de rester » puis",
            ["Décide :\na) d’aller ;\nb) de rester"],
        ),
        ("It “decides to go\n\nand “stays” there", ["decides to go", "stays"]),
        ('It "decides to go\n\nand "stays" there', ["stays"]),
    ],
)
def test_a_quotation_of_several_paragraphs_may_close_in_the_last_alone(
    text: str, quoted: list[str]
) -> None:
    assert found(text) == quoted
