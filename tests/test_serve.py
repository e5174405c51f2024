"""`pilcrow serve` as a process of its own, on the project's two documents."""

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from indexer.library import Library
from tests.conftest import ROOT, Write
from tests.test_browser import browser, chrome, is_in_view, wait

__all__ = ["browser", "chrome"]


def start(
    port: int, data: Path, corpus: Path = ROOT / "corpus", *more: str
) -> subprocess.Popen[str]:
    words = ["serve", "--port", str(port), "--corpus", str(corpus), "--data", str(data), *more]
    return subprocess.Popen(
        [sys.executable, "-c", "from indexer.cli import main; main()", *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def lines_until(process: subprocess.Popen[str], words: str) -> list[str]:
    assert process.stdout is not None
    lines: list[str] = []
    for line in process.stdout:
        lines.append(line)
        if words in line:
            return lines
    raise AssertionError("".join(lines))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that found no index and made one first."""
    port = free_port()
    process = start(port, tmp_path_factory.mktemp("served"))
    lines = lines_until(process, "Pilcrow is at")
    assert lines[0].startswith("2 new")
    assert "[WARNING]" not in "".join(lines)  # of what is meant to be so
    yield f"http://127.0.0.1:{port}"
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "Traceback" not in output


def test_it_answers(served: str) -> None:
    with urlopen(f"{served}/search?q=Avigan") as answer:
        page = answer.read().decode()
    assert "<mark>Avigan</mark>" in page


@pytest.mark.slow
def test_every_process_sees_a_sync_without_a_restart(write: Write, library: Library) -> None:
    write("a.txt", "On Whales\n\n1. Whales sing.\n")
    port = free_port()
    process = start(port, library.settings.data, library.settings.corpus)
    try:
        lines_until(process, "Pilcrow is at")
        write("b.txt", "On Whales\n\n1. Whales dive.\n")
        library.maintenance.sync()
        totals = set()
        for _ in range(20):
            with urlopen(f"http://127.0.0.1:{port}/api/v1/search?q=whales") as answer:
                totals.add(json.load(answer)["total"])
        assert totals == {2}
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.mark.slow
def test_an_index_that_another_process_keeps_is_searched_once_it_is_there(
    write: Write, library: Library
) -> None:
    write("a.txt", "On Whales\n\n1. Whales sing.\n")
    port = free_port()
    process = start(port, library.settings.data, library.settings.corpus, "--no-sync")
    address = f"http://127.0.0.1:{port}"
    try:
        lines_until(process, "Pilcrow is at")
        with pytest.raises(HTTPError, match="503"):
            urlopen(f"{address}/readyz")
        library.maintenance.sync()
        with urlopen(f"{address}/readyz") as answer:
            assert json.load(answer)["passages"] == 1
    finally:
        process.terminate()
        process.communicate(timeout=10)


@pytest.mark.slow
def test_an_index_of_another_version_is_searched_until_a_new_one_is_made(
    write: Write, library: Library
) -> None:
    write("a.txt", "On Whales\n\n1. Whales sing.\n")
    library.maintenance.sync()
    index = library.settings.data / "whoosh"
    old = (index / "CURRENT").read_text()
    fingerprint = index / old / "FINGERPRINT"
    fingerprint.write_text(fingerprint.read_text().replace('"analysis": "', '"analysis": "0'))
    port = free_port()
    process = start(port, library.settings.data, library.settings.corpus)
    try:
        lines = "".join(lines_until(process, "Pilcrow is at"))
        assert "new one is being made" in lines
        with urlopen(f"http://127.0.0.1:{port}/api/v1/search?q=whales") as answer:
            assert json.load(answer)["total"] == 1
        if "indexed again" not in lines:
            lines_until(process, "1 passage indexed again")
        assert (index / "CURRENT").read_text() != old
        with urlopen(f"http://127.0.0.1:{port}/api/v1/search?q=whales") as answer:
            assert json.load(answer)["total"] == 1
    finally:
        process.terminate()
        process.communicate(timeout=10)


def test_a_taken_port_is_told(served: str, tmp_path: Path) -> None:
    process = start(int(served.rpartition(":")[2]), tmp_path)
    output, _ = process.communicate(timeout=30)
    assert process.returncode == 2
    assert "cannot listen" in output
    assert "Traceback" not in output


def test_from_a_word_to_the_paragraph_on_screen(browser: webdriver.Chrome, served: str) -> None:
    browser.get(served)
    browser.switch_to.active_element.send_keys("solidarity", Keys.ENTER)
    wait(browser, lambda: "/search" in browser.current_url)
    browser.find_element(By.CSS_SELECTOR, "article h2 a").click()
    wait(browser, lambda: browser.current_url.endswith("/para-4"))
    cited = browser.find_element(By.CSS_SELECTOR, ".cited")
    assert cited.get_attribute("id") == "para-4"
    assert is_in_view(browser, "#para-4")
    other = browser.find_element(By.ID, "para-3")
    set_off = "background-image"
    assert cited.value_of_css_property(set_off) != other.value_of_css_property(set_off)
