"""What happens to searches and writes when nodes of a cluster of three die, stop and come back."""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from indexer.config import Settings
from indexer.errors import IndexUnavailable
from indexer.index.engine import Engine
from indexer.index.engines import open_engine
from indexer.index.engines.remote import Remote
from indexer.index.request import Request
from tests.cluster.nodes import CannotStart, Cluster, Node, cluster
from tests.conftest import put
from tests.helpers.engines import entry, keys, search, stem
from tests.helpers.inline import open_inline
from web.app import create_app

# One worker has all of them, so that one cluster is enough.
pytestmark = pytest.mark.slow

DOCUMENTS, EACH = 300, 4  # passages of a document
SECONDS = 4  # of one call to the cluster
PATIENT = 60  # seconds of a call where no node fails, so that a busy machine is no error
SLACK = 6  # seconds that a busy machine may add to it
BEFORE, AFTER = 2.0, 25.0  # seconds of searches before and after something happens
SEARCHERS = 4


@pytest.fixture(scope="module")
def nodes() -> Iterator[Cluster]:
    try:
        with cluster(3) as started:
            yield started
    except CannotStart as error:
        pytest.skip(str(error))


@pytest.fixture
def engine(nodes: Cluster, tmp_path: Path) -> Iterator[Engine]:
    """A full index on three nodes that are all there, before the test and after it."""
    made = _opened(nodes, tmp_path, SECONDS)
    _fill(made)
    yield made
    made.close()
    with _client(nodes) as client:
        client.indices.delete(index="pilcrow-*")


def test_a_killed_data_node_costs_no_passage_of_any_answer(nodes: Cluster, engine: Engine) -> None:
    victim = _data_node(nodes)
    seen = _Seen(engine)
    with seen.searching(), _down(nodes, victim):
        happened = seen.wait(BEFORE)
        nodes.kill(victim)
        seen.wait(AFTER)
    seen.tell("a data node was killed", happened)
    assert seen.totals == {DOCUMENTS * EACH}
    assert seen.last_error < seen.ended - SLACK  # it has recovered


def test_a_killed_manager_loses_no_passage_that_was_acknowledged(
    nodes: Cluster, engine: Engine
) -> None:
    victim = _manager(nodes)
    written: dict[str, frozenset[int]] = {}
    refused: list[int] = []

    def write() -> None:
        for position in range(2, 12):
            some = {
                f"bulk-{position}-{at}": range(key, key + EACH)
                for at, key in enumerate(range(position * 10_000, position * 10_000 + 2_000, EACH))
            }
            while not _written(engine, some, position):  # as the next sync does
                refused.append(position)
                time.sleep(0.5)
            written.update({slug: frozenset(each) for slug, each in some.items()})

    writing = threading.Thread(target=write)
    with _down(nodes, victim):
        writing.start()
        while len(written) < 2 * 500:
            time.sleep(0.05)
        nodes.kill(victim)
        writing.join()
        print(f"commits that were refused and made again: {len(refused)}")
        there = keys(engine)
    assert {slug: there.get(slug) for slug in written} == written
    assert len(written) == 10 * 500
    assert engine.position() == 11


def test_with_two_of_three_dead_searches_are_unavailable_until_one_is_back(
    nodes: Cluster, tmp_path: Path
) -> None:
    for number in range(40):
        text = f"Report {number}\n\n1. The herrings of {number}.\n\n2. Nothing else.\n"
        put(tmp_path / "corpus", f"report-{number}.txt", text.encode())
    settings = Settings(
        corpus=tmp_path / "corpus",
        data=tmp_path / "data",
        engine="opensearch",
        engine_url=nodes.urls,
        engine_shards=3,
        engine_seconds=SECONDS,
    )
    library = open_inline(settings)
    try:
        library.maintenance.sync()
        pages = create_app(library).test_client()
        assert "40 paragraphs" in pages.get("/search?q=herrings").text
        first, second, _ = nodes.nodes
        with _down(nodes, second):
            with _down(nodes, first):
                nodes.kill(first)
                nodes.kill(second)
                for _ in range(5):
                    answer = pages.get("/search?q=herrings")
                    assert answer.status_code == 503
                    assert "The index is not available" in answer.text
                    assert pages.get("/api/v1/search?q=herrings").status_code == 503
            recovered = _until(lambda: pages.get("/search?q=herrings").status_code == 200)
            print(f"with one of two back, searches answered after {recovered:.1f} s")
            assert "40 paragraphs" in pages.get("/search?q=herrings").text
    finally:
        library.close()
        with _client(nodes) as client:
            client.indices.delete(index="pilcrow-*")


def test_a_node_that_stands_still_holds_up_no_call_for_longer_than_it_may_take(
    nodes: Cluster, engine: Engine
) -> None:
    victim = _data_node(nodes)
    seen = _Seen(engine)
    with seen.searching():
        seen.wait(BEFORE)
        nodes.kill(victim, signal.SIGSTOP)
        try:
            happened = time.monotonic()
            seen.wait(AFTER)
        finally:
            nodes.kill(victim, signal.SIGCONT)
        seen.tell("a node stood still", happened)
        _whole(nodes)
        went_on = seen.wait(AFTER)
        seen.tell("it went on", went_on)
    assert seen.totals == {DOCUMENTS * EACH}
    assert seen.slowest < SECONDS + SLACK
    assert seen.last_error < seen.ended - SLACK


