"""A quotation and its source, word beside word, in; the pieces that are shown of it out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple

from indexer.quotations.align import Pair
from indexer.quotations.negations import denying
from indexer.quotations.text import Quoted, Source
from indexer.quotations.words import HYPHENS, Span, as_set


class PieceKind(StrEnum):
    """What a piece of a quotation is to its source."""

    SAME = "same"
    TYPOGRAPHY = "typography"
    CUT = "cut"  # left out of the source, and the quotation says so
    MISSING = "missing"  # left out without a sign
    ADDED = "added"
    REPLACED = "replaced"


CHANGES = frozenset((PieceKind.MISSING, PieceKind.ADDED, PieceKind.REPLACED))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the quotation and what stands in the source for it, by (start, end) in the texts.

    `denies` is whether it touches a word that denies; `declared`, of added words, whether they
    stand in square brackets, by which the writer says that they are not the source's.
    """

    kind: PieceKind
    quoted: Span
    source: Span
    denies: bool = False
    declared: bool = False


def pieces(pairs: Sequence[Pair], quoted: Quoted, source: Source) -> list[Piece]:
    """The pieces that `pairs` of places make, in the order of the quotation."""
    found: list[Piece] = []
    here, there = pairs[0][0] or 0, next((t for _, t in pairs if t is not None), 0)
    for (is_same, _), group in groupby(pairs, lambda pair: _kind(pair, quoted, source)):
        run = list(group)
        q = [each for each, _ in run if each is not None]
        t = [each for _, each in run if each is not None]
        q_end, t_end = here + len(q), there + len(t)
        if is_same:
            found += _same(here, there, len(q), quoted, source)
        else:
            found.append(_changed((here, q_end), (there, t_end), quoted, source))
        here, there = q_end, t_end
    return found


def cut(first: int, end: int, at: int, quoted: Quoted, source: Source) -> Piece:
    """The words of `source` from `first` to before `end`, left out before the word `at`."""
    place = quoted.words.span(at, at)
    words = source.words
    denies = bool(denying(words.keys[first:end], source.language))
    # With the signs around them, to the words that are quoted.
    start, stop = words.spans[first - 1][1], words.spans[end][0]
    whole = source.text[start:stop]
    start += len(whole) - len(whole.lstrip())
    return Piece(PieceKind.CUT, place, (start, start + len(whole.strip())), denies)


def is_same_word(pair: Pair, quoted: Quoted, source: Source) -> bool:
    """Whether a pair is of the same word."""
    q, t = pair
    return q is not None and t is not None and quoted.words.keys[q] == source.words.keys[t]


def _kind(pair: Pair, quoted: Quoted, source: Source) -> tuple[bool, bool]:
    is_same = is_same_word(pair, quoted, source)
    return is_same, not is_same and pair[0] is not None and quoted.is_bracketed(pair[0])


def _same(here: int, there: int, many: int, quoted: Quoted, source: Source) -> Iterator[Piece]:
    """Runs of the same words, parted by whether they are set in the same way too."""
    q, t = quoted.words, source.words
    if as_set(q.said(here, here + many)) == as_set(t.said(there, there + many)):
        runs: Iterable[tuple[bool, int, int]] = [(True, 0, many)]
    else:
        runs = _runs([_is_set_alike(n, here, there, quoted, source) for n in range(many)])
    for is_alike, first, end in runs:
        mine, theirs = q.span(here + first, here + end), t.span(there + first, there + end)
        if is_alike:
            yield Piece(PieceKind.SAME, mine, theirs)
            continue
        if first:  # what differs may be the signs before the first word
            mine = q.spans[here + first - 1][1], mine[1]
            theirs = t.spans[there + first - 1][1], theirs[1]
        yield Piece(PieceKind.TYPOGRAPHY, mine, theirs)


def _is_set_alike(n: int, here: int, there: int, quoted: Quoted, source: Source) -> bool:
    """Whether a word, with what stands between it and the one before it, is set alike."""
    q, t = quoted.words, source.words
    if n == 0:
        return as_set(q.said(here, here + 1)) == as_set(t.said(there, there + 1))
    mine = q.text[q.spans[here + n - 1][1] : q.spans[here + n][1]]
    theirs = t.text[t.spans[there + n - 1][1] : t.spans[there + n][1]]
    return as_set(f"a{mine}") == as_set(f"a{theirs}")  # a letter, so that a space counts


def _runs(alike: Sequence[bool]) -> Iterator[tuple[bool, int, int]]:
    at = 0
    for is_alike, group in groupby(alike):
        many = len(list(group))
        yield is_alike, at, at + many
        at += many


def _changed(q: Span, t: Span, quoted: Quoted, source: Source) -> Piece:
    mine, theirs = quoted.words.keys[slice(*q)], source.words.keys[slice(*t)]
    places = quoted.words.span(*q), source.words.span(*t)
    if _is_hyphened(mine, theirs, quoted.words.said(*q), source.words.said(*t)):
        return Piece(PieceKind.TYPOGRAPHY, *places)
    kind = PieceKind.REPLACED if mine and theirs else PieceKind.ADDED if mine else PieceKind.MISSING
    language = source.language
    denies = [each[at] for each in (mine, theirs) for at in denying(each, language)]
    piece = Piece(kind, *places, denies=bool(denies))
    declared = bool(mine) and all(map(quoted.is_bracketed, range(*q)))
    return replace(piece, declared=declared)


def _is_hyphened(mine: Sequence[str], theirs: Sequence[str], said: str, written: str) -> bool:
    """Whether two sides differ only in hyphens: between the same words, or within one.

    A space alone makes two words of one: "no where" is not "nowhere".
    """
    joined = "".join(mine)
    if not mine or not theirs or joined != "".join(theirs) or not joined.isalpha():
        return False
    joints = max(len(mine), len(theirs)) - 1
    return any(sum(map(text.count, HYPHENS)) >= joints for text in (said, written))


class Shown(NamedTuple):
    """A stretch of a quotation as it is shown: what it says, and what the source has for it.

    `piece` is None for signs between pieces, which are the quotation's.
    """

    kind: PieceKind
    quoted: str
    source: str
    piece: Piece | None = None


def laid_out(found: Iterable[Piece], quoted: str, source: str) -> Iterator[Shown]:
    """The whole text of a quotation in pieces, in order; what was left out stands in its place."""
    at = 0
    for piece in found:
        start, end = piece.quoted
        if start > at:
            yield Shown(PieceKind.SAME, quoted[at:start], "")
        yield Shown(piece.kind, quoted[start:end], source[slice(*piece.source)], piece)
        at = max(at, end)
    if at < len(quoted):
        yield Shown(PieceKind.SAME, quoted[at:], "")
