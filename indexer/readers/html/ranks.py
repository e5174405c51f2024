"""Headings of a web page in; the same at levels by the ranks of the parts that they name out."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.document import Block, Kind
from indexer.labels.named import named
from indexer.labels.units import Rank
from indexer.readers.html.found import Found
from indexer.readers.html.numbers import rank_of_part

_DEEPEST = 6
_ENOUGH = 4  # headings
_MOST = 0.5  # of the steps from a part into one below it, and more
_SERIES = 2  # parts; one alone does not count on
_BETWEEN = 0.25  # of two ranks


def ranked(found: Sequence[Found], *, has_levels: bool) -> list[Found]:
    """`found`, in which a chapter stands above its sections and these above their articles.

    Headings that name no part keep the level that the page gives them, and so do all others where
    they have levels that follow the ranks.
    """
    section = _rank_of_sections(found)
    ranks = [_rank(each, section) for each in found]
    if (levels := _given(found, ranks)) and _is_in_order(found, ranks, given=True):
        return [
            each._replace(block=replace(each.block, level=_level(rank, levels)))
            if rank is not None and each.block.label
            else each
            for each, rank in zip(found, ranks, strict=True)
        ]
    if not has_levels or not _is_in_order(found, ranks):
        ranks = _with_unnamed(found, _nested(found, ranks))
    order = sorted({rank for rank in ranks if rank is not None})
    base = 1 if _has_title(found) else 0
    levels = {rank: min(base + at, _DEEPEST) for at, rank in enumerate(order, start=1)}
    if has_levels and _is_in_order(found, ranks):
        return list(found)
    return [
        each if rank is None else each._replace(block=replace(each.block, level=levels[rank]))
        for each, rank in zip(found, ranks, strict=True)
    ]


def _given(found: Sequence[Found], ranks: Sequence[float | None]) -> dict[float, int]:
    """The level of each rank in the page's own headings, where there are enough to go by."""
    own = [
        (rank, each.block.level)
        for each, rank in zip(found, ranks, strict=True)
        if rank is not None and not each.block.label
    ]
    return dict(reversed(own)) if len(own) >= _ENOUGH else {}


def _level(rank: float, levels: dict[float, int]) -> int:
    """The level of a line that was made a heading: that of its rank, else below the outer ones."""
    outer = [level for known, level in levels.items() if known < rank]
    return levels.get(rank) or min(max(outer, default=0) + 1, _DEEPEST)


def _rank(found: Found, section: float) -> float | None:
    block = found.block
    if block.kind is not Kind.HEADING:
        return None
    if _code(found) == "sec" and block.text[:1] != "§":
        return section
    rank = rank_of_part(block.text)
    if rank is None:
        return float(Rank.UNIT) if block.label else None
    return float(rank)


def _rank_of_sections(found: Sequence[Found]) -> float:
    """Where sections stand: above articles, as in treaties, below them, or in their place.

    They stand above where an article follows one right behind its heading.
    """
    codes = [_code(each) for each in found]
    if "art" not in codes or "sec" not in codes:
        return float(Rank.UNIT)
    holds = any(one == "sec" and other == "art" for one, other in pairwise(codes))
    return Rank.DIVISION + 0.5 if holds else Rank.UNIT + 0.5


def _nested(found: Sequence[Found], ranks: list[float | None]) -> list[float | None]:
    """`ranks`, in which parts that count again in each chapter are below the chapters."""
    numbers: dict[float, list[str]] = {}
    for each, rank in zip(found, ranks, strict=True):
        if rank is not None and rank < Rank.UNIT:
            numbers.setdefault(rank, []).append(_name(each))
    counts_on = [
        rank
        for rank, names in numbers.items()
        if len(names) >= _SERIES and len(set(names)) == len(names)
    ]
    below = {
        rank: max(inner) + _BETWEEN
        for rank, names in numbers.items()
        if len(set(names)) < len(names) and (inner := [each for each in counts_on if each > rank])
    }
    return [rank if rank is None else below.get(rank, rank) for rank in ranks]


def _name(found: Found) -> str:
    part = named(found.block.text)
    return found.block.text[: part.end].casefold() if part else found.block.text.casefold()


def _with_unnamed(found: Sequence[Found], ranks: list[float | None]) -> list[float | None]:
    """`ranks`, with one for headings that name no part but are as large as those that do."""
    real = [
        each.block.level
        for each, rank in zip(found, ranks, strict=True)
        if rank is not None and not each.block.label
    ]
    if not real:
        return ranks
    title = next((at for at, each in enumerate(found) if each.block.kind is Kind.HEADING), -1)
    return [
        float(Rank.UNIT + 1)
        if rank is None and at != title and _is_as_large(each.block, max(real))
        else rank
        for at, (each, rank) in enumerate(zip(found, ranks, strict=True))
    ]


def _is_as_large(block: Block, level: int) -> bool:
    return block.kind is Kind.HEADING and block.level <= level


def _code(found: Found) -> str:
    part = named(found.block.text) if found.block.kind is Kind.HEADING else None
    return part.code if part else ""


def _has_title(found: Sequence[Found]) -> bool:
    """Whether the first heading is the document's own, and not that of a part."""
    first = next((each.block for each in found if each.block.kind is Kind.HEADING), None)
    return first is not None and first.level == 1 and rank_of_part(first.text) is None


def _is_in_order(
    found: Sequence[Found], ranks: Sequence[float | None], *, given: bool = False
) -> bool:
    """Whether the levels follow the ranks: what stands next below a chapter or the like is deeper.

    Articles may be at many levels in one act, wherever it has chapters or has none.
    """
    parts = [
        (each.block.level, rank)
        for each, rank in zip(found, ranks, strict=True)
        if rank is not None and not (given and each.block.label)
    ]
    deeper = [
        one_level < other_level
        for (one_level, one), (other_level, other) in pairwise(parts)
        if one < other and one < Rank.UNIT
    ]
    return not deeper or sum(deeper) > _MOST * len(deeper)
