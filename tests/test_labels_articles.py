"""Articles and sections by the words of many languages: as headings, and as labels."""

import pytest

from indexer.document import Block, Document, Kind, Metadata
from indexer.labels import local_id, split_label
from indexer.labels.headings import heading_part
from indexer.reading.passages import split


@pytest.mark.parametrize(
    ("heading", "natural_id"),
    [
        ("Article (3)", "art-3-1"),
        ("Article (3): Scope", "art-3-1"),
        ("مادة (3)", "art-3-1"),
        ("المادة (٣)", "art-3-1"),
        ("Чл. 3", "art-3-1"),
        ("অনুচ্ছেদ ৩", "art-3-1"),
        ("ধারা ৩", "sec-3-1"),
        ("Ibara 3", "art-3-1"),
        ("មាត្រា ៣", "art-3-1"),
        ("ມາດຕາ 3", "art-3-1"),
        ("አንቀጽ 3", "art-3-1"),
        ("ပုဒ်မ ၃", "sec-3-1"),
        ("Artikolu 3", "art-3-1"),
        ("Erthygl 3", "art-3-1"),
        ("Airteagal 3", "art-3-1"),
        ("Perkara 3", "art-3-1"),
        ("Seksyen 3", "sec-3-1"),
        ("कलम 3", "sec-3-1"),
        ("دفعہ 3", "sec-3-1"),
        ("3. grein", "art-3-1"),
        ("3. artikulua", "art-3-1"),
    ],
)
def test_a_heading_in_any_of_these_languages_holds_its_numbers(
    heading: str, natural_id: str
) -> None:
    text = "(1) The Parties shall keep the lamp lit."
    blocks = (Block(Kind.HEADING, heading, level=2), Block(Kind.PARAGRAPH, text))
    assert [each.natural_id for each in split(Document(Metadata(), blocks))] == [natural_id]


@pytest.mark.parametrize(
    ("opening", "label", "natural_id"),
    [
        ("Article (3) The Parties", "Article (3)", "art-3"),
        ("Article (3)(a) The Parties", "Article (3)(a)", "art-3-a"),
        ("المادة (3): النص", "المادة (3):", "art-3"),
        ("Чл. 5. Текст", "Чл. 5.", "art-5"),
    ],
)
def test_an_article_may_open_its_paragraph(opening: str, label: str, natural_id: str) -> None:
    assert split_label(opening).label == label
    assert local_id(label) == natural_id


@pytest.mark.parametrize(
    "text", ["Article (3) of the law", "чл. 5 от закона", "Section (3) The law", "5 gr. sale"]
)
def test_what_only_cites_an_article_has_no_label(text: str) -> None:
    assert split_label(text).label == ""
    assert heading_part("Article (3) of the law") is None
