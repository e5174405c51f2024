"""Which texts were parted into several, or made of several: found beside an alignment. Pure.

An alignment is one to one. What it leaves open is looked at once more: a text with nearly all of
its words in one of the other side, where its neighbours come from too, is a part of that one.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rapidfuzz.distance import LCSseq

from indexer.analysis.words import words
from indexer.editions.similarity import encoded, likely, rare_words

_IN_IT = 0.8  # of the words of a part, in order, that the whole must have
_FEWEST = 3  # words of a part
_WHOLE = 0.6  # of the words of a whole that its parts must have, if none of them is paired with it


class Parted(NamedTuple):
    """Places on the old side and on the new one that belong together; one side has several."""

    olds: tuple[int, ...]
    news: tuple[int, ...]


def parted(old: Sequence[str], new: Sequence[str], to_old: Mapping[int, int]) -> list[Parted]:
    """The texts that were split or merged, given the pairs `to_old`, new place to old place.

    No place is in two of them, and those on the side with several are neighbours.
    """
    to_new = {a: b for b, a in to_old.items()}
    codes: dict[str, str] = {}
    before, after = ([encoded(words(text), codes) for text in side] for side in (old, new))
    split = [Parted((whole,), parts) for whole, parts in _of(before, after, to_old)]
    taken = {b for each in split for b in each.news}, {a for each in split for a in each.olds}
    return [
        *split,
        *(
            Parted(parts, (whole,))
            for whole, parts in _of(after, before, to_new)
            if whole not in taken[0] and taken[1].isdisjoint(parts)
        ),
    ]


def _of(
    wholes: Sequence[str], pieces: Sequence[str], to_whole: Mapping[int, int]
) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each of `wholes` that has several neighbours among `pieces` for parts, with their places."""
    parts: dict[int, list[int]] = defaultdict(list)
    for at, tiers in _hosts(wholes, pieces, to_whole).items():
        for hosts in tiers:
            shared = [(LCSseq.similarity(wholes[host], pieces[at]), -host) for host in hosts]
            most, host = max(shared, default=(0, 0))
            if most >= max(_FEWEST, _IN_IT * len(pieces[at])):
                parts[-host].append(at)
                break
    to_piece = {whole: piece for piece, whole in to_whole.items()}
    for whole, found in sorted(parts.items()):
        own = to_piece.get(whole)
        run = _run(sorted((*found, *(() if own is None else (own,)))), own)
        if len(run) > 1 and _fits(wholes[whole], [pieces[at] for at in run], own, run):
            yield whole, run


def _hosts(
    wholes: Sequence[str], pieces: Sequence[str], to_whole: Mapping[int, int]
) -> dict[int, tuple[set[int], list[int]]]:
    """The wholes that each open piece may be a part of: those of its neighbours, those like it.

    A turn of phrase is in many texts, so that those of the neighbours come first.
    """
    open_pieces = [at for at in range(len(pieces)) if at not in to_whole]
    places = rare_words(dict(enumerate(wholes)) if open_pieces else {})
    hosts = {at: (set[int](), likely(pieces[at], places)) for at in open_pieces}
    for step, way in ((-1, open_pieces), (1, open_pieces[::-1])):
        beside: dict[int, int] = dict(to_whole)
        for at in way:
            if at + step in beside:
                beside[at] = beside[at + step]
                hosts[at][0].add(beside[at])
    return hosts


def _run(places: Sequence[int], own: int | None) -> tuple[int, ...]:
    """The neighbours among `places` with `own` in their midst; without it the longest such run."""
    runs: list[list[int]] = []
    for at in places:
        if runs and at == runs[-1][-1] + 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    if own is not None:
        runs = [run for run in runs if own in run]
    return max(map(tuple, runs), key=len, default=())


def _fits(whole: str, parts: Sequence[str], own: int | None, run: Sequence[int]) -> bool:
    """Whether the parts together have of the whole what each of them has by itself."""
    shared = LCSseq.similarity(whole, "".join(parts))
    if own is None:
        return shared >= _WHOLE * len(whole)
    alone = LCSseq.similarity(whole, parts[run.index(own)])
    others = sum(len(part) for at, part in zip(run, parts, strict=True) if at != own)
    return shared - alone >= _IN_IT * others
