"""The fast engine: entries in, a Tantivy index in generation folders; requests in, keys out."""

import threading
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import tantivy

from indexer.errors import IndexUnavailable
from indexer.index.engine import (
    KEYS,
    POSITIONS,
    WORDS,
    Answer,
    Batch,
    Counts,
    Engine,
    Entry,
    Facet,
    Field,
    Found,
    Order,
    Request,
    Term,
    most_frequent,
)
from indexer.index.engines import generations
from indexer.index.engines.tantivy_query import FIRST_DAY, LAST_DAY, Queries

_FORMAT = "1"  # of the index below; raise it when the schema or what goes into it changes
_MEMORY = 256_000_000  # bytes that a writer may use before it spills to disk
_THREADS = 1  # a second one makes more segments, and the entries are not made faster than one takes
_EVERY = 1 << 30  # more values of a facet than any index has
_TIES = 50  # values asked for beyond those wanted: Tantivy cuts among equal counts as it likes

_COMMIT = "meta.json"  # Tantivy's own file, replaced at each commit
_WORDS = "words"  # the tokenizer that splits at white space and does nothing else
_DOCUMENT, _KEY = Field.DOCUMENT.value, "key"
_FACETS = {facet: f"facet_{facet.value}" for facet in Facet}


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for field in WORDS:
        kind = "position" if field in POSITIONS else "freq"
        builder.add_text_field(field.value, tokenizer_name=_WORDS, index_option=kind)
    for name in (_DOCUMENT, *KEYS):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    for name in _FACETS.values():
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
    for name in (_KEY, FIRST_DAY, LAST_DAY):
        builder.add_unsigned_field(name, fast=True)
    return builder.build()


class _Errors:
    """Tantivy raises what its files make it stumble over, and panics where it thinks it cannot.

    A panic reaches Python as an exception that is no `Exception`, of a class with no public name.
    No `contextmanager`, which would cost more than what it stands around in a search.
    """

    def __enter__(self) -> None:
        pass

    def __exit__(self, _: object, error: BaseException | None, __: object) -> None:
        if error is not None and _is_tantivys(error):
            what = f"{type(error).__name__}: {error}"
            message = f"the search index cannot be used ({what}); run 'pilcrow rebuild'"
            raise IndexUnavailable(message) from error


_errors = _Errors()


def _is_tantivys(error: BaseException) -> bool:
    if isinstance(error, Exception):
        return not isinstance(error, IndexUnavailable)
    return type(error).__name__ == "PanicException"


def open_engine(folder: Path, made_for: generations.Stamp) -> "TantivyEngine":
    """The engine with its index below `folder`."""
    stamp = {**made_for, "format": _FORMAT, "tantivy": version("tantivy")}
    return TantivyEngine(generations.Generations(folder / "tantivy"), stamp)


