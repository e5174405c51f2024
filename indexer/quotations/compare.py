"""A quotation and a text in; whether it is from there, how exactly, and each difference, out. Pure.

First each of its pieces between ellipses is looked for as it is, in order. If one is not there,
it is aligned word by word; and where that gives no likeness, by stretches of the same words, which
tells pieces that stand in another order, or of which much was left out between.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from indexer.quotations.align import Pair, Tile, aligned, in_order, tiles
from indexer.quotations.negations import denies_after, denies_before
from indexer.quotations.pieces import CHANGES, Piece, PieceKind, cut, is_same_word, pieces
from indexer.quotations.text import Quoted, Source
from indexer.quotations.verdicts import SOUND, Verdict
from indexer.quotations.words import Span, as_set, is_sign

SHORTEST = 5  # words; of fewer nothing is said
LIKE = 0.6  # share of the words that must stand in the source for "altered"; measured
_LIKE_FEW, _FEW = 0.7, 10  # that of a quotation of fewer than ten words
_REORDERED = 0.2  # what another order counts, where a text with changed words is as good
_COVERED = 0.85  # share of the words in stretches that both have, for another order or a silent cut
_LITTLE = 2  # changed words that are no new order
_STRETCH, _SIGNS = 3, 4  # words, or signs, of a stretch that was moved
_CLOSERS = ".,;:…!?。，；：、،؛۔ "


@dataclass(frozen=True, slots=True)
class Comparison:
    """A quotation beside one text.

    `distance` is how many of its words do not stand there, and half of those that it leaves out
    without a sign; `words` is how many it has.
    `place` is the (start, end) in the text of all that it is from. `denied` is what denies beside
    its ends in the text, by places there.
    """

    verdict: Verdict
    pieces: tuple[Piece, ...]
    distance: float
    words: int
    place: Span
    denied: tuple[Span, ...] = ()

    @property
    def likeness(self) -> float:
        """The share of its words that stand there, from 0 to 1."""
        return max(0.0, 1 - self.distance / self.words) if self.words else 0.0

    @property
    def denies(self) -> bool:
        """Whether a change, a cut or an end of it touches a word that denies."""
        return bool(self.denied) or any(piece.denies for piece in self.pieces)

    @property
    def is_declared(self) -> bool:
        """Whether all that was changed stands in square brackets."""
        changed = [piece for piece in self.pieces if piece.kind in CHANGES]
        return bool(changed) and all(piece.declared for piece in changed)

    @property
    def order(self) -> tuple[int, float]:
        """By which comparisons of one quotation are sorted, the best first."""
        if self.verdict in SOUND:
            return self.verdict.rank, 0.0
        likeness = self.likeness - (_REORDERED if self.verdict is Verdict.STITCHED else 0)
        is_absent = self.verdict is Verdict.ABSENT
        return Verdict.ALTERED.rank + is_absent, -likeness

    @property
    def is_like(self) -> bool:
        """Whether so many of its words stand there that it is from there, and not by chance."""
        return self.likeness >= (LIKE if self.words >= _FEW else _LIKE_FEW)


def compare(quoted: Quoted, source: Source) -> Comparison:
    """`quoted` beside `source`; `ABSENT` where it is not from there."""
    starts = _in_order(quoted, source)
    if starts is not None:
        return _sound(quoted, source, starts)
    return _unsound(quoted, source)


def is_there(quoted: Quoted, source: Source) -> bool:
    """Whether each piece of `quoted` is there as it is, in order."""
    return _in_order(quoted, source) is not None


def _in_order(quoted: Quoted, source: Source) -> list[int] | None:
    """Where each segment begins: in order, and as near to each other as can be."""
    best: list[int] | None = None
    first, *others = quoted.segments or [(0, 0)]
    for start in source.places(quoted.keys(first)):
        starts, end = [start], start + first[1] - first[0]
        for segment in others:
            there = source.places(quoted.keys(segment), end, most=1)
            if not there:
                return best
            starts.append(there[0])
            end = there[0] + segment[1] - segment[0]
        if best is None or starts[-1] - start < best[-1] - best[0]:
            best = starts
        if not others:
            # Set alike, if it stands there more than once.
            said = as_set(quoted.words.said(*first))
            if as_set(source.words.said(start, end)) == said:
                return starts
    return best


def _sound(quoted: Quoted, source: Source, starts: Sequence[int]) -> Comparison:
    """The same words in the same order, with or without cuts."""
    shown: list[Piece] = []
    ends = [
        start + end - first for start, (first, end) in zip(starts, quoted.segments, strict=True)
    ]
    for number, (first, end) in enumerate(quoted.segments):
        if number and starts[number] > ends[number - 1]:
            shown.append(cut(ends[number - 1], starts[number], first, quoted, source))
        elif number:
            shown.append(
                Piece(PieceKind.TYPOGRAPHY, *_between(quoted, source, first, starts[number]))
            )
        pairs: list[Pair] = [(q, starts[number] + q - first) for q in range(first, end)]
        shown += pieces(pairs, quoted, source)
    denied = _denied(source, starts[0], ends[-1])
    kinds = {piece.kind for piece in shown}
    if PieceKind.CUT in kinds or denied:
        verdict = Verdict.SHORTENED
    elif PieceKind.TYPOGRAPHY in kinds or not _ends_alike(quoted, source, starts[0], ends[-1]):
        verdict = Verdict.TYPOGRAPHY
    else:
        verdict = Verdict.AS_WRITTEN
    place = source.words.span(starts[0], ends[-1])
    return Comparison(verdict, tuple(shown), 0, len(quoted.words), place, denied)


def _between(quoted: Quoted, source: Source, q: int, t: int) -> tuple[Span, Span]:
    """What stands before a word on either side, back to the word before it."""
    mine, theirs = quoted.words.spans, source.words.spans
    return (mine[q - 1][1], mine[q][0]), (theirs[t - 1][1], theirs[t][0])


def _ends_alike(quoted: Quoted, source: Source, first: int, end: int) -> bool:
    """Whether the signs before the first word and behind the last stand in the source too.

    A stop or a comma at the very end is the habit of some countries, whatever the source has.
    """
    start, stop = quoted.words.span(0, len(quoted.words))
    before, after = as_set(quoted.text[:start]), as_set(quoted.text[stop:])
    place = source.words.span(first, end)
    theirs = as_set(source.text[: place[0]]), as_set(source.text[place[1] :])
    opens = theirs[0].endswith(before.strip("….[]() "))
    return opens and (theirs[1].startswith(after) or not after.strip(_CLOSERS + "[]()"))


def _denied(source: Source, first: int, end: int) -> tuple[Span, ...]:
    """The words that deny just before `first` and just behind, if no sentence ends between."""
    words = source.words
    found: list[Span] = []
    before = denies_before(words.keys, first, source.language)
    if before is not None and not any(map(source.is_parted, range(before + 1, first + 1))):
        found.append(words.span(before, first))
    if (
        end < len(words)
        and denies_after(words.keys, end, source.language)
        and not source.is_parted(end)
    ):
        found.append(words.span(end, end + 1))
    return tuple(found)


def _unsound(quoted: Quoted, source: Source) -> Comparison:
    """Words that are not all there in order: altered, in another order, or not from there."""
    found = _altered(quoted, source)
    if found is not None and found.distance <= _LITTLE and found.is_like:
        return found
    stretches = tiles(quoted.words.keys, source.words.keys)
    covered = sum(each.length for each in stretches)
    if covered >= _COVERED * len(quoted.words) and len(stretches) > 1:
        by_tiles = _of_tiles(quoted, source, stretches)
        if _says_more(by_tiles, found, stretches, quoted):
            return by_tiles
    if found is None:
        return Comparison(Verdict.ABSENT, (), len(quoted.words), len(quoted.words), (0, 0))
    return found


def _says_more(
    by_tiles: Comparison, found: Comparison | None, stretches: Sequence[Tile], quoted: Quoted
) -> bool:
    """Whether stretches tell the quotation better than the alignment `found`, and not by chance."""
    moved = set(stretches) - set(in_order(stretches))
    if any(_weighs(tile, quoted) for tile in moved):
        return True
    is_long = len(quoted.words) >= _STRETCH * len(stretches)
    if moved:
        return found is None or not found.is_like
    return is_long and (found is None or by_tiles.distance < found.distance)


def _altered(quoted: Quoted, source: Source) -> Comparison | None:
    """Each segment aligned behind the one before; None where the texts are too long for it."""
    shown: list[Piece] = []
    distance, at = 0.0, 0
    places: list[int] = []
    for segment in quoted.segments:
        found = aligned(quoted.keys(segment), source.words.keys, at)
        if found is None:
            return None
        pairs = [(None if q is None else q + segment[0], t) for q, t in found.pairs]
        there = [t for _, t in pairs if t is not None]
        if there and places and there[0] > at:
            shown.append(cut(at, there[0], segment[0], quoted, source))
        distance += _lost(pairs, quoted, source)
        shown += pieces(pairs, quoted, source)
        places += there
        at = there[-1] + 1 if there else at
    if not any(piece.kind in CHANGES for piece in shown):
        distance = 0.0  # hyphens alone
    place = source.words.span(places[0], places[-1] + 1) if places else (0, 0)
    denied = _denied(source, places[0], places[-1] + 1) if places else ()
    result = Comparison(Verdict.ABSENT, tuple(shown), distance, len(quoted.words), place, denied)
    return _judged(result)


def _lost(pairs: Sequence[Pair], quoted: Quoted, source: Source) -> float:
    """How many words of the quotation do not stand there; of what it leaves out, half.

    For who leaves a word out, as "ne … pas", still quotes all others.
    """
    lost = 0.0
    for is_same, group in groupby(pairs, lambda pair: is_same_word(pair, quoted, source)):
        run = [] if is_same else list(group)
        added, missing = (sum(pair[side] is not None for pair in run) for side in (0, 1))
        lost += max(added, missing / 2)
    return lost


def _judged(found: Comparison) -> Comparison:
    kinds = {piece.kind for piece in found.pieces}
    if not found.is_like:
        verdict = Verdict.ABSENT
    elif kinds & CHANGES:
        verdict = Verdict.ALTERED
    else:
        is_cut = PieceKind.CUT in kinds or found.denied
        verdict = Verdict.SHORTENED if is_cut else Verdict.TYPOGRAPHY
    return Comparison(verdict, found.pieces, found.distance, found.words, found.place, found.denied)


def _of_tiles(quoted: Quoted, source: Source, stretches: Sequence[Tile]) -> Comparison:
    """Stretches of the same words: in another order, or with much left out between them."""
    shown: list[Piece] = []
    q = t = gaps = 0
    for number, tile in enumerate(stretches):
        gap: list[Pair] = [(each, None) for each in range(q, tile.quoted)]
        if number and tile.source > t:
            gap += [(None, each) for each in range(t, tile.source)]
            gaps += 1
        shown += pieces(gap, quoted, source) if gap else []
        same: list[Pair] = [(tile.quoted + n, tile.source + n) for n in range(tile.length)]
        shown += pieces(same, quoted, source)
        q, t = tile.quoted + tile.length, tile.end
    rest: list[Pair] = [(each, None) for each in range(q, len(quoted.words))]
    shown += pieces(rest, quoted, source) if rest else []
    first, last = min(e.source for e in stretches), max(e.end for e in stretches)
    left = len(quoted.words) - sum(each.length for each in stretches)
    is_moved = len(in_order(stretches)) < len(stretches)
    verdict = Verdict.STITCHED if is_moved else Verdict.ALTERED
    place = source.words.span(first, last)
    return Comparison(verdict, tuple(shown), left + gaps, len(quoted.words), place)


def _weighs(tile: Tile, quoted: Quoted) -> bool:
    """Whether a stretch is long enough to have been moved, and not there by chance."""
    signs = is_sign(quoted.words.keys[tile.quoted])
    return tile.length >= (_SIGNS if signs else _STRETCH)


def is_sound(verdict: Verdict) -> bool:
    """Whether each word stands so in the source."""
    return verdict in SOUND
