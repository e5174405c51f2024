"""Readers, a sync, slow clients and memory out: what a server takes under load without an error.

    python benchmarks/load.py --engine tantivy                 # twelve minutes
    python benchmarks/load.py --engine tantivy --seconds 5 --soak 20

It makes a corpus and a data folder of its own. `wrk` (Debian's package) and a closed loop, in which
each of 64 connections asks again once it has its answer, ask for results, documents and JSON, while
files change and another process syncs them. Then come those who behave badly, beside a reader who
must have each answer; then the loop goes on, and memory and handles are compared. Everything shares
the machine's cores. The exit code is 1 if an answer was wrong, or if memory or handles grow.
"""

import argparse
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import create_connection, socket

import psutil
from measured import ENVIRONMENT, PILCROW, memory

CONNECTIONS = 64
_WORDS = ("harbour", "lamp", "treaty", "fish", "border", "water", "council", "vote", "tariff")
_GROWTH = 1.15  # of memory, from the second quarter of the time to the last
_HANDLES = 16  # more than before, which a pool may open
_LUA = """
local paths = {{ {paths} }}
local at = 0
request = function() at = at % #paths + 1; return wrk.format("GET", paths[at]) end
"""


@dataclass
class Loop:
    """What a closed loop has seen: seconds of each answer, and what was no answer."""

    seconds: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)