@dataclass(frozen=True, slots=True)
class TantivySearcher:
    """Implements `indexer.index.engine.Searcher`: what Tantivy has open of one commit."""

    generation: Path
    index: tantivy.Index
    seen: generations.Seen
    searcher: tantivy.Searcher
    queries: Queries

    def __enter__(self) -> "TantivySearcher":
        return self

    def __exit__(self, *_: object) -> None:
        """Tantivy closes its files when nobody refers to the searcher any more."""

    @property
    def commit(self) -> Hashable:
        """See `Searcher.commit`."""
        return self.generation, self.seen

    def search(self, request: Request) -> Answer:
        """See `Searcher.search`."""
        with _errors:
            query = self.queries.of(request)
            total, ranks = _ranked(self.searcher, query, request)
            facets = _counts(self.searcher, query, request.facets) if request.facets else {}
        return Answer(total, ranks, facets)

    def count(self) -> int:
        """See `Searcher.count`."""
        with _errors:
            return self.searcher.num_docs

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """See `Searcher.frequencies`."""
        with _errors:
            return [self.searcher.doc_freq(term.field, term.term) for term in terms]

    def vocabulary(self, field: Field, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See `Searcher.vocabulary`."""
        with _errors:
            terms = self.searcher.terms_with_prefix(field.value, prefix)
        yield from terms

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """See `Searcher.keys`."""
        with _errors:
            slugs = sorted(self.searcher.terms_with_prefix(_DOCUMENT, ""))
        for slug, most in slugs:
            with _errors:
                query = self.queries.matching(Term(Field.DOCUMENT, slug))
                hits = self.searcher.search(query, most, count=False).hits
                found = frozenset(_keys_at(self.searcher, [address for _, address in hits]))
            if found:
                yield slug, found


class TantivyEngine:
    """Implements `indexer.index.engine.Engine`."""

    name = "tantivy"
    batch_size = 100_000  # the writer bounds its memory by itself; it bounds what a crash costs

    def __init__(self, kept: generations.Generations, stamp: generations.Stamp) -> None:
        self._generations = kept
        self._stamp = stamp
        self._lock = threading.Lock()
        self._newest: TantivySearcher | None = None

    def searcher(self) -> TantivySearcher:
        """See `Engine.searcher`; a look at two files tells whether the last one is the newest.

        Tantivy's own watcher would see a commit only after half a second.
        """
        with _errors, self._lock:
            self._newest = self._generations.read(self._opened)
            return self._newest

    def position(self) -> int:
        """See `Engine.position`."""
        return self._generations.read(generations.read_position)

    def is_stale(self) -> bool:
        """See `Engine.is_stale`."""
        return self._generations.is_stale(self._stamp)

    @contextmanager
    def update(self) -> Iterator[Batch]:
        """See `Engine.update`."""
        generation = self._generations.current()
        with _errors:
            batch = _Batch(_open(generation), generation)
        try:
            yield batch
        finally:
            batch.close()

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        """See `Engine.rebuild`."""
        with self._generations.beside(self._stamp, _create, _look) as generation:
            engine = TantivyEngine(generations.Unfinished(generation), self._stamp)
            with closing(engine):
                yield engine

    def close(self) -> None:
        """See `Engine.close`."""
        self._newest = None

    def _opened(self, generation: Path) -> TantivySearcher:
        seen = generations.seen(generation / _COMMIT)
        newest = self._newest
        if newest is None or newest.generation != generation:
            index = _open(generation)
            return TantivySearcher(generation, index, seen, index.searcher(), Queries(index.schema))
        if newest.seen == seen:
            return newest
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
        with _errors:
            add = self._open().add_document
            for entry in entries:
                add(_made(document, entry))

    def drop(self, document: str) -> None:
        with _errors:
            self._open().delete_documents_by_term(Field.DOCUMENT.value, document)

    def commit(self, position: int) -> None:
        with _errors:
            if self._writer is not None:
                self._writer.commit()
                self._has_changed = False
        generations.write_position(self._generation, position)

    def close(self) -> None:
        """Drops what was not committed, and waits until the index is in its last shape."""
        if self._writer is not None:
            with _errors:
                if self._has_changed:
                    self._writer.rollback()
                self._writer.garbage_collect_files()
                self._writer.wait_merging_threads()
            self._writer = None

    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(_MEMORY, _THREADS)
        self._has_changed = True
        return self._writer


def _made(document: str, entry: Entry) -> tantivy.Document:
    made = tantivy.Document()
    text, number = made.add_text, made.add_unsigned
    text(_DOCUMENT, document)
    number(_KEY, entry.key)
    for field, words in entry.words.items():
        text(field, words)
    for field, values in entry.keys.items():
        for value in values:
            text(field, value)
    for facet, values in entry.facets.items():
        for value in values:
            text(_FACETS[facet], value)
    if entry.days:
        number(FIRST_DAY, entry.days[0])
        number(LAST_DAY, entry.days[1])
    return made


def _ranked(
    searcher: tantivy.Searcher, query: tantivy.Query, request: Request
) -> tuple[int, tuple[Found, ...]]:
    """How many match, and the asked ranks."""
    by: dict[str, Any] = {}
    if request.order is not Order.RELEVANCE:
        order = tantivy.Order.Desc if request.order is Order.NEWEST else tantivy.Order.Asc
        by = {"order_by_field": FIRST_DAY, "order": order}
    # A limit of none is more than Tantivy can be asked for.
    result = searcher.search(query, max(request.limit, 1), offset=request.offset, **by)
    hits = result.hits[: request.limit]
    keys = _keys_at(searcher, [address for _, address in hits])
    scores = [0.0] * len(hits) if by else [score for score, _ in hits]
    found = tuple(Found(key, score) for key, score in zip(keys, scores, strict=True))
    return result.count, found  # type: ignore[attr-defined] # left out of Tantivy's annotations


def _keys_at(searcher: tantivy.Searcher, addresses: list[tantivy.DocAddress]) -> list[int]:
    return cast(list[int], searcher.fast_field_values(_KEY, addresses))


def _counts(searcher: tantivy.Searcher, query: tantivy.Query, most: int) -> dict[Facet, Counts]:
    """Each facet's most frequent values; exact, since each segment is asked for all of its own."""
    terms = {"size": most + _TIES, "segment_size": _EVERY}
    asked = {facet.value: {"terms": {"field": name, **terms}} for facet, name in _FACETS.items()}
    answered = searcher.aggregate(query, asked)
    return {facet: most_frequent(_pairs(answered[facet.value]), most) for facet in Facet}


def _pairs(answered: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    return ((bucket["key"], bucket["doc_count"]) for bucket in answered["buckets"])


def _create(generation: Path) -> None:
    with _errors:
        tantivy.Index(_schema(), str(generation), reuse=False)


def _look(generation: Path) -> None:
    """Raises `IndexUnavailable` where an index cannot be gone on with."""
    generations.read_position(generation)
    with _errors:
        _open(generation).searcher()


def _open(generation: Path) -> tantivy.Index:
    index = tantivy.Index.open(str(generation))
    _prepare(index)
    return index


def _prepare(index: tantivy.Index) -> None:
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(_WORDS, splitter)
    index.config_reader("manual")
