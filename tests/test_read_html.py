"""Web pages: what of them is the document, as which blocks, and what they state of themselves."""

from pathlib import Path

import pytest

from indexer.document import Block, Document, Kind
from indexer.errors import Unreadable
from indexer.readers.html.reader import read, read_fragment, read_markup
from tests.helpers.pairs import cases, expected

DEEP = 5000
RUSSIAN = "Все люди рождаются свободными и равными в своём достоинстве и правах."


def described(document: Document) -> str:
    """`document` as an .expected file has it: metadata with origins, notes, an empty line, blocks.

    A line for a block is `kind | level | label | anchor | text`; ⏎ stands for a line break.
    """
    lines = []
    for name, value in document.metadata.known().items():
        shown = value if isinstance(value, str) else ", ".join(value)
        lines.append(f"{name}: {shown} ({document.metadata.origins[name]})")
    lines += [f"note: {note}" for note in document.notes]
    lines.append("")
    for block in document.blocks:
        cells = (block.kind, str(block.level), block.label, block.anchor)
        start = " |".join(f" {cell}" if cell else "" for cell in cells).strip()
        lines.append(f"{start} | {block.text}".replace("\n", "⏎"))
    return "\n".join(lines) + "\n"


def texts(markup: str) -> list[str]:
    return [block.text for block in read_fragment(markup)]


@pytest.mark.parametrize("path", cases("html"), ids=lambda path: path.stem)
def test_pages(path: Path) -> None:
    assert described(read(path.read_bytes())) == expected(path)


@pytest.mark.parametrize(
    ("opening", "labels"),
    [
        ("<ol>", ["1.", "2."]),
        ("<ol start=4>", ["4.", "5."]),
        ("<ol start=-1>", ["-1.", "0."]),
        ("<ol start=x>", ["1.", "2."]),
        ("<ol reversed>", ["2.", "1."]),
        ("<ol type=a start=26>", ["z.", "aa."]),
        ("<ol type=A>", ["A.", "B."]),
        ("<ol type=i start=3>", ["iii.", "iv."]),
        ("<ol type=I start=1998>", ["MCMXCVIII.", "MCMXCIX."]),
        ("<ol type=i start=3999>", ["mmmcmxcix.", "4000."]),
        ("<ol type=a start=0>", ["0.", "a."]),
        ("<ul>", ["", ""]),
        ("", ["", ""]),
    ],
)
def test_numbering(opening: str, labels: list[str]) -> None:
    blocks = read_fragment(f"{opening}<li>One<li>Two")
    assert [block.label for block in blocks] == labels


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        ("<ol><li><ol type=a><li>Text</ol></ol>", "1. a."),
        ("<ol><li data-num='(x)'>Text</ol>", "(x)"),
        ("<section data-num=4><p>Text</p></section>", "4"),
        ("<ol><li></li><li>Text</ol>", "2."),
        ("<p data-num=3></p><p>Text", ""),
    ],
)
def test_a_label_goes_to_the_text_that_it_numbers(markup: str, label: str) -> None:
    assert [block.label for block in read_fragment(markup)] == [label]


@pytest.mark.parametrize(
    ("markup", "anchor"),
    [
        ("<p id=a>Text", "a"),
        ("<div id=a><p>Text", "a"),
        ("<div id=a><p id=b>Text", "b"),
        ("<a name=a></a><p>Text", "a"),
        ("<div id=a><a name=b></a><p>Text", "b"),
        ("<a name=a></a><p id=b>Text", "b"),
        ("<p>Text <a name=a>more</a>", ""),
        ("<p id=a></p><p>Text", ""),
    ],
)
def test_anchors(markup: str, anchor: str) -> None:
    assert [block.anchor for block in read_fragment(markup)] == [anchor]


@pytest.mark.parametrize(
    ("markup", "expected_texts"),
    [
        ("co<b>op</b>", ["coop"]),
        ("co\u00adop", ["coop"]),
        ("a\n&nbsp; b", ["a b"]),
        ("a<br>b", ["a b"]),
        ("a<br> <br>b", ["a", "b"]),
        ("<b>a<br><br>b</b>", ["a", "b"]),
        ("a<br>b<br>c", ["a b c"]),
        ("a<p>b</p>c", ["a", "b", "c"]),
        ("a<div>b<section>c</section>d</div>e", ["a", "b", "c", "d", "e"]),
        ("<h2>a <div>b</div></h2>", ["a b"]),
        ("<pre>a\n  b<br>c\n</pre>d", ["a\n  b\nc", "d"]),
        ("a<svg><text>b</text></svg><select><option>c</select>", ["a"]),
        ("a <!-- b --><![CDATA[c]]><?d?>", ["a"]),
        ("<div role=navigation>a</div><div role=search>b</div>c", ["c"]),
        ("<table><tr><td>a<td>b<ul><li>c<li>d</ul>", ["a | b c d"]),
        ("<table><tr><td>a<td><ol start=2><li>b<li>c</ol>", ["a | 2. b 3. c"]),
        ("a |", ["a |"]),
        ("a<main>b</main><main>c</main>", ["a", "b", "c"]),
        ("", []),
    ],
)
def test_text(markup: str, expected_texts: list[str]) -> None:
    assert texts(markup) == expected_texts


