"""The clauses of a query: what each means to an engine, to the score and to the highlighter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce

from indexer.index.matches import AllOf, AnyOf, Everything, Match, Term, Without


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a passage is found by: stems, words as written, runs of those, keys of its numbers.

    Or terms for what it cites, as `references/keys.py` makes them.

    A run without a slop is in this order without a gap; with one it is two words in any order, with
    at most so many others between.
    """

    stems: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    runs: tuple[tuple[tuple[str, ...], int | None], ...] = ()
    keys: frozenset[str] = frozenset()
    cited: frozenset[str] = frozenset()

    def __or__(self, other: Wanted) -> Wanted:
        runs = (*self.runs, *other.runs)
        keys = self.keys | other.keys
        cited = self.cited | other.cited
        return Wanted(self.stems | other.stems, self.words | other.words, runs, keys, cited)


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of a query: the text must have `match`.

    `above` is the same in the title or the headings, and `boosts` are the words as written; both
    only add to the score. A `soft` clause may be missing in the second tier; a `common` one, such
    as "the", is no reason to be in it. A `negated` clause keeps out what it matches. `word` is what
    a plain word is indexed as. Clauses that differ only in the name, which is as typed, are equal.
    """

    name: str = field(compare=False)
    match: Match
    above: tuple[Match, ...] = ()
    boosts: tuple[Match, ...] = ()
    wanted: Wanted = Wanted()
    word: str = ""
    soft: bool = False
    common: bool = False
    negated: bool = False


def all_of(clauses: Sequence[Clause]) -> Match:
    """All of `clauses`, none of the negated ones."""
    wanted = [clause.match for clause in clauses if not clause.negated]
    unwanted = [clause.match for clause in clauses if clause.negated]
    match = Everything() if not wanted else wanted[0] if len(wanted) == 1 else AllOf(tuple(wanted))
    return Without(match, any_of(unwanted)) if unwanted else match


def joined(clauses: Sequence[Clause]) -> Clause:
    """One clause that asks for all of `clauses`."""
    name = " ".join(clause.name for clause in clauses)
    return _merged(name, all_of(clauses), clauses, soft=False)


def one_of(clauses: Sequence[Clause]) -> Clause:
    """One clause that asks for at least one of `clauses`."""
    match = any_of([_match(clause) for clause in clauses])
    soft = all(clause.soft for clause in clauses)
    return _merged(" or ".join(clause.name for clause in clauses), match, clauses, soft=soft)


def any_of(matches: Sequence[Match]) -> Match:
    """At least one of `matches`; if there are none, nothing matches."""
    return matches[0] if len(matches) == 1 else AnyOf(tuple(matches))


def unscored(match: Match) -> Match:
    """`match` with a score of 0."""
    match match:
        case Term(field_, term):
            return Term(field_, term, 0.0)
        case AllOf(children) | AnyOf(children):
            return replace(match, children=tuple(map(unscored, children)))
        case Without():
            return replace(match, wanted=unscored(match.wanted))
        case _:
            return match


def negated(clause: Clause) -> Clause:
    """The clause that keeps out what `clause` matches."""
    return Clause(clause.name, _match(clause), negated=True)


def _match(clause: Clause) -> Match:
    return Without(Everything(), clause.match) if clause.negated else clause.match


def _merged(name: str, match: Match, clauses: Sequence[Clause], *, soft: bool) -> Clause:
    there = [clause for clause in clauses if not clause.negated]
    return Clause(
        name=name,
        match=match,
        above=tuple(each for clause in there for each in clause.above),
        boosts=tuple(each for clause in there for each in clause.boosts),
        wanted=reduce(Wanted.__or__, (clause.wanted for clause in there), Wanted()),
        soft=soft,
        common=all(clause.common for clause in there),
    )


def distinct(clauses: Iterable[Clause]) -> list[Clause]:
    """`clauses` without those that only repeat another, in whatever capitals."""
    every = list(clauses)
    words = {clause.word for clause in every}
    if len(words) == len(every) and "" not in words:
        return every  # to compare them as a whole takes as long as to make them
    return list(dict.fromkeys(every))
