"""Rows of the store in, documents and passages out; and the queries that give such rows.

By place and not by name, and JSON as text that need not be read twice: a search has a millisecond.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any

import sqlalchemy as sa

from indexer.document import (
    Edition,
    Failure,
    FileRecord,
    Kind,
    Metadata,
    NoteMark,
    Passage,
    StoredDocument,
    StoredPassage,
)
from indexer.store import schema

_KINDS = {kind.value: kind for kind in Kind}
_NO_MARKS = "[]"  # what nearly all passages have


def columns(table: sa.Table, names: Iterable[str]) -> list[sa.ColumnElement[Any]]:
    """Columns by name; JSON as text, so that the same text need not be read again and again."""
    columns = [table.c[name] for name in names]
    return [
        sa.cast(c, sa.Text).label(c.name) if isinstance(c.type, sa.JSON) else c for c in columns
    ]


# What a passage says: its fields are the columns, in this order, for reading and for writing.
SAID = tuple(field.name for field in fields(Passage))
_KIND, _HEADING, _MARKS = map(SAID.index, ("kind", "heading", "note_marks"))
_values = attrgetter(*SAID)

PASSAGE = (
    schema.passages.c.key,
    schema.documents.c.slug,
    *columns(schema.passages, ("since", "until", *SAID)),
)
_DOCUMENT = columns(
    schema.documents,
    ("slug", "file", "metadata", "edition", "passages", "changed_at", "notes", "present"),
)
_WIDTH = len(PASSAGE)
_SLUG, _LANGUAGE, _TEXT, _LABEL, _PATH = map(
    [column.name for column in PASSAGE].index, ("slug", "language", "text", "label", "heading")
)
PASSAGES = sa.select(*PASSAGE).join_from(schema.passages, schema.documents)
DOCUMENTS = sa.select(*_DOCUMENT)
_RECORD = [schema.documents.c[field.name] for field in fields(FileRecord)]
FAILURES = sa.select(schema.failures).order_by(schema.failures.c.file)
FILES = sa.select(*_RECORD).order_by(schema.documents.c.present, schema.documents.c.slug)
EDITIONS = sa.select(*columns(schema.editions, ("number", "metadata", "at"))).join_from(
    schema.editions, schema.documents
)
FOUND = (
    sa.select(*PASSAGE, *_DOCUMENT)
    .join_from(schema.passages, schema.documents)
    .where(schema.passages.c.key.in_(sa.bindparam("keys", expanding=True)))
)
AT = DOCUMENTS.where(schema.documents.c.slug.in_(sa.bindparam("keys", expanding=True)))
POSITION = sa.select(sa.func.max(schema.changes.c.seq))
NAMED = sa.select(schema.names.c.document).where(
    schema.names.c.key.in_(sa.bindparam("keys", expanding=True))
)
# What stands beside some passages: the key of one, which side, and the passage there. Made once,
# since to make it takes longer than to ask it.
_HERE, _THERE = schema.passages.alias("here"), schema.passages
_ONE = sa.literal_column("1", sa.Integer)
BESIDE = (
    sa.select(_HERE.c.key.label("of"), _THERE.c.order - _HERE.c.order, *PASSAGE)
    .join_from(_THERE, schema.documents)
    .join(_HERE, sa.and_(_HERE.c.document == _THERE.c.document, _HERE.c.until.is_(None)))
    .where(
        _HERE.c.key.in_(sa.bindparam("keys", expanding=True)),
        _THERE.c.until.is_(None),
        _THERE.c.order.in_((_HERE.c.order - _ONE, _HERE.c.order + _ONE)),
    )
)


def document(row: Sequence[Any]) -> StoredDocument:
    """A row of `DOCUMENTS`; passages found stand in the same few documents, so these are kept."""
    return _document(*row)


def edition(row: Sequence[Any]) -> Edition:
    """A row of `EDITIONS`."""
    number, metadata, at = row
    return Edition(number, _metadata(metadata), at)


def passage(row: Sequence[Any]) -> StoredPassage:
    """A row of `PASSAGES`; by place, since names cost more than all the rest."""
    key, slug, since, until, *said = row
    said[_KIND] = _KINDS[said[_KIND]]
    said[_HEADING] = _read_heading(said[_HEADING])
    said[_MARKS] = _read_marks(said[_MARKS]) if said[_MARKS] != _NO_MARKS else ()
    return StoredPassage(key, slug, since, until, Passage(*said))


def written(passage: Passage) -> list[Any]:
    """The values of the columns `SAID` for `passage`, JSON as text."""
    said = list(_values(passage))
    said[_KIND] = said[_KIND].value
    said[_HEADING] = _written_heading(said[_HEADING])
    said[_MARKS] = json.dumps(said[_MARKS]) if said[_MARKS] else _NO_MARKS
    return said


class FoundRow:
    """A row of `FOUND`: a passage with its document, made only when they are wanted."""

    def __init__(self, row: Sequence[Any], then: StoredDocument | None = None) -> None:
        self._row = row
        self._then = then
        self.key: int = row[0]
        self.language: str = row[_LANGUAGE]
        self.text: str = row[_TEXT]

    @property
    def slug(self) -> str:
        """The slug of the document."""
        return str(self._row[_SLUG])

    def within(self, then: StoredDocument | None) -> "FoundRow":
        """The same passage in its document as that was at another time."""
        return FoundRow(self._row, then) if then else self

    @property
    def label(self) -> str:
        """The passage's official number as printed."""
        return str(self._row[_LABEL])

    @property
    def heading(self) -> tuple[str, ...]:
        """The headings above the passage."""
        return _read_heading(self._row[_PATH])

    def document(self) -> StoredDocument:
        """The document that the passage stands in."""
        return self._then or document(self._row[_WIDTH:])

    def passage(self) -> StoredPassage:
        """The passage as it stands, or last stood."""
        return passage(self._row[:_WIDTH])


@lru_cache(maxsize=4096)
def _document(  # noqa: PLR0913, PLR0917 - a row has its columns
    slug: str,
    file: str,
    metadata: str,
    edition: int,
    passages: int,
    changed_at: str,
    notes: str,
    present: bool,  # or a number that means it, in a row that did not come by SQLAlchemy
) -> StoredDocument:
    told, said = tuple(json.loads(notes)), _metadata(metadata)
    return StoredDocument(slug, file, said, edition, passages, changed_at, told, bool(present))


def _metadata(text: str) -> Metadata:
    known = json.loads(text)
    return Metadata(**known | {"tags": tuple(known["tags"]), "names": tuple(known["names"])})


@lru_cache(maxsize=1_000)
def _written_heading(path: tuple[str, ...]) -> str:
    return json.dumps(path)


@lru_cache(maxsize=4096)
def _read_heading(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


@lru_cache(maxsize=1024)
def _read_marks(text: str) -> tuple[NoteMark, ...]:
    return tuple(NoteMark(*mark) for mark in json.loads(text))


def records(rows: Iterable[Sequence[Any]]) -> dict[str, FileRecord]:
    """What `FILES` gives, by path: of several documents that had a file there, the present one."""
    return {row[0]: FileRecord(*row) for row in rows}


def failures(rows: Iterable[sa.Row[Any]]) -> dict[str, Failure]:
    """What `FAILURES` gives, by path."""
    return {row.file: Failure(row.reason, row.tried) for row in rows}
