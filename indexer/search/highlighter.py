"""Finds what to mark in a text, and which fragments of a long one to show."""

import re
import sys
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, compress, count

from indexer.analysis import analyzer
from indexer.labels.printed import Printed
from indexer.references import keys
from indexer.references.finder import references
from indexer.search.clauses import Wanted

Span = tuple[int, int]  # of characters, the end exclusive
Place = tuple[int, int]  # the first and the last of some words

_WHOLE = 80  # words; a longer passage is shown in fragments
_FRAGMENT = 30  # words of each fragment
_FRAGMENTS = 2
_PUNCTUATION = re.compile(r"[^\w\s]+")
_LEAD = 5  # words before the mark that a fragment is made for
_NO_NUMBERS = Printed("")

Meant = tuple[tuple[int, ...], tuple[int, ...]]  # clauses by key, of the heading and of the label


@dataclass(frozen=True, slots=True)
class Highlights:
    """`spans` are the character offsets to mark in a text, in order and apart.

    `missing` are the indexes of what was wanted and has no mark in it. `fragments` are the parts
    of a long text to show, in order and apart; the whole of a short one. `label` and `above` are
    what to mark in the numbers printed before it: in its label, and in that of its heading.
    """

    spans: tuple[Span, ...]
    missing: tuple[int, ...]
    fragments: tuple[Span, ...]
    label: tuple[Span, ...] = ()
    above: tuple[Span, ...] = ()


class Highlighter:
    """Finds what of `wanted` is in one text after another."""

    def __init__(self, wanted: Sequence[Wanted]) -> None:
        self._wanted = tuple(wanted)
        self._stems = _lookup(each.stems for each in wanted)
        self._words = _lookup(each.words for each in wanted)
        self._keys = tuple(each.keys for each in wanted)
        self._cites = [at for at, each in enumerate(wanted) if each.cited]
        self._runs = [(at, *each) for at, one in enumerate(wanted) for each in one.runs]

    def __call__(
        self, text: str, language: str, numbers: Printed = _NO_NUMBERS, natural_id: str = ""
    ) -> Highlights:
        """What is in `text`, which is in `language`, or in the numbers before it, and where.

        Words are marked if their stem or they themselves are wanted; words of a run only if the
        whole run is there, and then as one if there is no gap. A number is marked as a whole if
        it is wanted by its key; `natural_id` is the local id that the label asks for.
        """
        line = numbers.line
        found = self._within(text, language, line)
        if not line:
            return found
        return _with_numbers(found, numbers, self._meant(numbers, natural_id))

    def marks(self, text: str, language: str, numbers: Printed = _NO_NUMBERS) -> tuple[Span, ...]:
        """The same `spans` in `text` alone, without fragments: in half the time."""
        line = numbers.line
        found = analyzer.analyze(text, language, line)
        places = sorted(chain.from_iterable(self._by_clause(line + text, found)))
        spans = _spans(found, places)
        return _clipped(spans, len(line)) if line else spans

    def _within(self, text: str, language: str, line: str = "") -> Highlights:
        """The highlights of `line` and `text`, as offsets in both; fragments show only `text`."""
        found = analyzer.analyze(text, language, line)
        text, start = line + text, len(line)
        by_clause = self._by_clause(text, found)
        missing = tuple([at for at, places in enumerate(by_clause) if not places])
        places, length = sorted(chain.from_iterable(by_clause)), len(found.exact)
        if length <= _WHOLE:
            return Highlights(_spans(found, places), missing, ((start, len(text)),))
        fragments = _fragments(length, by_clause)
        wanted = sorted(set(chain.from_iterable((*places, *fragments))))
        at = dict(zip(wanted, found.spans(wanted), strict=True))
        spans = merged([(at[first][0], at[last][1]) for first, last in places])
        shown = [_cut(text, at, length, *fragment) for fragment in fragments]
        whole = [(max(first, start), last) for first, last in shown if last > start]
        return Highlights(spans, missing, merged([_around(each, spans) for each in whole]))

    def _meant(self, numbers: Printed, natural_id: str) -> Meant:
        """Which clauses want the number of the heading, and which the passage's own, by key."""
        if not any(self._keys):
            return (), ()
        every, above = numbers.keys(natural_id), numbers.above_key
        return (
            tuple(at for at, keys in enumerate(self._keys) if above in keys),
            tuple(at for at, keys in enumerate(self._keys) if keys & every - {above}),
        )

    def _by_clause(self, text: str, found: analyzer.Analysis) -> list[list[Place]]:
        """Where each clause is found; one pass over the text, however much is wanted."""
        places: list[list[Place]] = [[] for _ in self._wanted]
        for terms, clauses in ((found.stem, self._stems), (found.exact, self._words)):
            wanted = compress(count(), map(clauses.__contains__, terms)) if clauses else ()
            for at in wanted:
                for clause in clauses[terms[at]]:
                    places[clause].append((at, at))
        for other in found.others(self._stems.keys()) if self._stems else ():
            for clause in self._stems[other.stem]:
                places[clause].append((other.first, other.last))
        for clause, run, slop in self._runs:
            runs = _adjacent(found, run) if slop is None else _near(found, run, slop)
            places[clause].extend(runs)
        for clause in self._cites:
            places[clause].extend(_citing(text, found, self._wanted[clause].cited))
        return places


