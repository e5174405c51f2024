"""The fast engine: a Tantivy index in generation folders."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import tantivy

from indexer.index.engine import Batch, Engine, Entry
from indexer.index.engines import generations, sums
from indexer.index.engines.remote import Remote
from indexer.index.engines.tantivy_query import FIRST_DAY, LAST_DAY, Queries
from indexer.index.engines.tantivy_searcher import (
    DOCUMENT,
    FACETS,
    KEY,
    TantivySearcher,
    errors,
)
from indexer.index.fields import KEYS, POSITIONS, WORDS

_FORMAT = "6"  # of the index below; raise it when the schema or what goes into it changes
_MEMORY = 256_000_000  # bytes that a writer may use before it spills to disk
_THREADS = 1  # a second one makes more segments, and the entries are not made faster than one takes

_COMMIT = "meta.json"  # Tantivy's own file, replaced at each commit
_WORDS = "words"  # the tokenizer that splits at white space and does nothing else


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in WORDS:
        kind = "position" if field in POSITIONS else "freq"
        builder.add_text_field(field.value, tokenizer_name=_WORDS, index_option=kind)
    for key in KEYS:
        builder.add_text_field(key.value, tokenizer_name="raw", index_option="basic")
    for name in FACETS.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (KEY, FIRST_DAY, LAST_DAY):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


def open_engine(folder: Path, made_for: generations.Fingerprint, _: Remote) -> "TantivyEngine":
    """The engine with its index below `folder`."""
    fingerprint = {**made_for, "format": _FORMAT, "tantivy": version("tantivy")}
    kept = generations.Generations(folder / "tantivy", made_for.get("store", ""))
    return TantivyEngine(kept, fingerprint)


class TantivyEngine:
    """Implements `indexer.index.engine.Engine`."""

    name = "tantivy"
    batch_size = 100_000  # the writer bounds its memory by itself; it bounds what a crash costs

    def __init__(self, kept: generations.Generations, fingerprint: generations.Fingerprint) -> None:
        self._generations = kept
        self._fingerprint = fingerprint
        self._lock = threading.Lock()
        self._newest: TantivySearcher | None = None
        self._guard = sums.Guard()

    def searcher(self) -> TantivySearcher:
        """See `Engine.searcher`; a look at two files tells whether the last one is the newest.

        Tantivy's own watcher would see a commit only after half a second.
        """
        with errors, self._lock:
            self._newest = self._generations.read(self._opened)
            return self._newest

    def position(self) -> int:
        """See `Engine.position`."""
        return self._generations.read(generations.read_position)

    def is_stale(self) -> bool:
        """See `Engine.is_stale`."""
        return self._generations.is_stale(self._fingerprint) or not self._guard.is_good(
            self._generations.current()
        )

    def damage(self) -> list[str]:
        """See `Engine.damage`."""
        return self._generations.read(self._guard.damage)

    @contextmanager
    def update(self) -> Iterator[Batch]:
        """See `Engine.update`."""
        generation = self._generations.current()
        with errors:
            batch = _Batch(_open(generation), generation)
        try:
            yield batch
        finally:
            batch.close()

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        """See `Engine.rebuild`."""
        with self._generations.beside(self._fingerprint, _create, _look) as generation:
            engine = TantivyEngine(generations.Unfinished(generation), self._fingerprint)
            engine.batch_size = self.batch_size
            with closing(engine):
                yield engine

    def close(self) -> None:
        """See `Engine.close`."""
        self._newest = None

    def _opened(self, generation: Path) -> TantivySearcher:
        seen = generations.seen(generation / _COMMIT)
        newest = self._newest
        if newest is not None and newest.generation == generation and newest.seen == seen:
            return newest
        self._guard.look(generation)
        if newest is None or newest.generation != generation:
            index = _open(generation)
            return TantivySearcher(generation, index, seen, index.searcher(), Queries(index.schema))
        newest.index.reload()
        return replace(newest, seen=seen, searcher=newest.index.searcher())


class _Batch:
    """Implements `indexer.index.engine.Batch`: a Tantivy writer, opened at the first change.

    Each process keeps a list of its own of the files it made. A writer lives for one batch, and
    waits for its merges when it ends, so that no file is left that the next one does not know.
    """

    def __init__(self, index: tantivy.Index, generation: Path) -> None:
        self._index = index
        self._generation = generation
        self._writer: tantivy.IndexWriter | None = None
        self._has_changed = False

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        self.drop(document)
        with errors:
            add = self._open().add_document
            for entry in entries:
                add(_made(document, entry))

    def drop(self, document: str) -> None:
        with errors:
            self._open().delete_documents_by_term(DOCUMENT, document)

    def commit(self, position: int) -> None:
        with errors:
            if self._writer is not None:
                self._writer.commit()
                self._has_changed = False
        generations.write_position(self._generation, position)

    def close(self) -> None:
        """Drops what was not committed, and waits until the index is in its last shape."""
        if self._writer is not None:
            with errors:
                if self._has_changed:
                    self._writer.rollback()
                self._writer.garbage_collect_files()
                self._writer.wait_merging_threads()
            self._writer = None
            sums.note(self._generation)

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            sums.begin(self._generation, (_COMMIT,))
            self._writer = self._index.writer(_MEMORY, _THREADS)
        self._has_changed = True
        return self._writer


def _made(document: str, entry: Entry) -> tantivy.Document:
    made = tantivy.Document()
    text, number = made.add_text, made.add_unsigned
    text(DOCUMENT, document)
    number(KEY, entry.key)
    for field, words in entry.words.items():
        text(field, words)
    for field, values in entry.keys.items():
        for value in values:
            text(field, value)
    for facet, values in entry.facets.items():
        for value in values:
            text(FACETS[facet], value)
    if entry.days:
        number(FIRST_DAY, entry.days[0])
        number(LAST_DAY, entry.days[1])
    return made


def _create(generation: Path) -> None:
    with errors:
        tantivy.Index(_schema(), str(generation), reuse=False)


def _look(generation: Path) -> None:
    """Raises `IndexUnavailable` if a build cannot go on with this index."""
    generations.read_position(generation)
    with errors:
        _open(generation).searcher()


def _open(generation: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(generation))
    _prepare(index)
    return index


def _prepare(index: tantivy.Index) -> None:
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_WORDS, splitter)
    index.config_reader("manual")
