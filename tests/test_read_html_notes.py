"""Web pages: notes, what calls for them, and raised signs that call for none."""

import pytest

from indexer.document import Document, Kind, NoteMark
from indexer.readers.html.reader import read_fragment, read_markup


def described(markup: str) -> list[str]:
    """A line for each block: its text with `{anchor}` where it calls for a note; notes in full."""
    found = []
    for block in read_fragment(markup):
        text = block.text
        for mark in reversed(block.note_marks):
            text = f"{text[: mark.place]}{{{mark.anchor}}}{text[mark.place :]}"
        is_note = block.kind is Kind.NOTE
        found.append(f"note {block.label} {block.anchor}: {text}" if is_note else text)
    return found


@pytest.mark.parametrize(
    "call",
    [
        "<sup><a href=#n1 id=r1>1</a></sup>",
        "<a href=#n1 id=r1><sup>1</sup></a>",
        "<sup id=r1><a href=#n1>[1]</a></sup>",
        "<a href=#n1 id=r1 class=footnote-ref>1</a>",
        "<a href=#n1 id=r1 role=doc-noteref>1</a>",
        "\n<a href=#n1 id=r1>(<span class=super>1</span>)</a>",
        "<a href=#n1 id=r1>[1]</a>",
    ],
)
@pytest.mark.parametrize(
    "note",
    [
        "<p id=n1>1 Of water. <a href=#r1>↩</a></p>",
        "<p><a id=n1 href=#r1>(1)</a> Of water.</p>",
        "<ol><li id=n1><p>Of water. <a href=#r1>↩︎</a></p></ol>",
        "<aside id=n1><a href=#r1>1</a> Of water.</aside>",
        "<table><tr><td id=n1><a href=#r1>1</a><td>Of water.</table>",
        "<aside id=n1 role=note><span>[<a href=#r1>1</a>]</span><p>Of water.</p></aside>",
        "<dl><dt id=n1><a href=#r1>1</a><dd>Of water.</dl>",
    ],
)
def test_linked_notes(call: str, note: str) -> None:
    assert described(f"<p>Rivers{call}, too.</p>{note}") == [
        "Rivers{n1}, too.",
        "note 1 n1: Of water.",
    ]


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>Law<sup>1</sup> and custom.<sup>2</sup></p>", ["Law and custom."]),
        (
            "<p>Law<sup>1</sup> rules.</p><p><sup>1</sup> Of water.</p>",
            ["Law{note-1} rules.", "note 1 note-1: Of water."],
        ),
        ("<p>10<sup>6</sup> m<sup>2</sup>, 5 km<sup>2</sup></p>", ["10⁶ m², 5 km²"]),
        ("<p>10<sup>−3</sup> of CO<sub>2</sub></p>", ["10⁻³ of CO2"]),
        ("<p>the 5<sup>th</sup> day, 1<sup>er</sup> août</p>", ["the 5th day, 1er août"]),
        ("<p><sup>1</sup> In the beginning</p>", ["1 In the beginning"]),
        ("<p>See <a href=#p5>(5)</a>.</p><p id=p5>(5) Fees.</p>", ["See (5).", "(5) Fees."]),
        ("<p>See <a href=#c>4</a>.</p><h2 id=c>Chapter 4</h2>", ["See 4.", "Chapter 4"]),
        (
            (
                "<p>By the Council(1), and the Court(2):</p><p>(1) All pay.</p><p>The end.</p>"
                "<p>(1) J 29, p. 3.</p><p>(2) J 31, p. 4.</p>"
            ),
            [
                "By the Council{note-1}, and the Court{note-2}:",
                "(1) All pay.",
                "The end.",
                "note 1 note-1: J 29, p. 3.",
                "note 2 note-2: J 31, p. 4.",
            ],
        ),
        (
            (
                "<p>Of the Council(1):</p><p>(1) All pay.</p><p>(2) None runs.</p><p>Done.</p>"
                "<p>(1) OJ C 332 E, 27.11.2001, p. 3.</p><p>(2) See ABl. L 31, S. 4.</p>"
                "<h2>Annex: A form(1)</h2><p>Name:</p><p>Place</p><p>(1) In ink.</p><p>End.</p>"
            ),
            [
                "Of the Council{note-1}:",
                "(1) All pay.",
                "(2) None runs.",
                "Done.",
                "note 1 note-1: OJ C 332 E, 27.11.2001, p. 3.",
                "note 2 note-2: See ABl. L 31, S. 4.",
                "Annex: A form{note-3}",
                "Name:",
                "Place",
                "note 1 note-3: In ink.",
                "End.",
            ],
        ),
        (
            "<p>By the Court(1).</p><p>Article 1</p><p>(1) All pay.</p><p>The end.</p>",
            ["By the Court(1).", "Article 1", "(1) All pay.", "The end."],
        ),
        (
            "<p>By Article 3(1), all pay:</p><p>(1) ten;</p><p>(2) or twenty.</p>",
            ["By Article 3(1), all pay:", "(1) ten;", "(2) or twenty."],
        ),
    ],
)
def test_raised_signs_and_notes_without_links(markup: str, expected: list[str]) -> None:
    assert described(markup) == expected


def test_two_paragraphs_of_a_note() -> None:
    note = "<div id=n1><p>1. Of water.</p><p id=x>And fish.</p></div>"
    assert described(f"<p>Rivers<sup><a href=#n1>1</a></sup></p>{note}") == [
        "Rivers{n1}",
        "note 1 n1: Of water.",
        "note  n1: And fish.",
    ]


def test_notes_of_a_page_of_a_site() -> None:
    story = "The assembly met again in the autumn, and it did so in the old hall by the river"
    note = "<div class=footnotes><ol><li id=n1>It was built of stone in that year, as we know it."
    page = f"<article><h1>Halls</h1><p>{story}<sup><a href=#n1>1</a></sup>.</p>{note}</article>"
    document: Document = read_markup(page + f"<script>{'swap();' * 300}</script>")
    marks = [block.note_marks for block in document.blocks if block.text.startswith("The assembly")]
    assert marks == [(NoteMark(len(story), "n1"),)]
