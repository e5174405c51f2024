"""What the pages are made of, each part by itself: pairs of what comes in and what goes out."""

import re
from itertools import product

import pytest

from indexer.citing.dates import spoken_date
from indexer.citing.source import Numbering
from indexer.document import Kind, Metadata, Passage, StoredDocument, StoredPassage
from tests.conftest import ROOT
from web.marking import excerpt, marked
from web.outline import outline
from web.paging import offered, page_number
from web.wording import counted, headings_of, linkable


@pytest.mark.parametrize(
    ("text", "marks", "html"),
    [
        ("lamps and oil", (), "lamps and oil"),
        ("lamps and oil", ((0, 5), (10, 13)), "<mark>lamps</mark> and <mark>oil</mark>"),
        ("a<b>c", ((1, 4),), "a<mark>&lt;b&gt;</mark>c"),
        ("<mark>&", ((6, 7),), "&lt;mark&gt;<mark>&amp;</mark>"),
        ("日本語", ((0, 2), (2, 3)), "<mark>日本</mark><mark>語</mark>"),
    ],
)
def test_marked(text: str, marks: tuple[tuple[int, int], ...], html: str) -> None:
    assert marked(text, marks) == html


GAP = '<span class="gap">…</span>'


@pytest.mark.parametrize(
    ("windows", "html"),
    [
        (((0, 13),), "<mark>lamps</mark> &lt;oil&gt; <mark>a</mark>"),
        (((0, 5),), f"<mark>lamps</mark> {GAP}"),
        (((6, 11),), f"{GAP} &lt;oil&gt; {GAP}"),
        (((2, 7),), f"{GAP} <mark>mps</mark> &lt; {GAP}"),
        (((6, 13),), f"{GAP} &lt;oil&gt; <mark>a</mark>"),
        (((0, 3), (7, 13)), f"<mark>lam</mark> {GAP} oil&gt; <mark>a</mark>"),
        (((1, 2), (12, 13)), f"{GAP} <mark>a</mark> {GAP} <mark>a</mark>"),
    ],
)
def test_excerpt(windows: tuple[tuple[int, int], ...], html: str) -> None:
    assert excerpt("lamps <oil> a", ((0, 5), (12, 13)), windows) == html


@pytest.mark.parametrize(
    ("text", "number"),
    [
        *(("1", 1), ("999999", 999999), ("0", None), ("-1", None), ("1000000", None)),
        *(("", None), ("x", None), ("1.5", None), ("٣", None), ("1\n", None), (" 1", None)),
    ],
)
def test_page_number(text: str, number: int | None) -> None:
    assert page_number(text) == number


@pytest.mark.parametrize(
    ("page", "pages", "numbers"),
    [
        (1, 1, [1]),
        (1, 3, [1, 2, 3]),
        (1, 9, [1, 2, 3, None, 9]),
        (4, 9, [1, 2, 3, 4, 5, 6, None, 9]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (6, 12, [1, None, 4, 5, 6, 7, 8, None, 12]),
        (12, 12, [1, None, 10, 11, 12]),
    ],
)
def test_offered(page: int, pages: int, numbers: list[int | None]) -> None:
    assert offered(page, pages) == numbers


@pytest.mark.parametrize(
    ("date", "spoken"),
    [
        ("2020-08-11", "11 August 2020"),
        ("2020-01-01", "1 January 2020"),
        ("2020-12", "December 2020"),
        ("2020", "2020"),
        ("", ""),
        ("2020-13", "2020-13"),
        ("spring 2020", "spring 2020"),
    ],
)
def test_spoken_date(date: str, spoken: str) -> None:
    assert spoken_date(date) == spoken


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 paragraphs"), (1, "1 paragraph"), (2, "2 paragraphs"), (1200, "1,200 paragraphs")],
)
def test_counted(number: int, words: str) -> None:
    assert counted(number, "paragraph") == words


@pytest.mark.parametrize(
    ("source", "yes"),
    [
        ("https://example.org/a", True),
        ("HTTP://example.org", True),
        ("ftp://example.org", False),
        ("javascript:alert(1)", False),
        ("//example.org", False),
        ("Archive, box 3", False),
    ],
)
def test_linkable(source: str, yes: bool) -> None:
    assert linkable(source) is yes


def stored_document(slug: str, **metadata: str) -> StoredDocument:
    return StoredDocument(slug, f"{slug}.txt", Metadata(**metadata), 1, 0, "")  # type: ignore[arg-type]