def main() -> None:
    """Prints a row for each part; exits with 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--documents", type=int, default=1_000)
    parser.add_argument("--seconds", type=int, default=30, help="of wrk, and of the closed loop")
    parser.add_argument("--soak", type=int, default=600, help="seconds in which nothing may grow")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        corpus, paths = Path(folder, "corpus"), addresses(given.documents)
        for number in range(given.documents):
            write(corpus, number)
        place = ("--corpus", str(corpus), "--data", f"{folder}/data", "--engine", given.engine)
        subprocess.run([*PILCROW, "sync", *place], env=ENVIRONMENT, check=True, text=True)
        port, server = stack.enter_context(served(place))
        print(
            "| what | answers | a second | median ms | p99 ms | wrong |\n|---|---|---|---|---|---|"
        )
        with syncing(corpus, given.documents, place) as synced:
            wrong = wrk(port, paths, given.seconds, Path(folder))
            wrong += row("closed loop", loop(port, paths, given.seconds), given.seconds)
            wrong += misbehaved(port, paths)
            wrong += soak(server, port, paths, given.soak)
        print(f"\n{synced['done']} syncs meanwhile, {synced['failed']} failed")
        stopped = server.is_running()
    sys.exit(1 if wrong or synced["failed"] or not stopped else 0)


def write(corpus: Path, number: int) -> None:
    """A document of twenty paragraphs of words drawn anew."""
    corpus.mkdir(exist_ok=True)
    said = [" ".join(random.choices(_WORDS, k=30)) for _ in range(20)]
    text = "\n\n".join(f"{at}. {each.capitalize()}." for at, each in enumerate(said, 1))
    (corpus / f"d{number}.txt").write_text(f"Report {number}\n\n{text}\n", encoding="utf-8")


def addresses(documents: int) -> list[str]:
    """What is asked for: a third each of results, documents and JSON."""
    drawn = random.Random(7)
    found = []
    for _ in range(600):
        query = "+".join(drawn.sample(_WORDS, 2))
        document = drawn.randrange(documents)
        found += [f"/search?q={query}", f"/d/d{document}", f"/api/v1/search?q={query}"]
    return found


@contextmanager
def served(place: tuple[str, ...]) -> Iterator[tuple[int, psutil.Process]]:
    """The port of `pilcrow serve` over `place`, and its process."""
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = [*PILCROW, "serve", "--port", str(port), *place]
    process = subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.DEVNULL)
    try:
        while asked(port, "/healthz") != "200":
            time.sleep(0.2)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait()


@contextmanager
def syncing(corpus: Path, documents: int, place: tuple[str, ...]) -> Iterator[Counter[str]]:
    """Changes ten files and syncs them in a process of its own, again and again."""
    stop, synced = threading.Event(), Counter[str]()

    def run() -> None:
        while not stop.is_set():
            for number in random.sample(range(documents), 10):
                write(corpus, number)
            command = [*PILCROW, "sync", "--wait", "60", *place]
            done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False)
            synced["failed" if done.returncode else "done"] += 1
            stop.wait(1)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield synced
    finally:
        stop.set()
        thread.join()


def wrk(port: int, paths: list[str], seconds: int, folder: Path) -> int:
    """The row of `wrk`; what it counts as errors."""
    if not shutil.which("wrk"):
        print("| wrk is not installed | | | | | |")
        return 0
    script = folder / "paths.lua"
    script.write_text(_LUA.format(paths=", ".join(f'"{path}"' for path in paths)))
    command = ["wrk", "-t", "2", "-c", str(CONNECTIONS), "-d", f"{seconds}s", "--latency"]
    command += ["--timeout", "30s", "-s", str(script), f"http://127.0.0.1:{port}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    middle, high, rate = (_value(said, name) for name in ("50%", "99%", "Requests/sec:"))
    errors = [
        line.strip() for line in said.splitlines() if "Socket errors" in line or "Non-2" in line
    ]
    row_of = f"{float(rate) * seconds:,.0f} | {float(rate):,.0f} | {middle} | {high}"
    print(f"| wrk | {row_of} | {'; '.join(errors) or 0} |", flush=True)
    return len(errors)


def _value(said: str, name: str) -> str:
    """What `wrk` says beside a name."""
    return said.partition(name)[2].split()[0]


def loop(port: int, paths: list[str], seconds: float, connections: int = CONNECTIONS) -> Loop:
    """Each of `connections` asks again once it has its answer, for so long."""
    seen, end = Loop(), time.monotonic() + seconds

    def ask(number: int) -> None:
        drawn = random.Random(number)
        with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
            while time.monotonic() < end:
                started = time.perf_counter()
                said = answer(connection, drawn.choice(paths))
                seen.seconds.append(time.perf_counter() - started)
                if said != "200":
                    seen.wrong[said] += 1

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return seen


def answer(connection: HTTPConnection, path: str) -> str:
    """The status of an answer that came whole, or what went wrong."""
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        text = response.read()
    except (OSError, HTTPException) as error:
        connection.close()
        return type(error).__name__
    return str(response.status) if text else "empty"


def asked(port: int, path: str) -> str:
    """The same by a connection of its own."""
    with closing(HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        return answer(connection, path)


def row(what: str, seen: Loop, seconds: float) -> int:
    """Prints the row of a loop; how many answers were wrong."""
    times = sorted(seen.seconds)
    middle, high = statistics.median(times) * 1e3, times[int(len(times) * 0.99)] * 1e3
    wrong = ", ".join(f"{number} {said}" for said, number in seen.wrong.items()) or "0"
    rate = f"{len(times):,} | {len(times) / seconds:,.0f} | {middle:.0f} | {high:.0f}"
    print(f"| {what} | {rate} | {wrong} |", flush=True)
    return seen.wrong.total()


def misbehaved(port: int, paths: list[str]) -> int:
    """A row for each way to behave badly; what an orderly reader did not get beside it."""
    return sum(beside(port, paths, what, behave) for what, behave in _BAD.items())


def beside(port: int, paths: list[str], what: str, behave: Callable[[int], None]) -> int:
    """One reader for five seconds while thirty behave as `behave` does."""
    stop = threading.Event()

    def go_on() -> None:
        while not stop.is_set():
            with suppress(OSError):
                behave(port)

    threads = [threading.Thread(target=go_on, daemon=True) for _ in range(30)]
    for thread in threads:
        thread.start()
    seen = loop(port, paths, 5, connections=1)
    stop.set()
    for thread in threads:
        thread.join(10)
    return row(f"one reader beside {what}", seen, 5)


def slow(port: int) -> None:
    """Sends the head of a request a byte at a time."""
    with create_connection(("127.0.0.1", port), 5) as connection:
        for byte in b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ":
            connection.sendall(bytes([byte]))
            time.sleep(0.1)


def huge(port: int) -> None:
    """Sends a megabyte of headers, and reads what is said to that."""
    with create_connection(("127.0.0.1", port), 5) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")
        for number in range(100):
            connection.sendall(f"X-{number}: {'x' * 10_000}\r\n".encode())
        connection.sendall(b"\r\n")
        connection.recv(100)


def leave(port: int) -> None:
    """Asks for much and goes away before it is there."""
    with create_connection(("127.0.0.1", port), 5) as connection:
        path = "/search/export?q=harbour&format=jsonl"
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        time.sleep(0.1)


def starve(port: int) -> None:
    """Says that a body comes, and sends none."""
    with create_connection(("127.0.0.1", port), 5) as connection:
        head = "POST /api/v1/quotations HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000\r\n\r\n"
        connection.sendall(head.encode())
        time.sleep(3)


_BAD = {
    "slow heads": slow,
    "headers of a megabyte": huge,
    "some who leave": leave,
    "bodies that never come": starve,
}


def soak(server: psutil.Process, port: int, paths: list[str], seconds: int) -> int:
    """The loop for a long time; 1 where memory or handles grow, and what went wrong."""
    taken: list[tuple[int, int]] = []
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(max(0.5, seconds / 400)):
            taken.append((memory(server.pid).private, handles(server)))

    watching = threading.Thread(target=look)
    watching.start()
    seen = loop(port, paths, seconds)
    stop.set()
    watching.join()
    wrong = row("closed loop, long", seen, seconds)
    quarter = max(1, len(taken) // 4)
    early, late = taken[quarter : 2 * quarter], taken[-quarter:]
    (mb, fds), (mb_late, fds_late) = (
        [statistics.median(each[at] for each in part) for at in (0, 1)] for part in (early, late)
    )
    print(f"\nprivate memory: {mb / 1e6:.0f} MB, then {mb_late / 1e6:.0f} MB", end="; ")
    print(f"handles: {fds:.0f}, then {fds_late:.0f}")
    return wrong + (mb_late > mb * _GROWTH) + (fds_late > fds + _HANDLES)


def handles(server: psutil.Process) -> int:
    """Open files and sockets of a process and its children."""
    found = 0
    for process in (server, *server.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):
            found += process.num_fds()
    return found


if __name__ == "__main__":
    main()
