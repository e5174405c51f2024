"""Passages in; others' engines over them, each used as its own documentation shows, out."""

import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import bm25s
import tantivy
from drawn import Text
from whoosh import analysis as whoosh_analysis
from whoosh import fields, index, query

from indexer import analysis


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
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("stem", tokenizer_name="words", index_option="freq")
        builder.add_unsigned_field("key", fast=True)
        self._index = tantivy.Index(builder.build(), str(folder))
        splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
        self._index.register_tokenizer("words", splitter)

    def build(self, texts: Iterable[Text]) -> int:
        writer, count = self._index.writer(256_000_000, 1), 0
        for count, each in enumerate(texts, start=1):  # noqa: B007
            document = tantivy.Document()
            document.add_text("stem", analysis.joined(each.text, each.language)[1])
            document.add_unsigned("key", each.number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher, self._schema = self._index.searcher(), self._index.schema
        return count

    def ask(self, words: Sequence[str]) -> int:
        stems = [analysis.terms(word, "en")[1][0] for word in words]
        terms = [tantivy.Query.term_query(self._schema, "stem", stem, "freq") for stem in stems]
        wanted = tantivy.Query.boolean_query([(tantivy.Occur.Must, term) for term in terms])
        return len(self._searcher.search(wanted, 10).hits)


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
        stems = [token.text for word in words for token in self._analyzer(word)]
        wanted = query.And([query.Term("text", stem) for stem in stems])
        hits = self._searcher.search(wanted, limit=10)
        return len([hit.highlights("text") for hit in hits])


class Bm25s:
    """Scores of all passages as sparse arrays in memory; any of the words, without texts."""

    name = "bm25s (any word)"

    def __init__(self, _: Path) -> None:
        self._model = bm25s.BM25()

    def build(self, texts: Iterable[Text]) -> int:
        stems = [analysis.joined(each.text, each.language)[1].split() for each in texts]
        self._model.index(stems, show_progress=False)
        return len(stems)

    def ask(self, words: Sequence[str]) -> int:
        stems = [analysis.terms(word, "en")[1][0] for word in words]
        found, _ = self._model.retrieve([stems], k=10, show_progress=False)
        return int(found.shape[1])


RIVALS = {"tantivy": RawTantivy, "fts5": Fts5, "bm25s": Bm25s, "whoosh": RawWhoosh}


@contextmanager
def built(name: str, texts: Iterable[Text]) -> Iterator[tuple[Rival, float]]:
    """The rival with an index of `texts`, and how many of them it took a second."""
    with tempfile.TemporaryDirectory() as folder:
        rival: Rival = RIVALS[name](Path(folder))
        started = time.perf_counter()
        count = rival.build(texts)
        yield rival, count / (time.perf_counter() - started)
