"""Debian's manuals in; the time and memory to index them, ours and of two other indexers, out.

    python benchmarks/indexing.py --engine whoosh

The manuals are the HTML pages of linux-doc-6.1, python3.11-doc and postgresql-doc-15, downloaded
with apt-get and unpacked into a temporary folder (or given with --pages DIR). The others are
recollindex (Debian's recollcmd) and pagefind (`pagefind[bin]` from PyPI), each with a fresh folder
of its own. Memory is the highest sum of the resident sets of all processes of a run, sampled ten
times a second; what processes share counts once for each.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from measured import PILCROW, run

_PACKAGES = ("linux-doc-6.1", "python3.11-doc", "postgresql-doc-15")

# Readers, passages and store, without an engine.
_STORE = """
import sys
from pathlib import Path
from functools import partial
from indexer.corpus.corpus import Corpus
from indexer.readers import SUFFIXES
from indexer.reading.pool import read_all
from indexer.store.databases import sqlite_address
from indexer.store.store import Store
from indexer.sync.apply import Means, apply
from indexer.sync.plan import make_plan
from indexer.reading.protocol import Limits
corpus, data = map(Path, sys.argv[1:])
store = Store(sqlite_address(data))
corpus = Corpus(corpus, SUFFIXES)
found = list(corpus.files())
limits = Limits()
plan = make_plan(store, corpus, found, limits)
read = partial(read_all, corpus, limits=limits)
with store.working() as work:
    report = apply(store, work, plan, lambda *_: None, Means(limits, read, lambda _: ""))
documents = store.documents()
passages = sum(document.passages for document in documents)
print(f"{len(documents)} documents, {passages} passages, {len(report.failures)} refused")
"""

Row = tuple[str, float, int]  # what, seconds, bytes


def main() -> None:
    """Prints a table: a row for each indexer."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=Path, help="a folder of HTML pages to index instead")
    parser.add_argument("--engine", action="append", default=[], help="ours with this engine too")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        pages = (arguments.pages or _manuals(work / "manuals")).resolve()
        runs = [_ours(pages, work), *(_ours(pages, work, engine) for engine in arguments.engine)]
        peers = [_recoll(pages, work), _pagefind(pages, work)]
    best = min(seconds for _, seconds, _ in peers)
    print("| indexer | s | of the faster peer | MB at most |\n|---|---|---|---|")
    for what, seconds, size in (*runs, *peers):
        print(f"| {what} | {seconds:.1f} | {seconds / best:.2f} | {size / 1e6:.0f} |")


def _manuals(folder: Path) -> Path:
    """The HTML pages of the packages, below `folder`."""
    packages = folder.parent / "packages"
    packages.mkdir()
    subprocess.run(["apt-get", "download", *_PACKAGES], cwd=packages, check=True)
    for package in packages.glob("*.deb"):
        subprocess.run(["dpkg-deb", "-x", package, folder.parent / "unpacked"], check=True)
    for page in (folder.parent / "unpacked").rglob("*.html"):
        if page.is_file() and not page.is_symlink():
            place = folder / page.relative_to(folder.parent / "unpacked")
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(page, place)
    return folder


def _ours(pages: Path, work: Path, engine: str = "") -> Row:
    data = Path(tempfile.mkdtemp(dir=work))
    if not engine:
        command = [sys.executable, "-c", _STORE, str(pages), str(data)]
        return _run("pilcrow without an engine", command)
    options = ["--corpus", str(pages), "--data", str(data), "--engine", engine]
    return _run(f"pilcrow, {engine}", [*PILCROW, "sync", *options])


def _recoll(pages: Path, work: Path) -> Row:
    settings = work / "recoll"
    settings.mkdir()
    (settings / "recoll.conf").write_text(f"topdirs = {pages}\n", encoding="utf-8")
    return _run("recollindex", ["recollindex", "-c", str(settings), "-z"])


def _pagefind(pages: Path, work: Path) -> Row:
    output = ["--output-path", str(work / "pagefind")]
    return _run("pagefind", [sys.executable, "-m", "pagefind", "--site", str(pages), *output])


def _run(what: str, command: Sequence[str]) -> Row:
    done = run(command)
    print(f"{what}: {done.seconds:.1f} s, exit status {done.status}; {done.last[:100]}", flush=True)
    return what, done.seconds, done.memory


if __name__ == "__main__":
    main()
