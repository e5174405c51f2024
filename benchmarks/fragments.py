"""A library over the General Debate in; how many of the ten best are fragments, by query, out.

    python benchmarks/fragments.py --data DATA --engine tantivy

A fragment is a text of fewer than twenty words. Each query is asked as it is and with the discount
of fragments put off (`indexer/search/reranking.py`).
"""

import argparse
from pathlib import Path

from indexer.config import Settings
from indexer.library import Library, open_library
from indexer.search import reranking

_QUERIES = (
    "fighting climate change",
    "human rights",
    "nuclear weapons",
    "sustainable development goals",
    "small island States",
    "peace and security",
    "Security Council reform",
    "terrorism",
    "apartheid",
    "external debt",
    "law of the sea",
    "Palestinian people",
    "refugees",
    "disarmament",
    "poverty eradication",
    "rule of law",
    "women and girls",
    "migration",
    "colonialism",
    "international cooperation",
)
_WORDS = 20


def main() -> None:
    """Prints a row for each query: fragments among the ten best, and the first text's words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--engine", default="tantivy")
    arguments = parser.parse_args()
    library = open_library(Settings(data=arguments.data, engine=arguments.engine))
    share = reranking.SHARE
    print("| query | without: fragments, words of the first | with: fragments, words | same |")
    print("|---|---|---|---|")
    for query in _QUERIES:
        reranking.SHARE = 0.0
        before = _texts(library, query)
        reranking.SHARE = share
        after = _texts(library, query)
        same = len(set(before) & set(after))
        print(f"| {query} | {_told(before)} | {_told(after)} | {same} of {len(before)} |")
    library.close()


def _texts(library: Library, query: str) -> list[str]:
    return [hit.passage.passage.text for hit in library.search(query).hits]


def _told(texts: list[str]) -> str:
    lengths = [len(text.split()) for text in texts]
    return f"{sum(length < _WORDS for length in lengths)}, {lengths[0]}"


if __name__ == "__main__":
    main()
