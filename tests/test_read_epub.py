"""EPUB books: the chapters in reading order, as the HTML reader reads them."""

import io
from zipfile import ZipFile

import pytest

from indexer.document import Kind, NoteMark
from indexer.errors import Unreadable
from indexer.readers.epub.reader import read
from tests.helpers.office import epub, lines, zipped


def changed(book: bytes, names: dict[str, str]) -> bytes:
    """The container with other names for its members; those that lose theirs are left out."""
    with ZipFile(io.BytesIO(book)) as archive:
        members = {names.get(name, name): archive.read(name) for name in archive.namelist()}
    return zipped({name: content for name, content in members.items() if name})


def test_a_book() -> None:
    chapters = {
        "nav.xhtml nav": "<nav><ol><li>Rivers</li></ol></nav>",
        "cover.xhtml": "<p>Cover</p>",
        "z.xhtml": "<h1>Rivers</h1><p>They run.</p>",
        "a.xhtml": '<h1>Hills</h1><ol start="3"><li>They stay.</li></ol>',
    }
    book = epub(chapters, guide='<reference type="cover" href="cover.xhtml"/>')
    assert lines(read(book)) == [
        "heading 1 | Rivers",
        "paragraph | They run.",
        "heading 1 | Hills",
        "item 1 | 3. | They stay.",
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            "<header><h1>Rivers</h1></header><p>a</p><aside>b</aside>",
            ["heading 1 | Rivers", "paragraph | a", "paragraph | b"],
        ),
        ("<p>a&nbsp;&eacute;</p>", ["paragraph | a é"]),
        ("<p>a <i/>b</p><p>c</p>", ["paragraph | a b", "paragraph | c"]),
        ('<p>a<span epub:type="pagebreak">12</span> b</p>', ["paragraph | a b"]),
        (
            '<p><a href="http://a.example">a</a><span>[http://a.example]</span> b</p>',
            ["paragraph | a b"],
        ),
        ("<p>a<script>b</script></p>", ["paragraph | a"]),
        ("<p>a<br>b</p>", ["paragraph | a b"]),
    ],
)
def test_chapters(body: str, expected: list[str]) -> None:
    assert (
        lines(read(epub({"a.xhtml": body, "b.xhtml": "<h1>Two</h1><h1>Titles</h1>"})))[:-2]
        == expected
    )


def test_a_chapter_that_is_not_well_formed_is_noted() -> None:
    (note,) = read(epub({"a.xhtml": "<p>a<br>b</p>"})).notes
    assert note.startswith("the chapter OEBPS/a.xhtml is not well-formed")


def test_a_missing_chapter_is_noted() -> None:
    book = epub({"a.xhtml": "<p>a</p>", "b.xhtml": "<p>b</p>"})
    document = read(changed(book, {"OEBPS/b.xhtml": ""}))
    assert lines(document) == ["paragraph | a"]
    assert document.notes == ("the chapter OEBPS/b.xhtml is missing in the file",)


def test_names_of_chapters_are_addresses() -> None:
    book = epub({"a%20b.xhtml": "<p>a</p>"})
    assert lines(read(changed(book, {"OEBPS/a%20b.xhtml": "OEBPS/a b.xhtml"}))) == ["paragraph | a"]


def test_anchors_that_two_chapters_have_get_the_name_of_theirs() -> None:
    book = epub({"a.xhtml": '<p id="x">a</p><p id="y">b</p>', "b.xhtml": '<p id="x">c</p>'})
    assert [block.anchor for block in read(book).blocks] == ["a.xhtml#x", "y", "b.xhtml#x"]


@pytest.mark.parametrize(
    ("metadata", "field", "value"),
    [
        ("<dc:title>On Rivers</dc:title><dc:title>More</dc:title>", "title", "On Rivers"),
        ("", "title", "First"),
        ("<dc:date>2020-08-11T10:00:00Z</dc:date>", "date", "2020-08-11"),
        (
            '<dc:date opf:event="modification">2021</dc:date><dc:date>2020</dc:date>',
            "date",
            "2020",
        ),
        ("<dc:publisher>River Press</dc:publisher>", "publisher", "River Press"),
        ("<dc:publisher>unknown</dc:publisher>", "publisher", ""),
        ("<dc:language>und</dc:language><dc:language>fr</dc:language>", "language", "fr"),
        ("<dc:identifier>urn:isbn:1</dc:identifier>", "source", ""),
        ("<dc:identifier>https://a.example/1</dc:identifier>", "source", "https://a.example/1"),
        (
            "<dc:subject>Rivers</dc:subject><dc:subject>Fish, game</dc:subject>",
            "tags",
            ("Rivers", "Fish", "game"),
        ),
    ],
)
def test_metadata(metadata: str, field: str, value: object) -> None:
    found = read(epub({"a.xhtml": "<h1>First</h1><p>Text</p>"}, metadata=metadata)).metadata
    assert getattr(found, field) == value
    if value and value != "First":
        assert found.origins[field].startswith("OPF dc:")


ENCRYPTED = (
    "<encryption><EncryptedData><EncryptionMethod Algorithm='{}'/></EncryptedData></encryption>"
)


def test_a_protected_book_is_refused() -> None:
    scheme = ENCRYPTED.format("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
    with pytest.raises(Unreadable, match="DRM"):
        read(epub({"a.xhtml": "<p>a</p>"}, **{"META-INF/encryption.xml": scheme}))


def test_scrambled_fonts_protect_nothing() -> None:
    scheme = ENCRYPTED.format("http://www.idpf.org/2008/embedding")
    book = epub({"a.xhtml": "<p>a</p>"}, **{"META-INF/encryption.xml": scheme})
    assert lines(read(book)) == ["paragraph | a"]


@pytest.mark.parametrize(
    ("chapters", "anchor"),
    [
        (
            {
                "a.xhtml": '<p>Law<a epub:type="noteref" href="#n">1</a> rules.</p>'
                '<aside epub:type="footnote" id="n"><p>Of water.</p></aside>'
            },
            "n",
        ),
        (
            {
                "a.xhtml": '<p>Law<sup><a id="r" href="b.xhtml#n">1</a></sup> rules.</p>',
                "b.xhtml": '<p id="n"><a href="a.xhtml#r">1</a>. Of water.</p>',
            },
            "n",
        ),
        (
            {
                "a.xhtml": '<p id="n">Law<a epub:type="noteref" href="b.xhtml#n">1</a> rules.</p>',
                "b.xhtml": '<p id="n">1. Of water.</p>',
            },
            "b.xhtml#n",
        ),
    ],
)
def test_notes(chapters: dict[str, str], anchor: str) -> None:
    text, note = read(epub(chapters)).blocks
    assert (text.text, text.note_marks) == ("Law rules.", (NoteMark(3, anchor),))
    assert (note.kind, note.label, note.text, note.anchor) == (Kind.NOTE, "1", "Of water.", anchor)
