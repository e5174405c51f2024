"""The store and an engine in; in what they disagree, both ways, out."""

from dataclasses import dataclass

from indexer.engine import Engine
from indexer.store import Store


@dataclass(frozen=True, slots=True)
class Agreement:
    """`missing` documents have passages that the index lacks; `surplus` ones the index alone has.

    `passages` is how many the store and the index agree on, `position` the store's place in the
    change log and `followed` the index's.
    """

    missing: tuple[str, ...]
    surplus: tuple[str, ...]
    passages: int
    position: int
    followed: int

    @property
    def holds(self) -> bool:
        """Whether both have the same passages, and the index has followed to the end."""
        return not (self.missing or self.surplus) and self.position == self.followed


def compare(store: Store, engine: Engine) -> Agreement:
    """Compares the passages that stand in the store with those in the index."""
    stored, indexed = dict(store.keys()), dict(engine.keys())
    slugs = sorted(stored.keys() | indexed.keys())
    none: frozenset[int] = frozenset()
    pairs = {slug: (stored.get(slug, none), indexed.get(slug, none)) for slug in slugs}
    return Agreement(
        missing=tuple(slug for slug, (a, b) in pairs.items() if a - b),
        surplus=tuple(slug for slug, (a, b) in pairs.items() if b - a),
        passages=sum(len(a & b) for a, b in pairs.values()),
        position=store.position(),
        followed=engine.position(),
    )
