"""The engine for a cluster: what only it has, on a real node or a server that is hard to please."""

import json
import threading
from collections.abc import Callable, Generator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from opensearchpy import OpenSearch

from indexer.errors import BadSetting, IndexUnavailable, IndexUnreachable
from indexer.index.engine import Engine
from indexer.index.engines import open_engine, opensearch_searcher
from indexer.index.engines import opensearch_bulk as bulk
from indexer.index.engines.opensearch_client import AT_ONCE, connect
from indexer.index.engines.opensearch_query import MOST_CLAUSES, query_of
from indexer.index.engines.remote import Remote
from indexer.index.fields import Facet, Field
from indexer.index.matches import AllOf, AnyOf, Dated, Term
from indexer.index.request import Request
from tests.helpers.engines import entry, found, remote_of, search, stem


@pytest.mark.parametrize(
    ("remote", "said"),
    [
        (Remote(), "needs engine_url"),
        (Remote(urls="node:9200"), "no address such as"),
        (Remote(urls="https://someone:secret@node:9200"), "use engine_user"),
        (Remote(urls="http://127.0.0.1:9200, http://10.0.0.7:9200"), "unencrypted"),
        (Remote(urls="https://node:9200", user="pilcrow"), "engine_password_file"),
    ],
)
def test_a_setting_that_cannot_be_used_is_refused(remote: Remote, said: str) -> None:
    with pytest.raises(BadSetting, match=said) as refused:
        connect(remote)
    assert "secret" not in str(refused.value)


def test_plain_http_beyond_this_machine_may_be_asked_for() -> None:
    connect(Remote(urls="http://10.0.0.7:9200", plain=True)).close()
    connect(Remote(urls="http://localhost:9200 http://[::1]:9200")).close()


def test_a_cluster_that_does_not_answer_is_an_error(tmp_path: Path) -> None:
    nowhere = Remote(urls="http://127.0.0.1:9", seconds=1)
    engine = open_engine("opensearch", tmp_path, {"store": "a"}, nowhere)
    for asked in (engine.position, engine.is_stale, engine.searcher):
        with pytest.raises(IndexUnavailable, match="search cluster cannot be used"):
            asked()
    engine.close()


@pytest.fixture
def cluster_engine(tmp_path: Path) -> Iterator[Engine]:
    remote = remote_of("opensearch")
    engine = open_engine("opensearch", tmp_path, {"store": tmp_path.name}, remote)
    yield engine
    engine.close()


@pytest.fixture
def pits(cluster_engine: Engine, tmp_path: Path) -> Iterator[Callable[[], int]]:
    """How many shards hold a point in time of the index."""
    assert cluster_engine.is_stale()
    client = OpenSearch(remote_of("opensearch").urls.split(","))
    index = f"pilcrow-{tmp_path.name.replace('_', '-')[:64]}-gen-*"

    def count() -> int:
        said = client.indices.stats(index=index, metric="search")["_all"]["total"]["search"]
        return int(said["point_in_time_current"])

    yield count
    client.close()


def test_more_words_than_a_query_may_have_clauses_still_match(cluster_engine: Engine) -> None:
    with cluster_engine.rebuild() as fresh, fresh.update() as batch:
        batch.put("a", [entry(1, "word16000 other"), entry(2, "nothing"), entry(3, "other")])
        batch.commit(1)
    words = [stem(f"word{number}") for number in range(16_384)]
    assert len(words) > MOST_CLAUSES
    assert found(cluster_engine, AnyOf(tuple(words))) == [1]
    boosts = tuple(Term(Field.EXACT, f"word{number}") for number in range(900))
    many = AllOf((AnyOf(tuple(words[-384:])), stem("other")))
    answer = search(cluster_engine, Request(many, boosts))
    assert answer.total == 1
    assert answer.found[0].score > 0  # that of the word beside the pattern


def test_words_are_counted_in_shards_without_a_document_of_the_days(
    cluster_engine: Engine,
) -> None:
    with cluster_engine.rebuild() as fresh, fresh.update() as batch:
        for key in range(1, 13):
            days = (20200101, 20200131) if key == 1 else None
            batch.put(f"doc-{key}", [entry(key, "herrings swim", days)])
        batch.commit(1)
    in_days = AllOf((Dated(20200101, 20200131), stem("herrings")))
    (one,) = search(cluster_engine, Request(in_days)).found
    every = search(cluster_engine, Request(stem("herrings"), limit=20)).found
    assert [hit.score for hit in every] == pytest.approx([one.score] * 12, rel=1e-4)


@pytest.mark.slow
def test_a_list_of_more_than_one_answer_holds_is_of_one_state(
    cluster_engine: Engine, pits: Callable[[], int]
) -> None:
    many = range(1, AT_ONCE + 501)
    with cluster_engine.rebuild() as fresh, fresh.update() as batch:
        for first in many[::100]:
            batch.put(f"doc-{first}", [entry(key, "herrings") for key in range(first, first + 100)])
        batch.commit(1)
    with cluster_engine.searcher() as searcher:
        assert pits() > 0
        seen: list[int] = []
        for offset in range(0, len(many), 4_000):
            answer = searcher.search(Request(stem("herrings"), offset=offset, limit=4_000))
            assert answer.total == len(many)
            seen += [hit.key for hit in answer.found]
            with cluster_engine.update() as batch:
                batch.put(f"doc-{offset + 1}", [entry(100_000 + offset, "herrings")])
                batch.commit(2 + offset)
        assert seen == list(many)
        whole = searcher.search(Request(stem("herrings"), limit=len(many)))
        assert [hit.key for hit in whole.found] == seen
        everything = dict(searcher.keys())
        assert sum(map(len, everything.values())) == len(many)
    assert pits() == 0


