"""A folder of documents in; how fast ours and others' engines index and search it, out.

    python benchmarks/search.py ../shared/data/ungdc-unpacked
    python benchmarks/search.py FOLDER --times 4 --ours tantivy --rivals tantivy fts5
    python benchmarks/search.py FOLDER --share 4 --ours whoosh --rivals whoosh

All systems get the same passages and the same queries, two or three neighbouring words of a
passage, none of them a stopword. Ours is timed as a whole: parse, search, read the passages, rank
by neighbours, mark; then the engine's part alone; then what a page costs that is far down, counted
by facets, or ranked by date. `--times` puts every document in several times over, under other
names; `--share` takes every so-manieth document. Times are of one process with nothing else to do.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from drawn import filled, queries, texts
from rivals import RIVALS, built

from indexer.config import Settings
from indexer.index.answer import Answer
from indexer.index.engines import LOCAL
from indexer.index.fields import Facet
from indexer.index.request import Order, Request
from indexer.library import Library, open_library
from indexer.query import parse
from indexer.search.service import PAGE_SIZE

_FACETS = dict.fromkeys(Facet, 8)
_DEEP = 100  # the page
_WARM = 0.25  # of the queries are asked before, and not timed


def main() -> None:
    """Prints a row for each system."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=1)
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--ours", nargs="*", choices=list(LOCAL), default=list(LOCAL))
    parser.add_argument("--rivals", nargs="*", choices=list(RIVALS), default=list(RIVALS))
    parser.add_argument("--data", type=Path, help="where the store is, or is to stay")
    arguments = parser.parse_args()
    with ExitStack() as stack:
        data = arguments.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = filled(arguments.folder, data, arguments.times, arguments.share)
        asked = queries(store, arguments.queries)
        print(f"{sum(d.passages for d in store.documents()):,} passages, {len(asked)} queries")
        for name in arguments.ours:
            _ours(stack, data, name, asked)
        for name in arguments.rivals:
            rival, rate = stack.enter_context(built(name, texts(store)))
            print(f"| {rival.name} | index | {rate:,.0f} a second |", flush=True)
            _row(rival.name, "ten best", rival.ask, asked)


def _ours(stack: ExitStack, data: Path, name: str, queries: list[list[str]]) -> None:
    library = stack.enter_context(open_library(Settings(data=data, engine=name)))
    if library.engine.is_stale():
        started = time.perf_counter()
        library.maintenance.rebuild()
        rate = library.maintenance.indexed() / (time.perf_counter() - started)
        print(f"| ours on {name} | index | {rate:,.0f} a second |", flush=True)
    ask, service = f"ours on {name}", library.service
    full = [q for q in queries if library.search(" ".join(q)).total >= PAGE_SIZE]
    asked = {tuple(q): _request(library, q) for q in queries}
    _row(ask, "whole service", lambda words: library.search(" ".join(words)), queries)
    _row(ask, "engine alone", lambda words: _alone(library, asked[tuple(words)]), queries)
    _row(ask, "whole service, where the first tier is full", _typed(service, {}), full)
    _row(ask, f"page {_DEEP}", _typed(service, {"page": _DEEP}), full)
    _row(ask, "with facets", _typed(service, {"facets": _FACETS}), full)
    _row(ask, "newest first", _typed(service, {"order": Order.NEWEST}), full)


def _alone(library: Library, request: Request) -> Answer:
    with library.engine.searcher() as searcher:
        return searcher.search(request)


def _typed(service: Callable[..., object], options: dict[str, object]) -> Callable[..., object]:
    return lambda words: service(" ".join(words), **{"page": 1, "size": PAGE_SIZE, **options})


def _request(library: Library, words: Sequence[str]) -> Request:
    found, _ = library.service.compile(parse(" ".join(words)))
    assert found is not None
    return Request(found.every.match, found.every.boosts)


def _row(
    name: str, what: str, ask: Callable[[list[str]], object], queries: list[list[str]]
) -> None:
    if not queries:  # none of them fills a page, in a small corpus
        return
    for words in queries[: int(len(queries) * _WARM)]:
        ask(words)
    times = []
    for words in queries:
        started = time.perf_counter()
        ask(words)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    p95, p99 = (times[int(len(times) * share)] for share in (0.95, 0.99))
    median = statistics.median(times)
    print(f"| {name} | {what} | {median:.2f} | {p95:.2f} | {p99:.2f} |", flush=True)


if __name__ == "__main__":
    main()
