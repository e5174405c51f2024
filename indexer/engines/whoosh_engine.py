"""The default engine: entries in, a Whoosh index in generation folders; requests in, keys out."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import whoosh
from whoosh import columns, fields, formats, index, query, scoring
from whoosh.analysis import IDAnalyzer
from whoosh.searching import Searcher
from whoosh.system import pack_uint
from whoosh.writing import IndexWriter

from indexer import analysis
from indexer.engine import AllOf, Answer, AnyOf, Batch, Entry, Field, Found, Match, Request, Term
from indexer.engines import generations
from indexer.errors import IndexUnavailable

_FORMAT = "1"  # of the index below; raise it when the schema or what goes into it changes
_MEMORY_MB = 128  # that a writer may use before it spills to disk
_BM25 = scoring.BM25F(B=0.75, K1=1.2)


class TermField(fields.FieldType):  # type: ignore[misc]
    """A field of ready-made terms: the value is their list, and nothing is analysed here."""

    def __init__(self, *, positions: bool) -> None:
        posting = formats.Positions() if positions else formats.Frequency()
        super().__init__(posting, IDAnalyzer(), scorable=True)
        self.positions = positions

    def index(self, value: Sequence[str], **_: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Whoosh's hook: (term, frequency, weight, posting value) for each distinct term."""
        if not self.positions:
            for term, count in Counter(value).items():
                yield term.encode(), count, float(count), pack_uint(count)
            return
        places = defaultdict(list)
        for place, term in enumerate(value):
            places[term].append(place)
        for term, found in places.items():
            yield term.encode(), len(found), float(len(found)), self.format.encode(found)


def _schema() -> fields.Schema:
    return fields.Schema(
        key=fields.COLUMN(columns.NumericColumn("Q")),
        document=fields.ID(sortable=True),
        **{field.value: TermField(positions=field is Field.EXACT) for field in Field},
    )


def open_engine(folder: Path, identity: str) -> "WhooshEngine":
    """The engine with its index below `folder`, for the store with this identity."""
    return WhooshEngine(folder / "whoosh", identity)


class WhooshEngine:
    """Implements `indexer.engine.Engine`."""

    name = "whoosh"

    def __init__(self, folder: Path, identity: str) -> None:
        self._generations = generations.Generations(folder)
        self._stamp = {
            "format": _FORMAT,
            "analysis": analysis.VERSION,
            "whoosh": ".".join(map(str, whoosh.__version__[:2])),
            "store": identity,
        }
        self._local = threading.local()  # a searcher for each thread that searches

    def search(self, request: Request) -> Answer:
        """See `Engine.search`."""
        wanted = request.offset + request.limit
        with _errors():
            searcher = self._searcher()
            if not searcher.doc_count():
                return Answer(0, ())
            results = searcher.search(_native(request), limit=max(wanted, 1))
            keys = searcher.reader().column_reader("key")
            ranks = results.top_n[request.offset : wanted]
            found = tuple(Found(keys[doc], score) for score, doc in ranks)
            return Answer(len(results), found)

    def position(self) -> int:
        """See `Engine.position`."""
        return generations.read_position(self._generations.current())

    def is_stale(self) -> bool:
        """See `Engine.is_stale`."""
        if not self._generations.exists():
            return True
        return generations.read_stamp(self._generations.current()) != self._stamp

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """See `Engine.keys`."""
        found: dict[str, set[int]] = defaultdict(set)
        with _errors():
            reader = self._searcher().reader()
            if not reader.doc_count():
                return
            keys, documents = reader.column_reader("key"), reader.column_reader("document")
            for doc in reader.all_doc_ids():
                found[documents[doc]].add(keys[doc])
        for document, members in found.items():
            yield document, frozenset(members)

    @contextmanager
    def update(self) -> Iterator[Batch]:
        """See `Engine.update`."""
        generation = self._generations.current()
        with _errors():
            opened = index.open_dir(generation)
        yield from _written(opened, generation)

    @contextmanager
    def rebuild(self) -> Iterator[Batch]:
        """See `Engine.rebuild`."""
        generation = self._generations.fresh()
        with _errors():
            created = index.create_in(generation, _schema())
        generations.write_stamp(generation, self._stamp)
        yield from _written(created, generation)
        with _errors():
            created.refresh()
        self._generations.switch(generation)

    def close(self) -> None:
        """See `Engine.close`."""
        searcher = getattr(self._local, "searcher", None)
        if searcher is not None:
            searcher.close()
        self._local = threading.local()

    def _searcher(self) -> Searcher:
        """The calling thread's searcher, on the live generation's last commit.

        Never `Searcher.refresh`: it goes on with segments that the last commit has replaced, and
        answers with passages that are gone or twice there.
        """
        generation = self._generations.current()
        local = self._local
        if getattr(local, "generation", None) != generation:
            local.index, local.generation, local.searcher = (
                index.open_dir(generation),
                generation,
                None,
            )
        if local.searcher is None or (
            local.index.latest_generation() != local.searcher.reader().generation()
        ):
            if local.searcher is not None:
                local.searcher.close()
            local.searcher = local.index.searcher(weighting=_BM25)
        return local.searcher


class _Batch:
    """Implements `indexer.engine.Batch`: a Whoosh writer, opened at the first change."""

    def __init__(self, opened: index.Index, generation: Path) -> None:
        self._index = opened
        self._generation = generation
        self._writer: IndexWriter | None = None

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        with _errors():
            self.drop(document)
            for entry in entries:
                terms = {field.value: list(entry.terms[field]) for field in Field}
                self._open().add_document(key=entry.key, document=document, **terms)

    def drop(self, document: str) -> None:
        with _errors():
            self._open().delete_by_term("document", document)

    def commit(self, position: int) -> None:
        with _errors():
            if self._writer is not None:
                self._writer.commit()
                self._writer = None
        generations.write_position(self._generation, position)

    def cancel(self) -> None:
        """Drops what was not committed."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None

    def _open(self) -> IndexWriter:
        if self._writer is None:
            self._writer = self._index.writer(limitmb=_MEMORY_MB)
        return self._writer


def _written(opened: index.Index, generation: Path) -> Iterator[Batch]:
    batch = _Batch(opened, generation)
    try:
        yield batch
    finally:
        batch.cancel()
        opened.close()


def _native(request: Request) -> query.Query:
    match = _translate(request.match)
    boosts = [_boosted(boost.match, boost.weight) for boost in request.boosts]
    return query.AndMaybe(match, query.Or(boosts)) if boosts else match


def _boosted(match: Match, weight: float) -> query.Query:
    native = _translate(match)
    native.boost = weight
    return native


def _translate(match: Match) -> query.Query:
    if isinstance(match, Term):
        return query.Term(match.field.value, match.term)
    if isinstance(match, AllOf):
        return query.And([_translate(child) for child in match.children])
    if isinstance(match, AnyOf):
        return query.Or([_translate(child) for child in match.children])
    return query.Phrase(match.field.value, list(match.terms))


@contextmanager
def _errors() -> Iterator[None]:
    """Whoosh raises whatever its files make it stumble over; all of it means one thing here."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        what: Any = f"{type(error).__name__}: {error}"
        message = f"the search index cannot be used ({what}); run 'pilcrow sync --rebuild'"
        raise IndexUnavailable(message) from error
