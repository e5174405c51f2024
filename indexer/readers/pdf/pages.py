"""An open PDF in; its pages as words with their places, read through pdfium's raw interface, out.

The places of single characters cost a call each, so only the first and the last of a word are
asked for, and what a run of words has in common (its font, its size) once for the run.
"""

import ctypes
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any, NamedTuple

import pypdfium2.raw as pdfium

from indexer.readers.pdf.forms import filled_in
from indexer.readers.pdf.leftward import LETTER, Glyph, is_leftward
from indexer.readers.pdf.leftward import words as words_of
from indexer.readers.pdf.pictures import is_picture
from indexer.readers.pdf.words import Page, Point, Word

# pdfium puts one of these where a line ends with a hyphen, and goes on without a line end.
_HYPHENS = "\ufffe\x02"
_AS_HYPHEN = dict.fromkeys(map(ord, _HYPHENS), "-")
_WORD = re.compile(rf"[^\s\0{_HYPHENS}]+[{_HYPHENS}]?|[{_HYPHENS}]")
# Between a mark and a letter of Thai, Lao, Burmese and Khmer, which put no spaces between words.
_SEAM = re.compile(
    "(?<=[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece\u102d-\u1037\u1039-\u103e"
    "\u17b7-\u17bd\u17c6\u17c9-\u17d3]) (?=[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff])"
)
_JOINER = "\u2060"
_OTHER_LETTER = re.compile(r"[^\W\d_]")
_NOTE_MARK = re.compile(r"(?<=[^\d\s])\d{1,3}(?=[.,;:!?)”’»\]]*$)")
_BOLD = re.compile(r"bold|black|heavy|demi|cmbx|medi\b|-bd", re.IGNORECASE)
_MONOSPACED = re.compile(
    r"mono|courier|typewriter|consol|menlo|nimbusmon|tt(?:$|[-\d])", re.IGNORECASE
)
_FIXED_PITCH, _FORCE_BOLD = 1, 1 << 18  # flags of a font
_SIZE = 10.0  # of a font that does not tell
_STAMP = 12  # words; more of them are a text
_STAMPS = 20  # words over a picture of a page; more of them are its text
_SAMPLE = 60  # characters of a page, to tell how its text is turned
_SPACE = 32
_RAISED = 0.2  # of the size: a number that stands higher than this refers to a note


class _Font(NamedTuple):
    bold: bool = False
    monospaced: bool = False
    name: str = ""


class _Style(NamedTuple):
    size: float
    bold: bool
    monospaced: bool
    font: str = ""
    turn: int = 0  # degrees, clockwise
    unmapped: bool = False


def pages(document: pdfium.FPDF_DOCUMENT, form: object = None) -> Iterator[Page]:
    """The pages of `document`, one at a time; a page that pdfium cannot load has no words.

    `form` is pdfium's handle of the form that the document is, if it is one.
    """
    for index in range(pdfium.FPDF_GetPageCount(document)):
        with _opened(document, index) as (page, text):
            if page and text:
                yield from _page(index + 1, page, text, form)
            else:
                yield Page(index + 1, 0, 0, ())


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


