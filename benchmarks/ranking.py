"""Collections with judgments in; nDCG@10 of the search service, engine by engine, out.

    python benchmarks/ranking.py ../shared/data/ir/*
    python benchmarks/ranking.py --together ../shared/data/ir_multilingual/*

Each folder holds corpus.jsonl, queries.jsonl and qrels.tsv. The language is `en`, or what follows
the last `_` of a folder's name (`xquad_de`), which must be a language. With --together all
collections go into one index.
"""

import argparse
import tempfile
import time
from pathlib import Path

import ir_measures
from ir_measures import nDCG
from judged import Query, UnknownLanguage, language_of, opened, read_queries

from indexer.index.engines import LOCAL
from indexer.library import Library

_DEPTH = 10

Row = tuple[str, int, float, float]  # collection, queries, nDCG, milliseconds a query


def main() -> None:
    """Prints a table: a row for each collection, a column for each engine."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--together", action="store_true")
    parser.add_argument("--engine", action="append", choices=list(LOCAL))
    arguments = parser.parse_args()
    try:
        languages = [language_of(folder) for folder in arguments.folders]
    except UnknownLanguage as error:
        parser.error(str(error))
    engines = arguments.engine or list(LOCAL)
    print("| collection | queries |", " | ".join(f"{e} nDCG@10 | {e} ms" for e in engines), "|")
    print("|---|---|", "---|" * 2 * len(engines), sep="")
    collections = list(zip(arguments.folders, languages, strict=True))
    tables = [_measure(collections, engine, together=arguments.together) for engine in engines]
    for row in zip(*tables, strict=True):
        cells = [f"{score:.4f} | {took:.1f}" for _, _, score, took in row]
        print(f"| {row[0][0]} | {row[0][1]} |", " | ".join(cells), "|")
    means = [sum(row[2] for row in table) / len(table) for table in tables]
    print("| mean | |", " | ".join(f"{mean:.4f} |" for mean in means), "|")


def _measure(collections: list[tuple[Path, str]], engine: str, *, together: bool) -> list[Row]:
    groups = [collections] if together else [[each] for each in collections]
    rows = []
    for group in groups:
        with (
            tempfile.TemporaryDirectory() as data,
            opened(
                [f for f, _ in group], [each for _, each in group], Path(data), engine
            ) as library,
        ):
            rows += [_row(library, folder) for folder, _ in group]
    return rows


def _row(library: Library, folder: Path) -> Row:
    queries = read_queries(folder)
    started = time.perf_counter()
    run = [found for query in queries for found in _ranked(library, query)]
    took = (time.perf_counter() - started) / len(queries) * 1000
    judged = [
        ir_measures.Qrel(query.id, f"{folder.name}/{document}", grade)
        for query in queries
        for document, grade in query.grades.items()
    ]
    measure = nDCG @ _DEPTH
    score = ir_measures.calc_aggregate([measure], judged, run)[measure]
    return folder.name, len(queries), score, took


def _ranked(library: Library, query: Query) -> list[ir_measures.ScoredDoc]:
    """The first page as a person sees it: passages in full, then those that lack a word."""
    results = library.search(query.text, size=_DEPTH)
    hits = (*results.hits, *results.partial)[:_DEPTH]
    return [
        ir_measures.ScoredDoc(query.id, hit.document.file, float(-rank))
        for rank, hit in enumerate(hits)
    ]


if __name__ == "__main__":
    main()
