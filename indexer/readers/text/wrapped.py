"""The lines of a text in, its layout and by that its paragraphs out."""

import itertools
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from indexer.labels import split_label
from indexer.readers.common.bullets import BULLET
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.common.seams import SOFT_HYPHEN, UNSPACED, seam

_WIDEST_WRAP = 140  # characters; nobody wraps by hand wider than this
_FORCED = 0.6  # the share of line breaks that had to be, from which on lines count as wrapped
_WIDE = 0.9  # the share of lines that are no longer than a full one
_NEARLY = 0.85  # of a full line; words are of many lengths, and letters of many widths
_RUNNING = 0.3  # the share of lines that end within a sentence, at least, where lines are wrapped
_OWN_LAYOUT = 12  # lines; a group of more is laid out as it is, whatever the rest of the file does
_OWN_SHARE = 0.8  # of all lines; a group of more has made the common layout
_EARLY = 0.1  # the share of breaks within sentences that come earlier than a full line
_SHORT = 0.6  # of a full line; what ends before has ended even without a full stop
_INDENTS = 0.8  # the share of indented lines that follow a sentence's end where indents mean it
_MAY_BE_ITEM = re.compile(r"[^\w\s\"'“‘«]|\d|\w{1,5}[.)]\s|(?:Art|Sec|Rule|Reg|Clause)")
_COLUMNS = re.compile(r"\S+\s.*?\S(?: {3,}| *\t\s*)\S")


class Line(NamedTuple):
    """A line that is not blank: its words, and how far to the right it begins and has columns."""

    text: str
    indent: int = 0
    is_row: bool = False


class Layout(NamedTuple):
    """How lines end: `full` is the length that the next word overran, 0 where a line ends freely.

    `indented` says that the first line of a paragraph stands further right than the rest.
    """

    full: float = 0
    indented: bool = False


Group = list[Line]  # neighbouring lines with no blank line between them


def line(raw: str) -> Line:
    """`raw` without its layout."""
    indent = len(raw) - len(raw.lstrip()) if raw[:1].isspace() else 0
    may_be_row = "\t" in raw or "   " in raw
    return Line(" ".join(raw.split()), indent, may_be_row and bool(_COLUMNS.match(raw.strip())))


def layout_of(groups: Iterable[Group]) -> Layout:
    """The layout of a text: wrapped where lines end because the next word would not have fitted."""
    pairs = [pair for group in groups for pair in itertools.pairwise(group)]
    widths = sorted(len(before.text) for before, _ in pairs)
    if not widths or widths[int(len(widths) * _WIDE)] > _WIDEST_WRAP:
        return Layout()
    within = [pair for pair in pairs if not ends_sentence(pair[0].text)]
    reaches = sorted(_reach(*pair) for pair in within if not starts_item(pair[1].text))
    nearly_full = _NEARLY * widths[int(len(widths) * _WIDE)]
    forced = sum(reach >= nearly_full for reach in reaches)
    if not reaches or forced < _FORCED * len(reaches) or len(within) < _RUNNING * len(pairs):
        return Layout()
    least = reaches[int(len(reaches) * _EARLY)] if len(reaches) > _OWN_LAYOUT else nearly_full
    return Layout(least, _has_indents(pairs))


def _has_indents(pairs: Sequence[tuple[Line, Line]]) -> bool:
    further = [before for before, after in pairs if after.indent > before.indent]
    ended = sum(ends_sentence(before.text) for before in further)
    return bool(further) and ended >= _INDENTS * len(further)


def _reach(before: Line, after: Line) -> int:
    """How long `before` would be with the first word of `after`."""
    if not after.text.isascii() and UNSPACED.match(after.text):
        return len(before.text) + 1
    return len(before.text) + 1 + len(after.text.partition(" ")[0])