@pytest.mark.parametrize(
    ("markup", "expected_texts"),
    [
        ("a<main>b</main>", ["b"]),
        ("a<div role=main>b</div>", ["b"]),
        ("a<main>b<article>c</article></main>", ["b", "c"]),
        ("a<article>b</article>", ["b"]),
        ("a<article>b</article><article>c</article>", ["a", "b", "c"]),
        ("a<main> </main>", ["a"]),
        ("<header>a</header><main>b<footer>c</footer></main><footer>d</footer>", ["b", "c"]),
        ("<header>a</header>b<section><header>c</header></section>", ["b", "c"]),
        ("<main>Text <b>strong</b> and <i>more</i>", ["Text strong and more"]),
        ("<div class=navheader>a</div>b", ["b"]),
        ("<div role=dialog>a</div>b", ["b"]),
        ("<p>a</p></body></html>b", ["a", "b"]),
        ("<table>a<tr><td>b</table>", ["a", "b"]),
        ("a<math><mi>b</mi><annotation>c</annotation></math>", ["ab"]),
        ("<svg><text>a</text></svg>b", ["b"]),
    ],
)
def test_the_content_of_a_page(markup: str, expected_texts: list[str]) -> None:
    assert [block.text for block in read_markup(markup).blocks] == expected_texts


@pytest.mark.parametrize(
    ("head", "body", "title"),
    [
        ("<title>A</title><meta property=og:title content=B>", "<h1>C</h1>", "B"),
        ("<title>A</title><meta name=DC.title content=B>", "<h1>C</h1>", "B"),
        ("<title>A</title>", "<h1>C</h1>", "C"),
        ("<title>A</title>", "<h1>C</h1><h1>D</h1>", "A"),
        ("<title>A | S</title><meta property=og:site_name content=s>", "", "A"),
        ("<title>A – S</title><meta property=og:site_name content=S>", "", "A"),
        ("<title>A | S</title>", "", "A | S"),
        ("<title>A-S</title><meta property=og:site_name content=S>", "", "A-S"),
        ("", "", ""),
    ],
)
def test_titles(head: str, body: str, title: str) -> None:
    page = f"<html><head>{head}</head><body>{body}<p>Text</body></html>"
    assert read_markup(page).metadata.title == title


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<meta name=date content=2020-08>", "", "2020-08"),
        ("<meta name=citation_date content=2020/08/11>", "", "2020-08-11"),
        ("<meta property=article:published_time content=2020-08-11T10:00:00Z>", "", "2020-08-11"),
        ("<meta name=date content=lately>", "<time datetime=2019-01-02>then</time>", "2019-01-02"),
        ("<meta name=date content=11/08/2020>", "On 2 May 2018 it rained.", ""),
    ],
)
def test_dates(head: str, body: str, date: str) -> None:
    page = f"<html><head>{head}</head><body><p>Text {body}</body></html>"
    assert read_markup(page).metadata.date == date


@pytest.mark.parametrize(
    ("markup", "field", "value"),
    [
        ("<link rel=canonical href=https://a.example/b><p>Text", "source", "https://a.example/b"),
        ("<link rel=canonical href=/b><p>Text", "source", ""),
        ("<meta property=og:url content=https://a.example/c><p>A", "source", "https://a.example/c"),
        ("<meta name=dc.identifier content=urn:isbn:3><p>Text", "source", ""),
        ("<meta name=publisher content=Registry><p>Text", "publisher", "Registry"),
        ("<link rel=canonical href=javascript:b><p>Text", "source", ""),
        ("<html lang=zh_Hant><p>Text", "language", "zh-Hant"),
        ("<html lang=DE><p>Text", "language", "de"),
        ("<html lang=sr-LATN-rs><p>Text", "language", "sr-Latn-RS"),
        ("<html lang='in English'><p>Text", "language", ""),
        ("<html lang=en><main lang=de>Text", "language", "de"),
    ],
)
def test_addresses_and_languages(markup: str, field: str, value: str) -> None:
    assert getattr(read_markup(markup).metadata, field) == value


@pytest.mark.parametrize(
    "linked",
    [
        "{",
        "[" * 100_000,
        "null",
        "[[], 3, {}]",
        '{"headline": 3, "publisher": [], "@graph": {"@graph": 0}}',
        '{"@type": {"@id": []}, "headline": {"@id": {}}, "url": [{"name": []}]}',
    ],
)
def test_odd_linked_data_is_harmless(linked: str) -> None:
    page = f"<script type=application/ld+json>{linked}</script><h1>Title</h1><p>Text"
    assert read_markup(page).metadata.title == "Title"


