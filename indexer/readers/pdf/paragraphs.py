"""The lines of a document in the order of reading in; runs of them, one a paragraph, out. Pure."""

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from indexer.labels import split_label
from indexer.readers.common.bullets import BULLET
from indexer.readers.common.furniture import ends_sentence
from indexer.readers.pdf.lines import Line

_WIDE = 1.22  # leadings: a wider gap parts paragraphs
_DASHES = "–—-*·"  # which may stand in a sentence too
_INTRODUCES = ("-", "–", "—", ":")  # ends what a list is below
_FIRST = re.compile(r"[(\[]?(?:a|i|1|A|I|а|А|أ|א|一)[)\].:]+")  # the first label of a list
_LEADING = 1.2  # sizes, where the lines do not tell
_LARGE = 1.08  # than the text: headings, which are centred or set without regard to the edge
_WIDE_LARGE = 1.3  # leadings
_WIDEST = 2.3  # leadings: a wider gap parts them whatever they say
_SAME = 0.06  # of the size
_SHIFT = 0.5  # sizes: a smaller difference of left edges is none
_SLACK = 0.5  # sizes: what a line may lack and still count as full
_SPACE = 0.25  # sizes: the width of a space
_FEW_LINES = 6  # do not tell where the right edge of a column is
_SEVERAL = 3  # lines that begin at one place
_JUSTIFIED = 0.25  # of the lines, which end at one place
_NEAR = 2.0  # points
_SHOWN = 0.7  # of the longest line, what the next must have for the longest to be no exception

Paragraph = list[Line]


class Edges(NamedTuple):
    """Where the lines of one column of a page begin and end."""

    left: float
    right: float


class Measure:
    """What the lines of a document have in common: their leading, the edges of their columns."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.size = body_size(lines)
        self._leading = _leadings(lines)
        self._edges = _edges(lines)

    def paragraphs(self, lines: Sequence[Line]) -> list[Paragraph]:
        """`lines` as paragraphs; one may go on in the next column or on the next page."""
        found: list[Paragraph] = []
        for at, line in enumerate(lines):
            after = lines[at + 1] if at + 1 < len(lines) else None
            if found and not self._parts(found[-1], line, after):
                found[-1].append(line)
            else:
                found.append([line])
        return found

    def _parts(self, paragraph: Paragraph, line: Line, after: Line | None) -> bool:
        """Whether `line` opens a paragraph, after what is so far in `paragraph`."""
        before = paragraph[-1]
        if not _alike(before, line):
            return True
        if line.monospaced and all(each.monospaced for each in paragraph):
            return self._gap(before, line) > _WIDEST
        if min(before.size, line.size) > _LARGE * self.size:
            return self._gap(before, line) > _WIDE_LARGE
        if self._opens(paragraph, line) or self._is_short(before, line):
            return True
        if self._gap(before, line) > _WIDE and not self._goes_on(before, line):
            return True
        return self._is_shifted(paragraph, line, after)

    def _gap(self, before: Line, line: Line) -> float:
        """The distance in leadings; nothing is between the end of a column and the next."""
        if (before.page, before.column) != (line.page, line.column):
            return 1.0
        leading = self._leading.get(round(line.size), 0)
        if line.size > _LARGE * self.size or not leading:
            leading = _LEADING * line.size
        distance = line.bottom - before.bottom
        return distance / leading if distance > 0 else _WIDEST

    def _goes_on(self, before: Line, line: Line) -> bool:
        return (
            self._gap(before, line) < _WIDEST
            and line.text[0].islower()
            and not ends_sentence(before.text)
        )

    def _is_short(self, before: Line, line: Line) -> bool:
        """Whether the first word of `line` would have fitted at the end of `before`."""
        if before.text.endswith("-") and line.text[0].islower():
            return False
        edge = self._edges[before.page, before.column].right
        full = before.right + _SPACE * before.size + line.first
        return full < edge - _SLACK * before.size

    def _opens(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether a bullet or an official number opens `line`."""
        text = paragraph[-1].text
        ended = ends_sentence(text) or text.endswith((",", " and", " or"))
        if BULLET.match(line.text):
            return line.text[0] not in _DASHES or ended or paragraph[0].text[0] == line.text[0]
        label = split_label(line.text).label
        if not label:
            return False
        if text.endswith(_INTRODUCES) and _FIRST.fullmatch(label):
            return True  # it may hang below a paragraph of one line, as that line's own words would
        return ended and self._starts_at(paragraph, line)

    def _starts_at(self, paragraph: Paragraph, line: Line) -> bool:
        """Whether `line` does not hang below the first line of `paragraph`."""
        first = paragraph[0]
        hangs = self._indent(line) - self._indent(first) > _SHIFT * line.size
        return not hangs or not _is_labelled(first)

    def _indent(self, line: Line) -> float:
        return line.left - self._edges[line.page, line.column].left

    def _is_shifted(self, paragraph: Paragraph, line: Line, after: Line | None) -> bool:
        before = paragraph[-1]
        shift = self._indent(line) - self._indent(before)
        if abs(shift) <= _SHIFT * line.size:
            return False
        if len(paragraph) > 1:
            return True
        if shift < 0 or _is_labelled(before):  # the first line was indented, or the others hang
            return False
        hangs = after is not None and abs(after.left - line.left) <= _SHIFT * line.size
        return not hangs or ends_sentence(before.text)


