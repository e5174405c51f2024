"""Lines that only name a part of a document are headings, with their titles."""

import pytest

from indexer.document import Block, Document, Kind, Metadata
from indexer.readers.common.parts import with_parts

TEXT = "Each keeper shall light the lamp at dusk."


def headings(*lines: str) -> list[tuple[int, str]]:
    """The headings that are found where all lines are plain paragraphs."""
    blocks = tuple(Block(Kind.PARAGRAPH, line) for line in lines)
    found = with_parts(Document(Metadata(), blocks)).blocks
    return [(block.level, block.text) for block in found if block.kind is Kind.HEADING]


@pytest.mark.parametrize(
    "name",
    [
        *("Article 4", "ARTICLE IV.", "Artikel 4", "Статья 4", "Άρθρο 4", "第四條", "제4조", "§ 4"),
        *("Section 3", "Rule 7", "CHAPTER II", "Erster Teil", "2. Abschnitt", "PART ONE", "ANNEX"),
        *("SCHEDULE 1", "المادة 4", "CHAPTER II GENERAL PROVISIONS"),
    ],
)
def test_a_line_that_names_a_part_is_a_heading(name: str) -> None:
    assert headings(name, TEXT) == [(1, name.rstrip("."))]


def test_its_title_stands_with_it() -> None:
    assert headings("Article 4", "Lamps", TEXT) == [(1, "Article 4: Lamps")]
    assert headings("Article 4", TEXT, TEXT) == [(1, "Article 4")]
    assert headings("第四條", "燈", "凡守燈人均應於日落時點燈。") == [(1, "第四條: 燈")]


def test_chapters_stand_above_articles() -> None:
    lines = ("CHAPTER I", "Lamps", "Article 1", TEXT, "CHAPTER II", "Oil", "Article 2", TEXT)
    assert headings(*lines) == [
        *((1, "CHAPTER I: Lamps"), (2, "Article 1"), (1, "CHAPTER II: Oil"), (2, "Article 2")),
    ]


def test_the_level_is_that_of_the_headings_there_are() -> None:
    blocks = (
        Block(Kind.HEADING, "Lamps Act", level=1),
        Block(Kind.HEADING, "Article 1", level=3),
        Block(Kind.PARAGRAPH, TEXT),
        Block(Kind.PARAGRAPH, "Article 2"),
        Block(Kind.PARAGRAPH, TEXT),
    )
    assert with_parts(Document(Metadata(), blocks)).blocks[3].level == 3


@pytest.mark.parametrize(
    "line",
    [
        "Article 4 of the Treaty",
        "Article 4 applies.",
        "Part of the coast",
        "Schedule of fees",
        "5. Lamps",
        "Article 4. Each keeper shall light the lamp.",
    ],
)
def test_other_lines_are_none(line: str) -> None:
    assert headings(line, TEXT) == []


def test_a_name_that_a_sentence_goes_on_from_is_none() -> None:
    assert headings("Article 4", "of the Treaty applies to lamps.") == []
