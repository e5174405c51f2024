"""Two editions of a document in; what became of each passage, in reading order, out. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.document import StoredPassage


class Became(StrEnum):
    """What became of a passage from one edition to another; of one several may be so."""

    ADDED = "added"
    RETIRED = "retired"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    MOVED = "moved"  # to another place among those that stayed
    HEADED = "under another heading"


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage as it was and as it is; `old` is None of an added one, `new` of a retired one."""

    old: StoredPassage | None
    new: StoredPassage | None
    became: tuple[Became, ...] = ()

    @property
    def shown(self) -> StoredPassage:
        """What stands now, or stood."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a pair has at least one side")
        return found


def compare(old: Sequence[StoredPassage], new: Sequence[StoredPassage]) -> list[Pair]:
    """Every passage of both, by their ids, in the order of `new`.

    A retired one follows the passage that it followed in `old`. Of those that changed places, as
    few as possible count as moved.
    """
    before = {stored.passage.id: stored for stored in old}
    kept = [stored for stored in new if stored.passage.id in before]
    at = {stored.passage.id: place for place, stored in enumerate(old)}
    staying = _longest_rise([at[stored.passage.id] for stored in kept])
    still = {kept[index].passage.id for index in staying}
    pairs = [_pair(before.get(each.passage.id), each, still) for each in new]
    return list(_with_retired(pairs, old))


def _pair(old: StoredPassage | None, new: StoredPassage, still: set[str]) -> Pair:
    if old is None:
        return Pair(None, new, (Became.ADDED,))
    was, now = old.passage, new.passage
    changes = {
        Became.REWORDED: was.text != now.text,
        Became.RENUMBERED: was.label != now.label,
        Became.MOVED: now.id not in still,
        Became.HEADED: was.heading != now.heading,
    }
    return Pair(old, new, tuple(each for each, is_so in changes.items() if is_so))


def _with_retired(pairs: Sequence[Pair], old: Sequence[StoredPassage]) -> Iterator[Pair]:
    """`pairs`, and what is no longer there, each after what it followed."""
    there = {pair.shown.passage.id for pair in pairs}
    after: dict[str, list[Pair]] = {}
    last = ""
    for stored in old:
        if stored.passage.id in there:
            last = stored.passage.id
        else:
            after.setdefault(last, []).append(Pair(stored, None, (Became.RETIRED,)))
    yield from after.get("", ())
    for pair in pairs:
        yield pair
        yield from after.get(pair.shown.passage.id, ())


def _longest_rise(places: Sequence[int]) -> list[int]:
    """The indexes of a longest rising subsequence of `places`, which are all different."""
    tails: list[int] = []  # the least last place of a rise of each length
    ends: list[int] = []  # its index
    before: list[int] = []  # the index that comes before each in its rise, or -1
    for index, place in enumerate(places):
        length = bisect_left(tails, place)
        before.append(ends[length - 1] if length else -1)
        if length == len(tails):
            tails.append(place)
            ends.append(index)
        else:
            tails[length], ends[length] = place, index
    rise: list[int] = []
    index = ends[-1] if ends else -1
    while index >= 0:
        rise.append(index)
        index = before[index]
    return rise[::-1]