def test_a_new_generation_takes_over_without_an_error_and_without_fewer_passages(
    nodes: Cluster, engine: Engine, tmp_path: Path
) -> None:
    searching = _opened(nodes, tmp_path, PATIENT)
    seen = _Seen(searching, pause=SEARCHERS / 50)  # 50 searches a second, where the machine can
    began = time.monotonic()
    with seen.searching():
        seen.wait(BEFORE)
        for extra in range(1, 4):
            _fill(engine, DOCUMENTS + extra)
            seen.wait(1)
    searching.close()
    print(f"{seen.answers / (seen.ended - began):.0f} searches a second")
    seen.tell("three generations took over", 0)
    assert not seen.errors
    assert not seen.shrank
    assert max(seen.totals) == (DOCUMENTS + 3) * EACH


def _opened(nodes: Cluster, folder: Path, seconds: int) -> Engine:
    remote = Remote(urls=nodes.urls, shards=3, replicas=1, seconds=seconds)
    return open_engine("opensearch", folder, {"store": folder.name}, remote)


def _fill(engine: Engine, documents: int = DOCUMENTS) -> None:
    with engine.rebuild() as fresh, fresh.update() as batch:
        for number in range(documents):
            first = number * EACH + 1
            texts = [entry(key, f"herrings swim {key}") for key in range(first, first + EACH)]
            batch.put(f"doc-{number}", texts)
        batch.commit(1)


def _written(engine: Engine, some: dict[str, range], position: int) -> bool:
    """Whether the passages with these keys, by document, were acknowledged."""
    try:
        with engine.update() as batch:
            for slug, each in some.items():
                batch.put(slug, [entry(key, f"cod number {key} " * 5) for key in each])
            batch.commit(position)
    except IndexUnavailable:
        return False
    return True


@dataclass
class _Seen:
    """What threads saw that searched all the time."""

    engine: Engine
    pause: float = 0.0  # seconds from the start of one search of a thread to that of its next
    shrank: bool = False
    totals: set[int] = field(default_factory=set)
    answers: int = 0
    errors: list[tuple[float, str]] = field(default_factory=list)
    slowest: float = 0.0
    ended: float = 0.0

    @contextmanager
    def searching(self) -> Iterator[None]:
        over = threading.Event()
        threads = [threading.Thread(target=self._search, args=(over,)) for _ in range(SEARCHERS)]
        for each in threads:
            each.start()
        try:
            yield
        finally:
            over.set()
            for each in threads:
                each.join()
            self.ended = time.monotonic()

    @property
    def last_error(self) -> float:
        return max((at for at, _ in self.errors), default=0.0)

    def wait(self, seconds: float) -> float:
        """The moment when so many seconds have gone by."""
        time.sleep(seconds)
        return time.monotonic()

    def tell(self, what: str, since: float) -> None:
        later = [(at - since, said) for at, said in self.errors if at >= since]
        recovered = max((at for at, _ in later), default=0.0)
        print(f"{what}: {self.answers} whole answers so far, {len(later)} errors since, the last")
        print(f"after {recovered:.1f} s; slowest {self.slowest:.1f} s")
        print("\n".join(sorted({said for _, said in later})))

    def _search(self, over: threading.Event) -> None:
        most, began = 0, time.monotonic()
        while not over.wait(max(0.0, began + self.pause - time.monotonic())):
            began = time.monotonic()
            try:
                answer = search(self.engine, Request(stem("herrings"), limit=2 * DOCUMENTS * EACH))
                self.totals |= {answer.total, len({hit.key for hit in answer.found})}
                self.shrank |= answer.total < most
                most = answer.total
                self.answers += 1
            except IndexUnavailable as error:
                self.errors.append((time.monotonic(), str(error)))
                time.sleep(0.05)
            self.slowest = max(self.slowest, time.monotonic() - began)


@contextmanager
def _down(nodes: Cluster, node: Node) -> Iterator[None]:
    """In it a node may be killed; after it the node is there again, and all copies are whole."""
    try:
        yield
    finally:
        if not node.process:
            nodes.launch(node)
        if all(each.process for each in nodes.nodes):
            nodes.wait(len(nodes.nodes))
            _whole(nodes)


def _whole(nodes: Cluster) -> None:
    with _client(nodes) as client:
        params = {"wait_for_status": "green", "wait_for_nodes": "3", "timeout": "100s"}
        client.cluster.health(params=params, request_timeout=110)


def _manager(nodes: Cluster) -> Node:
    with _client(nodes) as client:
        (row,) = client.cat.cluster_manager(params={"format": "json"})
    return next(node for node in nodes.nodes if node.name == row["node"])


def _data_node(nodes: Cluster) -> Node:
    """A node that is not the manager and holds a part of the index."""
    manager = _manager(nodes)
    with _client(nodes) as client:
        shards = client.cat.shards(index="pilcrow-*", params={"format": "json"})
    holders = {shard["node"] for shard in shards}
    return next(node for node in nodes.nodes if node is not manager and node.name in holders)


@contextmanager
def _client(nodes: Cluster) -> Iterator[OpenSearch]:
    client = OpenSearch(nodes.urls.split(","), timeout=110, max_retries=10)
    try:
        yield client
    finally:
        client.close()


def _until(done: Callable[[], bool]) -> float:
    """Waits until something is so; how many seconds that took."""
    began = time.monotonic()
    while not done():
        assert time.monotonic() < began + 120
        time.sleep(0.2)
    return time.monotonic() - began
