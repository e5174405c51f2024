"""Old passages and new ones in; the new ones with the ids that stay theirs, out. Pure.

A passage continues an old one where the text is the same; copies of one text are told apart by
their neighbours, then by their order. Of the rest, the most alike are paired, with the official
label and the place as evidence where texts are much changed, and as no more than that: numbers
shift, and the id follows the text. Where a paragraph was split, the piece most alike keeps the id;
where some were merged, the id of the part that most of the text is from lives on.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from operator import itemgetter

from rapidfuzz.distance import Levenshtein

from indexer.document import Passage
from indexer.editions.ids import Ids
from indexer.editions.similarity import Comparison

_WITH_EVIDENCE = 0.45  # of the words in common, where label or neighbours speak for it too
_LABEL = 0.1  # what the same label adds to likeness, when one of several is chosen
_NEAR = 2  # how far from the place where it is expected a passage is looked for


def align(
    old: Sequence[Passage], new: Sequence[Passage], retired: Mapping[str, str] | None = None
) -> tuple[Passage, ...]:
    """`new` with an id each.

    `retired` are the ids that the document has given and that are not among `old`, each with the
    text it last had. A passage that continues an old one keeps its id, and one that says word for
    word what a retired one said has come back. Any other gets an id that was never given.
    """
    pairs = _Pairs(old, new)
    if old:
        _pair(pairs)
    return tuple(_with_ids(pairs, retired or {}))


def _pair(pairs: "_Pairs") -> None:
    old, new = pairs.old, pairs.new
    _pair_unique(pairs)
    _pair_neighbours(pairs)
    open_old, open_new = pairs.open_old(), pairs.open_new()
    comparison = Comparison(
        {at: old[at].text for at in open_old}, {at: new[at].text for at in open_new}
    )
    _pair_alike(pairs, comparison)
    _pair_neighbours(pairs)
    _pair_copies(pairs)
    _pair_by_evidence(pairs, comparison)


class _Pairs:
    """Which old passage each new one continues, as far as that is settled.

    The place before the first passage and the one after the last are a pair from the start.
    """

    def __init__(self, old: Sequence[Passage], new: Sequence[Passage]) -> None:
        self.old, self.new = old, new
        self.to_old = {-1: -1, len(new): len(old)}
        self.to_new = {-1: -1, len(old): len(new)}

    def add(self, a: int, b: int) -> None:
        """Settles that new passage `b` continues old passage `a`."""
        self.to_old[b], self.to_new[a] = a, b

    def is_open(self, a: int, b: int) -> bool:
        """Whether both places exist and neither is paired."""
        return 0 <= a < len(self.old) and a not in self.to_new and b not in self.to_old

    def open_old(self) -> list[int]:
        """The old passages that nothing continues yet."""
        return [a for a in range(len(self.old)) if a not in self.to_new]

    def open_new(self) -> list[int]:
        """The new passages that continue nothing yet."""
        return [b for b in range(len(self.new)) if b not in self.to_old]

    def same_text(self, a: int, b: int) -> bool:
        """Whether the text is the same to the letter."""
        return self.old[a].text == self.new[b].text

    def same_label(self, a: int, b: int) -> bool:
        """Whether both have the same official label."""
        return bool(self.new[b].label) and self.old[a].label == self.new[b].label

    def are_neighbours(self, a: int, b: int) -> bool:
        """Whether what stands before both is a pair, or what stands behind."""
        return self.to_old.get(b - 1) == a - 1 or self.to_old.get(b + 1) == a + 1


def _pair_unique(pairs: _Pairs) -> None:
    """Texts that stand once in either edition, wherever they have moved to."""
    times = Counter(p.text for p in pairs.old), Counter(p.text for p in pairs.new)
    place = {passage.text: a for a, passage in enumerate(pairs.old)}
    for b, passage in enumerate(pairs.new):
        if times[0][passage.text] == times[1][passage.text] == 1:
            pairs.add(place[passage.text], b)


def _pair_neighbours(pairs: _Pairs) -> None:
    """Same texts behind a pair, then before one: how copies are told apart (Heckel, 1978)."""
    forward = range(len(pairs.new))
    for step, places in ((-1, forward), (1, reversed(forward))):
        for b in places:
            a = pairs.to_old.get(b + step, -2) - step
            if pairs.is_open(a, b) and pairs.same_text(a, b):
                pairs.add(a, b)


def _pair_copies(pairs: _Pairs) -> None:
    """Same texts that are left: as many as kept their order, then those that have not."""
    shared = _open_texts(pairs)
    open_old = [a for a in pairs.open_old() if pairs.old[a].text in shared]
    open_new = [b for b in pairs.open_new() if pairs.new[b].text in shared]
    code = {text: number for number, text in enumerate(sorted(shared))}
    codes_old = [code[pairs.old[a].text] for a in open_old]
    codes_new = [code[pairs.new[b].text] for b in open_new]
    for block in Levenshtein.opcodes(codes_old, codes_new).as_matching_blocks():
        for i in range(block.size):
            pairs.add(open_old[block.a + i], open_new[block.b + i])
    copies = defaultdict(list)
    for a in reversed(open_old):
        if a not in pairs.to_new:
            copies[pairs.old[a].text].append(a)
    for b in open_new:
        if b not in pairs.to_old and copies[pairs.new[b].text]:
            pairs.add(copies[pairs.new[b].text].pop(), b)


def _open_texts(pairs: _Pairs) -> set[str]:
    """The texts of open passages on both sides."""
    old = {pairs.old[a].text for a in pairs.open_old()}
    return old & {pairs.new[b].text for b in pairs.open_new()}


def _pair_alike(pairs: _Pairs, comparison: Comparison) -> None:
    """Texts that are alike by themselves; copies wait until their neighbours are known."""
    copies = _open_texts(pairs)
    likely = (
        (a, b)
        for b, found in _near(pairs)
        for a in dict.fromkeys((*found, *comparison.likely(b)))
        if pairs.old[a].text not in copies and pairs.new[b].text not in copies
    )
    scored = ((comparison.likeness(a, b), a, b) for a, b in likely if pairs.is_open(a, b))
    _pair_best(pairs, ((each.share, a, b) for each, a, b in scored if each.alike))


def _pair_by_evidence(pairs: _Pairs, comparison: Comparison) -> None:
    """Texts that are somewhat alike and have the same label, or the same neighbour."""
    likely = (
        (a, b)
        for b, found in _near(pairs)
        for a in found
        if pairs.same_label(a, b) or pairs.are_neighbours(a, b)
    )
    scored = ((comparison.likeness(a, b), a, b) for a, b in likely)
    enough = ((s.share, a, b) for s, a, b in scored if s.alike or s.share >= _WITH_EVIDENCE)
    _pair_best(pairs, enough)


def _pair_best(pairs: _Pairs, scored: Iterable[tuple[float, int, int]]) -> None:
    """The most alike first; among equals those with the same label, then the first of `scored`."""
    ranked = [(-share - _LABEL * pairs.same_label(a, b), a, b) for share, a, b in scored]
    for _, a, b in sorted(ranked, key=itemgetter(0)):
        if pairs.is_open(a, b):
            pairs.add(a, b)


def _near(pairs: _Pairs) -> Iterator[tuple[int, list[int]]]:
    """Each open new passage, with the open old ones near its place, the nearest first.

    Those with its label count as near though others stand between.
    """
    by_label = defaultdict(list)
    for a in pairs.open_old():
        by_label[pairs.old[a].label].append(a)
    last = -1
    for b in range(len(pairs.new)):
        if b in pairs.to_old:
            last = b
            continue
        place = pairs.to_old[last] + b - last
        near = {a for a in range(place - _NEAR, place + _NEAR + 1) if pairs.is_open(a, b)}
        if pairs.new[b].label:
            same = by_label[pairs.new[b].label]
            at = bisect_left(same, place)
            near.update(same[max(at - _NEAR, 0) : at + _NEAR])
        yield b, [a for _, a in sorted((abs(a - place), a) for a in near)]


def _with_ids(pairs: _Pairs, retired: Mapping[str, str]) -> Iterator[Passage]:
    ids = Ids({passage.id for passage in pairs.old} | set(retired))
    returning = defaultdict(list)
    for name, text in reversed(list(retired.items())):
        returning[text].append(name)
    for b, passage in enumerate(pairs.new):
        if b in pairs.to_old:
            name = pairs.old[pairs.to_old[b]].id
        elif returning[passage.text]:
            name = returning[passage.text].pop()
        else:
            name = ids.new(passage)
        yield replace(passage, id=name)
