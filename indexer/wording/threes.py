"""Two paragraphs in; how much of their wording they share, out. Pure.

A paragraph is taken as the set of all three words that follow one another in it (shingles; Broder,
"On the resemblance and containment of documents", 1997). A word that is changed costs three of
them, one that is moved about as many, so that only texts that say the same in the same order share
half. Capitals, punctuation and typography count for nothing.
"""

from collections.abc import Sequence

from indexer.analysis import analyzer
from indexer.analysis.stemming import DOTLESS, base_language

ALIKE = 0.5  # of the threes of the longer of two texts, for these to be one wording

_WIDTH = 3

Threes = frozenset[tuple[str, ...]]


def words_of(text: str, language: str) -> Sequence[str]:
    """The words of a paragraph as they are indexed, in order."""
    plain = () if base_language(language) in DOTLESS else analyzer.plain_words(text)
    return plain or analyzer.analyze(text, language).exact


def threes(words: Sequence[str]) -> Threes:
    """All three words in a row; of a shorter text all it has, as one."""
    if len(words) < _WIDTH:
        return frozenset([tuple(words)]) if words else frozenset()
    return frozenset(zip(words, words[1:], words[2:], strict=False))


def share(one: Threes, other: Threes) -> float:
    """How much of the longer text's threes both have, 0 to 1; 0 for texts without words."""
    longer = max(len(one), len(other))
    return len(one & other) / longer if longer else 0.0
