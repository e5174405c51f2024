"""Two texts of one paragraph in; what was removed, added, replaced and left between them, out."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from indexer.analysis.words import tokens

# Characters of two texts that can be compared word by word: beyond, time and memory would grow
# with the square, for pieces that nobody could read.
_COMPARABLE = 50_000

_ISLAND = 3  # words between two changes; more are always worth seeing as unchanged

Span = tuple[int, int]


class ChangeKind(StrEnum):
    """What became of a piece of a text."""

    UNCHANGED = "unchanged"
    REMOVED = "removed"
    ADDED = "added"
    REPLACED = "replaced"


class Change(NamedTuple):
    """A piece of the old text, and what stands in its place in the new one, by (start, end).

    An unchanged piece may have other white space between its words.
    """

    kind: ChangeKind
    old: Span
    new: Span


def are_comparable(old: str, new: str) -> bool:
    """Whether two texts are short enough to be compared."""
    return len(old) + len(new) <= _COMPARABLE


def changes(old: str, new: str) -> tuple[Change, ...]:
    """The pieces that `old` and `new` consist of, in order; they cover both from end to end.

    Whole words are compared, and single signs in scripts without spaces. Unchanged and changed
    pieces take turns. Few unchanged words between larger changes count as changed too: a text is
    read more easily so than in shreds.
    """
    gaps = (_gap(one, other) for one, other in pairwise(_without_islands(old, new)))
    changed = (_trimmed(gap, old, new) for gap in gaps if _length(gap, old, new))
    return tuple(_pieces(changed, old, new))


class _Region(NamedTuple):
    """A stretch of the old text and one of the new that belong together."""

    old: Span
    new: Span
    tokens: int = 0


def _same(old: str, new: str) -> Iterator[_Region]:
    """The stretches of the same words, in order; an empty one at either end."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - a search can do without

    yield _Region((0, 0), (0, 0))
    old_spans, new_spans = tokens(old), tokens(new)
    codes: dict[str, int] = {}
    blocks = Levenshtein.opcodes(
        [codes.setdefault(old[start:end], len(codes)) for start, end in old_spans],
        [codes.setdefault(new[start:end], len(codes)) for start, end in new_spans],
    ).as_matching_blocks()
    for a, b, size in blocks:
        if size:
            in_old = (old_spans[a][0], old_spans[a + size - 1][1])
            yield _Region(in_old, (new_spans[b][0], new_spans[b + size - 1][1]), size)
    yield _Region((len(old),) * 2, (len(new),) * 2)


def _without_islands(old: str, new: str) -> list[_Region]:
    """The stretches of the same words that are worth telling from the changes around them."""
    first, *others = _same(old, new)
    kept = [first]
    for region, following in pairwise(others):
        around = _gap(kept[-1], region), _gap(region, following)
        smaller = min(_length(gap, old, new) for gap in around)
        if region.tokens > _ISLAND or _length(region, old, new) > smaller:
            kept.append(region)
    return [*kept, others[-1]]


def _gap(one: _Region, other: _Region) -> _Region:
    """What stands between two regions."""
    return _Region((one.old[1], other.old[0]), (one.new[1], other.new[0]))


def _trimmed(region: _Region, old: str, new: str) -> _Region:
    """`region` without the white space that both texts have at its ends."""
    (a, a_end), (b, b_end) = region.old, region.new
    while a < a_end and b < b_end and old[a] == new[b] and old[a].isspace():
        a, b = a + 1, b + 1
    while a < a_end and b < b_end and old[a_end - 1] == new[b_end - 1] and new[b_end - 1].isspace():
        a_end, b_end = a_end - 1, b_end - 1
    return _Region((a, a_end), (b, b_end))


def _length(region: _Region, old: str, new: str) -> int:
    """In characters, in the text in which it is longer; white space at the ends is nothing."""
    return max(len(old[slice(*region.old)].strip()), len(new[slice(*region.new)].strip()))


def _pieces(changed: Iterable[_Region], old: str, new: str) -> Iterator[Change]:
    last = _Region((0, 0), (0, 0))
    for region in (*changed, _Region((len(old),) * 2, (len(new),) * 2)):
        before = _gap(last, region)
        if _is_there(before):
            yield Change(ChangeKind.UNCHANGED, before.old, before.new)
        if _is_there(region):
            yield Change(_kind(region, old, new), region.old, region.new)
        last = region


def _is_there(region: _Region) -> bool:
    return any(start < end for start, end in (region.old, region.new))


def _kind(region: _Region, old: str, new: str) -> ChangeKind:
    if not old[slice(*region.old)].strip():
        return ChangeKind.ADDED
    if not new[slice(*region.new)].strip():
        return ChangeKind.REMOVED
    return ChangeKind.REPLACED
