"""A passage and what it was found by in, the marks on its text and what of it to show out."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from indexer.analysis import analyzer
from indexer.search.compiler import Wanted

Span = tuple[int, int]  # of characters, the end exclusive
Place = tuple[int, int]  # the first and the last of some words

_WHOLE = 80  # words; a longer passage is shown in part
_WINDOW = 30  # words of each part
_WINDOWS = 2
_PUNCTUATION = re.compile(r"[^\w\s]+")
_LEAD = 5  # words before the mark that a window is made for


@dataclass(frozen=True, slots=True)
class Marks:
    """`spans` are the character offsets to mark in a text, in order and apart.

    `missing` are the indexes of what was wanted and has no mark in it. `windows` are the parts
    of a long text to show, in order and apart; the whole of a short one.
    """

    spans: tuple[Span, ...]
    missing: tuple[int, ...]
    windows: tuple[Span, ...]


class Marker:
    """Finds what of `wanted` stands in one text after another."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._wanted = tuple(wanted)
        self._stems = _lookup(each.stems for each in wanted)
        self._words = _lookup(each.words for each in wanted)

    def __call__(self, text: str, language: str) -> Marks:
        """What stands in `text`, which is in `language`, and where.

        Words are marked where their stem or they themselves are wanted; words of a run only where
        the whole run stands, and then as one if there is no gap.
        """
        found = analyzer.analyze(text, language)
        by_part = self._by_part(found)
        missing = tuple([at for at, places in enumerate(by_part) if not places])
        places, length = sorted(chain.from_iterable(by_part)), len(found.exact)
        windows = _windows(length, by_part) if length > _WHOLE else []
        wanted = sorted({word for pair in (*places, *windows) for word in pair})
        at = dict(zip(wanted, found.spans(wanted), strict=True))
        spans = _merged([(at[first][0], at[last][1]) for first, last in places])
        if not windows:
            return Marks(spans, missing, ((0, len(text)),))
        shown = [_cut(text, at, length, *window) for window in windows]
        return Marks(spans, missing, _merged([_around(each, spans) for each in shown]))

    def _by_part(self, found: analyzer.Analysis) -> list[list[Place]]:
        """Where each part stands; one pass over the text, however much is wanted."""
        places: list[list[Place]] = [[] for _ in self._wanted]
        for terms, parts in ((found.stem, self._stems), (found.exact, self._words)):
            for at in [at for at, term in enumerate(terms) if term in parts] if parts else ():
                for part in parts[terms[at]]:
                    places[part].append((at, at))
        for part, each in enumerate(self._wanted):
            for run, slop in each.runs:
                stands = _adjacent(found, run) if slop is None else _near(found, run, slop)
                places[part].extend(stands)
        return places


def _lookup(by_part: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """Term → the parts of a query that want it."""
    parts: dict[str, list[int]] = {}
    for part, terms in enumerate(by_part):
        for term in terms:
            parts.setdefault(term, []).append(part)
    return parts


def _adjacent(found: analyzer.Analysis, run: tuple[str, ...]) -> Iterator[Place]:
    size = len(run)
    for at, word in enumerate(found.exact):
        if word == run[0] and tuple(found.exact[at : at + size]) == run:
            yield at, at + size - 1


def _near(found: analyzer.Analysis, run: tuple[str, ...], slop: int) -> Iterator[Place]:
    """The words of each shortest stretch that has them all."""
    longest = len(run) + slop
    places = [at for at, word in enumerate(found.exact) if word in run]
    for first, start in enumerate(places):
        need = list(run)
        taken = []
        for at in places[first:]:
            if at - start >= longest or not need:
                break
            if found.exact[at] in need:
                need.remove(found.exact[at])
                taken.append(at)
        if not need:
            yield from ((at, at) for at in taken)


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Spans that overlap become one; `spans` are sorted."""
    merged = spans[:1]
    for start, end in spans[1:]:
        if start >= merged[-1][1]:
            merged.append((start, end))
        elif end > merged[-1][1]:
            merged[-1] = (merged[-1][0], end)
    return tuple(merged)


def _windows(length: int, by_part: list[list[Place]]) -> list[Place]:
    """The first and last words of the stretches with the most different parts of the query.

    Of those with as many parts, the one with the most marks.
    """
    places = sorted({(at, part) for part, places in enumerate(by_part) for at, _ in places})
    if not places:
        return [(0, _WINDOW - 1)]
    chosen: list[Place] = []
    seen: set[int] = set()
    while len(chosen) < _WINDOWS:
        best = max(_candidates(places, length, chosen, seen), default=None)
        if best is None or (chosen and not best[0]):
            break
        start = -best[2]
        chosen.append((start, start + _WINDOW - 1))
        seen.update([part for place, part in places if start <= place < start + _WINDOW])
        if len(seen) == sum(map(bool, by_part)):
            break
    return sorted(chosen)


def _around(window: Span, marked: Iterable[Span]) -> Span:
    """`window` as wide as it must be not to cut through a mark."""
    start, end = first, last = window
    for span in marked:
        if span[0] < end and start < span[1]:
            first, last = min(first, span[0]), max(last, span[1])
    return first, last


def _candidates(
    places: list[tuple[int, int]], length: int, chosen: list[Place], seen: set[int]
) -> Iterator[tuple[int, int, int]]:
    """(new parts, marks, -start) of the windows that begin a little before a mark."""
    tried = -_LEAD
    for place, _ in places:
        start = max(0, min(place - _LEAD, length - _WINDOW))
        if start - tried < _LEAD and tried >= 0:
            continue  # hardly another window than the last one
        tried = start
        if any(abs(start - other) < _WINDOW for other, _ in chosen):
            continue
        first, last = (bisect_left(places, (edge, -1)) for edge in (start, start + _WINDOW))
        within = [part for _, part in places[first:last]]
        yield len(set(within) - seen), len(within), -start


def _cut(text: str, at: Mapping[int, Span], length: int, first: int, last: int) -> Span:
    """The characters of words `first` to `last`, with the punctuation that follows the last."""
    start = at[first][0] if first else 0
    if last >= length - 1:
        return start, len(text)
    end = at[last][1]
    trailing = _PUNCTUATION.match(text, end)
    return start, trailing.end() if trailing else end
