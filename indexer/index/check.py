"""Compares the store with the index, both ways."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby
from operator import itemgetter

from indexer.index.engine import Engine
from indexer.store.store import Store

Keys = frozenset[int]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`missing` documents have passages that the index lacks; `surplus` ones the index alone has.

    `passages` is how many the store and the index agree on, `position` the store's place in the
    change log and `followed` the index's. `stale` says that the index must be rebuilt all the same.
    """

    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    passages: int
    position: int
    followed: int
    stale: bool

    @property
    def holds(self) -> bool:
        """Whether both have the same passages, and the index fits and has followed to the end."""
        return not (self.missing or self.surplus or self.stale) and self.position == self.followed


def must_rebuild(store: Store, engine: Engine) -> bool:
    """Whether the index cannot be brought up to the store as it is.

    There is none, it was made by other code or for another store, or it is ahead of this one.
    """
    return engine.is_stale() or engine.position() > store.position()


def is_ahead(store: Store, engine: Engine) -> bool:
    """Whether the index fits and has followed writes that the store has not: it was restored."""
    return not engine.is_stale() and engine.position() > store.position()


def compare(store: Store, engine: Engine) -> Agreement:
    """Compares the current passages of the store with those in the index.

    Raises `IndexUnavailable` where the index is damaged; all of its files are read.
    """
    engine.damage()
    missing: list[str] = []
    surplus: list[str] = []
    agreed = 0
    with engine.searcher() as searcher:
        for slug, stored, indexed in _side_by_side(store.keys(), searcher.keys()):
            agreed += len(stored & indexed)
            if stored - indexed:
                missing.append(slug)
            if indexed - stored:
                surplus.append(slug)
    return Agreement(
        missing=tuple(missing),
        surplus=tuple(surplus),
        passages=agreed,
        position=store.position(),
        followed=engine.position(),
        stale=must_rebuild(store, engine),
    )


def _side_by_side(
    stored: Iterable[tuple[str, Keys]], indexed: Iterable[tuple[str, Keys]]
) -> Iterator[tuple[str, Keys, Keys]]:
    """Both, by slug, a document at a time: together they would fill the memory."""
    both = merge(
        ((slug, 0, keys) for slug, keys in stored),
        ((slug, 1, keys) for slug, keys in indexed),
        key=itemgetter(0),
    )
    for slug, group in groupby(both, key=itemgetter(0)):
        sides = {side: keys for _, side, keys in group}
        yield slug, sides.get(0, frozenset()), sides.get(1, frozenset())
