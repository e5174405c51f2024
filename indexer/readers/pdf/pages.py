"""An open PDF in; its pages as words with their places, read through pdfium's raw interface, out.

The places of single characters cost a call each, so only the first and the last of a word are
asked for, and what a run of words has in common (its font, its size) once for the run.
"""

import ctypes
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

Point = tuple[float, float]

# pdfium puts one of these where a line ends with a hyphen, and goes on without a line end.
_HYPHENS = "\ufffe\x02"
_AS_HYPHEN = dict.fromkeys(map(ord, _HYPHENS), "-")
_WORD = re.compile(rf"[^\s\0{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
_NOTE_MARK = re.compile(r"(?<=[^\d\s])\d{1,3}(?=[.,;:!?)”’»\]]*$)")
_BOLD = re.compile(r"bold|black|heavy|demi|cmbx|medi\b|-bd", re.IGNORECASE)
_MONOSPACED = re.compile(
    r"mono|courier|typewriter|consol|menlo|nimbusmon|tt(?:$|[-\d])", re.IGNORECASE
)
_FIXED_PITCH, _FORCE_BOLD = 1, 1 << 18  # flags of a font
_SIZE = 10.0  # of a font that does not tell
_RAISED = 0.2  # of the size: a number that stands higher than this refers to a note


class Word(NamedTuple):
    """A word and its place in points from the page's upper left corner; `base` is its baseline."""

    text: str
    left: float
    right: float
    top: float
    bottom: float
    base: float
    size: float = 10.0
    bold: bool = False
    monospaced: bool = False
    upright: bool = True


class Page(NamedTuple):
    """A page as it is seen; `number` counts from 1."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    has_pictures: bool = False


class _Font(NamedTuple):
    bold: bool = False
    monospaced: bool = False


class _Style(NamedTuple):
    size: float
    bold: bool
    monospaced: bool


def pages(document: pdfium.FPDF_DOCUMENT) -> Iterator[Page]:
    """The pages of `document`, one at a time; a page that pdfium cannot load has no words."""
    for index in range(pdfium.FPDF_GetPageCount(document)):
        with _opened(document, index) as (page, text):
            yield _page(index + 1, page, text) if page and text else Page(index + 1, 0, 0, ())


@contextmanager
def _opened(document: pdfium.FPDF_DOCUMENT, index: int) -> Iterator[tuple[object, object]]:
    page = pdfium.FPDF_LoadPage(document, index)
    text = pdfium.FPDFText_LoadPage(page) if page else None
    try:
        yield page, text
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        if page:
            pdfium.FPDF_ClosePage(page)


def _page(number: int, page: object, text: object) -> Page:
    width, height = pdfium.FPDF_GetPageWidthF(page), pdfium.FPDF_GetPageHeightF(page)
    words = tuple(_Words(text, _seen(page, width, height)).read())
    inside = tuple(
        word
        for word in words
        if word.right > 0 and word.left < width and word.bottom > 0 and word.top < height
    )
    return Page(number, width, height, inside, not inside and _has_pictures(page))


def _has_pictures(page: object) -> bool:
    kinds = (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM)
    objects = range(min(pdfium.FPDFPage_CountObjects(page), 100))
    found = (pdfium.FPDFPage_GetObject(page, at) for at in objects)
    return any(pdfium.FPDFPageObj_GetType(each) in kinds for each in found)


def _seen(page: object, width: float, height: float) -> Callable[[float, float], Point]:
    """The function from the page's own coordinates to those of the page as it is turned."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    left, bottom = box.left, box.bottom
    turns: tuple[Callable[[float, float], Point], ...] = (
        lambda x, y: (x - left, height - (y - bottom)),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (width - (x - left), y - bottom),
        lambda x, y: (width - (y - bottom), height - (x - left)),
    )
    quarter_turns: int = pdfium.FPDFPage_GetRotation(page)
    return turns[quarter_turns % len(turns)]


class _Words:
    """Reads the words of one page."""

    def __init__(self, text: object, seen: Callable[[float, float], Point]) -> None:
        self._text = text
        self._seen = seen
        self._styles: dict[int, _Style] = {}  # by the run of text
        self._fonts: dict[int, _Font] = {}
        # What pdfium fills in at each call, and the pointers to it.
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at_box = ctypes.byref(self._box)
        self._at_xy = ctypes.byref(self._x), ctypes.byref(self._y)

    def read(self) -> Iterator[Word]:
        for match in _WORD.finditer(self._characters()):
            word, first = match.group(), match.start()
            last = match.end() - 1 - (word[-1] in _HYPHENS and len(word) > 1)
            yield from self._word(word.translate(_AS_HYPHEN), first, last)

    def _characters(self) -> str:
        count = pdfium.FPDFText_CountChars(self._text)
        if count <= 0:
            return ""
        buffer = ctypes.create_string_buffer(4 * (count + 1))
        shorts = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
        units = pdfium.FPDFText_GetText(self._text, 0, count, shorts)
        characters = buffer.raw[: 2 * max(units - 1, 0)].decode("utf-16-le", errors="replace")
        if len(characters) == count:
            return characters
        # Some have no code: ask for each, so that the n-th stays the n-th.
        codes = (pdfium.FPDFText_GetUnicode(self._text, at) for at in range(count))
        return "".join(_character(code) for code in codes)

    def _word(self, text: str, first: int, last: int) -> Iterator[Word]:
        style = self._style(first)
        start = self._bounds(first)
        end = self._bounds(last) if last > first else start
        word = Word(
            text,
            left=min(start[0], end[0]),
            right=max(start[2], end[2]),
            top=min(start[1], end[1]),
            bottom=max(start[3], end[3]),
            base=self._base(first),
            size=style.size,
            bold=style.bold,
            monospaced=style.monospaced,
            upright=first == last or abs(start[1] - end[1]) < abs(start[0] - end[0]),
        )
        mark = _NOTE_MARK.search(text) if last > first else None
        if mark and word.base - self._base(first + mark.start()) > _RAISED * word.size:
            edge = self._bounds(first + mark.start())[0]
            yield word._replace(text=text[: mark.start()], right=edge)
            yield word._replace(text=text[mark.start() :], left=edge)
        else:
            yield word

    def _bounds(self, at: int) -> tuple[float, float, float, float]:
        box = self._box
        pdfium.FPDFText_GetLooseCharBox(self._text, at, self._at_box)
        (x1, y1), (x2, y2) = self._seen(box.left, box.top), self._seen(box.right, box.bottom)
        if x1 <= x2 and y1 <= y2:
            return x1, y1, x2, y2
        return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)

    def _base(self, at: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._text, at, *self._at_xy)
        return self._seen(self._x.value, self._y.value)[1]

    def _style(self, at: int) -> _Style:
        run = pdfium.FPDFText_GetTextObject(self._text, at)
        key = _address(run)
        if key not in self._styles:
            self._styles[key] = self._run_style(run)
        return self._styles[key]

    def _run_style(self, run: object) -> _Style:
        size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
        if not run or not pdfium.FPDFTextObj_GetFontSize(run, ctypes.byref(size)):
            return _Style(_SIZE, bold=False, monospaced=False)
        pdfium.FPDFPageObj_GetMatrix(run, ctypes.byref(matrix))
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        font = pdfium.FPDFTextObj_GetFont(run)
        key = _address(font)
        if key not in self._fonts:
            self._fonts[key] = _font(font)
        return _Style(round(abs(size.value) * scale, 1) or _SIZE, *self._fonts[key])


def _address(pointer: Any) -> int:  # noqa: ANN401 (the library is not annotated)
    return ctypes.addressof(pointer.contents) if pointer else 0


def _font(font: object) -> _Font:
    buffer = ctypes.create_string_buffer(200)
    length = pdfium.FPDFFont_GetBaseFontName(font, buffer, len(buffer))
    name = buffer.value.decode("latin-1") if 0 < length <= len(buffer) else ""
    flags = pdfium.FPDFFont_GetFlags(font)
    return _Font(
        bold=bool(_BOLD.search(name) or (flags > 0 and flags & _FORCE_BOLD)),
        monospaced=bool(_MONOSPACED.search(name) or (flags > 0 and flags & _FIXED_PITCH)),
    )


def _character(code: int) -> str:
    is_text = 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF  # noqa: PLR2004 (no surrogates)
    return chr(code) if is_text else "\ufffd"
