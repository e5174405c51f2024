"""Markdown: the numbers and the text that the author wrote, whatever a list looks like."""

from pathlib import Path

import pytest

from indexer.errors import Unreadable
from indexer.readers.markdown.reader import read
from tests.helpers.pairs import cases, expected
from tests.test_read_html import described


def blocks(text: str) -> list[tuple[str, str]]:
    """The label and the text of each block."""
    return [(block.label, block.text) for block in read(text.encode()).blocks]


@pytest.mark.parametrize("path", cases("markdown"), ids=lambda path: path.stem)
def test_files(path: Path) -> None:
    assert described(read(path.read_bytes())) == expected(path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("5. alone", [("5.", "alone")]),
        ("5) alone", [("5)", "alone")]),
        ("3. a\n5. b", [("3.", "a"), ("5.", "b")]),
        ("3. a\n\n5. b", [("3.", "a"), ("5.", "b")]),
        ("3. a\n\ntext\n\n5. b", [("3.", "a"), ("", "text"), ("5.", "b")]),
        ("1. a\n1. b", [("1.", "a"), ("2.", "b")]),
        ("4. a\n4. b", [("4.", "a"), ("4.", "b")]),
        ("2. a\n3. b\n\n1. c", [("2.", "a"), ("3.", "b"), ("1.", "c")]),
        ("text\n1. a", [("", "text"), ("1.", "a")]),
        ("text:\n7. a\n8. b", [("", "text:"), ("7.", "a"), ("8.", "b")]),
        ("text of\n7. May", [("", "text of 7. May")]),
        ("text\n- a\n- b", [("", "text"), ("", "a"), ("", "b")]),
        ("- a\n1. b", [("", "a"), ("1.", "b")]),
        ("1. a\n\n   more\n2. b", [("1.", "a"), ("", "more"), ("2.", "b")]),
        ("1.5 kg", [("", "1.5 kg")]),
        ("> 5. quoted", [("5.", "quoted")]),
        ("# 5. Heading\n# B", [("", "5. Heading"), ("", "B")]),
        ("    5. code", [("", "5. code")]),
        ("```\n5. code\n```", [("", "5. code")]),
        ("* * *\n\na", [("", "a")]),
    ],
)
def test_numbers(text: str, found: list[tuple[str, str]]) -> None:
    assert blocks(text) == found


@pytest.mark.parametrize("step", [2, 3, 4])
@pytest.mark.parametrize("blank", ["\n", "\n\n"])
def test_nesting_by_any_indentation(step: int, blank: str) -> None:
    text = blank.join(
        " " * step * depth + f"{mark} x" for depth, mark in enumerate(["1.", "-", "*"])
    )
    assert [(b.level, b.label) for b in read(text.encode()).blocks] == [(1, "1."), (2, ""), (3, "")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a[^1]\n[^1]: b", ["a[^1]", "[^1]: b"]),
        ("[Note]: mind", ["[Note]: mind"]),
        ("[Note]:\nmind", ["[Note]: mind"]),
        ("[a]\n\n[a]: https://b.example", ["a"]),
        ("|a|b|\n|-|-|\n|c|d|e|", ["a | b", "c | d | e"]),
        ("a<script>b</script>", ["a"]),
        ("<div>a\n\nb</div>", ["a", "b"]),
        ("a<article>b</article>", ["a", "b"]),
        ("a\r\nb\r\n\r\nc", ["a b", "c"]),
        ("---\na", ["a"]),
    ],
)
def test_text(text: str, found: list[str]) -> None:
    assert [text for _, text in blocks(text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](https://b.example) c", "a c"),
        ("[a [b] c](/d 'e')", "a [b] c"),
        ("[a][b] [c][] [d]\n\n[b]: /b\n[c]: /c\n[d]: /d", "a c d"),
        ("[a](b", "[a](b"),
        ("[a] (b)", "[a] (b)"),
        ("x [[a](/b)", "x [a"),
        ("![a](/b) c", "c"),
        ("[![a](/b) c](/d)", "c"),
        ("[not](a link", "[not](a link"),
        ("a\\[b\\]", "a[b]"),
        ("[" + "long " * 100 + "text](/b)", "long " * 100 + "text"),
        ("*a* **b** `c` <d@e.example> <https://f.example>", "a b c d@e.example https://f.example"),
        ("a &amp; b &copy; &#35;", "a & b © #"),
        ("a\\\nb  \nc", "a b c"),
    ],
)
def test_inline_text_is_kept(text: str, found: str) -> None:
    assert blocks(text) == [("", found)]


