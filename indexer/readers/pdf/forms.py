"""The fields of a form on an open page in; what was filled into them, as words in place, out."""

import ctypes
from collections.abc import Callable, Iterator

import pypdfium2.raw as pdfium

from indexer.readers.pdf.words import Point, Word

_TEXTS = (
    pdfium.FPDF_FORMFIELD_TEXTFIELD,
    pdfium.FPDF_FORMFIELD_COMBOBOX,
    pdfium.FPDF_FORMFIELD_LISTBOX,
)
_TICKS = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_TICKED = "☒"
_HIDDEN = 1 << 1 | 1 << 5  # flags of an annotation
_PASSWORD = 1 << 13  # flag of a field
_MOST = 2_000  # fields on a page
# In sizes of the font.
_LEADING = 1.2
_WIDTH = 0.5  # of a character
_SPACE = 0.25
_RISE = 0.8  # of letters above the baseline
_DROP = 0.2

Seen = Callable[[float, float], Point]


def filled_in(form: object, page: object, seen: Seen, size: float) -> Iterator[Word]:
    """What is in the fields of `page`, in letters of `size`; `seen` turns places as the page.

    The text of a page does not have it: the program that shows the form draws it.
    """
    pdfium.FORM_OnAfterLoadPage(page, form)  # else no box is ticked
    try:
        for at in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MOST)):
            annotation = pdfium.FPDFPage_GetAnnot(page, at)
            if annotation:
                yield from _field(form, annotation, seen, size)
    finally:
        pdfium.FORM_OnBeforeClosePage(page, form)


def _field(form: object, annotation: object, seen: Seen, size: float) -> Iterator[Word]:
    try:
        if text := _text(form, annotation):
            yield from _words(text, _corners(annotation, seen), size)
    finally:
        pdfium.FPDFPage_CloseAnnot(annotation)


def _text(form: object, annotation: object) -> str:
    if pdfium.FPDFAnnot_GetSubtype(annotation) != pdfium.FPDF_ANNOT_WIDGET:
        return ""
    if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
        return ""
    kind = pdfium.FPDFAnnot_GetFormFieldType(form, annotation)
    if kind in _TICKS:
        return _TICKED if pdfium.FPDFAnnot_IsChecked(form, annotation) else ""
    if kind not in _TEXTS or pdfium.FPDFAnnot_GetFormFieldFlags(form, annotation) & _PASSWORD:
        return ""
    length = pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, None, 0)
    buffer = ctypes.create_string_buffer(length)
    shorts = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, shorts, length)
    return buffer.raw[: max(length - 2, 0)].decode("utf-16-le", errors="replace")


def _corners(annotation: object, seen: Seen) -> tuple[Point, Point]:
    """The upper left and the lower right corner of a field, as the page is seen."""
    box = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(box))
    (x1, y1), (x2, y2) = seen(box.left, box.top), seen(box.right, box.bottom)
    return (min(x1, x2), min(y1, y2)), (max(x1, x2), max(y1, y2))


def _words(text: str, corners: tuple[Point, Point], size: float) -> Iterator[Word]:
    """The words of `text`: in the middle of a field for one line, from the top of a higher one."""
    (left, top), (right, bottom) = corners
    lines = text.splitlines()
    is_high = len(lines) > 1 or bottom - top > 2 * _LEADING * size
    base = top + _LEADING * size if is_high else (top + bottom + (_RISE - _DROP) * size) / 2
    for line in lines:
        at = left
        for word in line.split():
            width = _WIDTH * size * len(word)
            if is_high and at > left and at + width > right:
                at, base = left, base + _LEADING * size
            yield Word(word, at, at + width, base - _RISE * size, base + _DROP * size, base, size)
            at += width + _SPACE * size
        base += _LEADING * size
