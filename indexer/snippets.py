"""A passage and what it was found by in, the marks on its text and what of it to show out."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from indexer import analysis
from indexer.parts import Wanted

Span = tuple[int, int]

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


def marks(text: str, language: str, wanted: Sequence[Wanted]) -> Marks:
    """What of `wanted` stands in `text`, which is in `language`, and where.

    Words are marked where their stem or they themselves are wanted; words of a run only where the
    whole run stands, and then as one if there is no gap.
    """
    found = analysis.analyze(text, language)
    by_part = _by_part(found, tuple(wanted))
    missing = tuple(at for at, found_at in enumerate(by_part) if not found_at)
    spans = tuple(_merged(sorted(chain.from_iterable(by_part))))
    windows = _windows(text, found.spans, by_part)
    return Marks(spans, missing, tuple(_merged(_around(window, spans) for window in windows)))


def _by_part(found: analysis.Analysis, wanted: tuple[Wanted, ...]) -> list[list[Span]]:
    """Where each of `wanted` stands; one pass over the text, however much is wanted."""
    stems, words = _lookup(wanted)
    spans: list[list[Span]] = [[] for _ in wanted]
    for terms, parts in ((found.stem, stems), (found.exact, words)):
        for at in [at for at, term in enumerate(terms) if term in parts] if parts else ():
            for part in parts[terms[at]]:
                spans[part].append(found.spans[at])
    for part, each in enumerate(wanted):
        for run, slop in each.runs:
            stretches = _adjacent(found, run) if slop is None else _near(found, run, slop)
            spans[part].extend(stretches)
    return spans


@lru_cache(maxsize=64)
def _lookup(wanted: tuple[Wanted, ...]) -> tuple[dict[str, list[int]], dict[str, list[int]]]:
    """Stem → the parts of a query that want it, and the same for words as written."""
    stems: dict[str, list[int]] = {}
    words: dict[str, list[int]] = {}
    for part, each in enumerate(wanted):
        for stem in each.stems:
            stems.setdefault(stem, []).append(part)
        for word in each.words:
            words.setdefault(word, []).append(part)
    return stems, words


def _adjacent(found: analysis.Analysis, run: tuple[str, ...]) -> Iterator[Span]:
    size = len(run)
    for at, word in enumerate(found.exact):
        if word == run[0] and tuple(found.exact[at : at + size]) == run:
            yield found.spans[at][0], found.spans[at + size - 1][1]


def _near(found: analysis.Analysis, run: tuple[str, ...], slop: int) -> Iterator[Span]:
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
            yield from (found.spans[at] for at in taken)


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans that overlap become one; `spans` are sorted."""
    start = end = -1
    for span in spans:
        if span[0] >= end:
            if end > start:
                yield start, end
            start, end = span
        else:
            end = max(end, span[1])
    if end > start:
        yield start, end


def _windows(text: str, words: list[Span], by_part: list[list[Span]]) -> tuple[Span, ...]:
    """The stretches with the most different parts of the query, then with the most marks."""
    if len(words) <= _WHOLE:
        return ((0, len(text)),)
    marked = sorted((span, part) for part, spans in enumerate(by_part) for span in set(spans))
    at_word = {span[0]: index for index, span in enumerate(words)}
    places = [(at_word[span[0]], part) for span, part in marked if span[0] in at_word]
    chosen: list[tuple[int, int]] = []
    seen: set[int] = set()
    while len(chosen) < _WINDOWS:
        best = max(_candidates(places, len(words), chosen, seen), default=None)
        if best is None or (chosen and not best[0]):
            break
        start = -best[2]
        chosen.append((start, start + _WINDOW))
        seen |= {part for place, part in places if start <= place < start + _WINDOW}
    return tuple(sorted(_cut(text, words, *window) for window in chosen or [(0, _WINDOW)]))


def _around(window: Span, marked: Iterable[Span]) -> Span:
    """`window` as wide as it must be not to cut through a mark."""
    start, end = window
    cut = [span for span in marked if span[0] < end and start < span[1]]
    return min([start, *(span[0] for span in cut)]), max([end, *(span[1] for span in cut)])


def _candidates(
    places: list[tuple[int, int]], length: int, chosen: list[tuple[int, int]], seen: set[int]
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


def _cut(text: str, words: list[Span], first: int, last: int) -> Span:
    """The characters of words `first` to `last`, with the punctuation that follows the last."""
    start = 0 if first == 0 else words[first][0]
    if last >= len(words):
        return start, len(text)
    end = words[last - 1][1]
    trailing = _PUNCTUATION.match(text, end)
    return start, trailing.end() if trailing else end
