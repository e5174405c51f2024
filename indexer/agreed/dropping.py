"""A wording's timeline in; which documents went on from the asked one, and who dropped it, out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from indexer.document import StoredDocument, StoredPassage
from indexer.index.engine import Searcher
from indexer.index.fields import Facet, Field
from indexer.index.matches import AllOf, AnyOf, Dated, Term
from indexer.index.request import Request
from indexer.query.dates import days
from indexer.store.store import Store
from indexer.wording.sketch import sketch
from indexer.wording.succession import Taken, nearest, taken_up
from indexer.wording.threes import Threes, threes, words_of
from indexer.wording.timeline import Timeline, Use

_STEPS = 30  # documents that are followed
_WITHOUT = 2  # of them without the wording in a row; it may be in every other one
_PARTICULAR = 40  # in how many paragraphs a term of one may be that is particular to its subject
_LOOKED_AT = 24  # documents that may be the next
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
    steps: list[Step] = []
    slug = of.asked.document
    while len(steps) < _STEPS and (found := _next(store, searcher, slug, set(uses))):
        document, passages, taken = found
        use = uses.get(document.slug)
        near = None if use else _near(centre, passages)
        steps.append(Step(document, taken, use, near))
        if all(step.use is None for step in steps[-_WITHOUT:]) and len(steps) >= _WITHOUT:
            break
        slug = document.slug
    return Dropping(tuple(steps))


Passages = Sequence[StoredPassage]


def _next(
    store: Store, searcher: Searcher, slug: str, having: set[str]
) -> tuple[StoredDocument, Passages, Taken] | None:
    """The earliest later document that takes up enough of what is particular to one.

    Of several of one day, one that has the wording is first.
    """
    here = store.standing([slug]).get(slug)
    day = days(here[0].metadata.date) if here else None
    if here is None or day is None:
        return None
    terms, own = _particular(searcher, here[1])
    later = Dated(day[1] + 1, _LAST_DAY)
    asked = Request(
        AllOf((AnyOf(tuple(terms)), later)), limit=0, facets={Facet.DOCUMENT: _LOOKED_AT}
    )
    slugs = [count.value for count in searcher.search(asked).facets[Facet.DOCUMENT]]
    found = store.standing(slugs).values()
    for document, passages in sorted(
        found, key=lambda each: (each[0].metadata.date, each[0].slug not in having, each[0].slug)
    ):
        if document.metadata.date <= here[0].metadata.date:
            continue  # it may be of the same day
        taken = taken_up(own, _parts(passages))
        if taken.goes_on:
            return document, passages, taken
    return None


def _particular(searcher: Searcher, passages: Passages) -> tuple[list[Term], list[Threes]]:
    """The paragraphs that are no formulas, and the terms of theirs that others share."""
    words = [words_of(each.passage.text, each.passage.language) for each in passages]
    sketches = [(each, sketch(each)) for each in words if len(each) >= _SHORT]
    every = [Term(Field.WORDING, term) for _, terms in sketches for term in terms]
    frequencies = dict(zip(every, searcher.frequencies(every), strict=True))
    terms, own = [], []
    for each, of_these in sketches:
        counts = [(frequencies[term], term) for t in of_these if (term := Term(Field.WORDING, t))]
        if min(many for many, _ in counts) <= _PARTICULAR:
            own.append(threes(each))
            terms += [term for many, term in counts if 1 < many <= _PARTICULAR]
    return terms, own


def _parts(passages: Passages) -> list[Threes]:
    return [threes(words_of(each.passage.text, each.passage.language)) for each in passages]


def _near(centre: Threes, passages: Passages) -> tuple[StoredPassage, float] | None:
    at, share = nearest(centre, _parts(passages))
    return (passages[at], share) if share >= _NEAR else None