def body_size(lines: Sequence[Line]) -> float:
    """The size of the font that most of the text is in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _is_labelled(line: Line) -> bool:
    return bool(BULLET.match(line.text) or split_label(line.text).label)


def _alike(one: Line, other: Line) -> bool:
    return abs(one.size - other.size) <= _SAME * max(one.size, other.size)


def _leadings(lines: Sequence[Line]) -> dict[int, float]:
    """The usual distance between two lines, by the size of the font."""
    seen: dict[int, Counter[float]] = defaultdict(Counter)
    for before, line in itertools.pairwise(lines):
        distance = line.bottom - before.bottom
        if before.page == line.page and before.size == line.size and 0 < distance < 3 * line.size:
            seen[round(line.size)][round(distance * 2) / 2] += 1
    return {size: _usual(distances) for size, distances in seen.items()}


def _usual(distances: Counter[float]) -> float:
    most = max(distances.values())
    return min(distance for distance, times in distances.items() if times > most / 2)


def _edges(lines: Sequence[Line]) -> dict[tuple[int, int], Edges]:
    edges: dict[tuple[int, int], Edges] = {}
    for (page, column), group in itertools.groupby(lines, lambda line: (line.page, line.column)):
        members = list(group)
        right = _right_edge(members)
        if len(members) < _FEW_LINES:
            likely = edges.get((page - 2, column)) or edges.get((page - 1, column))
            right = max(right, likely.right) if likely else right
        edges[page, column] = Edges(_left_edge(members), right)
    return edges


def _left_edge(lines: Sequence[Line]) -> float:
    """Where lines begin: the first place from the left where several do."""
    starts = Counter(round(line.left / _NEAR) for line in lines)
    several = [start for start, times in starts.items() if times >= _SEVERAL]
    return _NEAR * min(several) if several else min(line.left for line in lines)


def _right_edge(lines: Sequence[Line]) -> float:
    """Where full lines end; a line or two that stick out do not count."""
    rights = sorted((line.right for line in lines), reverse=True)
    edge, times = Counter(map(round, rights)).most_common(1)[0]
    if times >= max(_SEVERAL, _JUSTIFIED * len(lines)) and edge >= _SHOWN * rights[0]:
        return edge
    for at, after in itertools.pairwise(rights):
        if at - after < lines[0].size or after < _SHOWN * at:
            return at
    return rights[0]
