"""What files say now in; rows of the store out, a transaction at a time."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from indexer.document import Failure, FileRecord, Metadata, Passage
from indexer.errors import NotFound
from indexer.naming import name_keys
from indexer.store import databases, rows, schema
from indexer.store.digests import digest
from indexer.store.log import Happening

_ROWS = 500  # in one statement; SQLite allows a limited number of parameters
_GATHERED = 10_000  # rows of passages that are written at once

_COLUMNS = ("document", "since", *rows.SAID)


class Transaction:
    """What can be written to the store; made by `Store.writing`.

    Rows of new documents are gathered, and written a few thousand at a time.
    """

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._documents: list[dict[str, Any]] = []
        self._editions: list[dict[str, Any]] = []
        self._names: list[dict[str, Any]] = []
        self._passages: list[tuple[Any, ...]] = []
        self._changes: list[dict[str, Any]] = []
        self._tried: dict[str, Failure | None] = {}  # files, with what came of reading them
        self._next_document = 0  # not known yet

    def put(
        self,
        record: FileRecord,
        metadata: Metadata,
        notes: Sequence[str],
        passages: Sequence[Passage],
    ) -> None:
        """Stores what a file says now, as a new edition where it differs from the last one."""
        row = self._row(record.slug)
        if row is None:
            self.add(record, metadata, notes, passages)
            return
        self._be_back(row)
        values = _document_values(record, metadata, notes)
        edition = row.edition + 1
        standing = self._standing(row.id)
        gone = _gone(standing, passages)
        added = [passage for passage in passages if passage not in standing]
        if not (gone or added) and row.metadata == values["metadata"]:
            self._update(row.id, values)
            self._rename(row.id, values)
            if not row.present:
                self._log(record.slug, row.id, Happening.RETURNED, row.edition)
            return
        self._close(gone, edition)
        self._gather(row.id, edition, map(rows.written, added))
        values |= {"edition": edition, "passages": len(passages), "changed_at": _now()}
        self._update(row.id, values)
        self._rename(row.id, values)
        said = map(rows.written, passages)
        self._editions.append(_edition_values(row.id, values, said))
        happening = Happening.CHANGED if row.present else Happening.RETURNED
        self._log(record.slug, row.id, happening, edition)

    def add(
        self,
        record: FileRecord,
        metadata: Metadata,
        notes: Sequence[str],
        passages: Sequence[Passage],
    ) -> None:
        """Stores a document whose slug no other has or had."""
        self._next_document = self._next_document or self._highest_document() + 1
        values = _document_values(record, metadata, notes) | {
            "id": self._next_document,
            "edition": 1,
            "passages": len(passages),
            "changed_at": _now(),
        }
        self._documents.append(values)
        self._names += _names(self._next_document, values)
        said = list(map(rows.written, passages))
        self._editions.append(_edition_values(self._next_document, values, said))
        self._gather(self._next_document, 1, said)
        self._log(record.slug, self._next_document, Happening.NEW, 1)
        self._next_document += 1
        if len(self._passages) > _GATHERED:
            self.flush()

    def flush(self) -> None:
        """Writes what has been gathered."""
        for table, gathered in (
            (schema.documents, self._documents),
            (schema.editions, self._editions),
            (schema.names, self._names),
            (schema.changes, self._changes),
        ):
            if gathered:
                self._connection.execute(sa.insert(table), gathered)
                gathered.clear()
        if self._passages:
            self._insert_passages()
            self._passages.clear()
        if self._tried:
            self._note_failures(dict(self._tried))
            self._tried.clear()

    def touch(self, file: str, hint: str) -> None:
        """Notes that a file was touched and found to have the content it had."""
        table = schema.documents
        self._execute(sa.update(table).where(table.c.file == file).values(hint=hint))

    def remove(self, slug: str) -> None:
        """Notes that a document's file is gone; its passages are kept for their addresses."""
        row = self._row(slug)
        if row is not None and row.present:
            absence = {"document": row.id, "gone": _now(), "back": ""}
            self._execute(sa.insert(schema.absences).values(absence))
            self._log(slug, row.id, Happening.WITHDRAWN, row.edition)
        else:
            self._log(slug)
        table = schema.documents
        self._execute(sa.update(table).where(table.c.slug == slug).values(present=False))

    def move(self, slug: str, new_slug: str, file: str, hint: str) -> None:
        """Gives a document the address of its file's new path; the old address leads there."""
        row = self._row(slug)
        if row is None:
            raise NotFound(f"there is no document {slug!r}")
        self._be_back(row)
        values = {"slug": new_slug, "file": file, "hint": hint, "present": True}
        self._update(row.id, values)
        self._rename(row.id, {**values, "metadata": row.metadata})
        if new_slug != slug:
            table = schema.redirects
            self._execute(sa.delete(table).where(table.c.slug == new_slug))
            redirect = {"slug": slug, "document": row.id, "at": _now()}
            self._execute(sa.insert(schema.redirects).values(redirect))
            self._log(slug)
        if new_slug != slug or not row.present:
            happening = Happening.MOVED if row.present else Happening.RETURNED
            self._log(new_slug, row.id, happening, row.edition)
        else:
            self._log(new_slug)

    def tried(self, file: str, failure: Failure | None) -> None:
        """Notes why a file could not be read, or that it could, or is gone."""
        self._tried[file] = failure

    def ended(self) -> None:
        """Notes that a sync has ended; it is its last act."""
        f = schema.facts
        self._execute(sa.delete(f).where(f.c.name == schema.SYNCED))
        self._execute(sa.insert(f).values(name=schema.SYNCED, value=_now()))

    def records(self, files: Collection[str]) -> dict[str, FileRecord]:
        """What is known now of files at these paths, by path."""
        d, asked = schema.documents.c, list(files)
        some = (asked[at : at + _ROWS] for at in range(0, len(asked), _ROWS))
        found = (self._execute(rows.FILES.where(d.file.in_(each))) for each in some)
        return {path: each for result in found for path, each in rows.records(result).items()}

    def failures(self, files: Collection[str]) -> dict[str, Failure]:
        """Why those of `files` could not be read that could not, by path."""
        f, asked = schema.failures.c, list(files)
        some = (asked[at : at + _ROWS] for at in range(0, len(asked), _ROWS))
        found = (self._execute(rows.FAILURES.where(f.file.in_(each))) for each in some)
        return {path: each for result in found for path, each in rows.failures(result).items()}

    def stands(self, record: FileRecord) -> bool:
        """Whether a document is still as it was when this was known of it."""
        found = self._execute(rows.FILES.where(schema.documents.c.slug == record.slug))
        return record in rows.records(found).values()

    def slugs_since(self, position: int) -> tuple[int, set[str]]:
        """The last position of the change log, and the slugs that it names after `position`."""
        c = schema.changes.c
        query = sa.select(c.slug, sa.func.max(c.seq).label("last")).where(c.seq > position)
        last = {row.slug: row.last for row in self._execute(query.group_by(c.slug))}
        return max(last.values(), default=position), set(last)

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

    def retired(self, slug: str) -> dict[str, str]:
        """The ids that a document has given and that no longer stand, with their last texts."""
        p, of = schema.passages.c, schema.documents.c.slug == slug
        stand = sa.select(p.id).join(schema.documents).where(of, p.until.is_(None))
        closed = sa.select(p.id, p.text).join(schema.documents).where(of, p.until.is_not(None))
        rows_found = self._execute(closed.where(p.id.not_in(stand)).order_by(p.key))
        return {row.id: row.text for row in rows_found}

    def _row(self, slug: str) -> sa.Row[Any] | None:
        table = schema.documents
        return self._execute(sa.select(table).where(table.c.slug == slug)).one_or_none()

    def _highest_document(self) -> int:
        query = sa.select(sa.func.max(schema.documents.c.id))
        return self._execute(query).scalar() or 0

    def _standing(self, document: int) -> dict[Passage, int]:
        p = schema.passages.c
        query = rows.PASSAGES.where(p.document == document, p.until.is_(None)).order_by(p.order)
        standing = map(rows.passage, self._execute(query))
        return {stored.passage: stored.key for stored in standing}

    def _close(self, keys: Sequence[int], edition: int) -> None:
        table = schema.passages
        for start in range(0, len(keys), _ROWS):
            closing = table.c.key.in_(keys[start : start + _ROWS])
            self._execute(sa.update(table).where(closing).values(until=edition))

    def _gather(self, document: int, edition: int, said: Iterable[Sequence[Any]]) -> None:
        self._passages += ((document, edition, *row) for row in said)

    def _note_failures(self, tried: Mapping[str, Failure | None]) -> None:
        table, files = schema.failures, list(tried)
        for start in range(0, len(files), _ROWS):
            these = table.c.file.in_(files[start : start + _ROWS])
            self._connection.execute(sa.delete(table).where(these))
        failed = [{"file": file} | asdict(why) for file, why in tried.items() if why]
        if failed:
            self._connection.execute(sa.insert(table), failed)

    def _insert_passages(self) -> None:
        """Hands rows to the driver as they are: for each, SQLAlchemy takes longer than SQLite."""
        if databases.copies(self._connection, schema.passages.name, _COLUMNS, self._passages):
            return
        statement = sa.insert(schema.passages).inline()
        insert = statement.compile(dialect=self._connection.dialect, column_keys=_COLUMNS)
        values: list[Any] = self._passages
        if not insert.positional:
            values = [dict(zip(_COLUMNS, row, strict=True)) for row in values]
        self._connection.exec_driver_sql(str(insert), values)

    def _be_back(self, row: sa.Row[Any]) -> None:
        """Notes that the file of a document is there again, where it was not."""
        if not row.present:
            a = schema.absences
            still = sa.update(a).where(a.c.document == row.id, a.c.back == "")
            self._execute(still.values(back=_now()))

    def _update(self, document: int, values: Mapping[str, Any]) -> None:
        table = schema.documents
        self._execute(sa.update(table).where(table.c.id == document).values(**values))

    def _rename(self, document: int, values: Mapping[str, Any]) -> None:
        table = schema.names
        self._execute(sa.delete(table).where(table.c.document == document))
        self._names += _names(document, values)

    def _log(
        self,
        slug: str,
        document: int | None = None,
        happening: Happening | None = None,
        edition: int | None = None,
    ) -> None:
        """Adds a row; one without a happening is for engines alone."""
        told = {"document": document, "happening": happening, "edition": edition}
        self._changes.append({"slug": slug, **told, "at": _now() if happening else None})

    def _execute(
        self, statement: sa.Executable, values: Sequence[Mapping[str, Any]] | None = None
    ) -> sa.CursorResult[Any]:
        """Runs `statement` after all that was written before it."""
        self.flush()
        return self._connection.execute(statement, values)