@pytest.mark.parametrize("name", ["div", "b", "blockquote", "li", "ol><li", "pre", "h1", "a"])
def test_deep_nesting(name: str) -> None:
    assert "deep" in " ".join(texts(f"<{name}>" * DEEP + "deep"))


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<div>" * 50_000, "deep"),
        ("<ol><li>" * 50_000, "deep"),
        ("<div>" * 50_000 + "x" + "</div>" * 50_000, "deep"),
        ("<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">x", "attributes"),
    ],
)
def test_a_page_that_would_take_the_parser_minutes(markup: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read(markup.encode())


def test_a_long_page_is_not_a_deep_one() -> None:
    assert len(read(b"<div>x</div><p>y<br>" * 20_000).blocks) == 40_000


def test_a_long_address_is_not_many_attributes() -> None:
    markup = f"<p>Text <img src='data:image/png;base64,{'A' * 100_000}'>"
    assert texts(markup) == ["Text"]


def test_xhtml() -> None:
    document = read(
        b"""<?xml version="1.0"?>
        <!DOCTYPE html [<!ENTITY bomb "boom"><!ENTITY file SYSTEM "file:///etc/hostname">]>
        <html xmlns="http://www.w3.org/1999/xhtml"><head><title/><script src="x"/></head>
        <body><p id="a"><a id="b"/>One &bomb; &file; &eacute;<br/>line.</p><div/><p>Two.</p></body>
        </html>"""
    )
    found = [(block.anchor, block.text) for block in document.blocks]
    assert found == [("a", "One &bomb; &file; é line."), ("", "Two.")]


def test_a_page_that_its_script_would_unhide() -> None:
    story = "The assembly met again in the autumn, and it did so in the old hall by the river."
    page = f"<main><div id=wait>Loading</div></main><div hidden id=story><p>{story}</p></div>"
    script = f"<script>{'swap();' * 300}</script>"
    assert story in [block.text for block in read_markup(page + script).blocks]


def test_text_without_a_word_is_kept_among_others() -> None:
    assert [block.text for block in read(b"<p>* * *</p><p>Text").blocks] == ["* * *", "Text"]


def test_deeply_nested_tables() -> None:
    assert texts("<table><tr><td>a<td>" * DEEP + "deep") == ["a"] * (DEEP - 1) + ["a | deep"]


@pytest.mark.parametrize(
    ("encoding", "head"),
    [
        ("utf-8", ""),
        ("utf-8", "<meta charset=utf-8>"),
        ("utf-8", "<meta charset=utf-16>"),
        ("utf-8", '<?xml version="1.0" encoding="utf-8"?>'),
        ("utf-8-sig", "<meta charset=koi8-r>"),
        ("utf-16", "<meta charset=utf-8>"),
        ("cp1251", "<meta charset=windows-1251>"),
        ("koi8-r", "<meta http-equiv=content-type content='text/html; charset=koi8-r'>"),
    ],
)
def test_encodings(encoding: str, head: str) -> None:
    document = read(f"{head}<p>{RUSSIAN}".encode(encoding))
    assert (document.blocks, document.notes) == ((Block(Kind.PARAGRAPH, RUSSIAN),), ())


def test_latin_1_has_the_quotation_marks_that_browsers_show() -> None:
    document = read("<meta charset=iso-8859-1><p>“Größe” – ja".encode("cp1252"))
    assert [block.text for block in document.blocks] == ["“Größe” – ja"]


def test_null_bytes_are_dirt() -> None:
    assert [block.text for block in read(b"<p>Te\0xt of a page").blocks] == ["Text of a page"]


@pytest.mark.parametrize("declared", ["ascii", "no-such-encoding", "rot13"])
def test_a_wrong_declaration_is_noted(declared: str) -> None:
    document = read(f"<meta charset={declared}><p>{RUSSIAN}".encode())
    assert [block.text for block in document.blocks] == [RUSSIAN]
    assert document.notes == (f"declares the encoding {declared}, but is not in it",)


@pytest.mark.parametrize("markup", ["", " ", "<html>", "<nav>a</nav>", "<!-- a -->", "a.html"[:0]])
def test_a_page_without_text(markup: str) -> None:
    with pytest.raises(Unreadable, match="shows no text"):
        read_markup(markup)


def test_bytes_that_are_no_text() -> None:
    with pytest.raises(Unreadable, match="encoding"):
        read(bytes(range(256)) * 20)


@pytest.mark.parametrize(
    ("markup", "blocks"),
    [
        ("<h1>Title</h1><p>Text", (Block(Kind.PARAGRAPH, "Text"),)),
        (
            "<title>Else</title><h1>Title</h1><h1>Two</h1>",
            (Block(Kind.HEADING, "Title", 1), Block(Kind.HEADING, "Two", 1)),
        ),
        (
            "<meta property=og:title content=Else><h1>Title</h1>",
            (Block(Kind.HEADING, "Title", 1),),
        ),
    ],
)
def test_the_heading_that_is_the_title(markup: str, blocks: tuple[Block, ...]) -> None:
    assert read_markup(markup).blocks == blocks


def test_utf_8_by_the_name_that_old_pages_have_for_it() -> None:
    page = "<meta http-equiv=Content-Type content='text/html; charset=unicode-1-1-utf-8'><p>Fähren."
    document = read(page.encode())
    assert [block.text for block in document.blocks] == ["Fähren."]
    assert document.notes == ()
