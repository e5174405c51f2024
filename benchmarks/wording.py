"""A corpus in; what is found of families beside brute force, and how long each answer takes, out.

    python benchmarks/wording.py CORPUS DATA --engine tantivy

DATA is a folder for store and index; it is filled first if it is empty. Brute force compares each
of 200 paragraphs, drawn by chance, with every other paragraph that stands.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from indexer.config import Settings
from indexer.document import StoredDocument, StoredPassage
from indexer.index.engines import LOCAL
from indexer.index.entries import entries
from indexer.library import Library, open_library
from indexer.wording.sketch import sketch
from indexer.wording.threes import ALIKE, Threes, share, threes, words_of

_LEAST = 5  # words of a paragraph that is asked for

Asked = tuple[StoredDocument, StoredPassage]


def main() -> None:
    """Prints recall, times and what sketches add to the making of entries."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("data", type=Path)
    parser.add_argument("--engine", choices=list(LOCAL), default="tantivy")
    parser.add_argument("--paragraphs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    settings = Settings(corpus=asked.corpus, data=asked.data, engine=asked.engine)
    with open_library(settings) as library:
        if not library.maintenance.is_searchable() or library.maintenance.must_rebuild():
            library.maintenance.sync()
            library.maintenance.rebuild()
        standing = [(r.document, stored) for r in library.export() for stored in r.passages]
        print(f"{len(standing):,} paragraphs, {asked.engine}")
        _entries(library)
        _families(library, standing, asked.paragraphs, asked.seed)
        _timed("formulas, the first time", [library.wording.formulas])


def _entries(library: Library) -> None:
    """What sketches add to the making of entries, of some documents."""
    readings = [library.document(each.slug) for each in library.documents()[::10]]
    for _ in range(2):  # the second time words are known, as they are in a long sync
        started = time.process_time()
        made = sum(1 for r in readings for _ in entries(r.document, r.passages))
        whole = (time.process_time() - started) / made * 1e6
    words = [words_of(s.passage.text, s.passage.language) for r in readings for s in r.passages]
    started = time.process_time()
    for each in words:
        sketch(each)
    alone = (time.process_time() - started) / made * 1e6
    print(f"an entry takes {whole:.0f} µs, of which its sketch {alone:.0f} µs")


def _families(library: Library, standing: Sequence[Asked], number: int, seed: int) -> None:
    parts = {s.key: threes(words_of(s.passage.text, s.passage.language)) for _, s in standing}
    long = [each for each in standing if len(parts[each[1].key]) > _LEAST - 3]
    some = random.Random(seed).sample(long, number)
    truth = {stored.key: _alike(stored.key, parts) for _, stored in some}
    found = {}
    for document, stored in some:
        of = library.wording.timeline(document, stored)
        found[stored.key] = {use.key for use in of.uses} - {stored.key}
    having = [key for key in truth if truth[key]]
    right = sum(len(truth[key] & found[key]) for key in having)
    members = sum(len(truth[key]) for key in having)
    recalls = [len(truth[key] & found[key]) / len(truth[key]) for key in having]
    wrong = sum(len(found[key] - truth[key]) for key in truth)
    print(f"{len(having)} of {number} have a family, {members:,} members, at most ", end="")
    print(f"{max(map(len, truth.values())):,}; by brute force")
    print(
        f"recall {statistics.mean(recalls):.4f} a paragraph, {right / members:.4f} of all ", end=""
    )
    print(f"members, at worst {min(recalls):.3f}; {wrong} wrong")
    _timed("family", [_ask(library.wording.timeline, each) for each in some])
    _timed("story (with who dropped it)", [_ask(library.wording.story, each) for each in some])
    _timed("related", [_ask(library.wording.related, each) for each in some])


def _ask(
    what: Callable[[StoredDocument, StoredPassage], object], asked: Asked
) -> Callable[[], object]:
    return lambda: what(*asked)


def _alike(key: int, parts: dict[int, Threes]) -> set[int]:
    one = parts[key]
    least, most = ALIKE * len(one), len(one) / ALIKE
    return {
        other
        for other, each in parts.items()
        if other != key and least <= len(each) <= most and share(one, each) >= ALIKE
    }


def _timed(what: str, calls: Sequence[Callable[[], object]]) -> None:
    """Prints how long the calls took, and how long processors worked for them."""
    times, work = [], []
    for call in calls:
        started, worked = time.perf_counter(), time.process_time()
        call()
        times.append(time.perf_counter() - started)
        work.append(time.process_time() - worked)
    print(f"{what}: {_spread(times)}; of which work {_spread(work)}")


def _spread(times: Sequence[float]) -> str:
    ranked = sorted(1000 * each for each in times)
    far = ranked[(len(ranked) - 1) * 95 // 100]
    return f"median {statistics.median(ranked):.1f} ms, 95 % {far:.1f}, at most {ranked[-1]:.1f}"


if __name__ == "__main__":
    main()
