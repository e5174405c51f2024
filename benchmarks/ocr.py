"""Pages of manuals made into bad scans, and how many of their characters a machine reads wrong.

    python benchmarks/ocr.py ../shared/data/crossformat

Pages are drawn at 150 dots an inch, greyed, with grain and specks, and read as any scan is. What
was read is compared with the text of the same pages in the PDF, quotation signs and spaces aside.
"""

import sys
import time
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import mean

import numpy as np
import pypdfium2
from rapidfuzz.distance import Levenshtein

from indexer.readers.common.tesseract import seen
from indexer.readers.pdf.pictures import Dots, as_file, without_specks
from indexer.readers.recognition import Recognition, find_recognition

_PAGES = 20
_DPI, _INCH = 150, 72
_GRAIN, _SPECKS = 12, 0.0005
_LEAST = 800  # characters of a page that is a text
_LEADERS = ". . . ."  # a table of contents is left out of a document, scanned or not
_ALIKE = str.maketrans("‘’“”", "''\"\"", "\u00ad")
_HYPHENS = str.maketrans("\ufffe\x02", "--")


@dataclass(frozen=True)
class Way:
    """A way to make a picture ready: how much larger, cleaned or not, parted in which mode."""

    name: str
    times: float = 2
    clean: bool = True
    layout: int = 3


WAYS = (
    Way("as it is read: at 300 dpi, specks out"),
    Way("at 300 dpi, with its specks", clean=False),
    Way("at 150 dpi, with its specks", 1, clean=False),
    Way("at 450 dpi, specks out", 3),
    Way("one block of text (psm 6)", layout=6),
    Way("one column of text (psm 4)", layout=4),
)


def main() -> None:
    """Prints a row for each way, the one that is used first; `--all` for the others."""
    recognition = find_recognition("eng", 120)
    if not recognition.is_ready:
        sys.exit(recognition.advice)
    folder, ways = Path(sys.argv[1]), WAYS if "--all" in sys.argv else WAYS[:1]
    pages = list(_chosen(sorted(folder.glob("*/en/*.pdf"))))
    print("| picture | pages | characters wrong | worst page | mean confidence | s a page |")
    print("|---|---|---|---|---|---|")
    for way in ways:
        print(_row(way, pages, recognition), flush=True)


def _chosen(files: list[Path]) -> Iterator[tuple[str, Dots]]:
    """The text and the scan of pages at equal distances in the files."""
    for at, file in enumerate(files):
        share = _PAGES // len(files) + (at < _PAGES % len(files))
        with pypdfium2.PdfDocument(file) as document:
            texts = [page.get_textpage().get_text_bounded() for page in document]
            good = [n for n, t in enumerate(texts) if len(t) >= _LEAST and _LEADERS not in t]
            for part in range(share):
                number = good[(2 * part + 1) * len(good) // (2 * share)]
                yield texts[number], _scanned(document[number], seed=number)


def _scanned(page: pypdfium2.PdfPage, seed: int) -> Dots:
    chance = np.random.default_rng(seed)
    bitmap = page.render(scale=_DPI / _INCH, grayscale=True)
    dots = np.frombuffer(bitmap.buffer, np.uint8).reshape(bitmap.height, bitmap.stride)
    grey = dots[:, : bitmap.width] * 0.85 + 25
    grey += chance.normal(0, _GRAIN, grey.shape)
    speck = chance.random(grey.shape)
    grey[speck < _SPECKS], grey[speck > 1 - _SPECKS] = 40, 255
    return grey.clip(0, 255).astype(np.uint8)


def _row(way: Way, pages: list[tuple[str, Dots]], recognition: Recognition) -> str:
    began = time.monotonic()
    with ThreadPoolExecutor() as some:
        results = list(some.map(partial(_read, way, recognition), pages))
    seconds = (time.monotonic() - began) / len(pages)
    wrong = sum(errors for errors, _, _ in results) / sum(length for _, length, _ in results)
    worst = max(errors / length for errors, length, _ in results)
    sure = mean(confidence for _, _, confidence in results)
    told = f"{wrong:.2%} | {worst:.2%} | {sure:.0f} % | {seconds:.1f}".replace("%", " %", 2)
    return f"| {way.name} | {len(pages)} | {told} |"


def _read(way: Way, recognition: Recognition, page: tuple[str, Dots]) -> tuple[int, int, float]:
    """The wrong characters of a page, all its characters, and the mean confidence."""
    text, scan = page
    dots = _larger(scan, way.times)
    if way.clean:
        dots = without_specks(dots)
    found = seen(as_file(dots), round(_DPI * way.times), recognition, way.layout)
    wanted, read = _plain(text), _plain(" ".join(each.text for each in found))
    return Levenshtein.distance(wanted, read), len(wanted), mean(e.confidence for e in found)


def _larger(scan: Dots, times: float) -> Dots:
    """`scan` as pdfium draws a picture at so many times its size."""
    height, width = scan.shape
    size = width * _INCH / _DPI, height * _INCH / _DPI
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(*size)
    image = pypdfium2.PdfImage.new(document)
    bitmap = pypdfium2.PdfBitmap.new_native(width, height, pypdfium2.raw.FPDFBitmap_Gray)
    rows = np.frombuffer(bitmap.buffer, np.uint8).reshape(height, bitmap.stride)
    rows[:, :width] = scan
    image.set_bitmap(bitmap)
    image.set_matrix(pypdfium2.PdfMatrix().scale(*size))
    page.insert_obj(image)
    page.gen_content()
    drawn = page.render(scale=_DPI * times / _INCH, grayscale=True)
    dots = np.frombuffer(drawn.buffer, np.uint8).reshape(drawn.height, drawn.stride)
    return dots[:, : drawn.width].copy()


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text.translate(_HYPHENS))
    return " ".join(folded.translate(_ALIKE).split())


if __name__ == "__main__":
    main()