def test_what_is_given_up_halfway_holds_no_state(
    cluster_engine: Engine, pits: Callable[[], int]
) -> None:
    with cluster_engine.rebuild() as fresh, fresh.update() as batch:
        batch.put("a", [entry(1, "herrings")])
        batch.commit(1)

    def walk() -> Generator[int]:
        with cluster_engine.searcher() as searcher:
            while True:
                yield searcher.search(Request(stem("herrings"))).total

    walked = walk()
    assert next(walked) == 1
    assert pits() > 0
    walked.close()
    assert pits() == 0
    with pytest.raises(ValueError, match="meanwhile"), cluster_engine.searcher():
        raise ValueError("meanwhile")
    assert pits() == 0


def test_values_of_a_facet_beyond_what_one_answer_holds_are_counted(
    cluster_engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch_searcher, "_VALUES", 3)
    with cluster_engine.rebuild() as fresh, fresh.update() as batch:
        for number in range(1, 11):
            some = [entry(number * 100 + each, "herrings") for each in range(number)]
            batch.put(f"doc-{number:02}", some)
        batch.commit(1)
    for most in (2, 3, 7, 1_000_000):
        request = Request(stem("herrings"), limit=0, facets={Facet.DOCUMENT: most})
        counts = search(cluster_engine, request).facets[Facet.DOCUMENT]
        expected = [(f"doc-{number:02}", number) for number in range(10, 0, -1)][:most]
        assert [(count.value, count.passages) for count in counts] == expected


def test_a_build_that_could_not_go_on_is_gone_on_with(cluster_engine: Engine) -> None:
    with pytest.raises(IndexUnreachable), cluster_engine.rebuild() as fresh:
        with fresh.update() as batch:
            batch.put("a", [entry(1, "herrings")])
            batch.commit(1)
        raise IndexUnreachable("a node is not there")
    with cluster_engine.rebuild() as fresh:
        assert fresh.position() == 1
    assert found(cluster_engine, stem("herrings")) == [1]


def test_what_was_sent_and_never_committed_does_not_stay_in_a_new_index(
    cluster_engine: Engine,
) -> None:
    with pytest.raises(KeyboardInterrupt), cluster_engine.rebuild() as fresh:
        with fresh.update() as batch:
            batch.put("a", [entry(1, "herrings"), entry(2, "herrings")])
        raise KeyboardInterrupt
    with cluster_engine.rebuild() as fresh, fresh.update() as batch:
        batch.put("a", [entry(2, "herrings")])
        batch.commit(1)
    assert found(cluster_engine, stem("herrings")) == [2]


def test_a_change_that_comes_late_does_not_undo_a_newer_one(cluster_engine: Engine) -> None:
    with cluster_engine.rebuild() as fresh:
        for number in (1, 2):
            with fresh.update() as batch:
                batch.put("a", [entry(1, f"text {number}")])
                batch.commit(number)
    client = OpenSearch(remote_of("opensearch").urls.split(","))
    with cluster_engine.searcher() as searcher:
        index = str(searcher.commit[0])  # type: ignore[index]
    late = bulk.Bulk(client)
    late.add(bulk.document_of(bulk.Place(index, "a", 0), entry(1, "text 1")))
    with pytest.raises(IndexUnavailable, match=r"passage 1 was refused .*version"):
        late.wait()
    late.close()
    client.close()


def test_few_words_score_each() -> None:
    asked = json.dumps(query_of(Request(AnyOf((stem("a"), stem("b"))))))
    assert asked.count('"boost"') == 2


PLACE = bulk.Place("an-index", "a", 1)


class _Strict(BaseHTTPRequestHandler):
    """A server that takes one item at a time, each only when it is sent again, and one never."""

    seen: dict[str, int]

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        lines = [json.loads(line) for line in body.splitlines()]
        ids = [line["index"]["_id"] for line in lines if "index" in line]
        if len(ids) > 1:
            self._answer(413, {})
            return
        times = self.seen[ids[0]] = self.seen.get(ids[0], 0) + 1
        status = 400 if ids[0] == "9" else 429 if times == 1 else 201
        error = {"error": {"reason": "so it is"}} if status == 400 else {}
        item = {"index": {"_id": ids[0], "status": status, **error}}
        self._answer(200, {"errors": status != 201, "items": [item]})

    def _answer(self, status: int, body: object) -> None:
        sent = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        self.wfile.write(sent)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def strict() -> Iterator[tuple[OpenSearch, dict[str, int]]]:
    seen: dict[str, int] = {}
    handler = type("Handler", (_Strict,), {"seen": seen})
    server = HTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    client = OpenSearch([f"http://127.0.0.1:{server.server_port}"])
    yield client, seen
    client.close()
    server.shutdown()
    thread.join()
    server.server_close()


def test_too_large_chunks_are_split_and_busy_items_sent_again(
    strict: tuple[OpenSearch, dict[str, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_PAUSE", 0.01)
    client, seen = strict
    sending = bulk.Bulk(client)
    for key in range(1, 6):
        sending.add(bulk.document_of(PLACE, entry(key, "text")))
    sending.wait()
    assert seen == {"1": 2, "2": 2, "3": 2, "4": 2, "5": 2}


def test_what_is_refused_for_good_is_named(strict: tuple[OpenSearch, dict[str, int]]) -> None:
    sending = bulk.Bulk(strict[0])
    sending.add(bulk.document_of(PLACE, entry(9, "text")))
    with pytest.raises(IndexUnavailable, match=r"passage 9 was refused .*so it is"):
        sending.wait()


def test_half_a_pair_does_not_reach_the_client() -> None:
    lines = bulk.document_of(PLACE, entry(1, "half \ud800 pair"))
    assert json.loads(lines.splitlines()[1])["exact"] == "half ? pair"
