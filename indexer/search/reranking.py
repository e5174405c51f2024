"""Raises the scores of the best passages in whose texts words of the query are near each other."""

from collections.abc import Mapping, Sequence

from indexer.index.answer import ScoredKey
from indexer.search.proximity import WINDOW, Pair, bonus
from indexer.store.rows import FoundRow
from indexer.store.store import Store


class Rows:
    """What the store has of the passages found; each is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[int, FoundRow] = {}

    def of(self, ranks: Sequence[ScoredKey]) -> Mapping[int, FoundRow]:
        """The rows of all `ranks`, by key, and of those asked for before."""
        keys = [each.key for each in ranks if each.key not in self._known]
        if keys:
            self._known |= self._store.found(keys)
        return self._known


def reranked(
    ranks: Sequence[ScoredKey], pairs: Sequence[Pair], last: int, rows: Rows
) -> tuple[ScoredKey, ...]:
    """`ranks` with the scores of the first `WINDOW` raised by proximity.

    Those that would stay below rank `last` whatever their text says are left as they are.
    """
    window = ranks[:WINDOW]
    if len(window) <= 1:
        return tuple(ranks)
    most = sum(pair.beside + pair.near for pair in pairs)
    least = window[min(last, len(window)) - 1].score - most
    near = [each for each in window if each.score >= least]
    there = rows.of(near)
    raised = [
        ScoredKey(each.key, each.score + bonus(there[each.key].text, pairs))
        for each in near
        if each.key in there
    ]
    return (*sorted(raised, key=lambda each: -each.score), *ranks[len(near) :])
