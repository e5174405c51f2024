"""The store of record: documents, editions and passages in; the same, as they stand or stood, out.

Truth is here and in the corpus files; every index is derived. Each write to a document adds to the
change log in the same transaction, and engines follow the log.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from indexer.document import Edition, Failure, FileRecord, StoredDocument, StoredPassage
from indexer.errors import NotFound, StoreUnavailable
from indexer.store import databases, earlier, locks, migrations, past, rows, schema, soundness
from indexer.store.catalogue import Catalogue
from indexer.store.cited import Cited
from indexer.store.connections import Connections
from indexer.store.everything import Everything
from indexer.store.holdings import Held, Holdings
from indexer.store.listing import Listing
from indexer.store.log import Log
from indexer.store.prepared import Prepared
from indexer.store.texts import Texts
from indexer.store.transaction import Transaction
from indexer.store.versions import Versions
from indexer.store.work import Work

_AT_ONCE = 10_000  # rows of an answer that is not held as a whole


class Store:
    """The store at a database address, such as `sqlite:////data/pilcrow.db`.

    It is made where there is none, unless `making`, which is called before, raises. One of an
    earlier version is brought up if it `upgrades`, which is for a process that holds the writer's
    lock. Every method raises `StoreUnavailable` where the database cannot be opened, read or
    written, or is of a version that this one cannot use.
    """

    def __init__(
        self,
        address: str,
        password_file: str = "",
        *,
        upgrades: bool = False,
        making: Callable[[], None] = lambda: None,
    ) -> None:
        self._db = databases.opened(address, password_file)
        self.log, self.earlier = Log(self._rows), earlier.Earlier(self._rows)
        self.texts, self.everything = Texts(self._rows), Everything(self._rows)
        self.listing, self.holdings = Listing(self._rows), Holdings(self._rows)
        self.catalogue, self.versions = Catalogue(self._rows), Versions(self._rows)
        self.cited = Cited(self._rows)
        self._direct = direct = Connections(self._db)
        self._found = Prepared(direct, rows.FOUND)
        self._with_name = Prepared(direct, rows.NAMED)
        self._position = Prepared(direct, rows.POSITION)
        self._at, self._beside = Prepared(direct, rows.AT), Prepared(direct, rows.BESIDE)
        try:
            with self._errors():
                migrations.prepare(self._db, upgrades, making)
                databases.settle(self._db)
            self.identity = self.log.identity
        except BaseException:
            self.close()
            raise

    @property
    def is_shared(self) -> bool:
        """Whether several machines can write to it."""
        return locks.is_shared(self._db)

    @contextmanager
    def exclusive(self, name: str, wait: float) -> Iterator[None]:
        """Keeps all other machines from what `name` says; see `locks.exclusive`."""
        with self._errors(), locks.exclusive(self._db, name, wait):
            yield

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Keeps all other machines from writing; see `locks.quiet`."""
        with self._errors(), locks.quiet(self._db):
            yield

    def check(self) -> None:
        """Raises `StoreUnavailable` if the database, or what is in it, is not whole."""
        wrong = soundness.wrong(self._db, self._rows)
        if wrong:
            where, ways_out = databases.named(self._db.url), databases.ways_out(self._db.url)
            raise StoreUnavailable(f"the store {where} is damaged ({'; '.join(wrong)}): {ways_out}")

    def renew(self) -> str:
        """Gives the store another identity, which it returns: every index of it is then stale."""
        with self._errors(), self._db.begin() as connection:
            self.identity = migrations.renew(connection)
        return self.identity

    def close(self) -> None:
        """Gives up the connections."""
        self._direct.close()
        self._db.dispose()

    def files(self) -> dict[str, FileRecord]:
        """What is known of every file that is or was in the corpus, by path."""
        return rows.records(self._rows(rows.FILES))

    def slugs(self) -> set[str]:
        """Every slug that a document has or had."""
        has, had = sa.select(schema.documents.c.slug), sa.select(schema.redirects.c.slug)
        return {row.slug for row in self._rows(has.union(had))}

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents whose files are present, by slug."""
        table = schema.documents
        query = rows.DOCUMENTS.where(table.c.present).order_by(table.c.slug)
        return tuple(map(rows.document, self._rows(query)))

    def newest(self, limit: int, offset: int = 0) -> tuple[StoredDocument, ...]:
        """Some of the documents whose files are present: those of the latest dates first."""
        d = schema.documents.c
        query = rows.DOCUMENTS.where(d.present).order_by(d.date.desc(), d.slug)
        return tuple(map(rows.document, self._rows(query.limit(limit).offset(offset))))

    def noted(self) -> tuple[StoredDocument, ...]:
        """The documents on which their readers left notes and whose files are present, by slug."""
        d = schema.documents.c
        query = rows.DOCUMENTS.where(d.present, sa.cast(d.notes, sa.Text) != "[]")
        return tuple(map(rows.document, self._rows(query.order_by(d.slug))))

    def held(self) -> Held:
        """See `Holdings.held`."""
        return self.holdings.held()

    def document(self, slug: str) -> StoredDocument:
        """The document at `slug`, present or not. Raises `NotFound`."""
        found = self._rows(rows.DOCUMENTS.where(schema.documents.c.slug == slug))
        if not found:
            raise NotFound(f"there is no document {slug!r}")
        return rows.document(found[0])

    def described(self, slugs: Collection[str]) -> dict[str, StoredDocument]:
        """The documents at those of `slugs` where there is one, present or not."""
        with self._errors():
            found = self._at(list(slugs))
        return {document.slug: document for document in map(rows.document, found)}

    def named(self, key: str, limit: int) -> tuple[StoredDocument, ...]:
        """Documents whose files are present and that have a name with this key, the newest first.

        See `indexer.naming.name_key`.
        """
        with self._errors():
            numbers = [row[0] for row in self._with_name([key])]
        if not numbers:  # as of nearly all that is searched for, so that this is all that is asked
            return ()
        d = schema.documents.c
        query = rows.DOCUMENTS.where(d.id.in_(numbers), d.present)
        found = self._rows(query.order_by(d.date.desc(), d.slug).limit(limit))
        return tuple(map(rows.document, found))

    def document_of(self, file: str) -> StoredDocument | None:
        """The document whose file is present at this path, if there is one."""
        return self._present(schema.documents.c.file == file)

    def document_with(self, hashes: Collection[str]) -> StoredDocument | None:
        """A document whose present file has one of these content hashes, if there is one."""
        return self._present(schema.documents.c.hash.in_(list(hashes)))

    def _present(self, which: sa.ColumnElement[bool]) -> StoredDocument | None:
        found = self._rows(rows.DOCUMENTS.where(schema.documents.c.present, which))
        return rows.document(found[0]) if found else None

    def moved(self, slug: str) -> str:
        """The slug that the document once at `slug` has now, or an empty string."""
        r, d = schema.redirects.c, schema.documents.c
        query = sa.select(d.slug).join(schema.redirects).where(r.slug == slug)
        found = self._rows(query)
        return str(found[0].slug) if found else ""

    def passages(self, slug: str, edition: int | None = None) -> tuple[StoredPassage, ...]:
        """The passages of a document in order, as of `edition` or as they stand now."""
        p = schema.passages.c
        stands: sa.ColumnElement[bool] = p.until.is_(None)
        if edition is not None:
            stands = sa.and_(p.since <= edition, sa.or_(stands, p.until > edition))
        query = rows.PASSAGES.where(schema.documents.c.slug == slug, stands).order_by(p.order)
        return tuple(map(rows.passage, self._rows(query)))

    def history(self, slug: str, local_id: str) -> tuple[StoredPassage, ...]:
        """All that the passage with this id has been, the first first. Raises `NotFound`."""
        p = schema.passages.c
        query = rows.PASSAGES.where(schema.documents.c.slug == slug, p.id == local_id)
        found = self._rows(query.order_by(p.since))
        if not found:
            raise NotFound(f"document {slug!r} has never had a passage {local_id!r}")
        return tuple(map(rows.passage, found))

    def revised(self, slug: str) -> tuple[StoredPassage, ...]:
        """All that the passages have been which are not what they were in the first edition."""
        p = schema.passages.c
        query = rows.PASSAGES.where(schema.documents.c.slug == slug, sa.not_(_untouched()))
        return tuple(map(rows.passage, self._rows(query.order_by(p.since, p.order))))

    def untouched(self, slug: str) -> int:
        """How many passages are what they were in the first edition."""
        count = sa.select(sa.func.count().label("untouched")).select_from(schema.passages)
        query = count.join(schema.documents).where(schema.documents.c.slug == slug, _untouched())
        return int(self._rows(query)[0].untouched)

    def editions(self, slug: str) -> tuple[Edition, ...]:
        """The editions of a document, the first first."""
        e = schema.editions.c
        query = rows.EDITIONS.where(schema.documents.c.slug == slug).order_by(e.number)
        return tuple(map(rows.edition, self._rows(query)))

    def former(self, slug: str) -> tuple[tuple[str, str], ...]:
        """The slugs that a document had before its file moved, each with when that was."""
        r = schema.redirects.c
        query = sa.select(r.slug, r.at).join(schema.documents)
        found = self._rows(query.where(schema.documents.c.slug == slug).order_by(r.at))
        return tuple((row.slug, row.at) for row in found)

    def found(self, keys: Collection[int]) -> dict[int, rows.FoundRow]:
        """The passages with these keys and their documents, those that no longer stand included."""
        with self._errors():
            return {row[0]: rows.FoundRow(row) for row in self._found(list(keys))}

    def beside(
        self, keys: Collection[int]
    ) -> dict[int, tuple[StoredPassage | None, StoredPassage | None]]:
        """What stands before and after each of the passages with these keys, by key.

        None at an end of the document, and of a passage that no longer stands.
        """
        found: dict[int, dict[int, StoredPassage]] = {key: {} for key in keys}
        with self._errors():
            there = self._beside(list(keys))
        for row in there:
            found[row[0]][row[1]] = rows.passage(row[2:])
        return {key: (each.get(-1), each.get(1)) for key, each in found.items()}

    def standing(
        self, slugs: Sequence[str]
    ) -> dict[str, tuple[StoredDocument, tuple[StoredPassage, ...]]]:
        """The documents at those of `slugs` whose files are present, with what stands in them."""
        found = self._rows(rows.DOCUMENTS.where(schema.documents.c.slug.in_(slugs)))
        documents = {document.slug: document for document in map(rows.document, found)}
        p, d = schema.passages.c, schema.documents.c
        query = rows.PASSAGES.where(d.slug.in_(slugs), d.present, p.until.is_(None))
        passages: dict[str, list[StoredPassage]] = {slug: [] for slug in documents}
        for stored in map(rows.passage, self._rows(query.order_by(p.document, p.order))):
            passages[stored.document].append(stored)
        return {
            slug: (document, tuple(passages[slug]))
            for slug, document in documents.items()
            if document.present
        }

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Each present document that has passages: its slug, and the keys of those that stand.

        By slug, as of one moment, and a few at a time.
        """
        d, p = schema.documents.c, schema.passages.c
        query = sa.select(d.slug, p.key).join(schema.documents).order_by(d.slug)
        query = query.where(d.present, p.until.is_(None)).execution_options(yield_per=_AT_ONCE)
        with self._errors(), self._db.connect() as connection:
            for slug, group in groupby(connection.execute(query), key=lambda row: row[0]):
                yield slug, frozenset(row.key for row in group)

    def altered(self, at: str) -> dict[str, StoredDocument | None]:
        """The documents that are not now what they were at a moment (ISO 8601, UTC, to the second).

        Each as it was then; None where it was not in the corpus.
        """
        return past.altered(self._rows, at)

    def changed_at(self) -> str:
        """When a document last came, changed, went or came back; empty for an empty store."""
        return past.changed_at(self._rows)

    def dates(self, keys: Collection[int]) -> dict[int, str]:
        """The dates of the documents that the passages with these keys are in."""
        d, p = schema.documents.c, schema.passages.c
        query = sa.select(p.key, d.date).join_from(schema.passages, schema.documents)
        asked = list(keys)
        some = (asked[at : at + _AT_ONCE] for at in range(0, len(asked), _AT_ONCE))
        found = (self._rows(query.where(p.key.in_(each))) for each in some)
        return {row.key: row.date for rows_found in found for row in rows_found}

    def failures(self) -> dict[str, Failure]:
        """The files that could not be read, with the reasons, by path."""
        return rows.failures(self._rows(rows.FAILURES))

    def position(self) -> int:
        """The sequence number of the last write; 0 for an empty store."""
        with self._errors():
            return int(self._position.one()[0] or 0)

    def changes(self, after: int) -> list[tuple[int, str]]:
        """The documents written to after position `after` of the change log, in order.

        Each once, as (position of the last write to it, slug).
        """
        c = schema.changes.c
        last = sa.func.max(c.seq).label("last")
        query = sa.select(last, c.slug).where(c.seq > after).group_by(c.slug).order_by(last)
        return [(row.last, row.slug) for row in self._rows(query)]

    # Writing

    @contextmanager
    def working(self, wait: float = 0) -> Iterator[Work]:
        """What a worker needs to write, beside others. Raises `Locked` as `locks.exclusive` does.

        It keeps from the store who wants it `locks.ALONE`.
        """
        with self._work() as work, work.beside(locks.ALONE, wait):
            yield work

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction: all that is done in it is kept, or nothing."""
        with self._work() as work, work.writing() as transaction:
            yield transaction

    @contextmanager
    def _work(self) -> Iterator[Work]:
        with self._errors(), self._db.connect() as connection:
            yield Work(self._db, connection)

    def _rows(
        self, query: sa.Executable, values: Mapping[str, Any] | None = None
    ) -> Sequence[sa.Row[Any]]:
        with self._errors(), self._db.connect() as connection:
            return connection.execute(query, values).all()

    def _errors(self) -> AbstractContextManager[None]:
        return databases.errors(self._db)


def _untouched() -> sa.ColumnElement[bool]:
    p = schema.passages.c
    return sa.and_(p.since == 1, p.until.is_(None))