def _citing(text: str, found: analyzer.Analysis, wanted: Set[str]) -> Iterator[Place]:
    """The words of `text` that cite what is `wanted`."""
    spans = found.spans(range(len(found.exact)))
    for reference in references(text):
        first, last = (bisect_left(spans, (at,)) for at in (reference.start, reference.end))
        if reference.name and first < last and not wanted.isdisjoint(keys.terms([reference], "")):
            yield first, last - 1


def _spans(found: analyzer.Analysis, places: Sequence[Place]) -> tuple[Span, ...]:
    """The characters of `places`, which are sorted."""
    wanted = sorted(set(chain.from_iterable(places)))
    at = dict(zip(wanted, found.spans(wanted), strict=True))
    return merged([(at[first][0], at[last][1]) for first, last in places])


def _with_numbers(found: Highlights, numbers: Printed, meant: Meant) -> Highlights:
    """`found` in the text behind the line of `numbers`, as offsets in each of the three."""
    start = len(numbers.line)
    in_heading, own = meant
    label_at = start - len(numbers.label) - 1
    return Highlights(
        spans=_clipped(found.spans, start),
        missing=tuple(at for at in found.missing if at not in (*in_heading, *own)),
        fragments=_clipped(found.fragments, start),
        label=_of_number(numbers.label, label_at, found.spans, is_meant=bool(own)),
        above=_of_number(numbers.above, 0, found.spans, is_meant=bool(in_heading)),
    )


def _of_number(number: str, at: int, spans: Sequence[Span], *, is_meant: bool) -> tuple[Span, ...]:
    """What to mark in a number that is at `at`: all of it if it is meant, else the words found."""
    if is_meant and number:
        return ((0, len(number)),)
    return _clipped(spans, at, at + len(number)) if number else ()


def _clipped(spans: Iterable[Span], start: int, end: int = sys.maxsize) -> tuple[Span, ...]:
    """What of `spans` is between `start` and `end`, as offsets from `start`."""
    return tuple(
        (max(first, start) - start, min(last, end) - start)
        for first, last in spans
        if last > start and first < end
    )


def _lookup(by_clause: Iterable[frozenset[str]]) -> dict[str, list[int]]:
    """Term → the clauses of a query that want it."""
    clauses: dict[str, list[int]] = {}
    for clause, terms in enumerate(by_clause):
        for term in terms:
            clauses.setdefault(term, []).append(clause)
    return clauses


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


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans that overlap become one; those that come in are in any order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if not found or start >= found[-1][1]:
            found.append((start, end))
        elif end > found[-1][1]:
            found[-1] = (found[-1][0], end)
    return tuple(found)


def joined(text: str, marks: Iterable[Span]) -> Iterator[Span]:
    """`marks`, those that only spaces part as one: a page may have thousands."""
    before: Span | None = None
    for start, end in marks:
        if before and text[before[1] : start].isspace():
            before = before[0], end
            continue
        if before:
            yield before
        before = start, end
    if before:
        yield before


def _fragments(length: int, by_clause: list[list[Place]]) -> list[Place]:
    """The first and last words of the stretches with the most different clauses of the query.

    Of those with as many clauses, the one with the most marks.
    """
    places = sorted({(at, clause) for clause, places in enumerate(by_clause) for at, _ in places})
    if not places:
        return [(0, _FRAGMENT - 1)]
    first = _before(places[0][0], length)
    if places[-1][0] < first + _FRAGMENT:  # nothing has more than all of them
        return [(first, first + _FRAGMENT - 1)]
    chosen: list[Place] = []
    seen: set[int] = set()
    while len(chosen) < _FRAGMENTS:
        best = max(_candidates(places, length, chosen, seen), default=None)
        if best is None or (chosen and not best[0]):
            break
        start = -best[2]
        chosen.append((start, start + _FRAGMENT - 1))
        seen.update([clause for place, clause in places if start <= place < start + _FRAGMENT])
        if len(seen) == sum(map(bool, by_clause)):
            break
    return sorted(chosen)


def _around(fragment: Span, marked: Iterable[Span]) -> Span:
    """`fragment` as wide as it must be not to cut through a mark."""
    start, end = first, last = fragment
    for span in marked:
        if span[0] < end and start < span[1]:
            first, last = min(first, span[0]), max(last, span[1])
    return first, last


def _candidates(
    places: list[tuple[int, int]], length: int, chosen: list[Place], seen: set[int]
) -> Iterator[tuple[int, int, int]]:
    """(new clauses, marks, -start) of the fragments that begin a little before a mark."""
    tried = -_LEAD
    for place, _ in places:
        start = _before(place, length)
        if start - tried < _LEAD and tried >= 0:
            continue  # hardly another fragment than the last one
        tried = start
        if any(abs(start - other) < _FRAGMENT for other, _ in chosen):
            continue
        first, last = (bisect_left(places, (edge, -1)) for edge in (start, start + _FRAGMENT))
        within = [clause for _, clause in places[first:last]]
        yield len(set(within) - seen), len(within), -start


def _before(place: int, length: int) -> int:
    """Where a fragment begins that is made for a mark."""
    return max(0, min(place - _LEAD, length - _FRAGMENT))


def _cut(text: str, at: Mapping[int, Span], length: int, first: int, last: int) -> Span:
    """The characters of words `first` to `last`, with the punctuation that follows the last."""
    start = at[first][0] if first else 0
    if last >= length - 1:
        return start, len(text)
    end = at[last][1]
    trailing = _PUNCTUATION.match(text, end)
    return start, trailing.end() if trailing else end