@pytest.mark.parametrize("piece", ["[", "![", "[a](", "[^1", "![[]()", "*a", "<a ", "&", "`"])
def test_brackets_without_end(piece: str) -> None:
    """Quadratic time would be hours here."""
    assert read(b"x " + piece.encode() * 20_000).blocks[0].text.startswith("x ")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    document = read("---\ntitle: Größe\n---\nWürde".encode(encoding))
    assert (document.metadata.title, document.blocks[0].text) == ("Größe", "Würde")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("---\ntitle: A\n---\n# B\n\nText", "A"),
        ("# B\n\nText", "B"),
        ("Text\n\n# B\n\n# C", "B"),
        ("## B\n\nText", ""),
    ],
)
def test_titles(text: str, title: str) -> None:
    assert read(text.encode()).metadata.title == title


@pytest.mark.parametrize(
    ("text", "title", "note"),
    [
        ("---\ntitle: A: B\nurl: x\n---\nText", "A: B", "read line by line"),
        ("---\ntitle: [\n---\nText", "", "read line by line"),
        ("---\ntitle: A\ndate: 2020-13-45\n---\nText", "A", "cannot be used"),
        ("---\nA rule.\n\n---\n\nText", "", "opens with a rule"),
    ],
)
def test_malformed_front_matter(text: str, title: str, note: str) -> None:
    found = read(text.encode())
    assert found.metadata.title == title
    assert any(note in each for each in found.notes)
    assert found.blocks[-1].text == "Text"


def test_a_text_that_opens_with_a_rule_is_whole() -> None:
    assert [text for _, text in blocks("---\nA rule.\n\n---\n\nText")] == ["A rule.", "Text"]


@pytest.mark.parametrize("text", ["", "\n", "---\ntitle: A\n---\n", "<script>a</script>"])
def test_a_file_without_text(text: str) -> None:
    with pytest.raises(Unreadable, match="no text"):
        read(text.encode())


def test_a_list_nested_beyond_reason() -> None:
    with pytest.raises(Unreadable, match="too deeply"):
        read(b"1. " * 500 + b"a")


def test_a_law_nests_by_indentation() -> None:
    law = "3.\n    a)  first,\n\n\n    b)  second\n        line:\n\n"
    law += "        aa)  third,\n\n        bb)  last."
    assert blocks(f"{law}\n\nThe end.") == [
        ("3. a)", "first,"),
        ("", "b) second line:"),
        ("", "aa) third,"),
        ("", "bb) last."),
        ("", "The end."),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("    *   the name of the person\n", ("", "the name of the person")),
        ("    * x = y * z\n", ("", "* x = y * z")),
        ("    5. the name of the person\n", ("", "5. the name of the person")),
    ],
)
def test_what_is_indented_is_text_if_it_reads_as_that(text: str, found: tuple[str, str]) -> None:
    assert blocks(text) == [found]


def test_an_item_that_is_only_a_number_numbers_the_next() -> None:
    text = "*   *   1.\n\n    *   the name,\n\n*   *   2.\n\n    *   the place.\n\n*   3.\n"
    assert blocks(text) == [("1.", "the name,"), ("2.", "the place."), ("", "3.")]


def test_what_is_indented_keeps_the_hyphens_within_it() -> None:
    law = "3.  on\n\n    a)  persons:\n\n        bb) kite- and boat-makers - and others,\n"
    assert blocks(law)[-1] == ("", "bb) kite- and boat-makers - and others,")
