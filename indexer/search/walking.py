"""A compiled query in, all the passages that have all of it out, page by page of one searcher."""

from collections.abc import Iterator, Sequence

from indexer.index.answer import ScoredKey
from indexer.index.engine import Searcher
from indexer.index.request import Order, Request
from indexer.search.reranking import WINDOW, Finds, Rows, reranked
from indexer.search.tiers import CompiledQuery
from indexer.store.rows import FoundRow

_KEYS = 10_000  # asked of the index at once; what is held of each is two numbers
_ROWS = 500  # asked of the store at once, with their texts


def walk(
    store: Finds, searcher: Searcher, found: CompiledQuery, order: Order
) -> Iterator[FoundRow]:
    """What `found` finds in full, in the order of the pages of results; a few at a time."""
    for ranks in _pages(store, searcher, found, order):
        for start in range(0, len(ranks), _ROWS):
            some = ranks[start : start + _ROWS]
            there = store.found([each.key for each in some])
            yield from (there[each.key] for each in some if each.key in there)


def _pages(
    store: Finds, searcher: Searcher, found: CompiledQuery, order: Order
) -> Iterator[Sequence[ScoredKey]]:
    tier, offset = found.every, 0
    while True:
        answer = searcher.search(Request(tier.match, tier.boosts, offset, _KEYS, order))
        ranks = answer.found
        if offset < WINDOW and found.is_ranked and order is Order.RELEVANCE:
            ranks = reranked(ranks, found, Rows(store))
        yield ranks
        offset += _KEYS
        if offset >= answer.total:
            return
