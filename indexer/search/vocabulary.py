"""An engine in; the words that a pattern or a slip of the pen can stand for, out."""

import re
from collections.abc import Callable, Hashable, Iterator
from functools import cached_property
from itertools import chain
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.index.engine import AnyOf, Engine, Everything, Field, Request, Term, Without
from indexer.index.entries import CONTEXT, STEMMED

MAX_EXPANSIONS = 512


class Expansion(NamedTuple):
    """Words as written, the most frequent first, and how many there are beyond the limit."""

    words: tuple[str, ...]
    beyond: int


class Vocabulary:
    """The words of the texts in an index, as written, with their numbers of passages.

    Read when they are asked for, as of the commit `version` unless another came meanwhile, and
    kept: threads may share them.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self.version: Hashable = engine.version()
        self._counts: dict[str, dict[str, int]] = {}  # by what the words start with
        self._alike: dict[str, dict[int, list[str]]] = {}  # the same words by their length

    def matching(self, pattern: str) -> Expansion:
        """The words that a case-folded `pattern` with `*` and `?` stands for."""
        prefix = re.split(r"[*?]", pattern, maxsplit=1)[0]
        fits = _fits(pattern)
        words = self._words(prefix) if prefix else iter(self.words().items())
        return _most_frequent({word: count for word, count in words if fits(word)})

    def like(self, word: str, edits: int) -> Expansion:
        """The words that become the case-folded `word` with at most `edits` letters changed."""
        known = self.words()
        return _most_frequent({found: known[found] for found in self.near(word, edits)})

    def near(self, word: str, edits: int, opening: str = "") -> dict[str, int]:
        """The words that start with `opening` and lie within `edits` of `word`, with how far off.

        `opening` is one letter, or empty for any: then all words are read, which takes far longer.
        A change is a letter put in, left out or replaced, or two neighbours swapped (optimal string
        alignment).
        """
        lengths = range(len(word) - edits, len(word) + edits + 1)
        alike = self._by_length(opening)
        choices = list(chain.from_iterable(alike.get(length, ()) for length in lengths))
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return {other: int(distance) for other, distance, _ in found}

    def words(self, opening: str = "") -> dict[str, int]:
        """Every word that starts with `opening`, with its number of passages."""
        if opening not in self._counts:
            self._counts[opening] = dict(self._words(opening))
        return self._counts[opening]

    def _by_length(self, opening: str) -> dict[int, list[str]]:
        if opening not in self._alike:
            buckets: dict[int, list[str]] = {}
            for word in self.words(opening):
                buckets.setdefault(len(word), []).append(word)
            self._alike[opening] = buckets
        return self._alike[opening]

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of the passages; an empty one where some are not known."""
        known = [name for name, _ in self._engine.vocabulary(Field.LANGUAGE)]
        any_known = AnyOf(tuple(Term(Field.LANGUAGE, name) for name in known))
        unknown = self._engine.search(Request(Without(Everything(), any_known), limit=0))
        return frozenset([*known, ""] if unknown.total else known)

    def _words(self, prefix: str) -> Iterator[tuple[str, int]]:
        for word, count in self._engine.vocabulary(Field.EXACT, prefix):
            if not word.startswith((CONTEXT, STEMMED)):
                yield word, count


def _fits(pattern: str) -> Callable[[str], object]:
    """Whether a word fits, in a time that does not explode with the number of stars.

    What stands between two stars is taken at its first place, and that is not reconsidered.
    """
    first, *rest = ("".join(map(_literal, part)) for part in pattern.split("*"))
    if not rest:
        return re.compile(first, re.DOTALL).fullmatch
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1] if part)
    return re.compile(f"{first}{middle}.*{rest[-1]}", re.DOTALL).fullmatch


def _literal(c: str) -> str:
    return "." if c == "?" else re.escape(c)


def _most_frequent(counts: dict[str, int]) -> Expansion:
    ranked = sorted(counts, key=lambda word: (-counts[word], word))
    return Expansion(tuple(ranked[:MAX_EXPANSIONS]), max(0, len(ranked) - MAX_EXPANSIONS))
