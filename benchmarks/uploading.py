"""A data folder that was synced in; how long searches take while documents are sent in, out.

    python benchmarks/uploading.py --data .pilcrow --engine tantivy

Works on a copy of the folder, with a server of two processes. One client searches, one query after
the other: alone, beside senders whose bodies hardly arrive, and beside one that sends a long
document, which is read and indexed meanwhile. All of it shares the machine's cores.
"""

import argparse
import os
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from threading import Thread
from urllib.parse import quote_plus

from drawn import queries

from indexer.credentials import Tokens
from indexer.store.databases import sqlite_address
from indexer.store.store import Store

_API = "/api/v1/documents"
_SENDERS = 3  # as many as a process takes
_PART = b'--x\r\nContent-Disposition: form-data; name="file"; filename="%s.txt"\r\n\r\n'
_END = b"\r\n--x--\r\n"


def main() -> None:
    """Prints a row for each thing that goes on beside the searches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--paragraphs", type=int, default=20_000)
    parser.add_argument("--seconds", type=float, default=8)
    arguments = parser.parse_args()
    asked = [
        "/search?q=" + quote_plus(" ".join(words))
        for words in queries(Store(sqlite_address(arguments.data)), 1000)
    ]
    with tempfile.TemporaryDirectory() as folder:
        data = shutil.copytree(arguments.data, Path(folder) / "data")
        token = Tokens(data).make("benchmark")
        with _served(Path(folder), arguments.engine) as port:
            _searched(port, asked, lambda: None, 3)
            print("| beside the searches | searches | median ms | p99 ms | slowest ms |")
            print("|---|---|---|---|---|")
            _print("nothing", _searched(port, asked, lambda: None, arguments.seconds))
            with ExitStack() as stack:
                for _ in range(_SENDERS):
                    stack.enter_context(_slow(port, token))
                found = _searched(port, asked, lambda: None, arguments.seconds)
                _print(f"{_SENDERS} senders whose bodies hardly arrive", found)
            text = _long_text(arguments.paragraphs)
            started = time.monotonic()
            found = _searched(port, asked, lambda: _send(port, token, text), 0)
            seconds = time.monotonic() - started
            what = f"a document of {arguments.paragraphs:,} paragraphs, {len(text) / 1e6:.0f} MB"
            _print(f"{what}, taken in within {seconds:.1f} s", found)


@contextmanager
def _served(folder: Path, engine: str) -> Iterator[int]:
    (folder / "corpus").mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "serve"]
    command += ["--corpus", str(folder / "corpus"), "--data", str(folder / "data")]
    command += ["--engine", engine, "--port", str(port), "--processes", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        if "Pilcrow is at" not in (process.stdout or sys.stdin).readline():
            raise SystemExit("the server does not start")
        yield port
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate()


def _searched(
    port: int, paths: list[str], beside: Callable[[], object], seconds: float
) -> list[float]:
    """Milliseconds of each search, for so many seconds and until `beside` is done."""
    other = Thread(target=beside)
    other.start()
    times: list[float] = []
    end = time.monotonic() + seconds
    for path in cycle(paths):
        if time.monotonic() > end and not other.is_alive():
            return times
        started = time.perf_counter()
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", path)
        connection.getresponse().read()
        connection.close()
        times.append(1000 * (time.perf_counter() - started))
    raise AssertionError


def _head(token: str, length: int) -> dict[str, str]:
    return {
        "Authorization": f"Bearer {token}",
        "Content-Type": "multipart/form-data; boundary=x",
        "Content-Length": str(length),
    }


@contextmanager
def _slow(port: int, token: str) -> Iterator[None]:
    connection = HTTPConnection("127.0.0.1", port)
    connection.putrequest("POST", _API)
    for name, value in _head(token, 10_000_000).items():
        connection.putheader(name, value)
    connection.endheaders(_PART % os.urandom(4).hex().encode() + b"x" * 100_000)
    yield
    connection.close()


def _send(port: int, token: str, text: bytes) -> None:
    body = _PART % b"long" + text + _END
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("POST", _API, body, _head(token, len(body)))
    answer = connection.getresponse()
    if answer.status != HTTPStatus.CREATED:
        raise SystemExit(f"{answer.status}: {answer.read()!r}")
    connection.close()


def _long_text(paragraphs: int) -> bytes:
    lines = (
        f"{n}. " + " ".join(f"word{(n * k) % 9973}" for k in range(1, 45))
        for n in range(1, paragraphs + 1)
    )
    return "\n\n".join(["Long record", *lines]).encode()


def _print(what: str, times: list[float]) -> None:
    p99 = statistics.quantiles(times, n=100)[98]
    row = f"| {what} | {len(times)} | {statistics.median(times):.1f} | {p99:.1f} |"
    print(f"{row} {max(times):.1f} |", flush=True)


if __name__ == "__main__":
    main()
