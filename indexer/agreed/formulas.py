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
from heapq import nlargest

from indexer.agreed.families import family
from indexer.index.engine import Searcher
from indexer.index.fields import Field
from indexer.index.matches import Term
from indexer.index.request import Order, Request
from indexer.store.store import Store
from indexer.wording.threes import ALIKE, Threes, share, threes, words_of
from indexer.wording.timeline import Timeline, Use, Words

MOST = 100  # formulas
_TERMS = 3_000  # that are looked at
_SAMPLE = 60  # paragraphs that are looked at for a term
_TRIED = 5  # of their wordings, the most frequent
_DOCUMENTS = 3  # that a formula is in at least
_WORDS = 5  # that it has at least
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
    """The wordings that most documents have."""
    counts = searcher.vocabulary(Field.WORDING)
    terms = nlargest(_TERMS, ((many, term) for term, many in counts if many >= _DOCUMENTS))
    found: list[Formula] = []
    known: set[int] = set()  # keys of the paragraphs of the formulas
    for many, term in terms:
        if len(found) >= MOST and many < sorted(each.documents for each in found)[-MOST]:
            break  # what is left is in fewer documents
        asked = _seed(store, searcher, term, known)
        if asked is None:
            continue
        of = family(store, searcher, asked)
        keys = {use.key for use in of.uses}
        if of.documents >= _DOCUMENTS and len(keys & known) <= len(keys) / 2:
            found.append(_formula(of))
        known |= keys
    ranked = sorted(found, key=lambda each: (-each.documents, -each.same, each.use.key))
    return Formulas(tuple(ranked[:MOST]))


def _seed(store: Store, searcher: Searcher, term: str, known: set[int]) -> Use | None:
    """The paragraph to which most of those with a term are alike, if it is in no formula yet."""
    asked = Request(Term(Field.WORDING, term), limit=_SAMPLE, order=Order.NEWEST)
    keys = [each.key for each in searcher.search(asked).found]
    new = [key for key in keys if key not in known]
    if len(new) < _SAME * len(keys):
        return None
    uses: dict[Words, list[Use]] = defaultdict(list)
    for use in sorted(Use(*text) for text in store.texts.of(new)):
        words = tuple(words_of(use.text, use.language))
        if len(words) >= _WORDS:
            uses[words].append(use)
    parts = {words: threes(words) for words in uses}
    tried = sorted(uses, key=lambda words: (-len(uses[words]), words))[:_TRIED]
    alike = {words: _alike(parts[words], parts, uses) for words in tried}
    best = max(tried, key=alike.__getitem__, default=None)
    if best is None or alike[best] < max(_DOCUMENTS, _SAME * len(keys)):
        return None
    return uses[best][0]


def _alike(
    centre: Threes, parts: Mapping[Words, Threes], uses: Mapping[Words, Sequence[Use]]
) -> int:
    """How many of `uses` are alike to `centre`."""
    return sum(len(uses[w]) for w, other in parts.items() if share(centre, other) >= ALIKE)


def _formula(of: Timeline) -> Formula:
    same = next(wording for wording in of.wordings if wording.is_asked)
    return Formula(same.uses[-1], same.documents, of.documents, of.first.date, of.last.date)
