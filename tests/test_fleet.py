"""A small fleet of real processes: two web nodes and a worker over one store and one index.

python -m tests.cluster pytest -m slow tests/test_fleet.py
"""

import json
import re
import signal
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.cookiejar import CookieJar
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener, urlopen

import pytest
from opensearchpy import OpenSearch

from indexer.config import load_settings
from indexer.credentials import Tokens
from indexer.library import Library, open_library
from tests.cluster.fleet import Fleet, fleet
from tests.cluster.nodes import CannotStart
from tests.conftest import put
from tests.helpers.engines import remote_of
from tests.helpers.stores import store_of

pytestmark = pytest.mark.slow

WEB = ("web-1", "web-2")
BOUND = 300.0  # seconds to wait for what takes two on an idle machine


@pytest.fixture(scope="module")
def run() -> Iterator[Fleet]:
    """The fleet, with one document. nginx comes into its folder."""
    nodes = remote_of("opensearch").urls
    with TemporaryDirectory(prefix="pilcrow-fleet-") as name, store_of("postgresql") as store:
        place = Path(name)
        place.chmod(0o755)
        corpus = place / "corpus"
        write(corpus, "whales.txt", "On Whales\n\n1. Whales sing.\n")
        with fleet(place / "run", corpus, store, nodes) as made:
            made.worker()
            wait_for(lambda: "Following" in made.said("worker"), made)
            with ThreadPoolExecutor() as pool:
                list(pool.map(made.web, WEB))
            wait_for(lambda: totals(made, "whales") == {1}, made)
            yield made
            made.stop()
            with opened(made) as library:
                index = f"{library.engine._name}*"  # type: ignore[attr-defined]
        with closing(OpenSearch(nodes.split(","))) as client:
            client.indices.delete(index=index)


@pytest.fixture
def corpus(run: Fleet) -> Path:
    return Path(run.settings["PILCROW_CORPUS"])


def write(corpus: Path, name: str, text: str) -> Path:
    return put(corpus, name, text.encode())


def wait_for(condition: Callable[[], bool], run: Fleet) -> None:
    end = time.monotonic() + BOUND
    while not condition():
        assert time.monotonic() < end, {name: run.said(name)[-500:] for name in run.processes}
        time.sleep(0.1)


def totals(run: Fleet, query: str) -> set[int]:
    """How many passages each web node finds."""
    return {run.get(name, f"/api/v1/search?q={query}")["total"] for name in WEB}


def opened(run: Fleet) -> Library:
    return open_library(load_settings(environ=run.settings, folder=run.folder))


def test_what_arrives_and_what_changes_is_live_on_both(run: Fleet, corpus: Path) -> None:
    file = write(corpus, "gulls.txt", "On Gulls\n\n1. Gulls cry.\n")
    wait_for(lambda: totals(run, "gulls") == {1}, run)
    file.write_text("On Gulls\n\n1. Gulls cry.\n\n2. Gulls steal.\n", "utf-8")
    wait_for(lambda: totals(run, "steal") == {1}, run)


def test_who_signs_in_on_one_is_known_on_the_other(run: Fleet) -> None:
    token = Tokens(Path(run.settings["PILCROW_DATA"])).make("reader")
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    one, other = (f"{run.url(name)}/upload" for name in WEB)

    def form(url: str) -> str:
        page = str(browser.open(url).read().decode())
        return str(re.findall(r'name="csrf_token" value="([^"]+)"', page)[0])

    shown = {"csrf_token": form(one), "token": token}
    browser.open(f"{one}/sign-in", urlencode(shown).encode())
    page = browser.open(other).read().decode()
    assert 'type="file"' in page
    content = b"On Terns\n\n1. Terns dive.\n"
    sent = multipart({"csrf_token": form(other)}, "terns.txt", content)
    browser.open(Request(other, *sent))
    assert "Terns dive." in browser.open(one).read().decode()  # it waits, for both


def test_what_is_sent_to_one_is_found_on_both(run: Fleet) -> None:
    token = Tokens(Path(run.settings["PILCROW_DATA"])).make("program")
    body, headers = multipart({}, "puffins.txt", b"On Puffins\n\n1. Puffins nest.\n")
    headers["Authorization"] = f"Bearer {token}"
    with urlopen(Request(f"{run.url(WEB[1])}/api/v1/documents", body, headers)) as answer:
        (document,) = json.load(answer)["documents"]
    assert document["address"] == "/d/puffins"
    wait_for(lambda: totals(run, "puffins") == {1}, run)


def test_a_worker_that_is_killed_is_replaced_without_loss(run: Fleet, corpus: Path) -> None:
    for number in range(40):
        write(corpus, f"many/{number}.txt", f"Note {number}\n\n1. Krill swarms {number} times.\n")
    wait_for(lambda: run.get(WEB[0], "/readyz")["passages"] > 0, run)
    time.sleep(0.5)  # in the middle of it, or before, or after
    run.end("worker", signal.SIGKILL)
    assert totals(run, "whales") == {1}  # readers notice nothing
    write(corpus, "late.txt", "Late\n\n1. Krill swarms at last.\n")
    run.worker("worker-of-another-machine")
    wait_for(lambda: totals(run, "krill") == {41}, run)
    with opened(run) as library:
        assert library.maintenance.check().holds
    run.end("worker-of-another-machine")
    run.worker()


def test_two_workers_share_what_arrives(run: Fleet, corpus: Path) -> None:
    workers, written = ("worker", "worker-2"), 0

    def both_have_read() -> bool:
        nonlocal written
        for number in range(written, written + 20):
            write(corpus, f"shared/{number}.txt", f"Note {number}\n\n1. Squid glow.\n")
        written += 20
        return all("shared/" in run.said(name) for name in workers)

    run.worker("worker-2")
    wait_for(lambda: "Following" in run.said("worker-2"), run)
    wait_for(both_have_read, run)
    wait_for(lambda: totals(run, "squid") == {written}, run)
    run.end("worker", signal.SIGKILL)
    write(corpus, "late.txt", "Late\n\n1. Squid glow at last.\n")
    wait_for(lambda: totals(run, "squid") == {written + 1}, run)
    with opened(run) as library:
        assert library.maintenance.check().holds
        assert len({each.file for each in library.documents()}) == len(library.documents())
    run.worker()
    run.end("worker-2")


def test_readers_are_answered_while_a_node_is_down_and_no_worker_runs(run: Fleet) -> None:
    try:
        url, trusting = run.proxy()
    except CannotStart as error:
        pytest.skip(str(error))
    run.end("worker")
    run.end("web-2", signal.SIGKILL)
    for _ in range(6):
        with urlopen(f"{url}/api/v1/search?q=whales", context=trusting) as answer:
            assert json.load(answer)["total"] == 1
        with urlopen(f"{url}/d/whales", context=trusting) as answer:
            assert "Whales sing." in answer.read().decode()


def multipart(fields: dict[str, str], name: str, content: bytes) -> tuple[bytes, dict[str, Any]]:
    """The body and the headers of a form with a file."""
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
    body = b"".join(parts) + head.encode() + content + b"\r\n--x--\r\n"
    return body, {"Content-Type": "multipart/form-data; boundary=x"}