def _page(number: int, page: object, text: object, form: object) -> Iterator[Page]:
    """A page, upright for most of its text; a longer text that is turned is a page of its own."""
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(box))
    turned = _turn_of(text)
    quarters = pdfium.FPDFPage_GetRotation(page) if turned is None else turned
    words = list(_upright(text, box, quarters))
    main = [word for word in words if not word.turn]
    # Words out of the page do not show; of a turned page the box is often the wrong way round.
    if not pdfium.FPDFPage_GetRotation(page):
        main = [word for word in main if _is_inside(word, box, quarters)]
    aside = [word for word in words if word.turn]
    crosswise = [word for word in aside if word.turn % 90 == 0]
    texts = [[w for w in crosswise if w.turn == turn] for turn in sorted({w.turn for w in aside})]
    longer = [each for each in texts if len(each) > _STAMP]
    marks = tuple(word.text for word in aside if all(word not in each for each in longer))
    width, height = _size(box, quarters)
    has_pictures = len(main) <= _STAMPS and is_picture(page, box, len(main))
    if form:
        size = median(word.size for word in main) if main else _SIZE
        main += filled_in(form, page, _seen(box, quarters), size)
    yield Page(number, width, height, tuple(main), has_pictures, marks)
    for each in longer:
        turned = (quarters + (360 - each[0].turn) // 90) % 4
        again = [w for w in _upright(text, box, turned) if not w.turn]
        yield Page(number, *_size(box, turned), tuple(again))


def _size(box: pdfium.FS_RECTF, quarters: int) -> Point:
    """The width and the height of a page after so many quarter turns."""
    width, height = box.right - box.left, box.top - box.bottom
    return (height, width) if quarters % 2 else (width, height)


def _upright(text: object, box: pdfium.FS_RECTF, quarters: int) -> Iterator[Word]:
    """The words of a page after so many quarter turns."""
    return _Words(text, _seen(box, quarters), 90 * quarters).read()


def _turn_of(text: object) -> int | None:
    """The quarter turns, clockwise, that make most of the text upright; None without text."""
    count = pdfium.FPDFText_CountChars(text)
    found = Counter(
        round(math.degrees(pdfium.FPDFText_GetCharAngle(text, at)))
        for at in range(0, count, max(count // _SAMPLE, 1))
        if pdfium.FPDFText_GetUnicode(text, at) > _SPACE
    )
    if not found:
        return None
    angle, _ = found.most_common(1)[0]
    return (360 - angle) // 90 % 4 if angle % 90 == 0 else None


def _is_inside(word: Word, box: pdfium.FS_RECTF, quarters: int) -> bool:
    width, height = _size(box, quarters)
    return word.right > 0 and word.left < width and word.bottom > 0 and word.top < height


def _seen(box: pdfium.FS_RECTF, quarters: int) -> Callable[[float, float], Point]:
    """The function from the page's own coordinates to those after so many quarter turns."""
    left, bottom = box.left, box.bottom
    width, height = _size(box, quarters)
    turns: tuple[Callable[[float, float], Point], ...] = (
        lambda x, y: (x - left, height - (y - bottom)),
        lambda x, y: (y - bottom, x - left),
        lambda x, y: (width - (x - left), y - bottom),
        lambda x, y: (width - (y - bottom), height - (x - left)),
    )
    return turns[quarters % len(turns)]


class _Words:
    """Reads the words of one page."""

    def __init__(self, text: object, seen: Callable[[float, float], Point], turned: int) -> None:
        """`turned` are the degrees by which `seen` turns the page."""
        self._text = text
        self._seen = seen
        self._turned = turned
        self._styles: dict[int, _Style] = {}  # by the run of text
        self._fonts: dict[int, _Font] = {}
        # What pdfium fills in at each call, and the pointers to it.
        self._box = pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at_box = ctypes.byref(self._box)
        self._at_xy = ctypes.byref(self._x), ctypes.byref(self._y)

    def read(self) -> Iterator[Word]:
        characters = self._characters()
        leftward = is_leftward(characters)
        for match in _WORD.finditer(characters):
            word, first = match.group(), match.start()
            last = match.end() - 1 - (word[-1] in _HYPHENS and len(word) > 1)
            if LETTER.search(word) or (leftward and not _OTHER_LETTER.search(word)):
                yield from self._leftward(word.translate(_AS_HYPHEN), first)
            else:
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
            return self._without_seams(characters)
        # Some have no code: ask for each, so that the n-th stays the n-th.
        codes = (pdfium.FPDFText_GetUnicode(self._text, at) for at in range(count))
        return self._without_seams("".join(_character(code) for code in codes))

    def _without_seams(self, characters: str) -> str:
        """`characters` without the spaces that pdfium only supposes behind a mark above a letter.

        It takes a drawing that is a letter with its mark for half as wide as it is.
        """
        return _SEAM.sub(self._seam, characters)

    def _seam(self, space: re.Match[str]) -> str:
        at = space.start()
        if pdfium.FPDFText_IsGenerated(self._text, at) != 1:
            return " "
        return _JOINER if self._origin(at - 1) == self._origin(at - 2) else " "

    def _origin(self, at: int) -> float:
        pdfium.FPDFText_GetCharOrigin(self._text, at, *self._at_xy)
        return self._x.value

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
            turn=(style.turn + self._turned) % 360,
            font=style.font,
            unmapped=style.unmapped,
        )
        at = self._raised_from(word, first, last)
        if at:
            edge = self._bounds(first + at)[0]
            yield word._replace(text=text[:at], right=edge)
            yield word._replace(text=text[at:], left=edge, raised=True)
        else:
            yield word

    def _leftward(self, text: str, first: int) -> Iterator[Word]:
        """The words in a run of characters that are read from the right."""
        style = self._style(first)
        boxes = [self._bounds(first + at) for at in range(len(text))]
        glyphs = [Glyph(c, box[0], box[2]) for c, box in zip(text, boxes, strict=True)]
        for word, left, right in words_of(glyphs, style.size):
            yield Word(
                word,
                left=left,
                right=right,
                top=min(box[1] for box in boxes),
                bottom=max(box[3] for box in boxes),
                base=self._base(first),
                size=style.size,
                bold=style.bold,
                monospaced=style.monospaced,
                turn=(style.turn + self._turned) % 360,
                font=style.font,
                unmapped=style.unmapped,
            )

    def _raised_from(self, word: Word, first: int, last: int) -> int:
        """Where in `word` a raised number begins; 0 where none does."""
        if word.turn:
            return 0
        mark = _NOTE_MARK.search(word.text) if last > first else None
        if mark and word.base - self._base(first + mark.start()) > _RAISED * word.size:
            return mark.start()
        if last > first and word.text.isdigit():  # a power: 10⁶ is no 106
            for at in range(1, len(word.text)):
                if word.base - self._base(first + at) > _RAISED * word.size:
                    return at
        return 0

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
            self._styles[key] = self._run_style(run)._replace(unmapped=self._is_unmapped(at))
        return self._styles[key]

    def _is_unmapped(self, at: int) -> bool:
        return bool(pdfium.FPDFText_HasUnicodeMapError(self._text, at) == 1)

    def _run_style(self, run: object) -> _Style:
        size, matrix = ctypes.c_float(), pdfium.FS_MATRIX()
        if not run or not pdfium.FPDFTextObj_GetFontSize(run, ctypes.byref(size)):
            return _Style(_SIZE, bold=False, monospaced=False)
        pdfium.FPDFPageObj_GetMatrix(run, ctypes.byref(matrix))
        turn = round(-math.degrees(math.atan2(matrix.b, matrix.a))) % 360
        scale = (matrix.c**2 + matrix.d**2) ** 0.5
        font = pdfium.FPDFTextObj_GetFont(run)
        key = _address(font)
        if key not in self._fonts:
            self._fonts[key] = _font(font)
        return _Style(round(abs(size.value) * scale, 1) or _SIZE, *self._fonts[key], turn)


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
        name=name,
    )


def _character(code: int) -> str:
    is_text = 0 < code < 0xD800 or 0xDFFF < code <= 0x10FFFF  # noqa: PLR2004 (no surrogates)
    return chr(code) if is_text else "\ufffd"
