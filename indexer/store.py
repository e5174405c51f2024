"""The store of record: documents, editions and passages in; the same, as they stand or stood, out.

Truth is here and in the corpus files; every index is derived. Each write to a document adds to the
change log in the same transaction, and engines follow the log.
"""

import uuid
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from indexer import schema
from indexer.document import FileRecord, Metadata, StoredDocument, StoredPassage
from indexer.errors import NotFound, StoreUnavailable
from indexer.transaction import Transaction, passage_of


class Store:
    """The store at a database address, such as `sqlite:////data/pilcrow.db`.

    Every method raises `StoreUnavailable` where the database cannot be opened, read or written.
    """

    def __init__(self, address: str) -> None:
        self._db = sa.create_engine(address)
        self._languages = (-1, frozenset[str]())  # as of a position in the change log
        if self._db.dialect.name == "sqlite":
            sa.event.listen(self._db, "connect", _set_pragmas)
        with self._errors():
            schema.metadata.create_all(self._db)
        self.identity = self._fact("identity", uuid.uuid4().hex)
        version = self._fact("schema", schema.VERSION)
        if version != schema.VERSION:
            raise StoreUnavailable(
                f"the store has schema {version}, and this version of Pilcrow wants "
                f"{schema.VERSION}; use the version it was made with, or another data folder"
            )

    def close(self) -> None:
        """Gives up the connections."""
        self._db.dispose()

    # Reading

    def files(self) -> dict[str, FileRecord]:
        """What is known of every file that is or was in the corpus, by path."""
        d = schema.documents.c
        query = sa.select(d.file, d.slug, d.hint, d.hash, d.reader, d.present).order_by(d.present)
        return {row.file: FileRecord(**row._mapping) for row in self._rows(query)}

    def slugs(self) -> set[str]:
        """Every slug that a document has or had."""
        has, had = sa.select(schema.documents.c.slug), sa.select(schema.redirects.c.slug)
        return {row.slug for row in self._rows(has.union(had))}

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents whose files are present, by slug."""
        table = schema.documents
        query = sa.select(table).where(table.c.present).order_by(table.c.slug)
        return tuple(map(_document, self._rows(query)))

    def document(self, slug: str) -> StoredDocument:
        """The document at `slug`, present or not. Raises `NotFound`."""
        rows = self._rows(sa.select(schema.documents).where(schema.documents.c.slug == slug))
        if not rows:
            raise NotFound(f"there is no document {slug!r}")
        return _document(rows[0])

    def moved(self, slug: str) -> str:
        """The slug that the document once at `slug` has now, or an empty string."""
        r, d = schema.redirects.c, schema.documents.c
        query = sa.select(d.slug).join(schema.redirects).where(r.slug == slug)
        rows = self._rows(query)
        return str(rows[0].slug) if rows else ""

    def passages(self, slug: str, edition: int | None = None) -> tuple[StoredPassage, ...]:
        """The passages of a document in order, as of `edition` or as they stand now."""
        p = schema.passages.c
        stands: sa.ColumnElement[bool] = p.until.is_(None)
        if edition is not None:
            stands = sa.and_(p.since <= edition, sa.or_(stands, p.until > edition))
        query = _passages().where(schema.documents.c.slug == slug, stands).order_by(p.order)
        return tuple(map(_passage, self._rows(query)))

    def passage(self, slug: str, local_id: str) -> StoredPassage:
        """The passage with this id as it stands, or as it last stood. Raises `NotFound`."""
        p = schema.passages.c
        query = _passages().where(schema.documents.c.slug == slug, p.id == local_id)
        rows = self._rows(query.order_by(p.since.desc()).limit(1))
        if not rows:
            raise NotFound(f"document {slug!r} has never had a passage {local_id!r}")
        return _passage(rows[0])

    def by_keys(self, keys: Collection[int]) -> dict[int, StoredPassage]:
        """The passages with these keys, those that no longer stand included."""
        query = _passages().where(schema.passages.c.key.in_(list(keys)))
        return {row.key: _passage(row) for row in self._rows(query)}

    def by_slugs(self, slugs: Collection[str]) -> dict[str, StoredDocument]:
        """The documents at these slugs, present or not."""
        table = schema.documents
        rows = self._rows(sa.select(table).where(table.c.slug.in_(list(slugs))))
        return {row.slug: _document(row) for row in rows}

    def keys(self) -> Iterator[tuple[str, frozenset[int]]]:
        """Each present document that has passages: its slug, and the keys of those that stand."""
        d, p = schema.documents.c, schema.passages.c
        query = sa.select(d.slug, p.key).join(schema.documents).order_by(d.slug)
        rows = self._rows(query.where(d.present, p.until.is_(None)))
        for slug, group in groupby(rows, key=lambda row: str(row.slug)):
            yield slug, frozenset(row.key for row in group)

    def languages(self) -> frozenset[str]:
        """The languages of the passages that stand; an empty one where some are not known."""
        position = self.position()
        if self._languages[0] != position:
            p = schema.passages.c
            query = sa.select(p.language).where(p.until.is_(None)).distinct()
            found = frozenset(row.language for row in self._rows(query))
            self._languages = (position, found)
        return self._languages[1]

    def failures(self) -> dict[str, str]:
        """The files that the last sync could not read, with the reasons."""
        rows = self._rows(sa.select(schema.failures).order_by(schema.failures.c.file))
        return {row.file: row.reason for row in rows}

    def position(self) -> int:
        """The sequence number of the last write; 0 for an empty store."""
        rows = self._rows(sa.select(sa.func.max(schema.changes.c.seq).label("seq")))
        return int(rows[0].seq or 0)

    def changes(self, after: int) -> list[tuple[int, str]]:
        """The entries of the change log after position `after`: (position, slug), in order."""
        c = schema.changes.c
        query = sa.select(c.seq, c.slug).where(c.seq > after).order_by(c.seq)
        return [(row.seq, row.slug) for row in self._rows(query)]

    # Writing

    @contextmanager
    def writing(self) -> Iterator[Transaction]:
        """A transaction: all that is done in it is kept, or nothing."""
        with self._errors(), self._db.begin() as connection:
            transaction = Transaction(connection)
            yield transaction
            transaction.flush()

    def _fact(self, name: str, default: str) -> str:
        f = schema.facts.c
        query = sa.select(f.value).where(f.name == name)
        rows = self._rows(query)
        if not rows:
            with self._errors(), self._db.begin() as connection:
                connection.execute(
                    sa.insert(schema.facts).prefix_with("OR IGNORE", dialect="sqlite"),
                    {"name": name, "value": default},
                )
            rows = self._rows(query)
        return str(rows[0].value)

    def _rows(self, query: sa.Select[Any] | sa.CompoundSelect[Any]) -> Sequence[sa.Row[Any]]:
        with self._errors(), self._db.connect() as connection:
            return connection.execute(query).all()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error)
            where = self._db.url.database or self._db.url.render_as_string()
            raise StoreUnavailable(f"the store {where} cannot be used: {reason}") from error


def sqlite_address(folder: Path) -> str:
    """The address of the SQLite store in the data folder."""
    return f"sqlite:///{folder / 'pilcrow.db'}"


def _set_pragmas(connection: Any, _: object) -> None:  # noqa: ANN401
    """WAL lets readers read while one writes; NORMAL is safe with it after a crash."""
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=30000",
        "foreign_keys=ON",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _passages() -> sa.Select[Any]:
    slug = schema.documents.c.slug.label("slug")
    return sa.select(schema.passages, slug).join(schema.documents)


def _passage(row: sa.Row[Any]) -> StoredPassage:
    return StoredPassage(row.key, row.slug, row.since, row.until, passage_of(row))


def _document(row: sa.Row[Any]) -> StoredDocument:
    metadata = row.metadata | {"tags": tuple(row.metadata["tags"])}
    return StoredDocument(
        slug=row.slug,
        file=row.file,
        metadata=Metadata(**metadata),
        edition=row.edition,
        passages=row.passages,
        changed_at=row.changed_at,
        notes=tuple(row.notes),
        present=row.present,
    )
