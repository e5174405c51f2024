"""Old passages and new ones in; the new ones with the ids that stay theirs, out. Pure."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from indexer.document import Passage

_ALIKE = 0.6  # of the words, for a passage that has no official number to go by
_SAME_LABEL = 0.3  # of the words, for one that kept its official number
_PLAIN_ID = re.compile(r"p(\d+)")

Pairs = dict[int, int]  # index of a new passage → index of the old one that it continues


def align(
    old: Sequence[Passage], new: Sequence[Passage], used: Collection[str] = ()
) -> tuple[Passage, ...]:
    """`new` with an id each.

    A passage continues an old one, and keeps its id, where the text is the same, else where the
    official label is the same and the texts are somewhat alike, else where the texts are most
    alike. Any other gets an id that is neither among `old` nor among `used`, the ids that the
    document has ever given.
    """
    pairs = _same_text(old, new)
    _match_alike(old, new, pairs, same_label=True)
    _match_alike(old, new, pairs, same_label=False)
    taken = {passage.id for passage in old} | set(used)
    return tuple(_with_ids(old, new, pairs, taken))


def _same_text(old: Sequence[Passage], new: Sequence[Passage]) -> Pairs:
    """Runs that kept their order first, so that equal texts stay apart; then what has moved."""
    matcher = SequenceMatcher(None, [p.text for p in old], [p.text for p in new], autojunk=False)
    pairs = {
        block.b + i: block.a + i
        for block in matcher.get_matching_blocks()
        for i in range(block.size)
    }
    continued = set(pairs.values())
    places = defaultdict(list)
    for at, passage in enumerate(old):
        if at not in continued:
            places[passage.text].append(at)
    for at, passage in enumerate(new):
        if at not in pairs and places[passage.text]:
            pairs[at] = places[passage.text].pop(0)
    return pairs


def _match_alike(
    old: Sequence[Passage], new: Sequence[Passage], pairs: Pairs, *, same_label: bool
) -> None:
    """Adds to `pairs` the pairs of open passages that are alike, the most alike first."""
    open_old = sorted(set(range(len(old))) - set(pairs.values()))
    open_new = [at for at in range(len(new)) if at not in pairs]
    threshold = _SAME_LABEL if same_label else _ALIKE
    scored = []
    for a in open_old:
        for b in open_new:
            if same_label and not (old[a].label and old[a].label == new[b].label):
                continue
            score = similarity(old[a].text, new[b].text, threshold)
            if score >= threshold:
                scored.append((-score, abs(a - b), b, a))
    continued: set[int] = set()
    for _, _, b, a in sorted(scored):
        if b not in pairs and a not in continued:
            pairs[b] = a
            continued.add(a)


def similarity(one: str, other: str, at_least: float = 0.0) -> float:
    """The share of words, by place, that two texts have in common: 0 to 1 (Ratcliff-Obershelp).

    0 where it is bound to be below `at_least`, which is found out at less cost.
    """
    a, b = one.split(), other.split()
    shared = sum((Counter(a) & Counter(b)).values())
    if 2 * shared < at_least * (len(a) + len(b)):
        return 0.0
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _with_ids(
    old: Sequence[Passage], new: Sequence[Passage], pairs: Pairs, taken: set[str]
) -> Iterable[Passage]:
    highest = max((int(m[1]) for name in taken if (m := _PLAIN_ID.fullmatch(name))), default=0)
    for at, passage in enumerate(new):
        if at in pairs:
            yield replace(passage, id=old[pairs[at]].id)
            continue
        name = passage.natural_id
        if not name or name in taken:
            highest = max(highest + 1, passage.order)
            name = f"p{highest}"
        taken.add(name)
        yield replace(passage, id=name)
