"""A document of many paragraphs in; how long until one of them is on the screen of a browser, out.

    python benchmarks/reading.py [--paragraphs 14000] [--times 5]

Makes a document, serves it by `pilcrow serve` with one process on this machine, and opens one
paragraph of it from a search in Chromium. Time is from the request until the paragraph is painted
in view; bytes are those of the page as it is sent and as it is.
"""

import argparse
import gzip
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import Request, urlopen

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

_PORT = 21777
_HOME = f"http://127.0.0.1:{_PORT}"
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run")
_IN_VIEW = """
const done = arguments[0];
requestAnimationFrame(() => setTimeout(() => {
  const box = document.querySelector(".cited").getBoundingClientRect();
  done([performance.now(), box.top >= 0 && box.top < innerHeight]);
}));
"""


def main() -> None:
    """Prints the bytes of the page, and how long the paragraph took to be in view."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=14_000)
    parser.add_argument("--times", type=int, default=5)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, _served(Path(folder), arguments.paragraphs):
        page = f"{_HOME}{_middle()}?q=harbours"
        sent, whole = _bytes(page)
        print(f"{sent / 1000:.0f} KB sent, {whole / 1000:.0f} KB of HTML")
        times = list(_times(page, arguments.times))
        print(f"in view after {statistics.median(times):.0f} ms (median), {max(times):.0f} at most")


def _middle() -> str:
    """The address of the paragraph in the middle of the first page of the last part."""
    with urlopen(f"{_HOME}/d/long") as answer:
        parts = re.findall(r"part=(\d+)", answer.read().decode())
    with urlopen(f"{_HOME}/d/long?part={max(map(int, parts), default=1)}") as answer:
        found = re.findall(r'class="pin" href="([^"]+)"', answer.read().decode())
    print(f"{len(found)} paragraphs on the page")
    return str(found[len(found) // 2])


def _bytes(address: str) -> tuple[int, int]:
    request = Request(address, headers={"Accept-Encoding": "gzip"})
    with urlopen(request) as answer:
        data = answer.read()
    return len(data), len(gzip.decompress(data))


def _times(address: str, times: int) -> Iterator[float]:
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in _FLAGS:
        options.add_argument(flag)
    browser = webdriver.Chrome(options, Service("/usr/bin/chromedriver"))
    try:
        for _ in range(times):
            browser.get("about:blank")
            browser.get(address)
            took, is_in_view = browser.execute_async_script(_IN_VIEW)
            if not is_in_view:
                sys.exit("the paragraph is not in view")
            yield took
    finally:
        browser.quit()


@contextmanager
def _served(folder: Path, paragraphs: int) -> Iterator[None]:
    corpus = folder / "corpus"
    corpus.mkdir()
    text = "\n\n".join(
        f"{n}. In sitting {n} the delegates spoke of harbours, of lighthouses, and of the oil that "
        f"a lamp needs in one night; the record of it has {n} pages, and says who was there."
        for n in range(1, paragraphs + 1)
    )
    (corpus / "long.txt").write_text(f"A Long Record\n\n{text}", encoding="utf-8")
    pilcrow = [str(Path(sys.executable).parent / "pilcrow")]
    where = ["--corpus", str(corpus), "--data", str(folder / "data")]
    subprocess.run([*pilcrow, "sync", *where], check=True, capture_output=True)
    server = subprocess.Popen(
        [*pilcrow, "serve", "--port", str(_PORT), "--processes", "1", *where],
        stdout=subprocess.DEVNULL,
    )
    try:
        for _ in range(100):
            time.sleep(0.1)
            try:
                urlopen(f"{_HOME}/healthz").close()
                break
            except OSError:
                continue
        yield
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
