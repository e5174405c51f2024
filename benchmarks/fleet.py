"""A folder of documents in; how fast a fleet takes it in, shows a change and answers, out.

    python benchmarks/fleet.py FOLDER

Starts on loopback what compose.yaml starts: three OpenSearch nodes, PostgreSQL, a worker, two web
nodes, nginx. They, and what asks them, share the machine's cores. FOLDER is copied first. Printed
are the seconds from the first file to the last passage found on both web nodes, those from the
change of a file until both find it, ten times, and what searches through nginx take.
"""

import argparse
import random
import shutil
import signal
import ssl
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from http import HTTPStatus
from http.client import HTTPConnection, HTTPSConnection
from pathlib import Path
from urllib.parse import quote_plus, urlsplit

import psutil
from drawn import is_telling

sys.path.insert(0, str(Path(__file__).parent.parent))

from indexer.analysis import analyzer
from indexer.config import load_settings
from indexer.corpus.corpus import Corpus
from indexer.library import Library, open_library
from indexer.readers import SUFFIXES
from tests.cluster.database import database
from tests.cluster.fleet import Fleet, fleet
from tests.cluster.nodes import cluster

_WEB = ("web-1", "web-2")
_LOOK, _GLANCE = 2.0, 0.02  # seconds between two looks: at a long task, at a short one
_TOLD = 60  # seconds between two lines meanwhile
_NODES = 3
_NOTE = "a-note-of-the-benchmark.txt"


def main() -> None:
    """Prints what it measures, line by line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--changes", type=int, default=10)
    parser.add_argument("--queries", type=int, default=400)
    parser.add_argument("--at-once", type=int, default=8)
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the servers are stopped too
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="pilcrow-fleet-")))
        place.chmod(0o755)  # nginx runs as somebody else
        corpus = shutil.copytree(asked.folder, place / "corpus")
        (corpus / _NOTE).write_text("A note\n\n1. This changes.\n", "utf-8")
        store = stack.enter_context(database())
        nodes = stack.enter_context(cluster(_NODES)).urls
        run = stack.enter_context(fleet(place / "run", corpus, store, nodes))
        for name in _WEB:
            run.web(name)
        library = stack.enter_context(opened(run))
        filled(run, library, corpus)
        changed(run, corpus, asked.changes)
        searched(run, library, asked.queries, asked.at_once)


@contextmanager
def opened(run: Fleet) -> Iterator[Library]:
    """The library of the fleet."""
    with open_library(load_settings(environ=run.settings, folder=run.folder)) as library:
        yield library


def filled(run: Fleet, library: Library, corpus: Path) -> None:
    """Waits until both web nodes find all of the corpus, and prints how long that took."""
    files = sum(1 for _ in Corpus(corpus, SUFFIXES).files())
    started = told = time.monotonic()
    run.worker()
    while not (found := _whole(run, library, files)):
        if run.processes["worker"].poll() is not None:
            raise SystemExit(run.said("worker")[-2000:])
        if time.monotonic() - told > _TOLD:
            told = time.monotonic()
            passages = run.get(_WEB[0], "/readyz")["passages"]
            after = f"  after {told - started:,.0f} s, {_worked(run):,.0f} s of the worker's"
            print(f"{after}: {passages:,} passages", flush=True)
        time.sleep(_LOOK)
    took = time.monotonic() - started
    print(f"{found}: {took:,.0f} s, {library.info().passages / took:,.0f} a second", flush=True)
    print(f"  {_worked(run):,.0f} s of processor time of the worker and its readers", flush=True)


def _worked(run: Fleet) -> float:
    worker = psutil.Process(run.processes["worker"].pid)
    used = [each.cpu_times() for each in (worker, *worker.children(recursive=True))]
    return float(sum(each.user + each.system for each in used))


def _whole(run: Fleet, library: Library, files: int) -> str:
    """What is held, once both web nodes find all of it; until then nothing."""
    held = library.info()
    if held.documents + len(held.failures) < files or held.behind:
        return ""
    if any(run.get(name, "/readyz")["passages"] != held.passages for name in _WEB):
        return ""
    failures = len(held.failures)
    return f"{held.documents:,} documents, {failures} not read, {held.passages:,} passages"


def changed(run: Fleet, corpus: Path, times: int) -> None:
    """Adds a paragraph to a text, again and again, and prints when both web nodes find it."""
    chance = random.Random(1)
    files = [corpus / each.path for each in Corpus(corpus, SUFFIXES).files()]
    texts = [file for file in files if file.suffix == ".txt"]  # the note at least
    took = []
    for at in range(times):
        file, word = chance.choice(texts), f"zyqwert{chr(ord('a') + at)}"
        fresh = file.with_name(f".{file.name}.new")
        fresh.write_bytes(file.read_bytes() + f"\n\nThe {word} was seen.\n".encode())
        fresh.replace(file)
        started = time.monotonic()
        waiting = list(_WEB)
        while waiting:
            if run.get(waiting[0], f"/api/v1/search?q={word}")["total"] == 1:
                del waiting[0]
            else:
                time.sleep(_GLANCE)
        took.append(time.monotonic() - started)
    print("a changed file on both web nodes after " + ", ".join(f"{s:.1f}" for s in took) + " s")


def searched(run: Fleet, library: Library, count: int, at_once: int) -> None:
    """Prints how long searches take that come through nginx, one by one and some at once."""
    paths = ["/search?q=" + quote_plus(" ".join(words)) for words in _drawn(library, count)]
    url, trusting = run.proxy()
    port = urlsplit(url).port or 0
    node = urlsplit(run.url(_WEB[0])).port or 0
    _asked(HTTPConnection("127.0.0.1", node), paths[:20])
    _row("a web node, one by one", [_asked(HTTPConnection("127.0.0.1", node), paths)])
    _row("nginx, one by one", [_asked(_secure(port, trusting), paths)])
    shares = [paths[at::at_once] for at in range(at_once)]
    with ThreadPoolExecutor(at_once) as pool:
        each = list(pool.map(lambda share: _asked(_secure(port, trusting), share), shares))
    _row(f"nginx, {at_once} at once", each)


def _drawn(library: Library, count: int) -> Iterator[list[str]]:
    """Two or three neighbouring words, from passages drawn by chance."""
    chance = random.Random(1)
    slugs = [document.slug for document in library.documents()]
    while count:
        text = chance.choice(library.document(chance.choice(slugs)).passages).passage.text
        words = [word for word in analyzer.terms(text, "")[0] if is_telling(word)]
        size = chance.choice((2, 3))
        if len(words) >= size:
            start = chance.randrange(len(words) - size + 1)
            yield words[start : start + size]
            count -= 1


def _secure(port: int, trusting: ssl.SSLContext) -> HTTPSConnection:
    return HTTPSConnection("localhost", port, context=trusting)


def _asked(connection: HTTPConnection, paths: list[str]) -> list[float]:
    """Seconds that each answer took."""
    took = []
    for path in paths:
        started = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status != HTTPStatus.OK:
            raise SystemExit(f"{path}: {answer.status}")
        took.append(time.perf_counter() - started)
    connection.close()
    return took


def _row(what: str, each: list[list[float]]) -> None:
    took = sorted(seconds for share in each for seconds in share)
    rate = len(took) / max(sum(share) for share in each)
    median, tail = took[len(took) // 2], took[int(len(took) * 0.99)]
    print(
        f"{what}: median {median * 1000:.0f} ms, p99 {tail * 1000:.0f} ms, "
        f"slowest {took[-1] * 1000:.0f} ms, {rate:.0f} a second",
        flush=True,
    )


if __name__ == "__main__":
    main()
