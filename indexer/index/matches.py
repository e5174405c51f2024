"""Says which passages match, in the terms that every engine has."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.index.fields import Field


@dataclass(frozen=True, slots=True)
class Term:
    """Passages with `term` in `field`.

    In a scored field the score is `weight` times BM25 over that field:
    idf * f * (k1 + 1) / (f + k1 * (1 - b + b * length / average)), k1 1.2, b 0.75 (Robertson and
    Zaragoza, 2009). In any other field it is 0.
    """

    field: Field
    term: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Adjacent:
    """Passages with `terms` next to each other in this order; they score 0."""

    field: Field
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """Passages with both `terms`, in any order, at most `slop` others between; they score 0.

    The same term twice means two places. Three and more are no one's to ask for: engines differ
    in what they call near there.
    """

    field: Field
    terms: tuple[str, str]
    slop: int


@dataclass(frozen=True, slots=True)
class Dated:
    """Passages of documents whose days overlap those from `first` to `last`; they score 0.

    Days are numbers YYYYMMDD, both ends included.
    """

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Everything:
    """All passages; they score 0."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Passages that match every child; the scores are added."""

    children: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Passages that match at least one child; the scores are added."""

    children: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """Passages that match `wanted` and not `unwanted`, with the score of `wanted`."""

    wanted: Match
    unwanted: Match


Match = Term | Adjacent | Near | Dated | Everything | AllOf | AnyOf | Without
