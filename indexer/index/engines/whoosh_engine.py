"""The default engine: entries in, a Whoosh index in generation folders; requests in, keys out."""

import threading
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import whoosh
from whoosh import columns, fields, formats, index
from whoosh.analysis import IDAnalyzer
from whoosh.reading import IndexReader
from whoosh.searching import Searcher
from whoosh.system import pack_uint
from whoosh.writing import IndexWriter

from indexer.errors import IndexUnavailable
from indexer.index.engine import (
    KEYS,
    POSITIONS,
    SCORED,
    WORDS,
    Answer,
    Batch,
    Engine,
    Entry,
    Field,
    Found,
    Request,
    Term,
)
from indexer.index.engines import generations
from indexer.index.engines.whoosh_search import DAY, FACETS, Evaluator

_FORMAT = "3"  # of the index below; raise it when the schema or what goes into it changes
_MEMORY_MB = 1000  # that a writer may use before it spills to disk, which makes it half as fast


class TermField(fields.FieldType):  # type: ignore[misc]
    """A field of ready-made terms: the value is their list, and nothing is analysed here."""

    def __init__(self, *, positions: bool, scorable: bool) -> None:
        posting = formats.Positions() if positions else formats.Frequency()
        super().__init__(posting, IDAnalyzer(), scorable=scorable)
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
    terms = {
        field.value: TermField(positions=field in POSITIONS, scorable=field in SCORED)
        for field in (*WORDS, *KEYS)
    }
    facets = {name: TermField(positions=False, scorable=False) for name in FACETS.values()}
    day = fields.NUMERIC(int, bits=32, shift_step=8)
    return fields.Schema(
        key=fields.COLUMN(columns.NumericColumn("Q")),
        document=fields.ID(sortable=True),
        first_day=day,
        last_day=day,
        **{DAY: fields.COLUMN(columns.NumericColumn("I"))},
        **terms,
        **facets,
    )


def open_engine(folder: Path, made_for: generations.Stamp) -> "WhooshEngine":
    """The engine with its index below `folder`."""
    version = ".".join(map(str, whoosh.__version__[:2]))
    stamp = {**made_for, "format": _FORMAT, "whoosh": version}
    return WhooshEngine(generations.Generations(folder / "whoosh"), stamp)


