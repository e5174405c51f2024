"""The store of record: documents, editions and passages in; the same, as they stand or stood, out.

Truth is here and in the corpus files; every index is derived. Each write to a document adds to the
change log in the same transaction, and engines follow the log.
"""

import uuid
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError

from indexer import rows, schema
from indexer.document import (
    Kind,
    Metadata,
    Passage,
    StoredDocument,
    StoredPassage,
)
from indexer.errors import NotFound, StoreUnavailable

_ROWS = 500  # in one statement; SQLite allows a limited number of parameters


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the store knows of a file: enough to tell whether it must be read again."""

    file: str
    slug: str
    hint: str
    hash: str
    reader: str
    present: bool


class Store:
    """The store at a database address, such as `sqlite:////data/pilcrow.db`.

    Every method raises `StoreUnavailable` where the database cannot be opened, read or written.
    """

    def __init__(self, address: str) -> None:
        self._db = sa.create_engine(address)
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

    def documents(self) -> tuple[StoredDocument, ...]:
        """The documents whose files are present, by slug."""
        table = schema.documents
        query = rows.DOCUMENTS.where(table.c.present).order_by(table.c.slug)
        return tuple(map(rows.document, self._rows(query)))

    def document(self, slug: str) -> StoredDocument:
        """The document at `slug`, present or not. Raises `NotFound`."""
        found = self._rows(rows.DOCUMENTS.where(schema.documents.c.slug == slug))
        if not found:
            raise NotFound(f"there is no document {slug!r}")
        return rows.document(found[0])

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

    def passage(self, slug: str, local_id: str) -> StoredPassage:
        """The passage with this id as it stands, or as it last stood. Raises `NotFound`."""
        p = schema.passages.c
        query = rows.PASSAGES.where(schema.documents.c.slug == slug, p.id == local_id)
        found = self._rows(query.order_by(p.since.desc()).limit(1))
        if not found:
            raise NotFound(f"document {slug!r} has never had a passage {local_id!r}")
        return rows.passage(found[0])

    def found(self, keys: Collection[int]) -> dict[int, rows.FoundRow]:
        """The passages with these keys and their documents, those that no longer stand included."""
        found = map(rows.FoundRow, self._rows(rows.FOUND, {"keys": list(keys)}))
        return {row.key: row for row in found}

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
        """Each present document that has passages: its slug, and the keys of those that stand."""
        d, p = schema.documents.c, schema.passages.c
        query = sa.select(d.slug, p.key).join(schema.documents).order_by(d.slug)
        found = self._rows(query.where(d.present, p.until.is_(None)))
        for slug, group in groupby(found, key=lambda row: str(row.slug)):
            yield slug, frozenset(row.key for row in group)

    def failures(self) -> dict[str, str]:
        """The files that the last sync could not read, with the reasons."""
        found = self._rows(sa.select(schema.failures).order_by(schema.failures.c.file))
        return {row.file: row.reason for row in found}

    def position(self) -> int:
        """The sequence number of the last write; 0 for an empty store."""
        found = self._rows(sa.select(sa.func.max(schema.changes.c.seq).label("seq")))
        return int(found[0].seq or 0)

    def changes(self, after: int) -> list[tuple[int, str]]:
        """The entries of the change log after position `after`: (position, slug), in order."""
        c = schema.changes.c
        query = sa.select(c.seq, c.slug).where(c.seq > after).order_by(c.seq)
        return [(row.seq, row.slug) for row in self._rows(query)]

    # Writing

    @contextmanager
    def writing(self) -> Iterator["Transaction"]:
        """A transaction: all that is done in it is kept, or nothing."""
        with self._errors(), self._db.begin() as connection:
            yield Transaction(connection)

    def _fact(self, name: str, default: str) -> str:
        f = schema.facts.c
        query = sa.select(f.value).where(f.name == name)
        found = self._rows(query)
        if not found:
            with self._errors(), self._db.begin() as connection:
                connection.execute(
                    sa.insert(schema.facts).prefix_with("OR IGNORE", dialect="sqlite"),
                    {"name": name, "value": default},
                )
            found = self._rows(query)
        return str(found[0].value)

    def _rows(
        self, query: sa.Select[Any], values: Mapping[str, Any] | None = None
    ) -> Sequence[sa.Row[Any]]:
        with self._errors(), self._db.connect() as connection:
            return connection.execute(query, values).all()

    @contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error)
            where = self._db.url.database or self._db.url.render_as_string()
            raise StoreUnavailable(f"the store {where} cannot be used: {reason}") from error


class Transaction:
    """What can be written to the store; made by `Store.writing`."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def put(
        self,
        record: FileRecord,
        metadata: Metadata,
        notes: Sequence[str],
        passages: Sequence[Passage],
    ) -> None:
        """Stores what a file says now, as a new edition where it differs from the last one."""
        row = self._row(record.slug)
        values = asdict(record) | {"metadata": _as_json(metadata), "notes": list(notes)}
        del values["slug"]
        if row is None:
            document, edition, standing = self._insert(record.slug, values), 1, {}
        else:
            document, edition = row.id, row.edition + 1
            standing = self._standing(document)
        gone = _gone(standing, passages)
        added = _added(standing, passages)
        if row is not None and not (gone or added) and row.metadata == values["metadata"]:
            self._update(document, values)
            if not row.present:
                self._log(record.slug)
            return
        self._close(gone, edition)
        self._insert_passages(document, edition, added)
        values |= {"edition": edition, "passages": len(passages), "changed_at": _now()}
        self._update(document, values)
        self._execute(
            sa.insert(schema.editions),
            {
                "document": document,
                "number": edition,
                "hash": record.hash,
                "metadata": values["metadata"],
                "at": values["changed_at"],
            },
        )
        self._log(record.slug)

    def touch(self, file: str, hint: str) -> None:
        """Notes that a file was touched and found to have the content it had."""
        table = schema.documents
        self._execute(sa.update(table).where(table.c.file == file).values(hint=hint))

    def remove(self, slug: str) -> None:
        """Notes that a document's file is gone; its passages are kept for their addresses."""
        table = schema.documents
        self._execute(sa.update(table).where(table.c.slug == slug).values(present=False))
        self._log(slug)

    def move(self, slug: str, new_slug: str, file: str, hint: str) -> None:
        """Gives a document the address of its file's new path; the old address leads there."""
        row = self._row(slug)
        if row is None:
            raise NotFound(f"there is no document {slug!r}")
        self._update(row.id, {"slug": new_slug, "file": file, "hint": hint, "present": True})
        if new_slug != slug:
            table = schema.redirects
            self._execute(sa.delete(table).where(table.c.slug == new_slug))
            redirect = {"slug": slug, "document": row.id, "at": _now()}
            self._execute(sa.insert(schema.redirects), redirect)
            self._log(slug)
        self._log(new_slug)

    def set_failures(self, failures: Mapping[str, str]) -> None:
        """Replaces the list of files that could not be read."""
        self._execute(sa.delete(schema.failures))
        if failures:
            failed = [{"file": file, "reason": reason} for file, reason in failures.items()]
            self._execute(sa.insert(schema.failures), failed)

    def slug_of(self, file: str) -> str:
        """The slug of the document that this file was last read into, or an empty string."""
        d = schema.documents.c
        query = sa.select(d.slug).where(d.file == file).order_by(d.present.desc())
        return self._connection.execute(query).scalars().first() or ""

    def owner(self, slug: str) -> str:
        """The present slug of the document that has or had `slug`, or an empty string."""
        d, r = schema.documents.c, schema.redirects.c
        has = sa.select(d.slug).where(d.slug == slug)
        had = sa.select(d.slug).join(schema.redirects).where(r.slug == slug)
        return self._connection.execute(has.union(had)).scalars().first() or ""

    def standing(self, slug: str) -> tuple[Passage, ...]:
        """The passages of a document as they stand, in order; none for an unknown one."""
        row = self._row(slug)
        return tuple(self._standing(row.id)) if row else ()

    def used_ids(self, slug: str) -> frozenset[str]:
        """Every local id that a document has ever given."""
        p = schema.passages.c
        query = sa.select(p.id).join(schema.documents).where(schema.documents.c.slug == slug)
        return frozenset(self._connection.execute(query.distinct()).scalars())

    def _row(self, slug: str) -> sa.Row[Any] | None:
        table = schema.documents
        return self._connection.execute(sa.select(table).where(table.c.slug == slug)).one_or_none()

    def _insert(self, slug: str, values: Mapping[str, Any]) -> int:
        fresh = {"slug": slug, "edition": 0, "passages": 0, "changed_at": ""}
        result = self._connection.execute(sa.insert(schema.documents), fresh | dict(values))
        return int(result.inserted_primary_key[0])  # type: ignore[index]

    def _standing(self, document: int) -> dict[Passage, int]:
        p = schema.passages.c
        query = sa.select(schema.passages).where(p.document == document, p.until.is_(None))
        query = query.order_by(p.order)
        return {_values(row): row.key for row in self._connection.execute(query)}

    def _close(self, keys: Sequence[int], edition: int) -> None:
        table = schema.passages
        for start in range(0, len(keys), _ROWS):
            closing = table.c.key.in_(keys[start : start + _ROWS])
            self._execute(sa.update(table).where(closing).values(until=edition))

    def _insert_passages(self, document: int, edition: int, added: Sequence[Passage]) -> None:
        values = [
            {"document": document, "since": edition, "until": None}
            | {name: getattr(passage, name) for name in Passage.__dataclass_fields__}
            for passage in added
        ]
        if values:
            self._execute(sa.insert(schema.passages), values)

    def _update(self, document: int, values: Mapping[str, Any]) -> None:
        table = schema.documents
        self._execute(sa.update(table).where(table.c.id == document).values(**values))

    def _log(self, slug: str) -> None:
        self._execute(sa.insert(schema.changes), {"slug": slug})

    def _execute(self, statement: sa.Executable, values: Any = None) -> None:  # noqa: ANN401
        self._connection.execute(statement, values)


def sqlite_address(folder: Path) -> str:
    """The address of the SQLite store in the data folder."""
    return f"sqlite:///{folder / 'pilcrow.db'}"


def _gone(standing: Mapping[Passage, int], passages: Sequence[Passage]) -> list[int]:
    still = set(passages)
    return [key for passage, key in standing.items() if passage not in still]


def _added(standing: Mapping[Passage, int], passages: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage not in standing]


def _set_pragmas(connection: Any, _: object) -> None:  # noqa: ANN401
    """WAL lets readers read while one writes; NORMAL is safe with it after a crash."""
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "busy_timeout=30000",
        "foreign_keys=ON",
        "mmap_size=4000000000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _values(row: sa.Row[Any]) -> Passage:
    values = {name: getattr(row, name) for name in Passage.__dataclass_fields__}
    return Passage(**values | {"kind": Kind(row.kind), "heading": tuple(row.heading)})


def _as_json(metadata: Metadata) -> dict[str, Any]:
    return asdict(metadata) | {"tags": list(metadata.tags)}


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
