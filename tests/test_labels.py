"""Openings of paragraphs, and the labels and ids that they give."""

import pytest

from indexer.labels import is_sublabel, local_id, split_label


@pytest.mark.parametrize(
    ("opening", "label", "natural_id"),
    [
        ("5. The Ministers", "5.", "para-5"),
        ("12a. The Ministers", "12a.", "para-12a"),
        ("5) the Ministers", "5)", "para-5"),
        ("(5) the Ministers", "(5)", "para-5"),
        ("1204. The Court", "1204.", "para-1204"),
        ("5.1 The Ministers", "5.1", "para-5-1"),
        ("5.1.2. the Ministers", "5.1.2.", "para-5-1-2"),
        ("(a) the Ministers", "(a)", "para-a"),
        ("iv) the Ministers", "iv)", "para-iv"),
        ("a. the Ministers", "a.", "para-a"),
        ("Art. 4(2) The Ministers", "Art. 4(2)", "art-4-2"),
        ("Article 4(2)(b) The Ministers", "Article 4(2)(b)", "art-4-2-b"),
        ("Article 5. the Ministers", "Article 5.", "art-5"),
        ("§ 12 The Ministers", "§ 12", "sec-12"),
        ("Section 2.1: the Ministers", "Section 2.1:", "sec-2-1"),
        ("¶ 3 the Ministers", "¶ 3", "para-3"),
        ("[12] the Ministers", "[12]", "para-12"),
    ],
)
def test_labels(opening: str, label: str, natural_id: str) -> None:
    found = split_label(opening)
    assert found.label == label
    assert f"{label} {found.text}" == opening
    assert local_id(found.label) == natural_id


@pytest.mark.parametrize(
    "text",
    [
        "The Ministers",
        "S. Muhriddin noted",
        "30 states agreed",
        "3.5 million people",
        "2020. A year",
        "Article 4 of the Treaty applies",
        "I. Ivanov spoke",
        "mix) things",
        "5.",
        "",
    ],
)
def test_text_that_only_looks_like_a_label(text: str) -> None:
    assert split_label(text) == ("", text)


def test_a_letter_counts_below_its_number() -> None:
    assert is_sublabel("(a)")
    assert not is_sublabel("5.")
    assert local_id("(a)", "para-5") == "para-5-a"


@pytest.mark.parametrize(
    ("label", "parent", "natural_id"),
    [
        ("5.1", "para-5", "para-5-1"),
        ("5.1.2", "para-5-1", "para-5-1-2"),
        ("4.2", "art-4", "art-4-2"),
        ("6.1", "para-5", "para-5-6-1"),
        ("5.", "para-5", "para-5-5"),
    ],
)
def test_a_label_that_says_its_parents_numbers_again(
    label: str, parent: str, natural_id: str
) -> None:
    assert local_id(label, parent) == natural_id
