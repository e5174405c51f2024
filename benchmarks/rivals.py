"""Passages in; others' engines over them, each used as its own documentation shows, out."""

import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import bm25s
import stems
import tantivy
from drawn import Text
from whoosh import analysis as whoosh_analysis
from whoosh import fields, index, query

from indexer.analysis import analyzer


class Rival(Protocol):
    """An engine by itself: built once, then asked for the ten best passages with all words."""

    name: str

    def build(self, texts: Iterable[Text]) -> int:
        """Indexes `texts`; how many they were."""

    def ask(self, words: Sequence[str]) -> int:
        """How many of the ten best there are for `words`."""


class RawTantivy:
    """One field of the same stems; the ten best, without their texts."""

    name = "raw Tantivy"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def build(self, texts: Iterable[Text]) -> int:
        count = stems.build(texts, self._folder, with_text=False)
        index = tantivy.Index.open(str(self._folder))
        self._searcher, self._schema = index.searcher(), index.schema
        return count

    def ask(self, words: Sequence[str]) -> int:
        return len(self._searcher.search(stems.wanted(self._schema, words), 10).hits)


class Fts5:
    """SQLite's full-text index with its Porter stemmer, BM25, and `snippet()` around the words."""

    name = "FTS5 with snippet()"

    def __init__(self, folder: Path) -> None:
        self._database = sqlite3.connect(folder / "fts5.db")
        self._database.execute("PRAGMA mmap_size=4000000000")
        self._database.execute(
            "CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='porter unicode61')"
        )

    def build(self, texts: Iterable[Text]) -> int:
        rows = ((each.number, each.text) for each in texts)
        with self._database:
            self._database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", rows)
        return int(self._database.execute("SELECT count(*) FROM passages").fetchone()[0])

    def ask(self, words: Sequence[str]) -> int:
        rows = self._database.execute(
            "SELECT rowid, snippet(passages, 0, '<b>', '</b>', '…', 30) FROM passages"
            " WHERE passages MATCH ? ORDER BY rank LIMIT 10",
            (" ".join(f'"{word}"' for word in words),),
        )
        return len(rows.fetchall())


class RawWhoosh:
    """Whoosh with `StemmingAnalyzer`, its own scorer, and its own highlighter on the ten best."""

    name = "raw Whoosh with its highlighter"

    def __init__(self, folder: Path) -> None:
        self._analyzer = whoosh_analysis.StemmingAnalyzer()
        schema = fields.Schema(
            key=fields.STORED, text=fields.TEXT(analyzer=self._analyzer, stored=True)
        )
        self._index = index.create_in(folder, schema)

    def build(self, texts: Iterable[Text]) -> int:
        writer, count = self._index.writer(limitmb=256), 0
        for count, each in enumerate(texts, start=1):  # noqa: B007
            writer.add_document(key=each.number, text=each.text)
        writer.commit()
        self._searcher = self._index.searcher()
        return count

    def ask(self, words: Sequence[str]) -> int:
        terms = [token.text for word in words for token in self._analyzer(word)]
        wanted = query.And([query.Term("text", term) for term in terms])
        hits = self._searcher.search(wanted, limit=10)
        return len([hit.highlights("text") for hit in hits])


class Bm25s:
    """Scores of all passages as sparse arrays in memory; any of the words, without texts."""

    name = "bm25s (any word)"

    def __init__(self, _: Path) -> None:
        self._model = bm25s.BM25()

    def build(self, texts: Iterable[Text]) -> int:
        terms = [analyzer.joined(each.text, each.language)[1].split() for each in texts]
        self._model.index(terms, show_progress=False)
        return len(terms)

    def ask(self, words: Sequence[str]) -> int:
        terms = [analyzer.terms(word, "en")[1][0] for word in words]
        found, _ = self._model.retrieve([terms], k=10, show_progress=False)
        return int(found.shape[1])


RIVALS: dict[str, Callable[[Path], Rival]] = {
    "tantivy": RawTantivy,
    "fts5": Fts5,
    "bm25s": Bm25s,
    "whoosh": RawWhoosh,
}


@contextmanager
def built(name: str, texts: Iterable[Text]) -> Iterator[tuple[Rival, float]]:
    """The rival with an index of `texts`, and how many of them it took a second."""
    with tempfile.TemporaryDirectory() as folder:
        rival = RIVALS[name](Path(folder))
        started = time.perf_counter()
        count = rival.build(texts)
        yield rival, count / (time.perf_counter() - started)
