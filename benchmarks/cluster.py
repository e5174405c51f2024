"""A folder of documents in; what OpenSearch takes to load and to search, with so many nodes, out.

    python benchmarks/cluster.py FOLDER --share 8 --nodes 1 2 3

Each cluster is started on this machine with nodes of a small heap (tests/cluster), filled from one
store, and searched by processes of their own, each with one search at a time, two or three
neighbouring words of a passage. All share the processors: the figures compare numbers of nodes
and give sizes, and are no measure of what the servers can do on machines of their own. Processor
time of the client is stated beside the clock for that reason. `--data` keeps the store.
"""

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from drawn import filled, queries
from opensearchpy import OpenSearch

from indexer.config import Settings
from indexer.index.fields import Field
from indexer.library import open_library

sys.path.append(str(Path(__file__).parent.parent))  # the servers are those of the tests
from tests.cluster.nodes import cluster

_SHARDS = 3
_QUERIES = 200
_HEAD = (
    "| nodes | passages/s loading | client's ms a passage | bytes a passage, disk | fielddata "
    "| searches/s | ms, median | 95th | 99th |\n|---|---|---|---|---|---|---|---|---|"
)


def main() -> None:
    """Prints a row for each number of nodes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--nodes", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--share", type=int, default=8, help="every so-manieth document")
    parser.add_argument("--clients", type=int, default=4)
    parser.add_argument("--seconds", type=float, default=15, help="of searches")
    parser.add_argument("--data", type=Path, help="where the store is, or is to stay")
    given = parser.parse_args()
    with ExitStack() as stack:
        data = given.data or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        store = filled(given.folder, data, 1, given.share)
        asked = [" ".join(words) for words in queries(store, _QUERIES)]
        passages = store.held().passages
        store.close()
        print(f"{passages:,} passages, {_SHARDS} shards, {given.clients} clients\n{_HEAD}")
        for count in given.nodes:
            with _settings(data, count) as settings:
                told = _loading(settings, passages)
                told |= _searching(settings, asked, given.clients, given.seconds)
            print(_ROW.format(nodes=count, **told), flush=True)


_ROW = (
    "| {nodes} | {rate:,.0f} | {work:.2f} | {disk:,.0f} | {fielddata:,.1f} "
    "| {searches:,.0f} | {median:.0f} | {most:.0f} | {last:.0f} |"
)


@contextmanager
def _settings(data: Path, count: int) -> Iterator[Settings]:
    """The settings for a library in a cluster that runs until the context ends."""
    with cluster(count) as nodes:
        yield Settings(
            data=data,
            engine="opensearch",
            engine_url=nodes.urls,
            engine_shards=_SHARDS,
            engine_replicas=min(count - 1, 1),
        )


def _loading(settings: Settings, passages: int) -> dict[str, float]:
    library = open_library(settings)
    began, worked = time.perf_counter(), time.process_time()
    library.maintenance.rebuild()
    took, work = time.perf_counter() - began, time.process_time() - worked
    library.close()
    sizes = _sizes(settings)
    return {
        "rate": passages / took,
        "work": work * 1000 / passages,
        "disk": sizes["store"]["size_in_bytes"] / passages,
        "fielddata": sizes["fielddata"]["memory_size_in_bytes"] / passages,
    }


def _sizes(settings: Settings) -> Mapping[str, Any]:
    """What one copy of the index takes, with the vocabularies in memory that searches need."""
    client = OpenSearch(settings.engine_url.split(","), timeout=60)
    for field in Field:
        body = {"size": 0, "aggs": {"all": {"terms": {"field": field.value, "size": 1}}}}
        client.search(index="pilcrow-*-read", body=body)
    said: Mapping[str, Any] = client.indices.stats(index="pilcrow-*-read")["_all"]["primaries"]
    client.close()
    return said


def _searching(
    settings: Settings, asked: list[str], clients: int, seconds: float
) -> dict[str, float]:
    spawned = get_context("spawn")  # no connection of this process goes into them
    with ProcessPoolExecutor(clients, mp_context=spawned) as pool:
        parts = [(settings, asked[at:] + asked[:at], seconds) for at in range(clients)]
        times = sorted(each for some in pool.map(_times, parts) for each in some)
    if not times:
        sys.exit("not one search was answered in the time")
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else times * 99
    return {
        "searches": len(times) / seconds,
        "median": cuts[49] * 1000,
        "most": cuts[94] * 1000,
        "last": cuts[98] * 1000,
    }


def _times(part: tuple[Settings, Sequence[str], float]) -> list[float]:
    """The seconds that one search after another takes."""
    settings, asked, seconds = part
    library = open_library(settings)
    for query in asked[:5]:  # the first fill what is kept of a commit
        library.search(query)
    took: list[float] = []
    until = time.perf_counter() + seconds
    while time.perf_counter() < until:
        began = time.perf_counter()
        library.search(asked[len(took) % len(asked)])
        took.append(time.perf_counter() - began)
    library.close()
    return took


if __name__ == "__main__":
    main()
