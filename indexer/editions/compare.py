"""Two editions, or two documents, in; what became of each passage, in reading order, out. Pure."""

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.document import Passage, StoredPassage
from indexer.editions.align import align
from indexer.editions.parts import Parted, parted


class Became(StrEnum):
    """What became of a passage from one edition to another; of one several may be so.

    Of two documents, what is added is only in the second, and what is retired only in the first.
    """

    ADDED = "added"
    RETIRED = "retired"
    SPLIT = "split"  # one into several
    MERGED = "merged"  # several into one
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    MOVED = "moved"  # to another place among those that stayed
    HEADED = "under another heading"


@dataclass(frozen=True, slots=True)
class Pair:
    """A passage as it was and as it is; no `olds` of an added one, no `news` of a retired one.

    Several, in their order, where one was split or some were merged.
    """

    olds: tuple[StoredPassage, ...]
    news: tuple[StoredPassage, ...]
    became: tuple[Became, ...] = ()

    @property
    def old(self) -> StoredPassage | None:
        """The first as it was."""
        return next(iter(self.olds), None)

    @property
    def new(self) -> StoredPassage | None:
        """The first as it is."""
        return next(iter(self.news), None)

    @property
    def shown(self) -> StoredPassage:
        """What stands now, or stood."""
        found = self.new or self.old
        if found is None:
            raise ValueError("a pair has at least one side")
        return found


def compare(old: Sequence[StoredPassage], new: Sequence[StoredPassage]) -> list[Pair]:
    """Every passage of two editions of a document, paired by their ids, in the order of `new`.

    A retired one follows the passage that it followed in `old`. Of those that changed places, as
    few as possible count as moved.
    """
    before = {stored.passage.id: at for at, stored in enumerate(old)}
    ids = [stored.passage.id for stored in new]
    return _compared(old, new, {b: before[name] for b, name in enumerate(ids) if name in before})


def compare_documents(
    old: Sequence[StoredPassage],
    new: Sequence[StoredPassage],
    titles: tuple[str, str] = ("", ""),
) -> list[Pair]:
    """The same of two documents, whose ids mean nothing to each other: paired by their texts.

    Of the headings above a passage only the last one counts, and none that is the title of its
    document, one of `titles`: two documents are parted alike, but seldom to the same depth.
    """
    before = {stored.passage.id: at for at, stored in enumerate(old)}
    aligned = align([each.passage for each in old], [each.passage for each in new])
    to_old = {b: before[each.id] for b, each in enumerate(aligned) if each.id in before}
    return _compared(old, new, to_old, titles)


def _compared(
    old: Sequence[StoredPassage],
    new: Sequence[StoredPassage],
    to_old: Mapping[int, int],
    titles: tuple[str, str] | None = None,
) -> list[Pair]:
    groups = _groups(old, new, to_old)
    kept = [each.olds[0] for each in groups if each.olds and each.news]
    still = {kept[index] for index in _longest_rise(kept)}
    pairs = [
        Pair(
            tuple(old[a] for a in each.olds),
            tuple(new[b] for b in each.news),
            _became(each, old, new, titles, still),
        )
        for each in groups
    ]
    return list(_with_retired(groups, pairs, old))


def _groups(
    old: Sequence[StoredPassage], new: Sequence[StoredPassage], to_old: Mapping[int, int]
) -> list[Parted]:
    """Places that belong together, in the order of `new`."""
    several = parted([s.passage.text for s in old], [s.passage.text for s in new], to_old)
    first = {each.news[0]: each for each in several}
    done = {b for each in several for b in each.news}
    single = {b: Parted((to_old[b],) if b in to_old else (), (b,)) for b in range(len(new))}
    return [first.get(b, single[b]) for b in range(len(new)) if b in first or b not in done]


def _became(
    group: Parted,
    old: Sequence[StoredPassage],
    new: Sequence[StoredPassage],
    titles: tuple[str, str] | None,
    still: set[int],
) -> tuple[Became, ...]:
    if not group.olds:
        return (Became.ADDED,)
    was, now = old[group.olds[0]].passage, new[group.news[0]].passage
    is_single = len(group.olds) == len(group.news) == 1
    changes = {
        Became.SPLIT: len(group.news) > 1,
        Became.MERGED: len(group.olds) > 1,
        Became.REWORDED: was.text != now.text
        if is_single
        else _words(group.olds, old) != _words(group.news, new),
        Became.RENUMBERED: is_single and was.label != now.label,
        Became.MOVED: group.olds[0] not in still,
        Became.HEADED: _above(was, titles, 0) != _above(now, titles, 1),
    }
    return tuple(each for each, is_so in changes.items() if is_so)


def _words(places: Sequence[int], side: Sequence[StoredPassage]) -> list[str]:
    """The words of some passages, whatever stands between them."""
    return [word for at in places for word in side[at].passage.text.split()]


def _above(passage: Passage, titles: tuple[str, str] | None, side: int) -> tuple[str, ...]:
    """The headings above a passage that count: all between editions, which have no `titles`."""
    if titles is None:
        return passage.heading
    is_titled = passage.heading[:1] == (titles[side],)
    return tuple(each.casefold() for each in passage.heading[is_titled:][-1:])


def _with_retired(
    groups: Sequence[Parted], pairs: Sequence[Pair], old: Sequence[StoredPassage]
) -> Iterator[Pair]:
    """`pairs`, and what is no longer there, each after what it followed."""
    place = {a: at for at, group in enumerate(groups) for a in group.olds}
    after: dict[int, list[Pair]] = {}
    last = -1
    for a, stored in enumerate(old):
        if a in place:
            last = place[a]
        else:
            after.setdefault(last, []).append(Pair((stored,), (), (Became.RETIRED,)))
    yield from after.get(-1, ())
    for at, pair in enumerate(pairs):
        yield pair
        yield from after.get(at, ())


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
