"""Small PDFs, written by hand: what stands where is what the tests are about."""

import math
from collections.abc import Iterable, Sequence

FONTS = {"regular": b"Helvetica", "bold": b"Helvetica-Bold", "code": b"Courier"}
PICTURE = b"q 400 0 0 600 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n"
WIDTH, HEIGHT = 400, 600


def text(x: float, y: float, words: str, size: float = 10, font: str = "regular") -> bytes:
    """`words` with their baseline `y` points below the upper edge of the page."""
    escaped = words.encode("cp1252").replace(b"\\", b"\\\\")
    escaped = escaped.replace(b"(", b"\\(").replace(b")", b"\\)")
    name = list(FONTS).index(font)
    return b"BT /F%d %g Tf %g %g Td (%s) Tj ET\n" % (name, size, x, HEIGHT - y, escaped)


def lines(x: float, y: float, texts: Iterable[str], leading: float = 12, **style: float) -> bytes:
    """One text below the other."""
    return b"".join(text(x, y + leading * n, each, **style) for n, each in enumerate(texts))  # type: ignore[arg-type]


def pdf(
    pages: Sequence[bytes],
    info: bytes = b"",
    root: bytes = b"",
    trailer: bytes = b"",
    *,
    page: bytes = b"",
    fonts: bytes = b"",
    more: Sequence[bytes] = (),
) -> bytes:
    """A PDF whose pages have these contents, with entries for some of its dictionaries.

    `more` are further objects; the first has the number 4 + 2 × the number of pages.
    """
    fonts += b"".join(
        b"/F%d<</Type/Font/Subtype/Type1/Encoding/WinAnsiEncoding/BaseFont/%s>>" % (n, name)
        for n, name in enumerate(FONTS.values())
    )
    kids = b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % root,
        b"<</Type/Pages/Count %d/Kids[%s]/MediaBox[0 0 %d %d]/Resources<</Font<<%s>>>>>>"
        % (len(pages), kids, WIDTH, HEIGHT, fonts),
        b"<<%s>>" % info,
    ]
    for number, content in enumerate(pages):
        objects.append(b"<</Type/Page/Parent 2 0 R/Contents %d 0 R%s>>" % (5 + 2 * number, page))
        objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
    objects += more
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start, size = len(data), b"%d" % (len(objects) + 1)
    data += b"xref\n0 %s\n0000000000 65535 f \n%s" % (size, table)
    data += b"trailer<</Size %s/Root 1 0 R/Info 3 0 R%s>>\n" % (size, trailer)
    return data + b"startxref\n%d\n%%%%EOF" % start


def turned(x: float, y: float, words: str, degrees: float, size: float = 10) -> bytes:
    """`words` that begin at a place and rise by so many degrees."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    placed = (cos, sin, -sin, cos, x, HEIGHT - y)
    numbers = b" ".join(b"%.4f" % number for number in placed)
    return b"BT /F0 %g Tf %s Tm (%s) Tj ET\n" % (size, numbers, words.encode("cp1252"))
