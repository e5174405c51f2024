"""The first word of a text: whether it is told without a pattern that there is no label."""

import pytest

from indexer.labels import split_label
from indexer.labels.headings import heading_part
from indexer.labels.named import named
from indexer.labels.plain import opens_plainly

PLAIN = ("The parties agree.", "Word", "Constitutionalisation of", "vi", "Articled clerks", "Noon")
OTHERS = (
    *("", "5. Text", "(a) Text", "Article 5", "ARTICLE 5", "First Schedule", "II. Abschnitt"),
    *("Annex", "No. 5 Text", "OP 3. Text", "PP1 Text", "§ 4", "Статья 5", "第五条", "a) Text"),
    *("a. Text", "Schedule", "Erster Teil", "S. Jones", "A.1 Scope", "e-mail"),
)


@pytest.mark.parametrize("text", PLAIN)
def test_a_text_that_opens_plainly_has_no_label_and_names_no_part(text: str) -> None:
    assert opens_plainly(text)
    assert split_label(text) == ("", text)
    assert named(text) is None
    assert heading_part(text) is None


@pytest.mark.parametrize("text", OTHERS)
def test_what_may_be_a_number_or_a_name_is_looked_at(text: str) -> None:
    assert not opens_plainly(text)


@pytest.mark.parametrize(
    ("text", "label"),
    [("PP1 The Council", "PP1"), ("No. 5 The", "No. 5"), ("a. The text", "a."), ("b) The", "b)")],
)
def test_labels_of_letters_are_found(text: str, label: str) -> None:
    assert split_label(text).label == label
