"""The default engine: a Whoosh index in generation folders."""

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

import whoosh
from whoosh import columns, fields, formats, index
from whoosh.analysis import IDAnalyzer
from whoosh.reading import IndexReader
from whoosh.writing import IndexWriter

from indexer.index.engine import Batch, Engine, Entry
from indexer.index.engines import generations, sums
from indexer.index.engines.remote import Remote
from indexer.index.engines.whoosh_codec import PackedCodec, value_of
from indexer.index.engines.whoosh_evaluator import DAY, FACETS
from indexer.index.engines.whoosh_lexicon import Lexicon
from indexer.index.engines.whoosh_searcher import WhooshSearcher, errors
from indexer.index.fields import KEYS, POSITIONS, SCORED, WORDS

_FORMAT = "9"  # of the index below; raise it when the schema or what goes into it changes
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
                yield term.encode(), count, float(count), b""
            return
        places = defaultdict(list)
        for place, term in enumerate(value):
            places[term].append(place)
        for term, found in places.items():
            yield term.encode(), len(found), float(len(found)), value_of(found)


def _schema() -> fields.Schema:
    terms = {
        field.value: TermField(positions=field in POSITIONS, scorable=field in SCORED)
        for field in (*WORDS, *KEYS)
    }
    facets: dict[str, fields.FieldType] = {
        name: TermField(positions=False, scorable=False) for name in FACETS.values()
    }
    facets["document"] = fields.ID(sortable=True)
    day = fields.NUMERIC(int, bits=32, shift_step=8)
    return fields.Schema(
        key=fields.COLUMN(columns.NumericColumn("Q")),
        first_day=day,
        last_day=day,
        **{DAY: fields.COLUMN(columns.NumericColumn("I"))},
        **facets,
        **terms,
    )


def open_engine(folder: Path, made_for: generations.Fingerprint, _: Remote) -> "WhooshEngine":
    """The engine with its index below `folder`."""
    version = ".".join(map(str, whoosh.__version__[:2]))
    fingerprint = {**made_for, "format": _FORMAT, "whoosh": version}
    kept = generations.Generations(folder / "whoosh", made_for.get("store", ""))
    return WhooshEngine(kept, fingerprint)


class WhooshEngine:
    """Implements `indexer.index.engine.Engine`."""

    name = "whoosh"
    batch_size = 20_000

    def __init__(self, kept: generations.Generations, fingerprint: generations.Fingerprint) -> None:
        self._generations = kept
        self._fingerprint = fingerprint
        self._lock = threading.Lock()
        self._opened: tuple[Path, index.Index] | None = None
        self._newest: WhooshSearcher | None = None
        self._lexicon: Lexicon | None = None  # of the last searcher
        self._guard = sums.Guard()

    @contextmanager
    def searcher(self) -> Iterator[WhooshSearcher]:
        """See `Engine.searcher`."""
        with ExitStack() as held:
            with self._lock, errors():
                newest = self._newest = self._generations.read(self._at)
                held.enter_context(newest)
            yield newest

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
        with errors():
            batch = _Batch(index.open_dir(generation), generation)
        try:
            yield batch
        finally:
            batch.cancel()

    @contextmanager
    def rebuild(self) -> Iterator[Engine]:
        """See `Engine.rebuild`."""
        with self._generations.beside(self._fingerprint, _create, _look) as generation:
            engine = WhooshEngine(generations.Unfinished(generation), self._fingerprint)
            engine.batch_size = self.batch_size
            with closing(engine):
                yield engine

    def close(self) -> None:
        """See `Engine.close`."""
        with self._lock:
            self._retire()
            self._opened = None

    def _at(self, generation: Path) -> WhooshSearcher:
        """The searcher on the last commit of `generation`."""
        if self._opened is None or generation != self._opened[0]:
            self._guard.look(generation)
            self._retire()
            self._opened = (generation, index.open_dir(generation))
        opened, newest = self._opened[1], self._newest
        if newest is not None:
            if opened.latest_generation() == newest.number:
                return newest
            self._guard.look(generation)
            self._retire()
        searcher = WhooshSearcher(generation, opened.searcher(), self._lexicon)
        self._lexicon = searcher.lexicon
        return searcher

    def _retire(self) -> None:
        newest, self._newest = self._newest, None
        if newest is not None:
            newest.retire()


class _Batch:
    """Implements `indexer.index.engine.Batch`: a Whoosh writer, opened at the first change."""

    def __init__(self, opened: index.Index, generation: Path) -> None:
        self._index = opened
        self._generation = generation
        self._writer: IndexWriter | None = None
        self._was_empty = opened.doc_count_all() == 0
        self._put: set[str] = set()

    def put(self, document: str, entries: Iterable[Entry]) -> None:
        with errors():
            self.drop(document)
            for entry in entries:
                self._open().add_document(key=entry.key, document=document, **_values(entry))
        self._put.add(document)

    def drop(self, document: str) -> None:
        # To look for it Whoosh copies the terms of all segments into memory. What fills a new index
        # can do without: 22 MB for each of its segments.
        if self._was_empty and document not in self._put:
            return
        with errors():
            self._open().delete_by_term("document", document)

    def commit(self, position: int) -> None:
        with errors():
            writer, self._writer = self._writer, None  # one that fails has closed itself
            if writer is not None:
                writer.commit()
                sums.note(self._generation)
        generations.write_position(self._generation, position)

    def cancel(self) -> None:
        """Drops what was not committed."""
        if self._writer is not None:
            self._writer.cancel()
            self._writer = None
            sums.note(self._generation)

    def _open(self) -> IndexWriter:
        if self._writer is None:
            sums.begin(self._generation)
            self._writer = self._index.writer(limitmb=_MEMORY_MB, codec=PackedCodec())
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
    with errors():
        index.create_in(generation, _schema())


def _look(generation: Path) -> None:
    """Raises `IndexUnavailable` if a build cannot go on with this index."""
    generations.read_position(generation)
    with errors():
        _reader(generation).close()


def _reader(generation: Path) -> IndexReader:
    return index.open_dir(generation).reader()
