"""Collections in; how long it takes to mark a page of hits, and whether the marks are true, out.

    python benchmarks/marks.py ../shared/data/ir/* ../shared/data/ir_multilingual/*

A hit is true to its query when it has a mark, and when each marked stretch, searched for by itself
between quotation marks, finds the passage that it is marked in. Whoosh's own highlighter is timed
on the same passages and words beside ours.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from judged import language_of, opened, read_queries
from whoosh import analysis as whoosh_analysis
from whoosh import highlight

from indexer.labels.printed import printed
from indexer.library import Library
from indexer.query import parse
from indexer.search.highlighter import Highlighter
from indexer.search.service import Hit, Results


def main() -> None:
    """Prints a row for each collection."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--queries", type=int, default=100, help="of each collection")
    arguments = parser.parse_args()
    print(
        "| collection | hits | words a passage | ms a page, median | p95 | Whoosh's own, median |",
        end="",
    )
    print(" without a mark | marks | untrue |\n|---|---|---|---|---|---|---|---|---|")
    for folder in arguments.folders:
        with (
            tempfile.TemporaryDirectory() as data,
            opened([folder], [language_of(folder)], Path(data), "whoosh") as library,
        ):
            texts = [query.text for query in read_queries(folder)][: arguments.queries]
            print(f"| {folder.name} |", _row(library, texts))


def _row(library: Library, texts: list[str]) -> str:
    pages = [library.search(text) for text in texts]
    hits = [hit for page in pages for hit in (*page.hits, *page.partial)]
    ours = sorted(_marking(library, page) for page in pages)
    theirs = [_highlighting(page) for page in pages]
    words = statistics.median(len(hit.passage.passage.text.split()) for hit in hits)
    checks = [(hit, stretch) for hit in hits for stretch in _stretches(hit)]
    untrue = sum(not _is_true(library, hit, stretch) for hit, stretch in checks)
    bare = sum(not _has_mark(hit) for page in pages for hit in page.hits)
    p95 = ours[int(len(ours) * 0.95)]
    return (
        f"{len(hits)} | {words:.0f} | {statistics.median(ours):.2f} | {p95:.2f} | "
        f"{statistics.median(theirs):.2f} | {bare} | {len(checks)} | {untrue} |"
    )


def _marking(library: Library, page: Results) -> float:
    """Milliseconds to mark and cut the passages of a page again."""
    found, _ = library.service.compile(parse(page.query))
    wanted = found.wanted if found else ()
    started = time.perf_counter()
    marker = Highlighter(wanted)
    for hit in (*page.hits, *page.partial)[:10]:
        passage = hit.passage.passage
        numbers = printed(passage.label, passage.heading)
        marker(passage.text, passage.language, numbers, passage.natural_id)
    return (time.perf_counter() - started) * 1000


def _highlighting(page: Results) -> float:
    """Milliseconds that Whoosh's highlighter takes for the same."""
    analyzer = whoosh_analysis.StemmingAnalyzer()
    terms = frozenset(token.text for token in analyzer(page.query))
    fragmenter, formatter = highlight.ContextFragmenter(), highlight.HtmlFormatter()
    started = time.perf_counter()
    for hit in (*page.hits, *page.partial)[:10]:
        highlight.highlight(hit.passage.passage.text, terms, analyzer, fragmenter, formatter)
    return (time.perf_counter() - started) * 1000


def _stretches(hit: Hit) -> set[str]:
    passage = hit.passage.passage
    shown = ((passage.text, hit.marks), (passage.label, hit.label_marks))
    return {text[start:end] for text, marks in shown for start, end in marks}


def _has_mark(hit: Hit) -> bool:
    return bool(hit.marks or hit.label_marks or any(hit.heading_marks))


def _is_true(library: Library, hit: Hit, stretch: str) -> bool:
    found = library.search(f'"{stretch}" in:{hit.document.slug}', size=100)
    return hit.passage.key in {other.passage.key for other in found.hits}


if __name__ == "__main__":
    main()
