"""Scanned pages: what a machine reads on them becomes paragraphs as text does."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from indexer.config import Settings
from indexer.document import Document
from indexer.errors import Unreadable
from indexer.library import open_library
from indexer.readers import read
from indexer.readers.common.tesseract import Failed, Seen, seen
from indexer.readers.pdf.pictures import without_specks
from indexer.readers.pdf.recognised import words
from indexer.readers.recognition import Recognition, find_recognition, recognising
from indexer.reading.passages import split
from tests.conftest import Write
from tests.helpers.inline import open_inline
from tests.helpers.pdfs import PICTURE, lines, pdf, text
from tests.helpers.scans import ENGLISH, needs_tesseract, recognised, scan

pytestmark = pytest.mark.slow

FIRST = (
    "The harbour master keeps a record of every vessel that",
    "enters the basin, and of the hour at which it has mo-",
    "ored at the northern quay of the old town.",
)
SECOND = (
    "No vessel leaves the basin between the ringing of the",
    "evening bell and sunrise, unless the harbour master has",
    "given leave in writing.",
)
ORDER = b"".join(
    (
        text(50, 60, "Order of the Harbour", 18),
        text(50, 100, "1."),
        lines(75, 100, FIRST),
        text(50, 148, "2."),
        lines(75, 148, SECOND),
    )
)
WHOLE = [" ".join(FIRST).replace("mo- ored", "moored"), " ".join(SECOND)]
STAMP = b"BT /F0 9 Tf 40 20 Td (Case 12-345 Document 6 Filed 07/08/09 Page 1 of 2) Tj ET"


@pytest.fixture(scope="module")
def order() -> Document:
    needs_tesseract()
    return recognised(scan(pdf([ORDER]), [STAMP]))


def test_a_scan_is_read_as_a_page_with_text_is(order: Document) -> None:
    typed = split(read(Path("x.pdf"), pdf([ORDER])))
    passages = split(order)
    assert [(p.label, p.text, p.natural_id) for p in passages] == [
        (p.label, p.text, p.natural_id) for p in typed
    ]
    assert [p.text for p in passages] == WHOLE
    assert order.metadata.title == "Order of the Harbour"


def test_each_paragraph_says_how_sure_the_machine_was(order: Document) -> None:
    confidences = [passage.confidence for passage in split(order)]
    assert all(each is not None and 60 < each <= 100 for each in confidences)
    typed = split(read(Path("x.pdf"), pdf([ORDER])))
    assert [(p.confidence, p.how_read) for p in typed] == [(None, "")] * 2
    assert split(order)[0].how_read == f"machine-read, confidence {confidences[0]:.0f} %"


def test_a_stamp_on_a_scan_is_no_text_and_is_noted(order: Document) -> None:
    assert not any("Case 12-345" in block.text for block in order.blocks)
    assert any("stamps or watermarks" in note and "Case 12-345" in note for note in order.notes)
    assert any(note.startswith("read by machine (OCR), page 1, conf") for note in order.notes)


def test_a_page_with_text_stays_as_it_is() -> None:
    needs_tesseract()
    for data in (pdf([lines(50, 60, SECOND)]), pdf([PICTURE + lines(50, 60, SECOND)])):
        assert recognised(data) == read(Path("x.pdf"), data)


@pytest.mark.parametrize(
    "degrees",
    [90, 180, 270],
)
def test_a_page_that_lay_the_wrong_way_is_turned(degrees: int) -> None:
    needs_tesseract()
    lain = scan(pdf([ORDER])).replace(b"/Type/Page/", b"/Type/Page/Rotate %d/" % degrees, 1)
    assert [passage.text for passage in split(recognised(lain))] == WHOLE


@pytest.mark.parametrize(
    ("recognition", "advice"),
    [
        (Recognition(), 'set ocr to the languages of the documents, as in ocr = "eng\\+fra"'),
        (Recognition("eng"), "Tesseract is not installed; install it"),
        (
            Recognition("eng+chi_sim", program="/x", missing=("chi_sim",)),
            "lacks the language chi_sim.*tesseract-ocr-chi-sim",
        ),
    ],
    ids=["off", "not installed", "language"],
)
def test_what_to_do_about_a_scan_is_said(recognition: Recognition, advice: str) -> None:
    with recognising(recognition, lambda: None), pytest.raises(Unreadable, match=advice):
        read(Path("x.pdf"), pdf([PICTURE]))


def test_a_language_that_is_missing_is_found_out() -> None:
    needs_tesseract()
    assert find_recognition("eng+qqq", 60).missing == ("qqq",)
    assert find_recognition("", 60) == Recognition("", 60)


def test_what_the_program_says_of_a_bad_picture_is_told() -> None:
    needs_tesseract()
    with pytest.raises(Failed, match="Tesseract failed"):
        seen(b"no picture", 300, ENGLISH)


def test_a_page_that_takes_too_long_is_told_with_what_to_do() -> None:
    needs_tesseract()
    hasty = replace(ENGLISH, seconds=0.001)
    with recognising(hasty, lambda: None), pytest.raises(Unreadable, match="raise ocr_seconds"):
        read(Path("x.pdf"), scan(pdf([ORDER])))


def test_a_picture_without_text_is_told_apart() -> None:
    needs_tesseract()
    with pytest.raises(Unreadable, match="nothing could be recognised"):
        recognised(pdf([PICTURE]))


def test_scans_are_read_in_the_sandbox_and_stored_with_their_confidence(
    settings: Settings, write: Write
) -> None:
    needs_tesseract()
    write("order.pdf", scan(pdf([ORDER])))
    with open_library(replace(settings, ocr="eng")) as library:
        assert not library.maintenance.sync().failures
        passages = [stored.passage for stored in library.document("order").passages]
        assert [passage.text for passage in passages] == WHOLE
        assert all((passage.confidence or 0) > 60 for passage in passages)


def test_pdfs_are_read_again_once_scans_can_be(settings: Settings, write: Write) -> None:
    needs_tesseract()
    write("scan.pdf", scan(pdf([ORDER])))
    write("typed.pdf", pdf([lines(50, 60, SECOND)]))
    write("a.txt", "Herrings swim.\n")
    with open_inline(settings) as library:
        assert "set ocr" in library.maintenance.sync().failures["scan.pdf"]
    with open_inline(replace(settings, ocr="eng")) as library:
        plan = library.maintenance.plan()
        assert [file.path for file in plan.new] == ["scan.pdf"]
        assert [file.path for file in plan.changed] == ["typed.pdf"]
        assert not library.maintenance.sync().failures
        assert library.document("typed").document.edition == 1
        assert library.maintenance.plan().unchanged == 3


def test_specks_go_and_strokes_stay() -> None:
    paper = np.full((9, 9), 255, np.uint8)
    paper[1, 1] = 0
    paper[4:6, :] = 0
    clean = without_specks(paper)
    assert clean[1, 1] == 255
    assert (clean[4:6, :] == 0).all()


def test_words_of_a_slanting_line_stand_on_one_baseline_and_have_one_size() -> None:
    line = ("1", "1", "1", "1")
    found = words(
        [
            Seen("Every", 96, line, 0, 100, 80, 137),
            Seen("seam", 96, line, 100, 110, 180, 129),
            Seen("|", 20, line, 190, 100, 195, 180),
            Seen("holds", 96, line, 200, 102, 280, 131),
        ],
        scale=0.24,
    )
    assert [word.text for word in found] == ["Every", "seam", "holds"]
    assert len({(word.base, word.size, word.top, word.bottom) for word in found}) == 1
