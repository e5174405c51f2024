"""A data folder in; how long the dense view of frequent words takes, from the query to HTML, out.

    python benchmarks/lines.py --data DATA --corpus CORPUS

Each query is asked with every way of sorting, in turn, through the web application in this process.
"""

import argparse
import re
import statistics
import time
from pathlib import Path

from flask.testing import FlaskClient

from indexer.config import Settings
from indexer.library import open_library
from web.app import create_app

QUERIES = ("peace", "development", "security council", '"united nations"', "secur*", "the")
SORTS = ("relevance", "newest", "before", "after")
_TOLD = re.compile(r'role="status">([\d,]+ lines? from [\d,]+ paragraphs?)')


def main() -> None:
    """Prints a row for each query and way of sorting."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--corpus", type=Path, required=True)
    parser.add_argument("--engine", default=Settings().engine)
    parser.add_argument("--times", type=int, default=7)
    arguments = parser.parse_args()
    settings = Settings(corpus=arguments.corpus, data=arguments.data, engine=arguments.engine)
    with open_library(settings) as library:
        client = create_app(library).test_client()
        print(
            "| query | sorted by | lines | s, median | longest | s of one core, median |\n"
            "|---|---|---|---|---|---|"
        )
        for query in QUERIES:
            for sort in SORTS:
                print(f"| {query} | {sort} | {_row(client, query, sort, arguments.times)} |")


def _row(client: FlaskClient, query: str, sort: str, times: int) -> str:
    taken: list[float] = []
    worked: list[float] = []
    page = ""
    for _ in range(times):
        started, worked_before = time.perf_counter(), time.process_time()
        page = client.get("/search", query_string={"view": "lines", "q": query, "sort": sort}).text
        taken.append(time.perf_counter() - started)
        worked.append(time.process_time() - worked_before)
    told = _TOLD.search(page)
    said = told.group(1) if told else "none"
    median, core = statistics.median(taken), statistics.median(worked)
    return f"{said} | {median:.2f} | {max(taken):.2f} | {core:.2f}"


if __name__ == "__main__":
    main()