def _gone(standing: Mapping[Passage, int], passages: Sequence[Passage]) -> list[int]:
    still = set(passages)
    return [key for passage, key in standing.items() if passage not in still]


def _document_values(
    record: FileRecord, metadata: Metadata, notes: Sequence[str]
) -> dict[str, Any]:
    said = {"metadata": _as_json(metadata), "date": metadata.date, "notes": list(notes)}
    return asdict(record) | said


def _names(document: int, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of `names` for a document with these values of its columns."""
    said = values["metadata"]
    names = [*said["names"], said.get("work", "")]
    keys = name_keys(values["slug"], values["file"], said["title"], names)
    return [{"key": key, "document": document} for key in sorted(keys)]


def _edition_values(
    document: int, values: Mapping[str, Any], said: Iterable[Sequence[Any]]
) -> dict[str, Any]:
    return {
        "document": document,
        "number": values["edition"],
        "hash": values["hash"],
        "metadata": values["metadata"],
        "at": values["changed_at"],
        "digest": digest(values["metadata"], said),
    }


def _as_json(metadata: Metadata) -> dict[str, Any]:
    said = asdict(metadata) | {"tags": list(metadata.tags), "names": list(metadata.names)}
    if not metadata.work:  # which stores had not before: no document has changed for its absence
        del said["work"]
    return said


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
