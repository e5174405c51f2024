"""Web pages: what browsers do not show, and how they number lists."""

import pytest

from indexer.document import Block, Kind
from indexer.readers.html.reader import read, read_markup

LIST = "<li>One<li>Two"


def texts(markup: str) -> list[str]:
    return [block.text for block in read_markup(f"<main>{markup}<p>End").blocks]


@pytest.mark.parametrize(
    "unseen",
    [
        "<p hidden>No",
        "<p hidden=until-found>No",
        "<p style='color: red; display:none'>No",
        "<p style='visibility: hidden'>No",
        "<p class='sr-only big'>No",
        "<span aria-hidden=true>No</span>",
        "<span style='display: none'>No</span>",
        "<del>No</del>",
        "<s>No</s><strike>No</strike>",
        "<style>.gone, b {display: none}</style><p class=gone>No",
        "<style>/* x */ .a {} .gone {visibility: hidden !important}</style><p class=gone>No",
    ],
)
def test_what_is_not_shown(unseen: str) -> None:
    assert texts(unseen) == ["End"]


@pytest.mark.parametrize(
    "sheet",
    [
        "@media print {.a {display: none}}",
        "@media (max-width: 100px) {.a {display: none}}",
        ".a:hover {display: none}",
        ".b {display: none}",
        ".a {display: none} p.a {display: block}",
        "{{{ .a {",
        "",
    ],
)
def test_what_a_style_sheet_lets_be_seen(sheet: str) -> None:
    assert texts(f"<style>{sheet}</style><p class=a>Yes") == ["Yes", "End"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>の川", "東京の川"),
        ("water<wbr>ways and out&ZeroWidthSpace;flow", "waterways and outflow"),
        ("a&#x2060;b c&#xfeff;d e&shy;f", "ab cd ef"),
        ("川の水\n  は皆の", "川の水は皆の"),
        ("川の水 は皆の", "川の水 は皆の"),
        ("강물은\n모두의", "강물은 모두의"),
    ],
)
def test_one_word_stays_one(markup: str, text: str) -> None:
    assert texts(f"<p>{markup}</p>") == [text, "End"]


@pytest.mark.parametrize(
    ("opening", "labels"),
    [
        ("<ol style='list-style-type: lower-alpha'>", ["a.", "b."]),
        ("<ol style='list-style: inside upper-roman' start=4>", ["IV.", "V."]),
        ("<ol style='list-style-type: decimal-leading-zero'>", ["01.", "02."]),
        ("<ol style='list-style-type: lower-greek'>", ["α.", "β."]),
        ("<ol style='list-style-type: lower-latin' start=27>", ["aa.", "ab."]),
        ("<ol style='list-style-type: arabic-indic'>", ["١.", "٢."]),
        ("<ol style='list-style-type: cjk-ideographic' start=10>", ["十、", "十一、"]),
        ("<ol style='list-style-type: none'>", ["", ""]),
        ("<ol type=a style='list-style-type: none'>", ["", ""]),
        ("<ol style='list-style-type: \"– \"'>", ["", ""]),
        ("<ol style='list-style-type: of-my-own' type=A>", ["A.", "B."]),
        ("<ul style='list-style-type: upper-alpha'>", ["A.", "B."]),
        ("<style>ol.x {list-style-type: lower-roman}</style><ol class=x>", ["i.", "ii."]),
        ("<style>ol.x>li {list-style-type: lower-roman}</style><ol class=x type=a>", ["i.", "ii."]),
        ("<style>ol {list-style: none}</style><ol style='list-style: decimal'>", ["1.", "2."]),
    ],
)
def test_the_numbers_of_lists(opening: str, labels: list[str]) -> None:
    blocks = read_markup(f"<main>{opening}{LIST}").blocks
    assert [block.label for block in blocks] == labels


def test_a_declaration_that_is_commented_out() -> None:
    page = "<head><!-- <meta charset=windows-1251> --><meta charset=utf-8></head><p>Zürich"
    assert [block.text for block in read(page.encode()).blocks] == ["Zürich"]


PROSE = """
                             OPENING

  The mayor of the town, who had come late, opened the meeting with a few
words about the river. Nobody answered her.

                             FERRIES

  The clerk read the report on ferries, as the council had asked him to do
in the spring of the year. It was agreed that lamps are needed.
"""


def test_preformatted_prose_is_read_as_text() -> None:
    assert [(block.kind, block.text[:20]) for block in read_markup(f"<pre>{PROSE}").blocks] == [
        (Kind.PARAGRAPH, "OPENING"),
        (Kind.PARAGRAPH, "The mayor of the tow"),
        (Kind.HEADING, "FERRIES"),
        (Kind.PARAGRAPH, "The clerk read the r"),
    ]


@pytest.mark.parametrize(
    "code",
    [
        "Reach   Length\n  Upper   12 km",
        "\n".join(f"if (level[{n}] > {n}) {{ open_the_gate(of, the, river); }}" for n in range(20)),
        "\n".join(f"{n:032x} 1428 text extra example-{n}.tar.gz and more" for n in range(20)),
    ],
)
def test_code_stays_code(code: str) -> None:
    assert read_markup(f"<pre>{code}").blocks == (Block(Kind.CODE, code),)
