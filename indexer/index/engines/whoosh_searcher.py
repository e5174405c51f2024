"""One commit of a Whoosh index, opened for searching, and the terms of its segments."""

import threading
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from indexer import disks
from indexer.errors import IndexUnavailable
from indexer.index.answer import Answer, ScoredKey
from indexer.index.engines.whoosh_evaluator import Evaluator
from indexer.index.engines.whoosh_lexicon import Lexicon
from indexer.index.fields import Field
from indexer.index.matches import Term
from indexer.index.request import Request

_MANY = 64  # terms; for more it pays to read all terms of their fields, which are kept


@contextmanager
def errors() -> Iterator[None]:
    """Whoosh raises whatever its files make it stumble over; all of it means one thing here."""
    try:
        yield
    except IndexUnavailable:
        raise
    except Exception as error:
        what = f"{type(error).__name__}: {error}"
        todo = disks.wanting(error) or "run 'pilcrow rebuild'"
        message = f"the search index cannot be used ({what}); {todo}"
        raise IndexUnavailable(message) from error


class WhooshSearcher:
    """Implements `indexer.index.engine.Searcher`: what Whoosh has open of one commit.

    Whoosh's readers move about in files that they share, so that one thread asks at a time. Files
    are closed when a newer commit has come (`retire`) and the last context has ended. Whoosh's
    own `Searcher.refresh` is no way to a newer commit: it goes on with segments which that commit
    has replaced, and answers with passages that are gone, or gives them twice.
    """

    def __init__(self, generation: Path, searcher: Searcher, before: Lexicon | None) -> None:
        self.generation = generation
        self._searcher = searcher
        self._reader: IndexReader = searcher.reader()
        self.lexicon = Lexicon(self._reader, before)
        self._evaluator = Evaluator(searcher, self.lexicon)
        self._lock = threading.RLock()
        self._users = 0
        self._is_retired = False

    def __enter__(self) -> "WhooshSearcher":
        with self._lock:
            self._users += 1
        return self

    def __exit__(self, *_: object) -> None:
        with self._lock:
            self._users -= 1
            self._close_unused()

    @property
    def commit(self) -> Hashable:
        """See `Searcher.commit`."""
        return self.generation, self.number

    @property
    def number(self) -> int | None:
        """What Whoosh counts its commits by; None while the index is empty."""
        number: int | None = self._reader.generation()
        return number

    def search(self, request: Request) -> Answer:
        """See `Searcher.search`."""
        with self._lock, errors():
            total, ranks, facets = self._evaluator.search(request)
            if not total:
                return Answer(0, (), facets)
            keys = self._reader.column_reader("key")
            pairs = zip(ranks.ids.tolist(), ranks.scores.tolist(), strict=True)
            found = tuple(ScoredKey(keys[number], score) for number, score in pairs)
            return Answer(total, found, facets)

    def count(self) -> int:
        """See `Searcher.count`."""
        with self._lock, errors():
            return int(self._searcher.doc_count())

    def frequencies(self, terms: Sequence[Term]) -> list[int]:
        """See `Searcher.frequencies`."""
        with self._lock, errors():
            if len(terms) > _MANY:
                return [self.lexicon.frequency(term.field.value, term.term) for term in terms]
            frequency = self._reader.doc_frequency
            return [int(frequency(term.field.value, term.term)) for term in terms]

    def vocabulary(self, field: Field, prefix: str = "") -> Iterator[tuple[str, int]]:
        """See `Searcher.vocabulary`."""
        with self._lock, errors():
            counts = self.lexicon.counts(field.value, prefix)
        names = sorted(counts)
        return zip(names, map(counts.__getitem__, names), strict=True)

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """See `Searcher.keys`."""
        with self._lock, errors():
            if not self._reader.doc_count():
                return
            slugs = [slug.encode() for slug in self._reader.field_terms("document")]
            keys = self._reader.column_reader("key")
        for slug in slugs:
            with self._lock, errors():
                numbers = self._reader.postings("document", slug).all_ids()
                found = frozenset(keys[number] for number in numbers)
            if found:
                yield slug.decode(), found

    def retire(self) -> None:
        """Closes the files once nobody searches in them any more."""
        with self._lock:
            self._is_retired = True
            self._close_unused()

    def _close_unused(self) -> None:
        if self._is_retired and not self._users:
            self._searcher.close()
