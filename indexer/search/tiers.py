"""Puts the clauses of a query together into the two tiers that an engine is asked for.

The first tier is passages with all clauses in their text. The second has some of the soft clauses,
in the text or above it, and all others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.index.matches import AnyOf, Match, Without
from indexer.search.clauses import Clause, Wanted, all_of, any_of
from indexer.search.proximity import Pair
from indexer.search.weights import Weights

_PAIRED = 8  # words in a query; more are a sentence, of which few pairs occur anywhere


@dataclass(frozen=True, slots=True)
class Tier:
    """What a passage must match, and what adds to its score."""

    match: Match
    boosts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class CompiledQuery:
    """A query in an engine's terms; `some` is None if no clause of it may be missing.

    `pairs` are the words side by side in it, whose proximity helps the ranking of both tiers.
    """

    every: Tier
    some: Tier | None
    clauses: tuple[Clause, ...]
    pairs: tuple[Pair, ...] = ()

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """What to mark, clause by clause."""
        return tuple(clause.wanted for clause in self.clauses if not clause.negated)


def compiled(clauses: Sequence[Clause], extra: Sequence[Clause], weights: Weights) -> CompiledQuery:
    """The tiers for `clauses`, at least one; `extra` clauses only help the ranking."""
    help_ = [_anywhere(clause) for clause in extra]
    help_ += [boost for clause in extra for boost in clause.boosts]
    added = [boost for clause in clauses for boost in (*clause.above, *clause.boosts)]
    every = Tier(all_of(clauses), (*added, *help_))
    pairs = tuple(_pairs(clauses, weights))
    return CompiledQuery(every, _some(clauses, every.match, help_), tuple(clauses), pairs)


def _some(clauses: Sequence[Clause], every: Match, help_: list[Match]) -> Tier | None:
    soft = [clause for clause in clauses if clause.soft]
    if not soft:
        return None
    reasons = [clause for clause in soft if not clause.common] or soft
    rest = [clause for clause in soft if clause not in reasons]
    some = Clause("", any_of([_anywhere(clause) for clause in reasons]))
    hard = [clause for clause in clauses if not clause.soft]
    boosts = [boost for clause in clauses for boost in clause.boosts]
    boosts += [above for clause in hard for above in clause.above]
    boosts += [_anywhere(clause) for clause in rest]
    return Tier(Without(all_of([*hard, some]), every), (*boosts, *help_))


def _anywhere(clause: Clause) -> Match:
    return AnyOf((clause.match, *clause.above)) if clause.above else clause.match


def _pairs(clauses: Sequence[Clause], weights: Weights) -> Iterator[Pair]:
    words = [clause.word for clause in clauses if clause.word]
    if len(words) > _PAIRED:
        return
    for pair in pairwise(words):
        beside, near = weights.pair(pair)
        if beside:
            yield Pair(pair, beside, near)
