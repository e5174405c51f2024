"""The documents that are there, as a person looks through them: narrowed, in some order, paged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import sqlalchemy as sa

from indexer.document import StoredDocument
from indexer.naming import name_key
from indexer.store import rows, schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query

CHOICES = 200  # publishers, years or languages to choose from; the most frequent


class Sorting(StrEnum):
    """The orders of the list; documents that are alike in it are by slug."""

    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    LONGEST = "longest"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for: all `words` in the title, names or file, the other values as they are.

    Words may be parts of words, in whatever case and accents. What is empty narrows nothing.
    """

    words: str = ""
    publisher: str = ""
    year: str = ""
    language: str = ""
    sorting: Sorting = Sorting.NEWEST


@dataclass(frozen=True, slots=True)
class Listed:
    """Some documents, and how many there are altogether, with how many paragraphs."""

    documents: tuple[StoredDocument, ...]
    total: int
    passages: int


class Catalogue:
    """The list, from what `run` gives; its methods raise `StoreUnavailable`."""

    def __init__(self, run: Rows) -> None:
        self._run = run

    @staticmethod
    def asked(sort: str, **values: str) -> Asked:
        """What `values`, by the names of `Asked`, look for, in the order named `sort`."""
        return Asked(**values, sorting=Sorting(sort) if sort in tuple(Sorting) else Sorting.NEWEST)

    def find(self, asked: Asked, limit: int, offset: int = 0) -> Listed:
        """`limit` documents from the one at `offset` on."""
        d = schema.documents.c
        conditions = _conditions(asked)
        sums = sa.select(sa.func.count().label("total"), sa.func.sum(d.passages).label("passages"))
        counted = self._run(sums.where(*conditions))[0]
        query = rows.DOCUMENTS.where(*conditions).order_by(*_order(asked.sorting), d.slug)
        found = self._run(query.limit(limit).offset(offset))
        return Listed(
            tuple(map(rows.document, found)), int(counted.total), int(counted.passages or 0)
        )

    def choices(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """The publishers, years and languages that documents have, with how many have each.

        Publishers and languages by name, years the last first.
        """
        d = schema.documents.c
        values = {
            "publisher": _known("publisher"),
            "year": sa.func.substr(d.date, 1, 4),
            "language": _known("language"),
        }
        return {name: self._choices(name, value) for name, value in values.items()}

    def _choices(self, name: str, value: sa.ColumnElement[str]) -> list[tuple[str, int]]:
        labelled, many = value.label("value"), sa.func.count().label("many")
        query = sa.select(labelled, many).where(schema.documents.c.present, value != "")
        found = self._run(query.group_by(labelled).order_by(many.desc(), labelled).limit(CHOICES))
        counts = [(str(row.value), int(row.many)) for row in found]
        return sorted(counts, key=lambda each: each[0].casefold(), reverse=name == "year")


def _known(name: str) -> sa.ColumnElement[str]:
    value: sa.ColumnElement[str] = schema.documents.c.metadata[name].as_string()
    return value


def _conditions(asked: Asked) -> list[sa.ColumnElement[bool]]:
    d = schema.documents.c
    found: list[sa.ColumnElement[bool]] = [d.present]
    if asked.words:
        parts = [part for part in map(name_key, asked.words.split()) if part]
        found += map(_named, parts) if parts else [sa.false()]  # signs alone are in no name
    if asked.publisher:
        found.append(_known("publisher") == asked.publisher)
    if asked.language:
        found.append(_known("language") == asked.language)
    if asked.year:
        found.append(d.date.startswith(asked.year, autoescape=True))
    return found


def _named(part: str) -> sa.ColumnElement[bool]:
    """Whether a name of the document has `part`, which is as names are compared."""
    n = schema.names.c
    having = sa.select(n.document).where(n.key.contains(part, autoescape=True))
    return schema.documents.c.id.in_(having)


def _order(sorting: Sorting) -> list[sa.ColumnElement[Any]]:
    d = schema.documents.c
    title = sa.func.lower(sa.func.coalesce(sa.func.nullif(_known("title"), ""), d.file))
    orders: Mapping[Sorting, list[sa.ColumnElement[Any]]] = {
        Sorting.NEWEST: [d.date.desc()],
        Sorting.OLDEST: [sa.case((d.date == "", 1), else_=0), d.date],
        Sorting.TITLE: [title],
        Sorting.LONGEST: [d.passages.desc()],
        Sorting.CHANGED: [d.changed_at.desc()],
    }
    return orders[sorting]
