"""Bounds what one query may cost, whatever is typed; counted, so that it is the same every time."""

from collections.abc import Collection

from indexer.query import DiagnosticKind
from indexer.search.vocabulary import MAX_EXPANSIONS, Expansion
from indexer.search.weights import Weights

MAX_PATTERNS = 6  # words with a star, a question mark or a tilde; most read all words
MAX_WORDS = 768  # that all of them stand for
MAX_PLACES = 400_000  # postings whose places phrases look at
CUT = frozenset(
    {DiagnosticKind.EXPANSION, DiagnosticKind.TOO_MANY, DiagnosticKind.TOO_FREQUENT}
)  # what is said of a query that is over one of these
_TWICE = 12  # times as much work if a word is to be near itself
_LEAST = 32  # words of a pattern, however many others have taken


class Budget:
    """What is left of it for one query."""

    def __init__(self, weights: Weights, places: int = MAX_PLACES) -> None:
        self._weights = weights
        self._patterns: set[str] = set()
        self._words = MAX_WORDS
        self._places = places
        self._placed: set[tuple[frozenset[str], int, bool]] = set()

    def may_expand(self, pattern: str) -> bool:
        """Whether the words that `pattern` stands for may be looked up."""
        if len(self._patterns) < MAX_PATTERNS:
            self._patterns.add(pattern)
        return pattern in self._patterns

    def expanded(self, expansion: Expansion) -> Expansion:
        """As many of the words as are left, the most frequent first."""
        words, beyond = expansion
        most = min(MAX_EXPANSIONS, max(self._words, _LEAST))
        kept = words[:most]
        self._words -= len(kept)
        return Expansion(kept, beyond + len(words) - len(kept))

    def may_place(self, words: Collection[str], *, near: bool = False) -> bool:
        """Whether a phrase may look where its words are; the same words are counted once.

        Words in a row are looked for only in the passages that have all of them, words that are
        `near` each other wherever they are.
        """
        asked = frozenset(words), len(words), near
        if asked not in self._placed:
            cost = self._near(words) if near else self._in_a_row(words)
            if cost > self._places:
                return False
            self._places -= cost
            self._placed.add(asked)
        return True

    def _near(self, words: Collection[str]) -> int:
        distinct = set(words)
        postings = sum(map(self._weights.postings, distinct))
        return postings * (_TWICE if len(distinct) < len(words) else 1)

    def _in_a_row(self, words: Collection[str]) -> int:
        distinct = set(words)
        return len(distinct) * min(map(self._weights.postings, distinct))


def too_frequent(name: str) -> str:
    """What is said of words that are not looked for in a row, or near each other."""
    return (
        f"{name[:40]}{'…' * (len(name) > 40)} was taken as single words: they are in too many "  # noqa: PLR2004
        "paragraphs to look where in each they are. Add a rarer word."
    )
