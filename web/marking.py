"""A paragraph's text and its marks in, HTML with `<mark>` around the words out."""

from collections.abc import Iterable

from markupsafe import Markup, escape

OPEN, CLOSE = Markup("<mark>"), Markup("</mark>")


def marked(text: str, marks: Iterable[tuple[int, int]]) -> Markup:
    """`text` as HTML, every `(start, end)` of `marks` marked.

    Each piece is escaped before a tag stands beside it, so no text can open a tag. `marks` are
    sorted and do not overlap.
    """
    pieces: list[Markup] = []
    done = 0
    for start, end in marks:
        pieces += [escape(text[done:start]), OPEN, escape(text[start:end]), CLOSE]
        done = end
    pieces.append(escape(text[done:]))
    return Markup("").join(pieces)