def paragraphs(groups: Sequence[Group]) -> list[list[Line]]:
    """For each group its paragraphs, their lines joined; columns keep their own lines."""
    groups = [_with_rows(group) for group in groups]
    common = layout_of(groups)
    groups = _run_on(groups) if common.full else groups
    vocabulary = _Vocabulary(groups)
    most = _OWN_SHARE * sum(map(len, groups))
    return [
        _joined(group, common if len(group) >= most else _own(group, common), vocabulary)
        for group in groups
    ]


def _with_rows(group: Group) -> Group:
    """`group`, with only those lines taken for rows that have another row beside them."""
    if not any(each.is_row for each in group):
        return group
    flags = [False, *(each.is_row for each in group), False]
    return [
        each._replace(is_row=each.is_row and (flags[at] or flags[at + 2]))
        for at, each in enumerate(group)
    ]


def _run_on(groups: Sequence[Group]) -> list[Group]:
    """`groups` without the blank lines that stand within a sentence, as at a page's end."""
    joined: list[Group] = []
    for group in groups:
        last = joined[-1][-1].text if joined else "."
        if group[0].text[0].islower() and last[-1].isalpha() and not starts_item(group[0].text):
            joined[-1] = [*joined[-1], *group]
        else:
            joined.append(group)
    return joined


def _own(group: Group, common: Layout) -> Layout:
    return layout_of([group]) if len(group) > _OWN_LAYOUT else common


def _joined(group: Group, layout: Layout, vocabulary: "_Vocabulary") -> list[Line]:
    starts = [0, *(at for at in range(1, len(group)) if _starts(group, at, layout)), len(group)]
    return [
        group[start]._replace(text=vocabulary.join([each.text for each in group[start:end]]))
        for start, end in itertools.pairwise(starts)
    ]


def _starts(group: Group, at: int, layout: Layout) -> bool:
    """Whether a paragraph starts at a line of a wrapped group."""
    before, after = group[at - 1], group[at]
    if before.text.endswith(SOFT_HYPHEN):
        return False
    if not layout.full:
        return not _is_broken(before.text, after.text)
    if before.is_row or after.is_row or len(before.text) > 2 * layout.full:
        return True
    ended = ends_sentence(before.text)
    if starts_item(after.text):
        return ended or bool(BULLET.match(after.text)) or before.text.endswith(",")
    if layout.indented and after.indent > before.indent:
        return ended
    wanted = layout.full * (1 if ended else _SHORT)
    return _opens_sentence(after.text) and _reach(before, after) < wanted


def _is_broken(before: str, after: str) -> bool:
    """Whether a paragraph on one line was broken in two, within a sentence."""
    goes_on = after[0].islower() and before[-1].isalpha()
    return goes_on and len(before) > _WIDEST_WRAP and not starts_item(after)


def starts_item(text: str) -> bool:
    """Whether `text` opens with a bullet or an official number."""
    if not _MAY_BE_ITEM.match(text):
        return False
    return bool(BULLET.match(text) or split_label(text).label)


def _opens_sentence(text: str) -> bool:
    first = text.lstrip("“‘\"'«([*¿¡")[:1]
    return bool(first) and not first.islower()


class _Vocabulary:
    """The words of a text, by which a hyphen at a line's end is kept or taken away."""

    def __init__(self, groups: Sequence[Group]) -> None:
        self._groups = groups
        self._words: frozenset[str] | None = None

    def join(self, lines: list[str]) -> str:
        """`lines` as one text."""
        parts = [lines[0]]
        for after in lines[1:]:
            cut, glue = seam(parts[-1], after, self._is_word) or (0, " ")
            if cut:
                parts[-1] = parts[-1][:-cut]
            parts.append(glue + after)
        return "".join(parts).replace(SOFT_HYPHEN, "")

    def _is_word(self, left: str, right: str) -> bool:
        if self._words is None:
            text = " ".join(each.text for group in self._groups for each in group)
            self._words = frozenset(re.findall(r"\w+", text.casefold()))
        return (left + right).casefold() in self._words
