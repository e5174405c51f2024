"""A page in, whether pictures take the place of its text out; and the page as a picture itself."""

import ctypes
import math
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pypdfium2
import pypdfium2.raw as pdfium

Dots = npt.NDArray[np.uint8]

_DPI = 300  # what text recognition is trained for
_MOST_DOTS = 30_000_000  # of a picture; a page of A3 has 17 million
_INCH = 72  # points
_COVERED = 0.5  # the share of a page that a scan takes, at the least
_MOST_OBJECTS = 2_000
_DRAWN = 50  # outlines; so many may be letters
_DEEPEST = 3  # forms within forms


def is_picture(page: object, box: pdfium.FS_RECTF, words: int) -> bool:
    """Whether `page`, with so many words of text, is or may be the picture of a text.

    Words over a picture of the whole page are stamps or numbers put there later.
    """
    share = sum(_area(each) for each in _objects(page) if _is_image(each))
    if words:
        whole = (box.right - box.left) * (box.top - box.bottom)
        return bool(share >= _COVERED * whole > 0)
    return bool(share > 0 or _drawn(page) >= _DRAWN)


def picture(page: pypdfium2.PdfPage) -> tuple[Dots, float]:
    """`page` as it shows without its stamps and forms, and how many dots an inch it has."""
    width, height = page.get_size()
    dpi = min(_DPI, _INCH * math.sqrt(_MOST_DOTS / max(width * height, 1.0)))
    bitmap = page.render(scale=dpi / _INCH, grayscale=True, draw_annots=False, may_draw_forms=False)
    try:
        dots = np.frombuffer(bitmap.buffer, np.uint8).reshape(bitmap.height, bitmap.stride)
        return without_specks(dots[:, : bitmap.width]), dpi
    finally:
        bitmap.close()


def as_file(dots: Dots) -> bytes:
    """`dots` as an image file (PGM)."""
    height, width = dots.shape
    return b"P5\n%d %d\n255\n" % (width, height) + dots.tobytes()


def turned(dots: Dots, degrees: int) -> Dots:
    """`dots` after so many degrees clockwise, in quarters."""
    return np.rot90(dots, -degrees // 90)


def without_specks(dots: Dots) -> Dots:
    """`dots`, each the median of itself and its eight neighbours: what is smaller goes."""
    padded = np.pad(dots, 1, mode="edge")
    above, here, below = padded[:-2], padded[1:-1], padded[2:]
    low = np.minimum(np.minimum(above, here), below)
    high = np.maximum(np.maximum(above, here), below)
    left, middle, right = _columns(low)
    lows = np.maximum(np.maximum(left, middle), right)
    left, middle, right = _columns(high)
    highs = np.minimum(np.minimum(left, middle), right)
    return _median(lows, _median(*_columns(_median(above, here, below))), highs)


def _columns(dots: Dots) -> tuple[Dots, Dots, Dots]:
    """`dots` three times, each a column farther to the right."""
    return dots[:, :-2], dots[:, 1:-1], dots[:, 2:]


def _median(one: Dots, two: Dots, three: Dots) -> Dots:
    return np.maximum(np.minimum(one, two), np.minimum(np.maximum(one, two), three))


def _objects(page: object) -> Iterator[object]:
    for at in range(min(pdfium.FPDFPage_CountObjects(page), _MOST_OBJECTS)):
        yield pdfium.FPDFPage_GetObject(page, at)


def _is_image(each: object, depth: int = 0) -> bool:
    kind = pdfium.FPDFPageObj_GetType(each)
    if kind != pdfium.FPDF_PAGEOBJ_FORM or depth == _DEEPEST:
        return bool(kind == pdfium.FPDF_PAGEOBJ_IMAGE)
    count = min(pdfium.FPDFFormObj_CountObjects(each), _MOST_OBJECTS)
    return any(_is_image(pdfium.FPDFFormObj_GetObject(each, at), depth + 1) for at in range(count))


def _drawn(page: object) -> int:
    kinds = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_FORM)
    return sum(pdfium.FPDFPageObj_GetType(each) in kinds for each in _objects(page))


def _area(each: object) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    places = (ctypes.byref(edge) for edge in (left, bottom, right, top))
    if not pdfium.FPDFPageObj_GetBounds(each, *places):
        return 0.0
    return (right.value - left.value) * (top.value - bottom.value)