class WhooshEngine:
    """Implements `indexer.index.engine.Engine`."""

    name = "whoosh"
    batch_size = 20_000

    def __init__(self, kept: generations.Generations, stamp: generations.Stamp) -> None:
        self._generations = kept
        self._stamp = stamp
        self._lock = threading.Lock()
        self._live: tuple[Path, index.Index] | None = None
        self._searcher: Searcher | None = None
        self._lexicon = _Lexicon()

    def search(self, request: Request) -> Answer:
        """See `Engine.search`."""
        with self._searching() as searcher:
            total, ranks, facets = self._evaluator.search(request)
            if not total:
                return Answer(0, (), facets)
            keys = searcher.reader().column_reader("key")
            pairs = zip(ranks.ids.tolist(), ranks.scores.tolist(), strict=True)
            found = tuple(Found(keys[number], score) for number, score in pairs)
            return Answer(total, found, facets)

    def count(self) -> int:
        """See `Engine.count`."""
        with self._searching() as searcher:
            return int(searcher.doc_count())

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """See `Engine.frequencies`."""
        with self._searching(fresh=False) as searcher:
            reader = searcher.reader()
            return [int(reader.doc_frequency(term.field.value, term.term)) for term in terms]

    def vocabulary(self, field: Field, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See `Engine.vocabulary`."""
        with self._searching(fresh=False) as searcher:
            reader = searcher.reader()
            if not reader.doc_count():
                return
            counts = self._lexicon.counts(reader, field.value, prefix)
        yield from ((name.decode(), counts[name]) for name in sorted(counts))

    def version(self) -> Hashable:
        """See `Engine.version`."""
        with self._searching(fresh=False) as searcher:
            return self._live and self._live[0], searcher.reader().generation()

    def position(self) -> int:
        """See `Engine.position`."""
        return self._generations.read(generations.read_position)

    def is_stale(self) -> bool:
        """See `Engine.is_stale`."""
        return self._generations.is_stale(self._stamp)

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """See `Engine.keys`."""
        with _errors(), closing(self._generations.read(_reader)) as reader:
            if not reader.doc_count():
                return
            keys = reader.column_reader("key")
            for slug in reader.field_terms("document"):
                postings = reader.postings("document", slug.encode())
                if found := frozenset(keys[number] for number in postings.all_ids()):
                    yield slug, found

    @contextmanager
    def update(self) -> Iterator[Batch]:
        """See `Engine.update`."""
        generation = self._generations.current()
        with _errors():
            batch = _Batch(index.open_dir(generation), generation)
        try:
            yield batch
        finally:
            batch.cancel()

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        """See `Engine.rebuild`."""
        with self._generations.beside(self._stamp, _create, _look) as generation:
            engine = WhooshEngine(generations.Unfinished(generation), self._stamp)
            with closing(engine):
                yield engine

    def close(self) -> None:
        """See `Engine.close`."""
        with self._lock:
            self._forget()
            self._live = None

    @contextmanager
    def _searching(self, *, fresh: bool = True) -> Iterator[Searcher]:
        """The searcher on the last commit of the live generation, for one thread at a time.

        Where it need not be `fresh`, the one that was used last: to look for a commit takes longer
        than to look a term up.

        Whoosh's readers move about in files that they share. Never `Searcher.refresh`: it goes on
        with segments that the last commit has replaced, and answers with passages that are gone or
        twice there.
        """
        with self._lock, _errors():
            if fresh or self._searcher is None:
                self._searcher = self._generations.read(self._freshened)
            yield self._searcher

    def _freshened(self, generation: Path) -> Searcher:
        if self._live is None or generation != self._live[0]:
            self._forget()
            self._live = (generation, index.open_dir(generation))
        opened, searcher = self._live[1], self._searcher
        if searcher is not None:
            if opened.latest_generation() == searcher.reader().generation():
                return searcher
            self._forget()
        searcher = opened.searcher()
        self._evaluator = Evaluator(searcher)
        return searcher

    def _forget(self) -> None:
        searcher, self._searcher = self._searcher, None
        if searcher is not None:
            searcher.close()


class _Lexicon:
    """The terms of whole fields, by segment. A segment never changes, so that each is read once."""

    def __init__(self) -> None:
        self._read: dict[tuple[str, str], dict[bytes, int]] = {}

    def counts(self, reader: IndexReader, field: str, prefix: str) -> Counter[bytes]:
        """In how many passages of `reader` each term of `field` stands that starts with `prefix`.

        A segment is read for a prefix of one letter too: a few thousand terms looked up one by one
        take as long.
        """
        leaves = {leaf.segment().segment_id(): leaf for leaf, _ in reader.leaf_readers()}
        self._read = {key: each for key, each in self._read.items() if key[0] in leaves}
        counts: Counter[bytes] = Counter()
        for segment, leaf in leaves.items():
            known = self._read.get((segment, field))
            if known is None and len(prefix) > 1:
                names = list(leaf.expand_prefix(field, prefix))
                known = {name: int(leaf.doc_frequency(field, name)) for name in names}
            elif known is None:
                infos = leaf.iter_field(field)
                known = {name: int(info.doc_frequency()) for name, info in infos}
                self._read[segment, field] = known
            counts.update(_starting(known, prefix.encode()) if prefix else known)
        return counts


def _starting(counts: dict[bytes, int], prefix: bytes) -> dict[bytes, int]:
    return {name: count for name, count in counts.items() if name.startswith(prefix)}


class _Batch:
    """Implements `indexer.index.engine.Batch`: a Whoosh writer, opened at the first change."""

    def __init__(self, opened: index.Index, generation: Path) -> None:
        self._index = opened
        self._generation = generation
        self._writer: IndexWriter | None = None
        self._was_empty = opened.doc_count_all() == 0
        self._put: set[str] = set()

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        with _errors():
            self.drop(document)
            for entry in entries:
                self._open().add_document(key=entry.key, document=document, **_values(entry))
        self._put.add(document)

    def drop(self, document: str) -> None:
        # To look for it Whoosh copies the terms of all segments into memory. What fills a new index
        # can do without: 22 MB for each of its segments.
        if self._was_empty and document not in self._put:
            return
        with _errors():
            self._open().delete_by_term("document", document)

    def commit(self, position: int) -> None:
        with _errors():
            writer, self._writer = self._writer, None  # one that fails has closed itself
            if writer is not None:
                writer.commit()
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


def _values(entry: Entry) -> dict[str, object]:
    """What Whoosh is given for the fields of `entry`; one without a value is left out."""
    values: dict[str, object] = {field.value: w.split() for field, w in entry.words.items() if w}
    values |= {field.value: each for field, each in entry.keys.items() if each}
    values |= {FACETS[facet]: each for facet, each in entry.facets.items() if each}
    if entry.days:
        values["first_day"], values["last_day"] = entry.days
        values[DAY] = entry.days[0]
    return values


def _create(generation: Path) -> None:
    with _errors():
        index.create_in(generation, _schema())


def _look(generation: Path) -> None:
    """Raises `IndexUnavailable` where an index cannot be gone on with."""
    generations.read_position(generation)
    with _errors():
        _reader(generation).close()


def _reader(generation: Path) -> IndexReader:
    return index.open_dir(generation).reader()


@contextmanager
def _errors() -> Iterator[None]:
    """Whoosh raises whatever its files make it stumble over; all of it means one thing here."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        message = f"the search index cannot be used ({what}); run 'pilcrow rebuild'"
        raise IndexUnavailable(message) from error
