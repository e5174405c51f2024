"""What is in the documents that are there, counted by what is known of them."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import sqlalchemy as sa

from indexer.document import StoredDocument
from indexer.store import rows, schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query


class Held(NamedTuple):
    """How many documents and passages there are, and when the newest edition came in.

    Empty for none, else ISO 8601, UTC.
    """

    documents: int
    passages: int
    synced_at: str


class Share(NamedTuple):
    """What has a value: `value` is empty where none is known."""

    value: str
    documents: int
    passages: int


class Holdings:
    """Counts, from what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    def held(self) -> Held:
        """How much there is in the documents whose files are present."""
        d = schema.documents.c
        sums = sa.func.sum(d.passages).label("passages"), sa.func.max(d.changed_at).label("at")
        query = sa.select(sa.func.count().label("documents"), *sums).where(d.present)
        row = self._run(query)[0]
        return Held(row.documents, row.passages or 0, row.at or "")

    def by_language(self) -> list[Share]:
        """By the language that most of a document is in, the most documents first."""
        return self._by(schema.documents.c.metadata["language"].as_string())

    def by_publisher(self) -> list[Share]:
        """By publisher, the most documents first."""
        return self._by(schema.documents.c.metadata["publisher"].as_string())

    def by_year(self) -> list[Share]:
        """By the year of a document's date, the first first."""
        return sorted(self._by(sa.func.substr(schema.documents.c.date, 1, 4)))

    def by_format(self) -> list[Share]:
        """By the suffix of the file, in small letters and without its dot, the most first."""
        file = sa.func.lower(schema.documents.c.file)
        before = sa.func.rtrim(file, sa.func.replace(file, ".", ""))  # up to the last dot
        return self._by(sa.func.replace(file, before, ""))

    def dates(self) -> tuple[str, str]:
        """The first and the last date of a document, as exactly as known; empty for none."""
        d = schema.documents.c
        query = sa.select(sa.func.min(d.date).label("first"), sa.func.max(d.date).label("last"))
        row = self._run(query.where(d.present, d.date != ""))[0]
        return row.first or "", row.last or ""

    def noted(self) -> int:
        """On how many documents their readers left notes."""
        query = sa.select(sa.func.count().label("documents")).where(*_noted())
        return int(self._run(query)[0].documents)

    def some_noted(self, limit: int, offset: int = 0) -> tuple[StoredDocument, ...]:
        """Some of these documents, by slug."""
        query = rows.DOCUMENTS.where(*_noted()).order_by(schema.documents.c.slug)
        return tuple(map(rows.document, self._run(query.limit(limit).offset(offset))))

    def failures(self) -> dict[str, str]:
        """The files that the last sync could not read, with the reasons, by path."""
        f = schema.failures.c
        return {
            row.file: row.reason for row in self._run(sa.select(f.file, f.reason).order_by(f.file))
        }

    def withdrawn(self) -> int:
        """How many documents are kept whose files have left the corpus."""
        query = sa.select(sa.func.count().label("documents"))
        return int(self._run(query.where(sa.not_(schema.documents.c.present)))[0].documents)

    def synced_at(self) -> str:
        """When a sync last ended (ISO 8601, UTC); empty where that was not noted."""
        f = schema.facts.c
        found = self._run(sa.select(f.value).where(f.name == schema.SYNCED))
        return str(found[0].value) if found else ""

    def _by(self, value: sa.ColumnElement[Any]) -> list[Share]:
        d = schema.documents.c
        named = sa.func.coalesce(value, "").label("value")
        count, passages = sa.func.count().label("documents"), sa.func.sum(d.passages)
        query = sa.select(named, count, passages.label("passages")).where(d.present)
        found = self._run(query.group_by(named).order_by(count.desc(), named))
        return [Share(row.value, row.documents, int(row.passages)) for row in found]


def _noted() -> tuple[sa.ColumnElement[bool], ...]:
    d = schema.documents.c
    return d.present, sa.cast(d.notes, sa.Text) != "[]"
