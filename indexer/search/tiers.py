"""The parts of a query in, the two tiers of an engine's request out.

The first tier is passages with all parts in their text. The second has some of the soft parts, in
the text or above it, and all others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.index.engine import AnyOf, Match, Without
from indexer.search.compiler import Part, Wanted, all_of, any_of
from indexer.search.proximity import Pair
from indexer.search.weights import Weights

_PAIRED = 8  # words in a query; more are a sentence, of which few pairs stand anywhere


@dataclass(frozen=True, slots=True)
class Tier:
    """What a passage must match, and what adds to its score."""

    match: Match
    boosts: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Matching:
    """A query in an engine's terms; `some` is None where no part of it may be lacking.

    `pairs` are the words that stand side by side in it, which helps the ranking of both tiers.
    """

    every: Tier
    some: Tier | None
    parts: tuple[Part, ...]
    pairs: tuple[Pair, ...] = ()

    @property
    def wanted(self) -> tuple[Wanted, ...]:
        """What to mark, part by part."""
        return tuple(part.wanted for part in self.parts if not part.negated)


def matching(parts: Sequence[Part], extra: Sequence[Part], weights: Weights) -> Matching:
    """The tiers for `parts`, at least one; `extra` parts only help the ranking."""
    help_ = [_anywhere(part) for part in extra]
    help_ += [boost for part in extra for boost in part.boosts]
    added = [boost for part in parts for boost in (*part.above, *part.boosts)]
    every = Tier(all_of(parts), (*added, *help_))
    pairs = tuple(_neighbours(parts, weights))
    return Matching(every, _some(parts, every.match, help_), tuple(parts), pairs)


def _some(parts: Sequence[Part], every: Match, help_: list[Match]) -> Tier | None:
    soft = [part for part in parts if part.soft]
    if not soft:
        return None
    reasons = [part for part in soft if not part.common] or soft
    rest = [part for part in soft if part not in reasons]
    some = Part("", any_of([_anywhere(part) for part in reasons]))
    hard = [part for part in parts if not part.soft]
    boosts = [boost for part in parts for boost in part.boosts]
    boosts += [above for part in hard for above in part.above]
    boosts += [_anywhere(part) for part in rest]
    return Tier(Without(all_of([*hard, some]), every), (*boosts, *help_))


def _anywhere(part: Part) -> Match:
    return AnyOf((part.match, *part.above)) if part.above else part.match


def _neighbours(parts: Sequence[Part], weights: Weights) -> Iterator[Pair]:
    words = [part.word for part in parts if part.word]
    if len(words) > _PAIRED:
        return
    for pair in pairwise(words):
        beside, near = weights.pair(pair)
        if beside:
            yield Pair(pair, beside, near)
