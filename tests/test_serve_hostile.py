"""`pilcrow serve` and those who hold what they can: the others are answered all the same."""

import select
import socket
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPConnection
from pathlib import Path

import pytest

from indexer.config import Settings
from indexer.credentials import Tokens
from indexer.library import open_library
from tests.conftest import put
from tests.test_serve_uploads import API, Server

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        sys.platform != "linux", reason="only Linux has addresses of this machine for two clients"
    ),
]

OTHER = "127.0.0.2"  # another client
SIGN_IN = (
    "POST /upload/sign-in HTTP/1.1\r\nHost: localhost\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{}"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One process, so that whoever can hold it holds it all."""
    corpus, data = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("data")
    songs = [" ".join(f"song {n * each}" for each in range(99)) for n in range(1, 400)]
    many = "\n\n".join(f"{n}. Whales sing {song}." for n, song in enumerate(songs, 1))
    put(corpus, "a.txt", f"On Whales\n\n{many}\n".encode())
    settings = Settings(corpus=corpus, data=data)
    with open_library(settings) as library:
        assert not library.maintenance.sync().failures
    server = Server(settings, Tokens(data).make("one"))
    with server.running(processes=1):
        yield server


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as opened:
        yield opened


def hold(server: Server, stack: ExitStack, text: str, times: int) -> list[socket.socket]:
    """Connections on which so much was sent, and no more is; what is answered is hardly taken."""
    held = [stack.enter_context(socket.socket()) for _ in range(times)]
    for each in held:
        each.settimeout(120)
        each.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        each.connect(("127.0.0.1", server.port))
        each.sendall(text.encode())
    return held


def ask(
    server: Server, method: str, path: str, body: bytes = b"", source: str = OTHER, **headers: str
) -> tuple[int, bytes]:
    """The status and the body of the answer to another client."""
    connection = HTTPConnection("127.0.0.1", server.port, 120, source_address=(source, 0))
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body or None, named)
    answer = connection.getresponse()
    found = answer.status, answer.read()
    connection.close()
    return found


def upload(server: Server, name: str, text: str) -> int:
    _, body = server.request(name, text)
    status, _ = ask(
        server,
        "POST",
        API,
        body,
        Authorization=f"Bearer {server.token}",
        Content_Type="multipart/form-data; boundary=x",
    )
    return status


def signs_in(server: Server, source: str = OTHER) -> int:
    kind = "application/x-www-form-urlencoded"
    return ask(server, "POST", "/upload/sign-in", b"token=x", source, Content_Type=kind)[0]


def test_one_client_keeps_nobody_else_from_signing_in_uploading_and_reading(
    server: Server, stack: ExitStack
) -> None:
    held = hold(server, stack, SIGN_IN.format(100, "token="), 60)
    found: list[socket.socket] = []
    while len(found) < 58:  # the others have the two places of this client
        ready, _, _ = select.select([each for each in held if each not in found], [], [])
        assert all(each.recv(12) == b"HTTP/1.1 503" for each in ready)
        found += ready
    head, body = server.request("slow.txt", "On Snails\n\n1. Slow." + " Slow." * 20_000)
    hold(server, stack, (head + body[:70_000]).decode(), 20)
    hold(server, stack, "GET /search?q=whales HTTP/1.1\r\nHost: loc", 300)
    hold(server, stack, "", 300)
    assert signs_in(server) == 400  # it has no CSRF token, but was read
    assert signs_in(server, "127.0.0.1") == 503
    for _ in range(5):
        assert ask(server, "GET", "/api/v1/search?q=whales")[0] == 200
    assert upload(server, "krill.txt", "On Krill\n\n1. Krill drift.\n") == 201
    assert ask(server, "GET", "/api/v1/search?q=krill")[0] == 200


def test_who_takes_a_file_slowly_keeps_nobody_else_from_anything(
    server: Server, stack: ExitStack
) -> None:
    export = "GET /search/export?q=whales&format=csv HTTP/1.1\r\nHost: localhost\r\n\r\n"
    original = "GET /original/a HTTP/1.1\r\nHost: localhost\r\n\r\n"
    page = "GET /d/a HTTP/1.1\r\nHost: localhost\r\n\r\n"
    for wanted, times in ((export, 10), (original, 20), (page, 2)):  # pages take turns
        hold(server, stack, wanted, times)
    status, text = ask(server, "GET", "/search/export?q=whales&format=csv")
    assert (status, text.count(b"Whales sing")) == (200, 399)
    assert ask(server, "GET", "/original/a")[0] == 200
    assert signs_in(server) == 400
    assert upload(server, "plankton.txt", "On Plankton\n\n1. It drifts.\n") == 201


def test_a_body_that_ends_too_early_is_no_body(server: Server, stack: ExitStack) -> None:
    head, body = server.request("cut.txt", "On Cuts\n\n1. Cut.")
    (held,) = hold(server, stack, (head + body[:-30]).decode(), 1)
    held.shutdown(socket.SHUT_WR)
    assert not held.recv(100).startswith(b"HTTP/1.1 20")
    assert signs_in(server) == 400
    assert not Path(server.settings.corpus / "cut.txt").exists()


def test_headers_that_are_too_long_are_refused(server: Server, stack: ExitStack) -> None:
    (held,) = hold(server, stack, "GET / HTTP/1.1\r\nHost: localhost\r\nX-A: ", 1)
    try:
        held.sendall(b"a" * 1_000_000)
        assert held.recv(100).startswith(b"HTTP/1.1 431")
    except ConnectionError:
        pass
    assert ask(server, "GET", "/healthz")[0] == 200
