"""Brings an index up to the store, rebuilds it, or repairs it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack

from indexer.errors import IndexUnavailable, IndexUnreachable
from indexer.index.check import Agreement, compare
from indexer.index.engine import Batch, Engine
from indexer.index.making import maker
from indexer.progress import Tick
from indexer.store.store import Store

_DOCUMENTS = 16  # asked of the store at once, which bounds the memory
_NAMED = 3  # documents in a message

Changes = Sequence[tuple[int, str]]  # (position in the change log, slug)
Alone = Callable[[], AbstractContextManager[None]]


def follow(store: Store, engine: Engine, tick: Tick) -> int:
    """Brings the live index up to the store; how many documents that took.

    The caller holds the writer's lock, unless nobody else can know of this index.
    """
    changes = store.changes(after=engine.position())
    if changes:
        with engine.update() as batch:
            _index(store, batch, changes, engine.batch_size, tick)
    return len(changes)


def rebuild(store: Store, engine: Engine, tick: Tick, alone: Alone) -> None:
    """Rebuilds the index from the store, compares the two, and switches to it.

    The caller holds the builder's lock. `alone` is entered for the end alone, and keeps all others
    from writing meanwhile: for what was written since the long part, and the switch. A build that
    was interrupted goes on where it was; if the outcome is not good it is begun again. Raises
    `IndexUnavailable` if a new one is not good either; the live index then stays.
    """
    resumed = False
    try:
        with ExitStack() as until_switched, engine.rebuild() as fresh:
            resumed = fresh.position() > 0
            if fresh.position() > store.position():
                raise IndexUnavailable("the new index has followed another store")
            follow(store, fresh, tick)
            _verify(store, fresh)
            follow(store, fresh, tick)
            until_switched.enter_context(alone())
            follow(store, fresh, tick)
            _verify_count(store, fresh)
    except IndexUnreachable:
        raise
    except IndexUnavailable:
        if not resumed:
            raise
        rebuild(store, engine, tick, alone)


def put_right(store: Store, engine: Engine, found: Agreement, tick: Tick) -> None:
    """Puts and drops in the live index the documents on which it disagrees with the store.

    The caller holds the writer's lock.
    """
    follow(store, engine, tick)
    wrong = sorted({*found.missing, *found.surplus})
    if wrong:
        position = engine.position()
        with engine.update() as batch:
            changes = [(position, slug) for slug in wrong]
            _index(store, batch, changes, engine.batch_size, tick)


def _index(store: Store, batch: Batch, changes: Changes, size: int, tick: Tick) -> None:
    """Puts each changed document as it is now, and commits whenever enough has come together."""
    pending = 0
    parts = [changes[at : at + _DOCUMENTS] for at in range(0, len(changes), _DOCUMENTS)]
    with maker(_passages(store, len(changes))) as make:
        standing = (store.standing([name for _, name in some]) for some in parts)
        for number, (some, made) in enumerate(zip(parts, make(standing), strict=True), start=1):
            for _, name in some:
                if name in made:
                    batch.put(name, made[name])
                else:
                    batch.drop(name)
            pending += sum(map(len, made.values()))
            done = min(number * _DOCUMENTS, len(changes))
            if pending >= size or done == len(changes):
                batch.commit(some[-1][0])
                pending = 0
            tick("Indexing", done, len(changes))


def _passages(store: Store, documents: int) -> float:
    """About how many passages so many documents have."""
    if documents <= _DOCUMENTS:
        return 0
    held = store.held()
    return documents * held.passages / max(1, held.documents)


def _verify(store: Store, fresh: Engine) -> None:
    """Compares all passages, while others write: what they changed meanwhile is left aside."""
    if damaged := fresh.damage():
        raise IndexUnavailable(f"the new index is damaged ({', '.join(damaged)}); check the disk")
    position = fresh.position()
    found = compare(store, fresh)
    wrong = {*found.missing, *found.surplus} - {slug for _, slug in store.changes(after=position)}
    if wrong:
        named = ", ".join(sorted(wrong)[:_NAMED])
        raise _disagrees(f"about {len(wrong):,} documents, such as {named}")


def _verify_count(store: Store, fresh: Engine) -> None:
    """Compares the numbers of passages, which takes no time, so that nobody waits long."""
    with fresh.searcher() as searcher:
        stored, indexed = store.held().passages, searcher.count()
    if stored != indexed:
        raise _disagrees(f"about the number of passages, {stored:,} and {indexed:,}")


def _disagrees(about: str) -> IndexUnavailable:
    return IndexUnavailable(
        f"the new index and the store disagree {about}; the index in use stays as it was: "
        "run 'pilcrow rebuild' once more, and if it happens again, report it"
    )
