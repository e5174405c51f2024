"""Puts the clauses of a query together into the two tiers that an engine is asked for.

The first tier is passages with all clauses, at least one of the soft ones in the text, the others
in it or above it. The second has some of the soft clauses, in the text or above it, and all others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.index.matches import AnyOf, Match, Without
from indexer.search.clauses import Clause, Wanted, all_of, any_of, unscored
from indexer.search.proximity import Pair
from indexer.search.weights import Weights

_PHRASE = 8  # words in a query; more are a sentence


@dataclass(frozen=True, slots=True)
class Tier:
    """What a passage must match, and what adds to its score."""

    match: Match
    boosts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """A query in an engine's terms; `some` is None if no clause of it may be missing.

    `pairs` are the words side by side in it, whose proximity helps the ranking of both tiers; a
    sentence has none, for few of them occur anywhere.
    """

    every: Tier
    some: Tier | None
    clauses: tuple[Clause, ...]
    pairs: tuple[Pair, ...] = ()
    is_sentence: bool = False

    @property
    def is_ranked(self) -> bool:
        """Whether any words are asked for; of filters and phrases alone, all are found alike."""
        return any(clause.soft for clause in self.clauses)

    @property
    def names_number(self) -> bool:
        """Whether a paragraph is asked for by its number."""
        return any(clause.wanted.keys for clause in self.clauses)

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """What to mark, clause by clause."""
        return tuple(clause.wanted for clause in self.clauses if not clause.negated)


def compiled(clauses: Sequence[Clause], extra: Sequence[Clause], weights: Weights) -> CompiledQuery:
    """The tiers for `clauses`, at least one; `extra` clauses only help the ranking."""
    help_ = [_anywhere(clause) for clause in extra]
    help_ += [boost for clause in extra for boost in clause.boosts]
    added = [boost for clause in clauses for boost in clause.boosts]
    every = _every(clauses, (*added, *help_))
    words = [clause.word for clause in clauses if clause.word]
    is_sentence = len(words) > _PHRASE
    pairs = () if is_sentence else tuple(_pairs(words, weights))
    some = _some(clauses, every.match, help_)
    return CompiledQuery(every, some, tuple(clauses), pairs, is_sentence)


def _every(clauses: Sequence[Clause], boosts: Sequence[Match]) -> Tier:
    """All of `clauses`; some of the words of several may be above the text, but not all."""
    soft = [clause for clause in clauses if clause.soft]
    if len(soft) <= 1:
        above = (each for clause in clauses for each in clause.above)
        return Tier(all_of(clauses), (*above, *boosts))
    needed = [
        Clause("", _anywhere(clause)) if clause.soft and clause.above else clause
        for clause in clauses
    ]
    reasons = _reasons(soft)
    if all(clause.above for clause in reasons):  # else one of them is in the text in any case
        needed.append(Clause("", any_of([unscored(clause.match) for clause in reasons])))
    above = (each for clause in clauses if not clause.soft for each in clause.above)
    return Tier(all_of(needed), (*above, *boosts))


def _some(clauses: Sequence[Clause], every: Match, help_: list[Match]) -> Tier | None:
    soft = [clause for clause in clauses if clause.soft]
    if not soft:
        return None
    reasons = _reasons(soft)
    rest = [clause for clause in soft if clause not in reasons]
    some = Clause("", any_of([_anywhere(clause) for clause in reasons]))
    hard = [clause for clause in clauses if not clause.soft]
    boosts = [boost for clause in clauses for boost in clause.boosts]
    boosts += [above for clause in hard for above in clause.above]
    boosts += [_anywhere(clause) for clause in rest]
    return Tier(Without(all_of([*hard, some]), every), (*boosts, *help_))


def _reasons(soft: Sequence[Clause]) -> Sequence[Clause]:
    """The soft clauses that say something: those of no common words, if there are any."""
    return [clause for clause in soft if not clause.common] or soft


def _anywhere(clause: Clause) -> Match:
    return AnyOf((clause.match, *clause.above)) if clause.above else clause.match


def _pairs(words: Sequence[str], weights: Weights) -> Iterator[Pair]:
    for pair in pairwise(words):
        beside, near = weights.pair(pair)
        if beside:
            yield Pair(pair, beside, near)
