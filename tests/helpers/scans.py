"""PDFs of scanned pages, made of pages with text; and what is needed to read them."""

import os
import zlib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pypdfium2
import pytest

from indexer.document import Document
from indexer.readers import read
from indexer.readers.recognition import find_recognition, recognising

ENGLISH = find_recognition("eng", 60)
_DPI, _INCH = 150, 72
_NOISE, _SPECKS = 12, 0.0005


def needs_tesseract() -> None:
    """Skips a test where Tesseract or its English is missing; where CI is set, fails it."""
    if not ENGLISH.is_ready:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("needs tesseract and its English (Debian: tesseract-ocr)")


def recognised(data: bytes) -> Document:
    """The document in the PDF `data`, its pictures read by machine."""
    with recognising(ENGLISH, lambda: None):
        return read(Path("x.pdf"), data)


def scan(data: bytes, over: Sequence[bytes] = ()) -> bytes:
    """The PDF `data` with noisy pictures in place of its pages, and `over` each what lies on it."""
    with pypdfium2.PdfDocument(data) as document:
        pictures = [_noisy(page, seed) for seed, page in enumerate(document)]
    objects = [b"", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for at, (width, height, dots) in enumerate(pictures):
        size = width * _INCH / _DPI, height * _INCH / _DPI
        packed = zlib.compress(dots)
        picture = b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
        picture += b"/BitsPerComponent 8/Filter/FlateDecode/Length %d>>stream\n%s\nendstream"
        objects.append(picture % (width, height, len(packed), packed))
        content = b"q %.2f 0 0 %.2f 0 0 cm /I Do Q " % size + (over[at] if over else b"")
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R"
        page += b"/Resources<</XObject<</I %d 0 R>>/Font<</F0 3 0 R>>>>>>"
        objects.append(page % (*size, len(objects), len(objects) - 1))
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<</Type/Catalog/Pages 2 0 R>>"
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    numbered = enumerate(objects, start=1)
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (at, each) for at, each in numbered)
    # Without a table of the objects' places: readers look for the objects then.
    return b"%PDF-1.7\n" + body + b"trailer<</Size %d/Root 1 0 R>>\n%%%%EOF" % (len(objects) + 1)


def _noisy(page: pypdfium2.PdfPage, seed: int) -> tuple[int, int, bytes]:
    """A page as a bad scanner sees it: grey, grainy, with specks."""
    chance = np.random.default_rng(seed)
    bitmap = page.render(scale=_DPI / _INCH, grayscale=True)
    dots = np.frombuffer(bitmap.buffer, np.uint8).reshape(bitmap.height, bitmap.stride)
    grey = dots[:, : bitmap.width] * 0.85 + 25
    grey += chance.normal(0, _NOISE, grey.shape)
    speck = chance.random(grey.shape)
    grey[speck < _SPECKS] = 40
    grey[speck > 1 - _SPECKS] = 255
    return bitmap.width, bitmap.height, grey.clip(0, 255).astype(np.uint8).tobytes()
