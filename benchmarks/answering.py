"""Answers queries as one version does, for `versions.py`: queries in, times and answers out.

    PYTHONPATH=VERSION python benchmarks/answering.py DATA ENGINE

One list a line, as JSON. A time is of the processor alone, in ms. An answer is a digest of all that
a page is made of: passages and documents in order, marks, fragments, counts, sentences, offers.
"""

import json
import sys
import time
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from indexer.config import Settings
from indexer.library import Library, open_library
from indexer.search.hits import Hit
from indexer.search.results import Results

_DIGITS = 9  # of a score; sums in another order differ in the last of sixteen


def main() -> None:
    """Answers to the end of its input."""
    _, data, engine = sys.argv
    with open_library(Settings(data=Path(data), engine=engine)) as library:
        for line in sys.stdin:
            answers = [_answered(library, query) for query in json.loads(line)]
            print(json.dumps(answers), flush=True)


def _answered(library: Library, query: str) -> tuple[float, str]:
    began = time.process_time_ns()
    found = library.search(query)
    taken = (time.process_time_ns() - began) / 1e6
    return taken, sha256(repr(_said(found)).encode()).hexdigest()


def _said(found: Results) -> tuple[object, ...]:
    return (
        *(found.total, _hits(found.hits), found.partial_total, _hits(found.partial)),
        *(found.notices, found.suggestions, found.destinations),
    )


def _hits(hits: Iterable[Hit]) -> list[tuple[object, ...]]:
    return [
        (
            *(hit.document, hit.passage, round(hit.score, _DIGITS), hit.marks, hit.fragments),
            *(hit.missing, hit.above, hit.label_marks, hit.title_marks, hit.heading_marks),
        )
        for hit in hits
    ]


if __name__ == "__main__":
    main()
