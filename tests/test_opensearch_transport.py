"""How a call finds a node that answers: on servers that answer, are silent, or refuse."""

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from indexer.errors import IndexUnavailable, IndexUnreachable
from indexer.index.engines import opensearch_transport
from indexer.index.engines.opensearch_client import connect, errors
from indexer.index.engines.remote import Remote
from tests.cluster.nodes import free_ports

pytestmark = pytest.mark.slow

Asked = list[str]
Connect = Callable[..., OpenSearch]


class _Answering(BaseHTTPRequestHandler):
    """Answers all with one status, and notes what it was asked."""

    asked: Asked
    status: int
    reason: str

    def do_GET(self) -> None:
        self.asked.append(self.command)
        sent = f'{{"error": {{"type": "{self.reason}"}}}}'.encode()
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(sent)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(sent)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@contextmanager
def answering(status: int = 200, reason: str = "") -> Iterator[tuple[str, Asked]]:
    """The address of a server, and what it was asked."""
    asked: Asked = []
    given = {"asked": asked, "status": status, "reason": reason}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Answering,), given))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def silent() -> Iterator[tuple[str, socket.socket]]:
    """The address of what takes connections and says nothing, as a process that was stopped."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", listening


@pytest.fixture
def connected() -> Iterator[Connect]:
    with ExitStack() as stack:

        def connect_to(*urls: str) -> OpenSearch:
            client = connect(Remote(urls=" ".join(urls), seconds=1))
            stack.callback(client.close)
            return client

        yield connect_to


def test_what_a_node_does_not_answer_in_time_is_not_sent_again(connected: Connect) -> None:
    with silent() as (url, listening):
        client = connected(url)
        with pytest.raises(IndexUnreachable, match="cannot be used"), errors():
            client.info()
        listening.setblocking(False)
        listening.accept()[0].close()
        with pytest.raises(BlockingIOError):
            listening.accept()


def test_a_silent_node_costs_one_call_and_is_not_asked_while_it_rests(connected: Connect) -> None:
    with silent() as (still, _), answering() as (awake, asked):
        client = connected(still, awake)
        failed = 0
        for _ in range(6):
            try:
                client.info()
            except TransportError:
                failed += 1
        assert failed <= 1
        assert len(asked) >= 5


def test_a_node_that_has_rested_is_used_again_only_if_it_answers(
    connected: Connect, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opensearch_transport, "_REST", 0.0)
    monkeypatch.setattr(opensearch_transport, "_AWAKE", 0.1)
    with silent() as (still, _), answering() as (awake, asked):
        client = connected(still, awake)
        failed = 0
        for _ in range(6):
            try:
                client.info()
            except TransportError:
                failed += 1
        assert failed <= 1
        assert asked.count("GET") >= 5


def test_a_node_that_is_not_there_costs_nothing(connected: Connect) -> None:
    (free,) = free_ports(1)
    with answering() as (awake, asked):
        client = connected(f"http://127.0.0.1:{free}", awake)
        for _ in range(4):
            client.info()
        assert asked == ["GET"] * 4


def test_what_one_node_cannot_say_now_another_is_asked(connected: Connect) -> None:
    with answering(503) as (without_manager, _), answering() as (awake, asked):
        client = connected(without_manager, awake)
        for _ in range(4):
            client.info()
        assert asked == ["GET"] * 4


def test_where_no_node_can_say_it_that_is_unreachable(connected: Connect) -> None:
    with answering(503) as (url, asked):
        with pytest.raises(IndexUnreachable), errors():
            connected(url).info()
        assert len(asked) == 2


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("index_not_found_exception", "there is no search index yet"),
        ("search_context_missing_exception", "the search cluster cannot be used"),
    ],
)
def test_only_a_missing_index_is_called_missing(connected: Connect, reason: str, said: str) -> None:
    with answering(404, reason) as (url, _), pytest.raises(IndexUnavailable, match=said), errors():
        connected(url).info()
