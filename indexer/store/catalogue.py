"""The documents that are there, as a person looks through them: narrowed, in some order, paged."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

import sqlalchemy as sa

from indexer.document import StoredDocument
from indexer.naming import name_key
from indexer.store import rows, schema

Rows = Callable[[sa.Executable], Sequence[sa.Row[Any]]]  # what runs a query

Place = tuple[Any, ...]  # the values that an order goes by, and the slug, of a document

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
class Part:
    """Some documents, and the place behind the last of them; None where there are no more."""

    documents: tuple[StoredDocument, ...]
    next: Place | None


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
        query = rows.DOCUMENTS.where(*conditions).order_by(*map(_ordered, _keys(asked.sorting)))
        found = self._run(query.limit(limit).offset(offset))
        return Listed(
            tuple(map(rows.document, found)), int(counted.total), int(counted.passages or 0)
        )

    def total(self, asked: Asked) -> int:
        """How many documents there are."""
        count = sa.select(sa.func.count().label("total")).select_from(schema.documents)
        return int(self._run(count.where(*_conditions(asked)))[0].total)

    def part(self, asked: Asked, limit: int, after: Place | None = None) -> Part:
        """`limit` documents from the first one behind the place `after` on, or from the first on.

        A place stays, whatever comes or goes.
        """
        keys = _keys(asked.sorting)
        query = rows.DOCUMENTS.where(*_conditions(asked)).order_by(*map(_ordered, keys))
        if after is not None:
            query = query.where(_behind(keys, after))
        width = len(rows.DOCUMENTS.selected_columns)
        said = (key.value.label(f"key_{n}") for n, key in enumerate(keys))
        found = self._run(query.add_columns(*said).limit(limit + 1))
        shown = [tuple(row) for row in found[:limit]]
        last = shown[-1][width:] if len(found) > limit else None
        return Part(tuple(rows.document(row[:width]) for row in shown), last)

    @staticmethod
    def kinds(sorting: Sorting) -> tuple[type, ...]:
        """Of which types the values of a place are."""
        return tuple(key.kind for key in _keys(sorting))

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


class _Key(NamedTuple):
    """A value that an order goes by, from the least on or, where `falls`, from the greatest."""

    value: sa.ColumnElement[Any]
    kind: type = str
    falls: bool = False


def _ordered(key: _Key) -> sa.ColumnElement[Any]:
    return key.value.desc() if key.falls else key.value


def _behind(keys: Sequence[_Key], place: Place) -> sa.ColumnElement[bool]:
    """Whether a document comes after a place: at the first value that differs."""
    found: list[sa.ColumnElement[bool]] = []
    for at, (key, value) in enumerate(zip(keys, place, strict=True)):
        same = [each.value == known for each, known in zip(keys[:at], place[:at], strict=True)]
        found.append(sa.and_(*same, key.value < value if key.falls else key.value > value))
    return sa.or_(*found)


def _keys(sorting: Sorting) -> list[_Key]:
    d = schema.documents.c
    title = sa.func.lower(sa.func.coalesce(sa.func.nullif(_known("title"), ""), d.file))
    orders: Mapping[Sorting, list[_Key]] = {
        Sorting.NEWEST: [_Key(d.date, falls=True)],
        Sorting.OLDEST: [_Key(sa.case((d.date == "", 1), else_=0), int), _Key(d.date)],
        Sorting.TITLE: [_Key(title)],
        Sorting.LONGEST: [_Key(d.passages, int, falls=True)],
        Sorting.CHANGED: [_Key(d.changed_at, falls=True)],
    }
    return [*orders[sorting], _Key(d.slug)]
