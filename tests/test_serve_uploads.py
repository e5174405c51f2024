"""Uploads to `pilcrow serve`: searches go on beside them, and a killed server loses none."""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import Request, urlopen

import pytest

from indexer.config import Settings
from indexer.corpus.landing import land
from indexer.credentials import Tokens
from indexer.intake.service import staging
from indexer.library import open_library
from tests.conftest import ROOT, Write
from tests.test_serve import free_port, lines_until

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="there are no process groups"),
]

API = "/api/v1/documents"


@dataclass
class Server:
    """A server of its own process group, and what may be sent to it."""

    settings: Settings
    token: str
    port: int = field(default_factory=free_port)

    @contextmanager
    def running(self, processes: int) -> Iterator[subprocess.Popen[str]]:
        words = ["serve", "--port", str(self.port), "--processes", str(processes)]
        words += ["--corpus", str(self.settings.corpus), "--data", str(self.settings.data)]
        process = subprocess.Popen(
            [sys.executable, "-c", "from indexer.cli import main; main()", *words],
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        try:
            lines_until(process, "Pilcrow is at")
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def request(self, name: str, text: str) -> tuple[bytes, bytes]:
        """The head and the body of a request that adds a file, or an edition of it."""
        part = '--x\r\nContent-Disposition: form-data; name="{}"\r\n\r\n'
        file = part.format(f'file"; filename="{name}')
        body = f"{part.format('replace')}1\r\n{file}{text}\r\n--x--\r\n".encode()
        head = (
            f"POST {API} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return head.encode(), body

    def send(self, name: str, text: str) -> bool:
        """Whether the server said that the file is kept and found."""
        _, body = self.request(name, text)
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Content-Type": "multipart/form-data; boundary=x",
        }
        try:
            with urlopen(Request(self.address(API), body, headers), timeout=120) as answer:
                return bool(answer.status == 201)
        except (URLError, ConnectionError, TimeoutError):
            return False

    def total(self, word: str) -> int:
        """How much a search finds."""
        with urlopen(self.address(f"/api/v1/search?q={word}"), timeout=120) as answer:
            return int(json.load(answer)["total"])

    def connection(self) -> socket.socket:
        return socket.create_connection(("127.0.0.1", self.port), timeout=120)

    def address(self, place: str) -> str:
        return f"http://127.0.0.1:{self.port}{place}"


def wait_for(condition: Callable[[], bool]) -> None:
    for _ in range(1000):
        if condition():
            return
        time.sleep(0.05)
    raise AssertionError("it does not come to that")


@pytest.fixture
def server(settings: Settings, write: Write) -> Server:
    write("a.txt", "On Whales\n\n1. Whales sing.\n")
    with open_library(settings) as library:
        library.maintenance.sync()
    return Server(settings, Tokens(settings.data).make("one"))


def test_searches_are_answered_while_bodies_arrive_slowly(server: Server) -> None:
    snails = "\n\n".join(f"{n}. Snails are slow. {'They are. ' * 2000}" for n in range(1, 9))
    head, body = server.request("slow.txt", f"On Snails\n\n{snails}")  # more than is read at once
    with server.running(processes=1), ExitStack() as stack:
        connections = [stack.enter_context(server.connection()) for _ in range(4)]
        for connection in connections[:3]:
            connection.sendall(head + body[:-40])
        wait_for(lambda: len(list((server.settings.data / "uploads").glob("*/.content"))) == 3)
        connections[3].sendall(head)
        assert connections[3].recv(100).startswith(b"HTTP/1.1 503")
        for _ in range(20):
            assert server.total("whales") == 1
        connections[0].sendall(body[-40:])
        assert connections[0].recv(100).startswith(b"HTTP/1.1 201")
        assert server.total("snails") == 8


def text_of(name: str, edition: int) -> str:
    lines = [f"{n}. Paragraph {n} of {name} in edition{edition}." for n in range(1, 40)]
    return "\n\n".join(["On " + name, *lines]) + "\n"


def send_and_kill(
    server: Server, edition: int, processes: int, moments: random.Random
) -> list[str]:
    """Sends three files, the last two at once, and kills the server at some moment of these.

    The names of those that were acknowledged.
    """
    names = ["first", f"name{edition}", f"other{edition}"]
    acknowledged: list[str] = []

    def send(name: str) -> None:
        if server.send(f"{name}.txt", text_of(name, edition)):
            acknowledged.append(name)

    with server.running(processes) as process, ThreadPoolExecutor(2) as pool:
        started = time.monotonic()
        send(names[0])
        moment = moments.uniform(0.1, 2.2) * (time.monotonic() - started)
        for name in names[1:]:
            pool.submit(send, name)
        time.sleep(moment)
        os.killpg(process.pid, signal.SIGKILL)
    return acknowledged


@pytest.mark.parametrize(
    ("kills", "processes"), [(1, 1), pytest.param(30, 2, marks=pytest.mark.slow)]
)
def test_a_killed_server_has_kept_what_it_acknowledged(
    server: Server, kills: int, processes: int
) -> None:
    moments = random.Random(kills)
    kept: dict[str, int] = {}
    sent: dict[str, int] = {}
    for edition in range(1, kills + 1):
        acknowledged = send_and_kill(server, edition, processes, moments)
        assert "first" in acknowledged
        kept |= dict.fromkeys(acknowledged, edition)
        sent |= dict.fromkeys(["first", f"name{edition}", f"other{edition}"], edition)
    assert_kept(server.settings, kept, sent)
    assert_swept(server.settings)


def assert_kept(settings: Settings, kept: dict[str, int], sent: dict[str, int]) -> None:
    """Before and after a sync, what was acknowledged is found once; no file is there in part."""
    with open_library(settings) as library:
        for _ in range(2):
            for name, edition in kept.items():
                found = library.search(f"in:{name} title:{name} paragraph", size=100)
                (told,) = {hit.passage.passage.text.rpartition("edition")[2] for hit in found.hits}
                assert edition <= int(told.rstrip(".")) <= sent[name]
                assert found.total == 39
            library.maintenance.sync()
        assert library.maintenance.check().holds
        assert not library.info().failures
        files = [document.file for document in library.documents()]
        assert len(files) == len(set(files))
    for path in settings.corpus.glob("[!.a]*.txt"):
        name = path.stem
        texts = [text_of(name, edition) for edition in range(1, sent[name] + 1)]
        assert path.read_text(encoding="utf-8") in texts


def assert_swept(settings: Settings) -> None:
    """Whatever the killed processes left is removed by the next upload after its time."""
    folder = settings.data / "uploads"
    for left in (*folder.rglob("*"), *settings.corpus.glob(".*")):
        os.utime(left, (0, 0))
    incoming = staging(settings).receive()
    land(settings.corpus, "last.txt", Path(str(incoming.name)), replace=False)
    staging(settings).drop(incoming)
    assert list(folder.iterdir()) == []
    assert list(settings.corpus.glob(".*")) == []
