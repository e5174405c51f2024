"""A data folder that was synced in; requests a second of our pages and of a bare view, out.

    python benchmarks/serving.py --data .pilcrow --engine tantivy

Needs `wrk` (Debian's package). Each server is started with each application, and asked for another
query at every request, so that nothing is answered from memory. All of it, wrk too, shares the
machine's cores.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote_plus

from drawn import queries, texts
from serving_apps import FOLDER
from stems import build

from indexer.store.databases import sqlite_address
from indexer.store.store import Store
from web.gate import THREADS

_WORKERS = os.cpu_count() or 1
_HERE = Path(__file__).parent

_SERVERS = {
    "granian": [
        *("granian", "--interface", "wsgi", "--factory", "--workers", str(_WORKERS)),
        *("--blocking-threads", "{threads}", "--no-ws", "--log-level", "error"),
        *("--host", "127.0.0.1", "--port", "{port}", "serving_apps:{app}"),
    ],
    "gunicorn": [
        *("gunicorn", "--workers", str(_WORKERS), "--bind", "127.0.0.1:{port}"),
        *("--log-level", "error", "serving_apps:{app}()"),
    ],
    "waitress": [
        "waitress-serve",
        "--no-expose-tracebacks",
        "--listen",
        "127.0.0.1:{port}",
        "--call",
        "serving_apps:{app}",
    ],
}
_PATHS = {
    "bare view": ("bare", "/search?q={}"),
    "our page": ("ours", "/search?q={}"),
    "our JSON": ("ours", "/api/v1/search?q={}"),
}
_LUA = """
local paths = {{ {paths} }}
local at = {start}
request = function()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def main() -> None:
    """Prints a row for each server and application."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--queries", type=int, default=4000)
    parser.add_argument("--seconds", type=int, default=10)
    parser.add_argument("--servers", nargs="*", choices=list(_SERVERS), default=list(_SERVERS))
    arguments = parser.parse_args()
    store = Store(sqlite_address(arguments.data))
    asked = [" ".join(words) for words in queries(store, arguments.queries)]
    with tempfile.TemporaryDirectory() as folder:
        build(texts(store), Path(folder), with_text=True)
        environment = os.environ | {
            "PILCROW_DATA": str(arguments.data.resolve()),
            "PILCROW_ENGINE": arguments.engine,
            FOLDER: folder,
            "PYTHONPATH": f"{_HERE}:{_HERE.parent}",
        }
        print("| server | what | requests a second | of the bare view | median ms | p99 ms |")
        print("|---|---|---|---|---|---|")
        for server in arguments.servers:
            rate = 0.0
            for what, (app, path) in _PATHS.items():
                with _served(server, app, environment) as address:
                    found = _measured(address, path, asked, arguments.seconds)
                rate = rate or found[0]
                print(
                    f"| {server} | {what} | {found[0]:,.0f} | {found[0] / rate:.0%} |"
                    f" {found[1]} | {found[2]} |",
                    flush=True,
                )


@contextmanager
def _served(server: str, app: str, environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    threads = THREADS if app == "ours" else 1  # ours takes readers one at a time by itself
    command = [word.format(port=port, app=app, threads=threads) for word in _SERVERS[server]]
    command[0] = str(Path(sys.executable).parent / command[0])
    process = subprocess.Popen(command, env=environment, cwd=_HERE, start_new_session=True)
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait()


def _wait(port: int) -> None:
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise SystemExit("the server does not answer")


def _measured(address: str, path: str, asked: list[str], seconds: int) -> tuple[float, str, str]:
    """Requests a second, the median and the 99th percentile in milliseconds, after a warm-up."""
    paths = ",".join(f'"{path.format(quote_plus(query))}"' for query in asked)
    _wrk(address, _LUA.format(paths=paths, start=len(asked) // 2), 3)
    told = _wrk(address, _LUA.format(paths=paths, start=0), seconds)
    if "Non-2xx" in told:
        raise SystemExit(told)
    rate = re.search(r"Requests/sec:\s+([\d.]+)", told)
    median, p99 = (re.search(rf"^\s+{share}%\s+(\S+)$", told, re.MULTILINE) for share in (50, 99))
    if not (rate and median and p99):
        raise SystemExit(told)
    return float(rate[1]), median[1], p99[1]


def _wrk(address: str, script: str, seconds: int) -> str:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = ["wrk", "-t1", "-c16", f"-d{seconds}s", "--latency", "-s", file.name, address]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    main()
