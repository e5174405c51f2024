"""Queries that break programs in, and strings from files; the longest times to answer, out.

    python benchmarks/odd.py ../shared/data/naughty-strings.txt

Each is asked of the search service over `corpus/`, and of the web page; then those that cost the
most, which `expensive.py` has.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

from expensive import expensive

from indexer.config import Settings
from indexer.library import Library, open_library
from web.app import create_app

_CORPUS = Path(__file__).parent.parent / "corpus"
_SHOWN = 5
_ODD = [
    *("a" * 100_000, "word " * 20_000, '"' * 100_000, "é" * 100_000, "a* " * 40, "*a " * 40),
    *("(" * 500, "NOT " * 250, "a OR " * 200, "-" * 500, "*" * 500, "word~ " * 40, "wor~2 " * 40),
    *(
        '"a b"~99999',
        "AND",
        "NOT OR x",
        "*",
        '"',
        ")",
        "title:",
        "date:..",
        "인",
        "人",
        "\0",
        "\u202e",
    ),
]


def main() -> None:
    """Prints the slowest queries, of the service and of the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, help="one string a line")
    arguments = parser.parse_args()
    odd = [*_ODD, *(line for file in arguments.files for line in _lines(file))]
    with tempfile.TemporaryDirectory() as data, _library(Path(data)) as library:
        library.maintenance.sync()
        client = create_app(library).test_client()

        def page(text: str) -> object:
            return client.get(f"/search?q={quote(text)}")

        _print("service", odd, library.search)
        _print("page", odd, page)
        _print("page, expensive queries", list(expensive().values()), page)


def _library(data: Path) -> Library:
    return open_library(Settings(corpus=_CORPUS, data=data))


def _print(what: str, odd: list[str], ask: Callable[[str], object]) -> None:
    ask("first")  # what is loaded once is no part of it
    timed = sorted(((_took(text, ask), text) for text in odd), reverse=True)
    print(f"{what}: {len(timed)} queries, the slowest:")
    for took, text in timed[:_SHOWN]:
        print(f"  {took:7.1f} ms  {text[:40]!r}, {len(text):,} characters")


def _took(text: str, ask: Callable[[str], object]) -> float:
    started = time.perf_counter()
    ask(text)
    return (time.perf_counter() - started) * 1000


def _lines(file: Path) -> list[str]:
    return file.read_text(encoding="utf-8", errors="replace").splitlines()


if __name__ == "__main__":
    main()
