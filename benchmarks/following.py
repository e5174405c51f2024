"""A corpus folder in; how long a sync takes, and how soon a change is live, out.

    python benchmarks/following.py FOLDER --engine tantivy

It works on a copy. "Live" is found by a search in another process. The words that are waited for
stand in no other file. With --share 4 every fourth file is taken.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from threading import Event
from urllib.request import urlopen

from measured import ENVIRONMENT, PILCROW, run

from indexer.config import Settings
from indexer.library import Library, open_library

_PORT = 8765
_BOUND = 600.0  # seconds to wait for anything
_QUERY = "peace security"
_PARTS = 20  # paragraphs of each file of the burst

Options = list[str]


def main() -> None:
    """Prints a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--share", type=int, default=1)
    parser.add_argument("--times", type=int, default=7)
    parser.add_argument("--burst", type=int, default=1000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(Path(scratch) / "corpus", Path(scratch) / "data", asked.engine)
        files = _copied(asked.folder, settings.corpus, asked.share)
        folders = ["--corpus", str(settings.corpus), "--data", str(settings.data)]
        options = [*folders, "--engine", asked.engine]
        _syncs(options, asked.times)
        with open_library(settings) as library:
            print(f"{len(files)} files, {library.info().passages} passages, {asked.engine}")
            changed = files[:: max(1, len(files) // asked.times)][: asked.times]
            _by_hand(library, options, changed)
            _watched(library, options, changed)
            _burst(library, options, asked.burst)


def _copied(folder: Path, corpus: Path, share: int) -> list[Path]:
    """The files of `folder`, every so many of them, copied below `corpus`."""
    copies = []
    for file in sorted(path for path in folder.rglob("*") if path.is_file())[::share]:
        copy = corpus / file.relative_to(folder)
        copy.parent.mkdir(parents=True, exist_ok=True)
        copies.append(Path(shutil.copyfile(file, copy)))
    return [copy for copy in copies if copy.suffix == ".txt" and copy.name[0] != "."]


def _syncs(options: Options, times: int) -> None:
    first = run([*PILCROW, "sync", *options])
    print(f"from nothing: {first.seconds:.1f} s, {first.memory / 1e6:.0f} MB; {first.last}")
    before = _work()
    took = [run([*PILCROW, "sync", *options]).seconds for _ in range(times)]
    _print("again without changes", took)
    print(f"of which processors worked: {(_work() - before) / times:.2f} s")


def _by_hand(library: Library, options: Options, files: list[Path]) -> None:
    took, worked = [], []
    for number, file in enumerate(files):
        word, before = f"byhand{number}", _work()
        started = _append(file, word)
        process = subprocess.Popen(
            [*PILCROW, "sync", *options], env=ENVIRONMENT, stdout=subprocess.DEVNULL
        )
        took.append(_until(library, word, 1) - started)
        process.wait()
        worked.append(_work() - before)
    _print("a changed file, by pilcrow sync", took)
    _print("of which processors worked, to the end of it", worked)


def _watched(library: Library, options: Options, files: list[Path]) -> None:
    took = []
    with _running("watch", options):
        for number, file in enumerate(files):
            time.sleep(1)
            word = f"watched{number}"
            started = _append(file, word)
            took.append(_until(library, word, 1) - started)
    _print("a changed file, by pilcrow watch", took)


def _burst(library: Library, options: Options, size: int) -> None:
    place = library.settings.corpus / "burst"
    place.mkdir()
    with _running("serve", [*options, "--watch", "--port", str(_PORT)]):
        with _asking() as before:
            time.sleep(5)
        with _asking() as meanwhile:
            started = time.perf_counter()
            for number in range(size):
                text = "".join(
                    f"{n}. Burstpart {n} of burst{number}.\n\n" for n in range(1, _PARTS + 1)
                )
                (place / f"{number}.txt").write_text(text, encoding="utf-8")
            written = time.perf_counter() - started
            first = _until(library, "burst0", _PARTS) - started
            last = _until(library, "burstpart", size * _PARTS) - started
    print(
        f"{size} new files: written in {written:.1f} s, the first live after {first:.1f} s, ",
        end="",
    )
    print(f"all after {last:.1f} s")
    for what, answers in (("before", before), ("meanwhile", meanwhile)):
        slowest, usual = max(answers), median(answers)
        print(f"answers {what}: median {usual * 1e3:.0f} ms, slowest {slowest * 1e3:.0f} ms")


@contextmanager
def _running(command: str, options: Options) -> Iterator[None]:
    """A pilcrow that runs on, from the time when its watcher follows."""
    process = subprocess.Popen(
        [*PILCROW, command, *options], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True
    )
    wanted = {"Following", "Pilcrow is at"} if command == "serve" else {"Following"}
    while process.stdout and wanted:
        line = process.stdout.readline()
        wanted = {words for words in wanted if words not in line}
    time.sleep(3)  # its first look
    try:
        yield
    finally:
        process.terminate()
        process.communicate()


@contextmanager
def _asking() -> Iterator[list[float]]:
    """Asks for a page again and again; how many seconds each answer took."""
    answers: list[float] = []
    over = Event()

    def ask() -> None:
        while not over.wait(0.02):
            started = time.perf_counter()
            with urlopen(f"http://127.0.0.1:{_PORT}/search?q={_QUERY.replace(' ', '+')}") as page:
                page.read()
            answers.append(time.perf_counter() - started)

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(ask)
        try:
            yield answers
        finally:
            over.set()
        asked.result()


def _append(file: Path, word: str) -> float:
    with file.open("a", encoding="utf-8") as text:
        text.write(f"\n\nA last paragraph says {word}.\n")
    return time.perf_counter()


def _work() -> float:
    """Seconds that processors have worked for all processes that were started here and ended."""
    used = os.times()
    return used.children_user + used.children_system


def _until(library: Library, query: str, total: int) -> float:
    """The time at which `total` passages are found."""
    end = time.perf_counter() + _BOUND
    while library.search(query).total != total:
        if time.perf_counter() > end:
            raise SystemExit(f"{query} is not found")
        time.sleep(0.01)
    return time.perf_counter()


def _print(what: str, took: list[float]) -> None:
    print(f"{what}: best {min(took):.2f} s, median {median(took):.2f} s, worst {max(took):.2f} s")


if __name__ == "__main__":
    main()
