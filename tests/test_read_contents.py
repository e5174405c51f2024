"""Lists of contents are left out, and nothing that only looks like one."""

from indexer.document import Block, Document, Kind, Metadata
from indexer.readers.common.contents import without_contents

TEXT = "A lamp is lit at dusk, by the keeper or by whoever stands in for the keeper then."


def text(*lines: str) -> Document:
    """A document with a heading for each line that opens with `#`, else a paragraph."""
    return Document(Metadata(), tuple(map(_block, lines)))


def _block(line: str) -> Block:
    if line.startswith("# "):
        return Block(Kind.HEADING, line[2:], level=2)
    if line.startswith("* "):
        return Block(Kind.ITEM, line[2:], level=1)
    return Block(Kind.ROW if " | " in line else Kind.PARAGRAPH, line)


def left(*lines: str) -> list[str]:
    return [block.text for block in without_contents(text(*lines)).blocks]


BODY = ("# 1. Lamps", TEXT, "# 2. Oil", TEXT, "# 3. Keepers", TEXT)


def test_a_list_whose_lines_repeat_the_headings_that_follow() -> None:
    for listed in (
        ["1. Lamps", "2. Oil", "3. Keepers"],
        ["* Lamps", "* Oil", "* Keepers"],
        ["1. Lamps .......... 4", "2. Oil ..... 5", "3. Keepers ........ 19"],
        ["1. Lamps 4", "2. Oil 5", "3. Keepers 19"],
        ["1. | Lamps | 4", "2. | Oil | 5", "3. | Keepers | 19"],
    ):
        assert left(*listed, *BODY) == [line.removeprefix("# ") for line in BODY]


def test_its_own_heading_and_lines_between_go_with_it() -> None:
    listed = [
        "# Arrangement of Sections",
        "Section",
        "1. Lamps",
        "# PART II",
        "2. Oil",
        "3. Keepers",
    ]
    assert left(TEXT, *listed, *BODY)[0] == TEXT
    assert len(left(TEXT, *listed, *BODY)) == 1 + len(BODY)


def test_a_note_tells_what_was_left_out() -> None:
    found = without_contents(text("# Inhalt", "Lamps", "Oil", "Keepers", *BODY))
    assert found.notes == ("left out as a list of contents: 4 lines from “Inhalt”",)


def test_short_lines_are_announced_where_there_are_no_headings() -> None:
    body = [line.removeprefix("# ") for line in BODY]
    assert left("1. Lamps", "2. Oil", "3. Keepers", *body) == body


def test_a_list_that_stands_twice_is_no_list_of_contents() -> None:
    lines = ["* Lamps", "* Oil", "* Keepers", TEXT, "* Lamps", "* Oil", "* Keepers", TEXT]
    assert left(*lines) == [line.removeprefix("* ") for line in lines]


def test_heads_of_tables_that_stand_again_are_none() -> None:
    head = ["# Lamps", "# a night", "# a year", "Ford | 2 | 700", "Mill | 3 | 800"]
    assert len(left(*head, "# Oil", *head)) == 2 * len(head) + 1


def test_sentences_that_stand_again_are_none() -> None:
    lines = [TEXT, f"{TEXT} So it is.", f"{TEXT} So be it."]
    assert len(left(*lines, "Lamps are lit.", *lines)) == 7


def test_two_headings_in_another_order_are_none() -> None:
    assert len(left("Keepers", "Oil", "Lamps", *BODY)) == 3 + len(BODY)


def test_a_list_goes_on_until_the_title_above_it_comes_again() -> None:
    listed = ["Contents", "Section", "1. Lamps", "2. Oil", "3. Keepers", "4. [Repealed.]"]
    title = "# CHAPTER 1 LAMPS ACT"
    found = left(
        title, "[PRINCIPAL LAW]", "As of 2019", "Revised", *listed, "# SCHEDULE", title, *BODY
    )
    assert found[:5] == [title[2:], "[PRINCIPAL LAW]", "As of 2019", "Revised", title[2:]]
