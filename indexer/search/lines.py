"""Passages found in, a line for each hit in them out: the word, and what stands around it."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, partial
from typing import NamedTuple

from indexer.document import StoredDocument, StoredPassage
from indexer.labels.printed import printed
from indexer.search.highlighter import Highlighter, joined
from indexer.search.results import Results
from indexer.store.rows import FoundRow

MOST = 10_000  # lines of one query
WIDTH = 60  # characters shown on each side of the word
_SORTED_BY = 40  # characters of it

_WORDS = re.compile(r"\w+")
_GAP = "…"


class Side(StrEnum):
    """What lines are sorted by: the words before the hit, the nearest first, or those after it."""

    BEFORE = "before"
    AFTER = "after"


class Place(NamedTuple):
    """A hit: the passage, and from where to where in its text. Both 0 if no word of it is meant."""

    row: FoundRow
    start: int
    end: int


@dataclass(frozen=True)
class Line:
    """A hit as it is shown; white space is single, and `…` stands where the text is cut."""

    document: StoredDocument
    stored: StoredPassage
    before: str
    word: str
    after: str


@dataclass(frozen=True)
class Lines:
    """The lines of what a query finds in full, in order.

    `passages` is how many passages they are from. If that is not all of `results.total`, or not
    all of the last passage, there are more lines than `MOST`, and `is_cut` says so.
    """

    results: Results
    places: list[Place]
    passages: int
    is_cut: bool

    def shown(self, first: int, most: int) -> list[Line]:
        """`most` lines from the one at `first` on."""
        return [_line(place) for place in self.places[first : first + most]]

    @cached_property
    def total(self) -> int:
        """How many lines there are."""
        return len(self.places)


def lines(
    rows: Iterable[FoundRow], highlighter: Highlighter, results: Results, side: Side | None
) -> Lines:
    """A line for each mark in `rows`, up to `MOST`; a passage without marks in its text has one.

    In the order of `rows`, or sorted by what is on a `side`.
    """
    places: list[Place] = []
    passages = 0
    for row in rows:
        if len(places) >= MOST:
            break
        places += _places(row, highlighter)
        passages += 1
    is_cut = passages < results.total or len(places) > MOST
    del places[MOST:]
    if side is not None:
        places.sort(key=partial(_key, side))
    return Lines(results, places, passages, is_cut)


def _places(row: FoundRow, highlighter: Highlighter) -> Iterator[Place]:
    marks = highlighter.marks(row.text, row.language, printed(row.label, row.heading))
    found = False
    for start, end in joined(row.text, marks):
        found = True
        yield Place(row, start, end)
    if not found:
        yield Place(row, 0, 0)


def _line(place: Place) -> Line:
    row, start, end = place
    return Line(
        row.document(),
        row.passage(),
        _before(row.text[max(0, start - 2 * WIDTH) : start], is_cut=start > 2 * WIDTH),
        " ".join(row.text[start:end].split()),
        _after(row.text[end : end + 2 * WIDTH], is_cut=len(row.text) > end + 2 * WIDTH),
    )


def _before(text: str, *, is_cut: bool) -> str:
    """The end of `text`, from a whole word on if there are spaces between words."""
    plain = " ".join(text.split()) + " " * text[-1:].isspace()
    if len(plain) <= WIDTH and not is_cut:
        return plain
    kept = plain[-WIDTH:]
    at = kept.find(" ", 0, WIDTH // 2)
    return _GAP + (kept[at + 1 :] if at >= 0 else kept)


def _after(text: str, *, is_cut: bool) -> str:
    plain = " " * text[:1].isspace() + " ".join(text.split())
    if len(plain) <= WIDTH and not is_cut:
        return plain
    kept = plain[:WIDTH]
    at = kept.rfind(" ", WIDTH // 2)
    return (kept[:at] if at >= 0 else kept) + _GAP


def _words_before(place: Place) -> list[str]:
    words = _words(place.row.text[max(0, place.start - _SORTED_BY) : place.start])
    return [word[::-1] if len(word) > _SORTED_BY // 2 else word for word in reversed(words)]


def _words_after(place: Place) -> list[str]:
    return _words(place.row.text[place.end : place.end + _SORTED_BY])


_WORDS_ON: dict[Side, Callable[[Place], list[str]]] = {
    Side.BEFORE: _words_before,
    Side.AFTER: _words_after,
}


def _key(side: Side, place: Place) -> tuple[bool, list[str]]:
    """Those with no words on this side come last."""
    words = _WORDS_ON[side](place)
    return not words, words


def _words(text: str) -> list[str]:
    """The words to sort by, without capitals and accents."""
    if not text.isascii():
        parts = unicodedata.normalize("NFKD", text)
        text = "".join([sign for sign in parts if not unicodedata.combining(sign)])
    return _WORDS.findall(text.casefold())
