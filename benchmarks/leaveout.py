"""Collections with judgments in; what a weight would be if it were chosen without each of them out.

    python benchmarks/leaveout.py ../shared/data/ir/* ../shared/data/ir_multilingual/*

nDCG@10 of the search service on Tantivy for each value of the support that passages found together
give each other (`indexer/search/company.py`). For each collection the value is chosen that is best
on the mean of all others; what that value reaches on the one left out is the honest figure.
"""

import argparse
import tempfile
from contextlib import ExitStack
from pathlib import Path

import ir_measures
from ir_measures import nDCG
from judged import Query, language_of, opened, read_queries

from indexer.library import Library
from indexer.search import company

_VALUES = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)
_DEPTH = 10


def main() -> None:
    """Prints a row for each collection, a column for each value, and the row of choices."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    arguments = parser.parse_args()
    table = {folder.name: _row(folder) for folder in arguments.folders}
    print("| collection |", " | ".join(map(str, _VALUES)), "| chosen without it | reached |")
    print("|---|", "---|" * (len(_VALUES) + 2), sep="")
    reached = []
    for name, row in table.items():
        others = [other for each, other in table.items() if each != name]
        best = max(range(len(_VALUES)), key=lambda at: sum(other[at] for other in others))
        reached.append(row[best])
        cells = " | ".join(f"{score:.4f}" for score in row)
        print(f"| {name} | {cells} | {_VALUES[best]} | {row[best]:.4f} |")
    means = [sum(row[at] for row in table.values()) / len(table) for at in range(len(_VALUES))]
    cells = " | ".join(f"{mean:.4f}" for mean in means)
    print(f"| mean | {cells} | | {sum(reached) / len(reached):.4f} |")


def _row(folder: Path) -> list[float]:
    queries = read_queries(folder)
    with ExitStack() as stack:
        data = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        library = stack.enter_context(opened([folder], [language_of(folder)], data, "tantivy"))
        return [_score(library, folder, queries, value) for value in _VALUES]


def _score(library: Library, folder: Path, queries: list[Query], value: float) -> float:
    company.SUPPORT = value
    run, judged = [], []
    for query in queries:
        results = library.search(query.text, size=_DEPTH)
        hits = (*results.hits, *results.partial)[:_DEPTH]
        run += [
            ir_measures.ScoredDoc(query.id, hit.document.file, float(-rank))
            for rank, hit in enumerate(hits)
        ]
        judged += [
            ir_measures.Qrel(query.id, f"{folder.name}/{document}", grade)
            for document, grade in query.grades.items()
        ]
    measure = nDCG @ _DEPTH
    return float(ir_measures.calc_aggregate([measure], judged, run)[measure])


if __name__ == "__main__":
    main()