def passage(order: int, label: str = "", natural: str = "", *heading: str) -> Passage:
    return Passage(order, Kind.PARAGRAPH, "text", label, heading, natural_id=natural)


FIRST = passage(1, "1.", "para-1", "Article 1")
UNDER_FIRST = passage(2, "(a)", "para-1-a", "Article 1")
OTHER_FIRST = passage(3, "1.", "para-1", "Article 2")
FIFTH = passage(4, "5.", "para-5", "Article 2")
UNDER_FIFTH = passage(5, "(b)", "para-5-b", "Article 2")
PASSAGES = (FIRST, UNDER_FIRST, OTHER_FIRST, FIFTH, UNDER_FIFTH)


@pytest.mark.parametrize(
    ("cited", "name"),
    [
        (FIRST, "Article 1, ¶ 1"),
        (UNDER_FIRST, "Article 1, ¶ 1(a)"),
        (OTHER_FIRST, "Article 2, ¶ 1"),
        (FIFTH, "¶ 5"),
        (UNDER_FIFTH, "¶ 5(b)"),
        (passage(3), "[¶ 3]"),
        (passage(9, "7)", "para-7"), "¶ 7"),
        (passage(9, "[12]", "para-12"), "¶ 12"),
        (passage(9, "Art. 4(2)", "art-4-2"), "Art. 4(2)"),
        (passage(9, "Article 4.", "art-4"), "Article 4"),
        (passage(9, "§ 12", "sec-12"), "§ 12"),
        (passage(9, "3.1.2", "para-3-1-2"), "¶ 3.1.2"),
        (passage(9, "1. (a)", "para-1-a"), "¶ 1(a)"),
        (passage(9, "Art. 4 (2)", "art-4-2"), "Art. 4(2)"),
    ],
)
def test_pinpoint(cited: Passage, name: str) -> None:
    assert Numbering(PASSAGES).pinpoint(cited) == name


@pytest.mark.parametrize(
    ("paths", "headings"),
    [
        ([()], [()]),
        ([("A",), ("A",)], [((2, "A"),), ()]),
        ([("A", "B"), ("A", "C")], [((2, "A"), (3, "B")), ((3, "C"),)]),
        ([("A", "B"), ("C",)], [((2, "A"), (3, "B")), ((2, "C"),)]),
        ([("A", "B"), ("A",)], [((2, "A"), (3, "B")), ((2, "A"),)]),
        ([("A", "B"), ("C", "B")], [((2, "A"), (3, "B")), ((2, "C"), (3, "B"))]),
        ([("Title", "A"), ("Title",)], [((2, "A"),), ()]),
        ([("A", "B", "C", "D", "E", "F")], [tuple(zip([2, 3, 4, 5, 6, 6], "ABCDEF", strict=True))]),
    ],
)
def test_outline(paths: list[tuple[str, ...]], headings: list[tuple[tuple[int, str], ...]]) -> None:
    document = stored_document("a", title="Title")
    stored = [
        StoredPassage(n, "a", 1, None, passage(n, "", "", *path))
        for n, path in enumerate(paths, start=1)
    ]
    assert [entry.headings for entry in outline(document, stored)] == headings


def test_heading_that_repeats_the_title_is_left_out() -> None:
    document = stored_document("a", title="Title")
    assert headings_of(passage(1, "", "", "Title", "Part"), document) == ("Part",)


# The colours, as WCAG 2.2 measures them


def palettes() -> dict[str, dict[str, str]]:
    css = (ROOT / "web" / "static" / "pilcrow.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?--mark:.*?)\}", css.split("@media print")[0], re.DOTALL)
    colours = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in (light, dark)]
    return {"light": colours[0], "dark": colours[0] | colours[1]}


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(
    ("front", "back", "least"),
    [
        *((*pair, 4.5) for pair in product(("ink", "muted", "accent"), ("paper", "set-off"))),
        ("on-mark", "mark", 4.5),
        ("on-button", "button", 4.5),
        ("edge", "paper", 3.0),
    ],
)
def test_contrast(mode: str, front: str, back: str, least: float) -> None:
    colours = palettes()[mode]
    darker, lighter = sorted((luminance(colours[front]), luminance(colours[back])))
    assert (lighter + 0.05) / (darker + 0.05) >= least
