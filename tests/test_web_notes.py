"""What the pages and the terminal say of notes, of what was left out, and of machine reading."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from indexer.citing.source import Numbering
from indexer.cli import main
from indexer.config import Settings
from indexer.document import Kind, NoteMark, Passage, StoredPassage
from indexer.library import Library
from indexer.serialise import document_json, info_json, report_json
from indexer.terminal import reading
from tests.conftest import Write
from tests.helpers.inline import open_inline
from tests.helpers.pdfs import pdf
from tests.helpers.scans import needs_tesseract, scan
from tests.test_read_scans import ORDER
from web.app import create_app
from web.notes import Notes
from web.parts import Part

HARBOUR = """<h1>On harbours</h1>
<p>1. The master keeps a record<sup><a href="#fn1" id="r1">1</a></sup> of every vessel &lt;large&gt;
or small.<sup><a href="#fn2" id="r2">2</a></sup></p>
<p>2. No vessel leaves the basin at night.</p>
<ol><li id="fn1">As the statute has it. <a href="#r1">↩</a></li>
<li id="fn2">Rafts are none. <a href="#r2">↩</a></li></ol>"""
TERMS = "sidecar: colour is not used"
Run = Callable[..., Result]


@pytest.fixture
def harbour(library: Library, write: Write) -> FlaskClient:
    write("harbour.html", HARBOUR)
    write("harbour.html.meta.yaml", "colour: red\n")
    library.maintenance.sync()
    return create_app(library).test_client()


@pytest.fixture
def run(settings: Settings) -> Run:
    environ = {"PILCROW_CORPUS": str(settings.corpus), "PILCROW_DATA": str(settings.data)}
    return lambda *words: CliRunner(env=environ).invoke(main, words)


def test_a_mark_links_to_its_note_and_the_note_back(harbour: FlaskClient) -> None:
    page = harbour.get("/d/harbour").text
    first, second = re.findall(r'record<sup class="call"><a href="#([^"]*)" id="([^"]*)"', page)[0]
    assert first == "note-1"
    note = page[page.index(f'id="{first}"') :]
    assert "As the statute has it." in note
    assert f'href="#{second}"' in note
    assert "&lt;large&gt; or small.<sup" in page


def test_what_a_reader_left_out_or_doubted_is_on_the_document(harbour: FlaskClient) -> None:
    page = harbour.get("/d/harbour").text
    doubts = re.search(r'<details class="doubts" lang="en" open>.*?</details>', page, re.DOTALL)
    assert doubts
    assert TERMS in doubts[0]


def test_a_document_says_by_which_names_it_is_cited(library: Library, write: Write) -> None:
    write("oars.txt", "Neutral Citation Number: [2021] UKSC 12\n\n1. Oars are kept dry.")
    write("sails.txt", "On sails\n\n1. Sails are kept dry.")
    write("sails.txt.meta.yaml", "names: [S/RES/99 (2005), /akn/un/statement/99]\n")
    library.maintenance.sync()
    client = create_app(library).test_client()
    assert "Cited as <bdi>[2021] UKSC 12</bdi></p>" in client.get("/d/oars").text
    page = client.get("/d/sails").text
    assert "Cited as <bdi>S/RES/99 (2005)</bdi></p>" in page
    assert "<bdi>/akn/un/statement/99</bdi></dd>" in page


def test_a_mark_at_each_end_of_a_text_is_set() -> None:
    note = Passage(2, Kind.NOTE, "Twice.", "*", anchor="n", id="note")
    marks = (NoteMark(0, "n"), NoteMark(3, "n"), NoteMark(3, "gone"))
    passage = Passage(1, Kind.PARAGRAPH, "a<b", note_marks=marks, id="p1")
    stored = [StoredPassage(each.order, "d", 1, None, each) for each in (passage, note)]
    notes = Notes(stored, Part(1, 1, 0, len(stored)))
    bare = re.sub(r"<sup.*?>\*</a></sup>", "*", notes.text(passage))
    assert bare == "*a&lt;b*"
    assert re.findall(r'href="#([^"]*)"', notes.text(note)) == ["_call-p1-1", "_call-p1-2"]


def test_a_note_is_cited_as_one() -> None:
    note = Passage(2, Kind.NOTE, "Rafts are none.", "2", id="note-2")
    paragraph = Passage(1, Kind.PARAGRAPH, "Rafts.", "2.", id="para-2")
    assert Numbering((paragraph, note)).pinpoint(note) == "note 2"


@pytest.mark.usefixtures("harbour")
def test_show_prints_a_paragraph_with_its_notes(run: Run) -> None:
    told = run("show", "/d/harbour/para-1").stdout
    assert "notes: /d/harbour/note-1, /d/harbour/note-2" in told
    assert "/d/harbour/note-2   note\n2 Rafts are none." in told
    assert "No vessel" not in told
    shown = json.loads(run("show", "/d/harbour/para-1", "--json").stdout)
    assert [each["kind"] for each in shown["passages"]] == ["paragraph", "note", "note"]
    first, *_ = shown["passages"]
    called = [first["text"][: mark["place"]].rpartition(" ")[2] for mark in first["note_marks"]]
    assert called == ["record", "small."]


def test_a_sync_and_the_info_tell_what_readers_left_out_or_doubted(run: Run, write: Write) -> None:
    for number in range(12):
        write(f"{number:02}.txt", f"Herring {number} swims.\n")
        write(f"{number:02}.txt.meta.yaml", "colour: red\n")
    for words in (["sync"], ["info"]):
        told = run(*words).stdout
        assert f"note on 00.txt: {TERMS}" in told
        assert told.count("note on") == 10
        assert "notes on 2 documents more; 'pilcrow show' prints them" in told
    told = run("sync").stdout
    assert "note on" not in told  # nothing was read
    notes = json.loads(run("info", "--json").stdout)["notes"]
    assert len(notes) == 12
    assert notes[0]["file"] == "00.txt"
    assert notes[0]["notes"][0].startswith(TERMS)


def test_the_report_of_a_sync_has_the_notes(library: Library, write: Write) -> None:
    write("a.txt", "Herrings swim.\n")
    write("a.txt.meta.yaml", "colour: red\n")
    ((file, (note,)),) = [
        (each["file"], each["notes"])
        for each in report_json(library.maintenance.sync(), [])["notes"]
    ]
    assert (file, note[: len(TERMS)]) == ("a.txt", TERMS)
    assert info_json(library.info(), library.noted())["notes"][0]["file"] == "a.txt"


def test_what_a_machine_read_says_so_wherever_it_is_shown(settings: Settings, write: Write) -> None:
    needs_tesseract()
    write("scan.pdf", scan(pdf([ORDER])))
    with open_inline(replace(settings, ocr="eng")) as library:
        library.maintenance.sync()
        shown = library.document("scan")
        passage = document_json(shown, library.cited(shown))["passages"][0]
        confidence = passage["confidence"]
        assert confidence is not None
        words = f"achine-read, confidence {confidence:.0f} %"
        page = create_app(library).test_client().get("/d/scan/para-1").text
        assert f'<p class="meta read" lang="en">M{words}</p>' in page
        assert f"p. 1, ¶ 1, m{words}, http://localhost/d/scan/para-1@1" in page
        assert f"p. 1   m{words}" in "\n".join(reading(shown, library.cited(shown)))
