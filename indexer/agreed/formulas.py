"""An index in; the wordings that most of its documents have, out.

A wording that many documents have leaves at least one of its terms with most of them. So the most
frequent terms lead to the formulas: some of the paragraphs that have such a term are compared, and
the one to which most are alike is asked for its family. Terms that many paragraphs share by chance,
for a turn of phrase, have no such paragraph and are passed over. The work is bounded, whatever the
size of the index: so many terms, so many paragraphs of each.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest

from indexer.agreed.families import family
from indexer.index.engine import Searcher
from indexer.index.fields import Field
from indexer.index.matches import Term
from indexer.index.request import Order, Request
from indexer.store.store import Store
from indexer.wording.threes import ALIKE, Threes, share, threes, words_of
from indexer.wording.timeline import Timeline, Use

MOST = 50  # formulas
_TERMS = 2_000  # that are looked at
_SAMPLE = 24  # paragraphs that are looked at for a term
_LIKELY = 0.7  # of the documents that the last formula has, which one more must promise to have
_TRIED = 3  # of their wordings, the most frequent
_DOCUMENTS = 3  # that a formula is in at least
_LEAST = 3  # threes that it has: five words
_NEARLY = 0.4  # of the threes of a formula, which another one may not share
_KEPT = 10_000  # paragraphs whose threes are kept
_SAME = 0.2  # of the paragraphs with a term, which must be alike for it to lead to a formula


@dataclass(frozen=True, slots=True)
class Formula:
    """A wording, in how many documents it stands word for word, and in how many alike as well.

    `use` is its latest use; `first` and `last` are the dates of the first and the last document of
    the family, as exactly as known.
    """

    use: Use
    same: int
    documents: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Formulas:
    """The formulas, those that most documents have first."""

    formulas: tuple[Formula, ...]


def formulas(store: Store, searcher: Searcher) -> Formulas:
    """The wordings that most documents have; of those that are nearly alike the most frequent."""
    counts = searcher.vocabulary(Field.WORDING)
    terms = nlargest(_TERMS, ((many, term) for term, many in counts if many >= _DOCUMENTS))
    seeds = _Seeds(store, searcher)
    found: list[Formula] = []
    centres: list[Threes] = []
    for many, term in terms:
        enough = nlargest(MOST, (each.documents for each in found))[-1] if len(found) >= MOST else 0
        if many < enough:
            break  # what is left is in fewer documents
        asked, part = seeds.of(term)
        if asked is None or part * many < _LIKELY * enough:
            continue
        of = family(store, searcher, asked)
        keys = {use.key for use in of.uses}
        seeds.known |= keys
        centre = seeds.parts(asked.text, asked.language)
        if of.documents >= _DOCUMENTS and all(share(centre, each) < _NEARLY for each in centres):
            found.append(_formula(of))
            centres.append(centre)
    ranked = sorted(found, key=lambda each: (-each.documents, -each.same, each.use.key))
    return Formulas(tuple(ranked[:MOST]))


class _Seeds:
    """Finds the paragraphs to which others are alike; `known` are those of a formula, by key."""

    def __init__(self, store: Store, searcher: Searcher) -> None:
        self._store = store
        self._searcher = searcher
        self.parts = lru_cache(_KEPT)(_parts)  # the same texts have several terms
        self.known: set[int] = set()

    def of(self, term: str) -> tuple[Use | None, float]:
        """The paragraph to which most of those with a term are alike, and which part of them is.

        None where too few are, or are in no formula yet.
        """
        asked = Request(Term(Field.WORDING, term), limit=_SAMPLE, order=Order.NEWEST)
        keys = [each.key for each in self._searcher.search(asked).found]
        new = [key for key in keys if key not in self.known]
        if len(new) < _SAME * len(keys):
            return None, 0
        uses: dict[Threes, list[Use]] = defaultdict(list)
        for use in sorted(Use(*text) for text in self._store.texts.of(new)):
            parts = self.parts(use.text, use.language)
            if len(parts) >= _LEAST:
                uses[parts].append(use)
        tried = sorted(uses, key=lambda parts: (-len(uses[parts]), uses[parts][0]))[:_TRIED]
        alike = {parts: _alike(parts, uses) for parts in tried}
        best = max(tried, key=alike.__getitem__, default=None)
        if best is None or alike[best] < max(_DOCUMENTS, _SAME * len(keys)):
            return None, 0
        return uses[best][0], alike[best] / len(keys)


def _parts(text: str, language: str) -> Threes:
    return threes(words_of(text, language))


def _alike(centre: Threes, uses: Mapping[Threes, Sequence[Use]]) -> int:
    """How many of `uses` are alike to `centre`."""
    return sum(len(each) for other, each in uses.items() if share(centre, other) >= ALIKE)


def _formula(of: Timeline) -> Formula:
    same = next(wording for wording in of.wordings if wording.is_asked)
    return Formula(same.uses[-1], same.documents, of.documents, of.first.date, of.last.date)
