"""Positions of numbered paragraphs in, the local ids that name them out, never one for two."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from indexer.reading.lists import Run
from indexer.reading.places import Part

_MUCH_LONGER = 3  # times; a list that is so much longer than the others is the document's own
_MOST_CODES = 4  # of parts in an address besides the annex and the article


@dataclass(frozen=True, slots=True)
class Position:
    """The official position of a paragraph: its annex, its article, and its numbers in there.

    `containers` are the chapters and the like around it; `run` are the outermost numbers it is
    one of, or nothing where it has no number of its own; `is_weak` where it is only a heading;
    `script` is that of the other language of a document with two.
    """

    annex: tuple[Part, ...]
    units: tuple[Part, ...]
    keys: tuple[str, ...]
    containers: tuple[Part, ...]
    run: Run | None = None
    series: str = "para"
    script: str = ""
    is_weak: bool = False

    @property
    def space(self) -> tuple[object, ...]:
        """Within which its number has to be the only one."""
        return self.annex, self.units[0].code if self.units else "", self.script

    def id(self, codes: Sequence[str]) -> str:
        """The local id with those of its containers that have one of `codes`."""
        parts = [part.key for part in self.annex]
        parts += [part.key for part in self.containers if part.code in codes]
        parts += [part.key for part in self.units]
        if self.keys and (not self.units or self.series != "para"):
            parts.append((self.series,))
        names = [name for part in (*parts, self.keys) for name in part]
        return "-".join([*names, self.script] if self.script and names else names)


def local_ids(positions: Sequence[Position | None]) -> list[str]:
    """The local id of each position; empty where there is none, or where two would have it."""
    spaces: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for at, position in enumerate(positions):
        if position and not (position.run and position.run.is_before):
            spaces[position.space].append(at)
    found = [""] * len(positions)
    for places in spaces.values():
        taken = [position for at in places if (position := positions[at])]
        for at, name in zip(places, _distinct(taken), strict=True):
            found[at] = name
    twice = {name for name, times in Counter(filter(None, found)).items() if times > 1}
    return ["" if name in twice else name for name in found]


def _distinct(positions: Sequence[Position]) -> Iterable[str]:
    """The ids of positions that share a space, as short as keeps them apart."""
    codes = _needed(positions)
    ids = [position.id(codes) for position in positions]
    owners: dict[str, list[Position]] = defaultdict(list)
    for name, position in zip(ids, positions, strict=True):
        owners[name].append(position)
    kept = {name: _owner(shared) for name, shared in owners.items()}

    def is_below_others(position: Position) -> bool:
        """Whether it counts below a number that two paragraphs have: nobody knows which."""
        for count in range(1, len(position.keys)):
            name = replace(position, keys=position.keys[:count]).id(codes)
            if len(_strong(owners.get(name, ()))) > 1:
                owner = kept[name]
                if owner is None or owner.run is not position.run:
                    return True
        return False

    return (
        name if kept[name] is position and not is_below_others(position) else ""
        for name, position in zip(ids, positions, strict=True)
    )


def _needed(positions: Sequence[Position]) -> tuple[str, ...]:
    """The codes of containers that an id must name, because numbers start again in them."""
    if not _twice(positions, ()):
        return ()
    ranks = {part.code: part.rank for each in positions for part in each.containers}
    codes = sorted(ranks, key=lambda code: ranks[code])[:_MOST_CODES]
    tried = [few for count in range(len(codes) + 1) for few in combinations(codes, count)]
    return min(tried, key=lambda few: _twice(positions, few), default=())


def _twice(positions: Sequence[Position], codes: Sequence[str]) -> int:
    names = Counter(position.id(codes) for position in positions if not position.is_weak)
    return sum(times for times in names.values() if times > 1)


def _strong(positions: Sequence[Position]) -> list[Position]:
    return [position for position in positions if not position.is_weak]


def _owner(shared: Sequence[Position]) -> Position | None:
    """Which of the positions with one id has it: the only one, or that of much the longest run."""
    strong = _strong(shared) or list(shared)
    if len(strong) == 1:
        return strong[0]
    if any(position.units for position in strong):
        return None
    runs = {id(each.run): each.run.length if each.run else 0 for each in strong}
    if len(runs) < len(strong):
        return None
    first, second = sorted(strong, key=lambda each: -runs[id(each.run)])[:2]
    return first if runs[id(first.run)] >= _MUCH_LONGER * runs[id(second.run)] > 0 else None
