"""A wording's timeline in; which documents went on from the asked one, and who dropped it, out."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile

from indexer.document import StoredDocument, StoredPassage
from indexer.index.engine import Searcher
from indexer.index.fields import Field
from indexer.index.matches import AllOf, AnyOf, Dated, Term
from indexer.index.request import Order, Request
from indexer.query.dates import days
from indexer.store.store import Store
from indexer.store.texts import StoredText
from indexer.wording.sketch import sketch
from indexer.wording.succession import Taken, TakesUp, nearest
from indexer.wording.threes import Threes, threes, words_of
from indexer.wording.timeline import Timeline, Use

_STEPS = 30  # documents that are followed
_WITHOUT = 2  # of them without the wording in a row; it may be in every other one
_PARTICULAR = 40  # in how many paragraphs a term of one may be that is particular to its subject
_LOOKED_AT = 800  # paragraphs that may be in the next, the earliest
_KEPT = 2  # documents whose words are kept
_SURELY = 0.5  # of what it must take up, that share a term of the sketches
_SHORT = 8  # words; a shorter text is particular to nothing
_NEAR = 0.15  # of the threes, for what a document has in place of the wording
_LAST_DAY = 9999_12_31


@dataclass(frozen=True, slots=True)
class Step:
    """A document that goes on from the one before it, of which it takes up `taken`.

    `use` is the paragraph that has the wording. There is none where it was dropped: `near` is then
    what the document has that is nearest to it, with the share of threes, if anything is.
    """

    document: StoredDocument
    taken: Taken
    use: Use | None
    near: tuple[StoredPassage, float] | None = None


@dataclass(frozen=True, slots=True)
class Dropping:
    """The documents that go on from that of the asked paragraph, each from the one before.

    Where the last ones do not have the wording, the first of these dropped it. Else nothing is
    known that goes on from the last. One in between without it is an exception, not the end.
    """

    steps: tuple[Step, ...]

    @property
    def dropped(self) -> Step | None:
        """The document that dropped the wording: it does not have it, nor has one after it."""
        without = list(takewhile(lambda step: step.use is None, reversed(self.steps)))
        return without[-1] if without else None


def dropping(store: Store, searcher: Searcher, of: Timeline) -> Dropping:
    """Follows the documents from that of the asked paragraph until one has the wording no more."""
    uses = {use.document: use for use in reversed(of.uses)}
    centre = threes(words_of(of.asked.text, of.asked.language))
    follower = _Follower(store, searcher, frozenset(uses))
    steps: list[Step] = []
    slug = of.asked.document
    while len(steps) < _STEPS and (found := follower.next(slug)):
        said, taken = found
        use = uses.get(said.document.slug)
        near = None if use else _near(centre, said)
        steps.append(Step(said.document, taken, use, near))
        if all(step.use is None for step in steps[-_WITHOUT:]) and len(steps) >= _WITHOUT:
            break
        slug = said.document.slug
    return Dropping(tuple(steps))


@dataclass(frozen=True, slots=True)
class _Said:
    """A document with what stands in it, as words and as threes."""

    document: StoredDocument
    passages: tuple[StoredPassage, ...]
    words: Sequence[Sequence[str]]
    parts: list[Threes]


class _Follower:
    """Finds the document that goes on from another; `having` are the slugs with the wording."""

    def __init__(self, store: Store, searcher: Searcher, having: frozenset[str]) -> None:
        self._store = store
        self._searcher = searcher
        self._having = having
        self._said = lru_cache(_KEPT)(self._read)

    def next(self, slug: str) -> tuple[_Said, Taken] | None:
        """The earliest later document that takes up enough of what is particular to one.

        Of several of one day, one that has the wording is first.
        """
        here = self._said(slug)
        day = days(here.document.metadata.date) if here else None
        if here is None or day is None:
            return None
        terms, own = self._particular(here)
        takes_up = TakesUp(own)
        for other, texts in self._later(terms, day[1]):
            if len(texts) < _SURELY * takes_up.needed:
                continue
            taken = takes_up.by(threes(words_of(each.text, each.language)) for each in texts)
            if taken.goes_on and (said := self._said(other)):
                return said, taken
        return None

    def _later(self, terms: Sequence[Term], day: int) -> Iterator[tuple[str, list[StoredText]]]:
        """The documents after a day, by date, each with its paragraphs that have one of `terms`."""
        match = AllOf((AnyOf(tuple(terms)), Dated(day + 1, _LAST_DAY)))
        found = self._searcher.search(Request(match, limit=_LOOKED_AT, order=Order.OLDEST)).found
        by_document: dict[tuple[str, bool, str], list[StoredText]] = defaultdict(list)
        for text in sorted(self._store.texts.of([each.key for each in found])):
            first = days(text.date)
            if first and first[0] > day:
                place = text.date, text.document not in self._having, text.document
                by_document[place].append(text)
        for (_, _, slug), texts in sorted(by_document.items()):
            yield slug, texts

    def _particular(self, said: _Said) -> tuple[list[Term], list[Threes]]:
        """The paragraphs that are no formulas, and the terms of theirs that others share."""
        both = zip(said.words, said.parts, strict=True)
        sketches = [(sketch(words), parts) for words, parts in both if len(words) >= _SHORT]
        every = list({Term(Field.WORDING, term) for terms, _ in sketches for term in terms})
        frequencies = dict(zip(every, self._searcher.frequencies(every), strict=True))
        terms, own = [], []
        for of_these, parts in sketches:
            found = [Term(Field.WORDING, term) for term in of_these]
            counts = [(frequencies[term], term) for term in found]
            if min(many for many, _ in counts) <= _PARTICULAR:
                own.append(parts)
                terms += [term for many, term in counts if 1 < many <= _PARTICULAR]
        return terms, own

    def _read(self, slug: str) -> _Said | None:
        found = self._store.standing([slug]).get(slug)
        if found is None:
            return None
        words = [words_of(each.passage.text, each.passage.language) for each in found[1]]
        return _Said(*found, words, [threes(each) for each in words])


def _near(centre: Threes, said: _Said) -> tuple[StoredPassage, float] | None:
    at, share = nearest(centre, said.parts)
    return (said.passages[at], share) if share >= _NEAR else None
