"""The headings of a document in, one after another; the parts that a paragraph stands in, out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import NamedTuple

from indexer.document import Block, Kind
from indexer.labels import split_label
from indexer.labels.counting import counted
from indexer.labels.headings import heading_number, heading_part
from indexer.labels.named import Named
from indexer.labels.units import Rank, rank_of

_WITHIN_UNIT = Rank.UNIT + 0.5  # a chapter or the like within an article
_BELOW_UNIT = Rank.UNIT + 1
_NUMBERED = Rank.UNIT + 2  # headings with a number of their own, such as "2.1 Scope"


class Part(NamedTuple):
    """A part of a document: an annex, a chapter, an article, or a heading with a number."""

    code: str
    number: str
    rank: float
    level: int = 0

    @property
    def key(self) -> tuple[str, ...]:
        """Its part of an id: `annex-2`, or `annex` where it has no number."""
        return (self.code, self.number) if self.number else (self.code,)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a paragraph stands.

    `scope` counts the annexes and units up to it, so that two of the same name are told apart.
    `heading` counts all headings. A heading without a number beside an article's own leaves it in
    doubt whether the article goes on: then the place is `doubtful`.
    """

    annex: tuple[Part, ...] = ()
    containers: tuple[Part, ...] = ()
    units: tuple[Part, ...] = ()
    numbered: tuple[Part, ...] = ()
    annexes: int = 0
    scope: int = 0
    heading: int = 0
    doubtful: bool = False


class Places:
    """The place in a document, as it is read from its first block to its last."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._section_rank = _section_rank(blocks)
        self._announced = _announced(blocks)
        self.now = Place()

    def heading(self, block: Block) -> None:
        """Goes on below the heading `block`."""
        now = replace(self.now, heading=self.now.heading + 1)
        found = None if id(block) in self._announced else heading_part(block.text)
        if found:
            rank = self._rank(found.code, block.text)
            self._open(now, Part(found.code, found.number, rank, block.level))
            return
        numbered = tuple(part for part in now.numbered if part.level < block.level)
        label = heading_label(block)
        if label and not now.units and not counted(label).unit:
            number = heading_number(label)
            numbered = (*numbered, Part("sec", number, _NUMBERED, block.level))
        beside = bool(now.units) and block.level <= now.units[-1].level
        doubtful = now.doubtful or beside
        self.now = replace(now, numbered=numbered, doubtful=doubtful)

    def label(self, unit: Named, label: str) -> None:
        """Goes on in the part that a paragraph's own label names, as in "Article 5. The …"."""
        self._open(self.now, Part(unit.code, unit.number, self._rank(unit.code, label), 9))

    def _rank(self, code: str, text: str) -> float:
        if code == "sec" and (text[:1] != "§" or self._section_rank > Rank.UNIT):
            return self._section_rank
        return rank_of(code)

    def _open(self, now: Place, part: Part) -> None:
        scope = now.scope + 1
        if part.rank == Rank.ANNEX:
            annexes = now.annexes + 1
            self.now = Place((part,), annexes=annexes, scope=scope, heading=now.heading)
            return
        if part.rank < Rank.UNIT and now.units and part.level > now.units[0].level:
            part = part._replace(rank=_WITHIN_UNIT)
        outer = tuple(takewhile(lambda each: _holds(each, part), now.containers))
        units = tuple(each for each in now.units if each.rank < part.rank)
        if part.rank < Rank.UNIT or part.rank == _WITHIN_UNIT:
            outer = (*outer, part)
        else:
            units = (*units, part)
        self.now = replace(
            now, containers=outer, units=units, numbered=(), scope=scope, doubtful=False
        )


def heading_label(block: Block) -> str:
    """The number of the heading `block`, given by the markup or standing in its text."""
    return block.label or split_label(block.text).label


def _holds(outer: Part, inner: Part) -> bool:
    """Whether a chapter, say, goes on where another part begins: by its heading, else its rank.

    In one act the chapters have parts, and in another the parts have chapters.
    """
    if inner.rank >= Rank.UNIT:
        return outer.rank < inner.rank
    if outer.code == inner.code or outer.level > inner.level:
        return False
    return outer.level < inner.level or outer.rank < inner.rank


def _announced(blocks: Sequence[Block]) -> set[int]:
    """The annexes, by identity, that stand before all articles and come again: lines of a list."""
    before: dict[tuple[str, str], int] = {}
    found = set[int]()
    has_begun = False
    for block in blocks:
        if block.kind is not Kind.HEADING:
            continue
        part = heading_part(block.text)
        if part is None or rank_of(part.code) is Rank.UNIT:
            has_begun = has_begun or bool(part) or bool(heading_label(block))
        elif rank_of(part.code) is Rank.ANNEX:
            key = (part.code, part.number)
            if key in before:
                found.add(before[key])
            elif not has_begun:
                before[key] = id(block)
    return found


def _section_rank(blocks: Iterable[Block]) -> float:
    """Whether sections hold articles, as in treaties, or stand in them, or there are no articles.

    The headings' levels tell, and where they do not, what comes first.
    """
    above: list[tuple[int, str]] = []
    times = Counter[tuple[str, str]]()
    first, codes = "", set[str]()
    for block in blocks:
        if block.kind is not Kind.HEADING or not (found := heading_part(block.text)):
            continue
        if found.code in ("art", "sec"):
            above = [outer for outer in above if outer[0] < block.level]
            times.update({(code, found.code) for _, code in above})
            above.append((block.level, found.code))
            first = first or found.code
            codes.add(found.code)
    below, around = times["art", "sec"], times["sec", "art"]
    if below == around and len(codes) > 1:
        below, around = int(first == "art"), int(first == "sec")
    return _BELOW_UNIT if below > around else Rank.DIVISION if around else Rank.UNIT
