"""A paragraph's text and its marks in, HTML with an element around each marked piece out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from markupsafe import Markup

from indexer.editions.diff import Change, ChangeKind, are_comparable, changes
from indexer.search.highlighter import joined

GAP = Markup('<span class="gap">…</span>')

Span = tuple[int, int]


def marked(
    text: str, marks: Iterable[Span], window: Span | None = None, tag: str = "mark"
) -> Markup:
    """`text` as HTML, or only its `window`, every `(start, end)` of `marks` within a `tag`.

    Each piece is escaped before a tag stands beside it, so no text can open a tag. `marks` are
    sorted and do not overlap; of one that reaches beyond the window, what lies within is marked.
    """
    first, last = window or (0, len(text))
    pieces: list[str] = []
    done = first
    for start, end in joined(text, marks):
        if start < last and end > first:
            before, within = (
                text[done : max(start, first)],
                text[max(start, first) : min(end, last)],
            )
            pieces += [_escaped(before), f"<{tag}>", _escaped(within), f"</{tag}>"]
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


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two texts as HTML: what only the old one has within `<del>`, only the new one `<ins>`.

    `both` is the new text with what it lacks of the old one in its place. Texts too long for it
    are not compared, and nothing in them is marked.
    """

    old: Markup
    new: Markup
    both: Markup
    is_marked: bool


def compared(old: str, new: str) -> Comparison:
    """Two texts of one paragraph, compared word by word."""
    if not are_comparable(old, new):
        return Comparison(marked(old, ()), marked(new, ()), marked(new, ()), is_marked=False)
    found = changes(old, new)
    changed = [each for each in found if each.kind is not ChangeKind.UNCHANGED]
    return Comparison(
        old=marked(old, _words(old, [each.old for each in changed]), tag="del"),
        new=marked(new, _words(new, [each.new for each in changed]), tag="ins"),
        both=Markup("").join(_merged(old, new, each) for each in found),
        is_marked=True,
    )


def _merged(old: str, new: str, change: Change) -> Markup:
    if change.kind is ChangeKind.UNCHANGED:
        return marked(new, (), change.new)
    removed = marked(old, _words(old, [change.old]), change.old, tag="del")
    return removed + marked(new, _words(new, [change.new]), change.new, tag="ins")


def _words(text: str, spans: Iterable[Span]) -> Iterator[Span]:
    """`spans` without the white space at their ends, and without those that are nothing else."""
    for start, end in spans:
        words = text[start:end].strip()
        if words:
            first = text.index(words, start)
            yield first, first + len(words)
