"""A data folder that was synced in; how long suggestions take at each letter that is typed, out.

    python benchmarks/completing.py --data .pilcrow --engine tantivy

Words and openings of headings and titles of the collection are typed letter by letter, as a browser
asks for them. The first row is a new process that asks for the first time.
"""

import argparse
import random
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from indexer.config import Settings
from indexer.library import Library, open_library
from web.app import create_app

_SEED = 8
_TYPED = 200  # texts
_LETTERS = 12  # of each


def main() -> None:
    """Asks at each letter, twice over."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--engine", default=Settings().engine)
    given = parser.parse_args()
    with open_library(Settings(data=given.data, engine=given.engine)) as library:
        if library.engine.is_stale():
            library.maintenance.rebuild()
        client = create_app(library).test_client()

        def ask(text: str) -> float:
            started = time.perf_counter()
            client.get("/api/v1/suggest", query_string={"q": text})
            return (time.perf_counter() - started) * 1_000

        typed = list(_typed(library))
        client.get("/healthz")
        print(f"first of all: {ask(typed[0]):.1f} ms")
        for name in ("first time", "again"):
            times = sorted(map(ask, typed))
            print(
                f"{name}: {len(times)} times, median {statistics.median(times):.1f} ms, "
                f"p95 {times[len(times) * 95 // 100]:.1f} ms, most {times[-1]:.1f} ms"
            )


def _typed(library: Library) -> Iterator[str]:
    """What is in the box after each letter from the second on."""
    chance = random.Random(_SEED)
    documents = library.documents()
    for _ in range(_TYPED):
        document = chance.choice(documents)
        words = chance.choice(library.document(document.slug).passages).passage.text.split()
        start = chance.randrange(len(words)) if words else 0
        texts = [" ".join(words[start : start + 2]), document.metadata.title]
        for text in texts:
            yield from (text[:end] for end in range(2, min(len(text), _LETTERS) + 1))


if __name__ == "__main__":
    main()
