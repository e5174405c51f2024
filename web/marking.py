"""A paragraph's text and its marks in, HTML with `<mark>` around the words out."""

from collections.abc import Iterable, Sequence
from html import escape

from markupsafe import Markup

GAP = Markup('<span class="gap">…</span>')

Span = tuple[int, int]


def marked(text: str, marks: Iterable[Span], window: Span | None = None) -> Markup:
    """`text` as HTML, or only its `window`, every `(start, end)` of `marks` marked.

    Each piece is escaped before a tag stands beside it, so no text can open a tag. `marks` are
    sorted and do not overlap; of one that reaches beyond the window, what lies within is marked.
    """
    first, last = window or (0, len(text))
    pieces: list[str] = []
    done = first
    for start, end in marks:
        if start < last and end > first:
            before, within = (
                text[done : max(start, first)],
                text[max(start, first) : min(end, last)],
            )
            pieces += [_escaped(before), "<mark>", _escaped(within), "</mark>"]
            done = min(end, last)
    pieces.append(_escaped(text[done:last]))
    return Markup("".join(pieces))  # noqa: S704 - each piece of the text is escaped above


def _escaped(text: str) -> str:
    """For the inside of an element, where quotation marks are no danger; a tenth of the time."""
    return escape(text, quote=False)


def excerpt(text: str, marks: Sequence[Span], windows: Sequence[Span]) -> Markup:
    """The `windows` of `text` as HTML, marked, with an ellipsis wherever something is left out."""
    pieces = [marked(text, marks, window) for window in windows]
    html = Markup(" {} ").format(GAP).join(pieces)
    before = GAP + " " if windows[0][0] > 0 else ""
    after = " " + GAP if windows[-1][1] < len(text) else ""
    return before + html + after
