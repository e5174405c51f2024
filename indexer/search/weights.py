"""Weighs the terms of a query for the ranking."""

from collections import Counter
from collections.abc import Iterable, Sequence

from indexer.analysis import analyzer
from indexer.index.bm25 import idf
from indexer.index.engine import Searcher
from indexer.index.entries import CONTEXT, NUMBERED
from indexer.index.fields import Field
from indexer.index.matches import Term
from indexer.search.vocabulary import Known

Terms = tuple[Term, ...]

# Measured on four collections, see docs/benchmarks.md.
_RARITY = 0.25  # the power of its idf that a word weighs more by, beside the idf within BM25
_COMMON = 0.35  # what a stopword counts of another word
_EXACT = 0.22  # what the word as written counts of its stem
_PAIR = 0.1  # what two words of the query side by side add, of their mean idf
_NEAR = 0.05  # and what they add when they are near
_NUMBER = 2.0  # what the number that a query names weighs, for each of the words that name it

_MOST = 50_000  # terms whose frequencies are kept for the next query


class Weights:
    """Weights after the frequencies in one commit of an index, of which some are `known`.

    A word and its disguise above the text (see `entries.py`) are two terms to an engine, each with
    an idf of its own; they are weighted so that both count by the idf that they have together, as
    if they were one (BM25F: Robertson, Zaragoza and Taylor, 2004, with the title's words counted
    several times).
    """

    def __init__(self, searcher: Searcher, known: Known) -> None:
        self._searcher = searcher
        if known.passages is None:
            known.passages = searcher.count()
        self._count = known.passages
        self._kept = known.frequencies
        self._known: dict[tuple[Field, str], tuple[int, int]] = {}

    def expect(self, terms: Iterable[tuple[Field, str]]) -> None:
        """Asks at once for all that will be asked of these: an engine may be far away."""
        new = []
        for key in dict.fromkeys(terms):
            if kept := self._kept.get(key):
                self._known[key] = kept
            elif key not in self._known:
                new.append(key)
        if not new:
            return
        both = [Term(field, sign + term) for field, term in new for sign in ("", CONTEXT)]
        found = iter(self._searcher.frequencies(both))
        asked = {key: (next(found), next(found)) for key in new}
        self._known |= asked
        if len(self._kept) > _MOST:
            self._kept.clear()
        self._kept |= asked

    def stems(self, stems: Sequence[str], times: float, *, common: bool) -> tuple[Terms, Terms]:
        """The stems in the text, and above it, for a word that is typed `times` times.

        Languages in which it has the same stem share one idf: a word that is common in one of
        them must not count as rare in another.
        """
        found = {stem: self._frequencies(Field.STEM, stem) for stem in stems}
        together: Counter[str] = Counter()
        for stem, frequencies in found.items():
            together[analyzer.bare(stem)] += sum(frequencies)
        text: list[Term] = []
        above: list[Term] = []
        for stem, (in_text, in_context) in found.items():
            shared = self._idf(together[analyzer.bare(stem)])
            weight = times * shared ** (1 + _RARITY) * (_COMMON if common else 1)
            if in_text or len(stems) == 1:
                text.append(Term(Field.STEM, stem, weight / self._idf(in_text)))
            if in_context:
                disguised = CONTEXT + stem
                above.append(Term(Field.STEM, disguised, weight / self._idf(in_context)))
        return tuple(text), tuple(above)

    def has(self, stems: Sequence[str]) -> bool:
        """Whether any of `stems` is in any passage, in the text or above it."""
        return any(any(self._frequencies(Field.STEM, stem)) for stem in stems)

    def exact(self, word: str, times: float, *, common: bool) -> Terms:
        """The word as written, in the text and above it."""
        in_text, in_context = self._frequencies(Field.EXACT, word)
        shared = self._idf(max(in_text, in_context))
        weight = _EXACT * times * shared ** (1 + _RARITY) * (_COMMON if common else 1)
        terms = []
        if in_text:
            terms.append(Term(Field.EXACT, word, weight / self._idf(in_text)))
        if in_context:
            terms.append(Term(Field.EXACT, CONTEXT + word, weight / self._idf(in_context)))
        return tuple(terms)

    def postings(self, word: str) -> int:
        """How many postings a word as written has in texts."""
        return self._frequencies(Field.EXACT, word)[0]

    def number(self, key: str) -> Term:
        """The number of a passage, or of the article that it is in, by its key."""
        return Term(Field.EXACT, NUMBERED + key, _NUMBER)

    def pair(self, words: tuple[str, str]) -> tuple[float, float]:
        """What two words of a query add to the score side by side, and near each other."""
        frequencies = [self._frequencies(Field.EXACT, word)[0] for word in words]
        if not all(frequencies):
            return 0.0, 0.0
        mean = sum(map(self._idf, frequencies)) / 2
        return _PAIR * mean, _NEAR * mean

    def _frequencies(self, field: Field, term: str) -> tuple[int, int]:
        """In how many passages `term` is in the text, and above it; asked once in a query."""
        key = field, term
        if key not in self._known:
            self.expect([key])
        return self._known[key]

    def _idf(self, frequency: int) -> float:
        return idf(self._count, frequency)
