"""Finds the words of one commit that a pattern, or a word with a slip in it, can stand for."""

import re
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from itertools import chain
from typing import NamedTuple

from indexer.index.engine import Searcher
from indexer.index.entries import CONTEXT, NUMBERED, STEMMED
from indexer.index.fields import Field
from indexer.index.matches import AnyOf, Everything, Term, Without
from indexer.index.request import Request

MAX_EXPANSIONS = 512
_OTHERS = (CONTEXT, STEMMED, NUMBERED)  # before what is no word of a text


class Expansion(NamedTuple):
    """Words as written, the most frequent first, and how many there are beyond the limit."""

    words: tuple[str, ...]
    beyond: int


@dataclass(slots=True)
class Known:
    """What has been read of the words of one commit. Threads may share it.

    `frequencies` of terms are those in texts, and above them. They may be forgotten at any time.
    """

    counts: dict[str, dict[str, int]] = field(default_factory=dict)  # by what the words start with
    by_length: dict[str, dict[int, list[str]]] = field(default_factory=dict)  # the same words
    languages: frozenset[str] | None = None
    passages: int | None = None
    frequencies: dict[tuple[Field, str], tuple[int, int]] = field(default_factory=dict)


class KnownByCommit:
    """What is known of the last commit that was asked for."""

    def __init__(self) -> None:
        self._last: tuple[Hashable, Known] | None = None

    def of(self, searcher: Searcher) -> Known:
        """What is known of the commit of `searcher`, even if another thread asks for another."""
        last = self._last
        if last is None or last[0] != searcher.commit:
            last = self._last = searcher.commit, Known()
        return last[1]


class Vocabulary:
    """The words of the texts in one commit, as written, with their numbers of passages.

    Read from `searcher` when they are asked for, and kept in `known` for the next query.
    """

    def __init__(self, searcher: Searcher, known: Known) -> None:
        self._searcher = searcher
        self._known = known
        self._matched: dict[str, Expansion] = {}  # in this query

    def matching(self, pattern: str) -> Expansion:
        """The words that a case-folded `pattern` with `*` and `?` stands for."""
        if pattern not in self._matched:
            self._matched[pattern] = self._matching(pattern)
        return self._matched[pattern]

    def _matching(self, pattern: str) -> Expansion:
        prefix = re.split(r"[*?]", pattern, maxsplit=1)[0]
        words = self._read(prefix) if prefix else self.words()
        if (part := pattern.strip("*")) and pattern == f"*{part}*" and not set(part) & {"*", "?"}:
            return _most_frequent({word: count for word, count in words.items() if part in word})
        fits = _fits(pattern)
        return _most_frequent({word: count for word, count in words.items() if fits(word)})

    def fuzzy(self, word: str, edits: int) -> Expansion:
        """The words that become the case-folded `word` with at most `edits` letters changed."""
        key = f"{word}~{edits}"
        if key not in self._matched:
            known = self.words()
            within = self.within(word, edits)
            self._matched[key] = _most_frequent({found: known[found] for found in within})
        return self._matched[key]

    def within(self, word: str, edits: int, opening: str = "") -> dict[str, int]:
        """The words that start with `opening` and lie within `edits` of `word`, with how far off.

        `opening` is one letter, or empty for any: then all words are read, which takes far longer.
        A change is a letter put in, left out or replaced, or two adjacent ones swapped (optimal
        string alignment).
        """
        # A search that finds enough need not wait for their import.
        from rapidfuzz import process  # noqa: PLC0415
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        lengths = range(len(word) - edits, len(word) + edits + 1)
        alike = self._by_length(opening)
        choices = list(chain.from_iterable(alike.get(length, ()) for length in lengths))
        found = process.extract(word, choices, scorer=OSA.distance, score_cutoff=edits, limit=None)
        return {other: int(distance) for other, distance, _ in found}

    def words(self, opening: str = "") -> dict[str, int]:
        """Every word that starts with `opening`, with its number of passages."""
        counts = self._known.counts
        if opening not in counts:
            counts[opening] = self._read(opening)
        return counts[opening]

    def _by_length(self, opening: str) -> dict[int, list[str]]:
        by_length = self._known.by_length
        if opening not in by_length:
            buckets: dict[int, list[str]] = {}
            for word in self.words(opening):
                buckets.setdefault(len(word), []).append(word)
            by_length[opening] = buckets
        return by_length[opening]

    @property
    def languages(self) -> frozenset[str]:
        """The languages of the passages; an empty one if some are not known."""
        if self._known.languages is None:
            self._known.languages = self._read_languages()
        return self._known.languages

    def _read_languages(self) -> frozenset[str]:
        known = [name for name, _ in self._searcher.vocabulary(Field.LANGUAGE)]
        any_known = AnyOf(tuple(Term(Field.LANGUAGE, name) for name in known))
        unknown = self._searcher.search(Request(Without(Everything(), any_known), limit=0))
        return frozenset([*known, ""] if unknown.total else known)

    def _read(self, prefix: str) -> dict[str, int]:
        words = self._searcher.vocabulary(Field.EXACT, prefix)
        return {word: count for word, count in words if not word.startswith(_OTHERS)}


def _fits(pattern: str) -> Callable[[str], object]:
    """Whether a word fits, in a time that does not explode with the number of stars.

    What is between two stars is taken at its first place, and that is not reconsidered.
    """
    first, *rest = ("".join(map(_literal, part)) for part in pattern.split("*"))
    if not rest:
        return re.compile(first, re.DOTALL).fullmatch
    middle = "".join(f"(?>.*?{part})" for part in rest[:-1] if part)
    return re.compile(f"{first}{middle}.*{rest[-1]}", re.DOTALL).fullmatch


def _literal(c: str) -> str:
    return "." if c == "?" else re.escape(c)


def _most_frequent(counts: dict[str, int]) -> Expansion:
    # Sorted twice, as numbers are compared faster than pairs: of equal ones the order stays.
    ranked = sorted(sorted(counts), key=counts.__getitem__, reverse=True)
    return Expansion(tuple(ranked[:MAX_EXPANSIONS]), max(0, len(ranked) - MAX_EXPANSIONS))
