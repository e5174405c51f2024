"""A folder with corpus.jsonl, queries.jsonl and qrels.tsv in; a library over it out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from babel import Locale

from indexer import readers
from indexer.config import Settings
from indexer.document import FileRecord, Kind, Metadata, Passage
from indexer.library import Library, open_library
from indexer.store.databases import sqlite_address
from indexer.store.store import Store


class UnknownLanguage(ValueError):
    """The name of a folder ends in what is no language."""


@dataclass(frozen=True, slots=True)
class Query:
    """A query with its judgments: document id → grade."""

    id: str
    text: str
    grades: dict[str, int]


def read_queries(folder: Path) -> list[Query]:
    """The queries that have judgments."""
    grades: dict[str, dict[str, int]] = {}
    for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        query, document, grade = line.split("\t")
        grades.setdefault(query, {})[document] = int(grade)
    rows = map(json.loads, (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines())
    return [Query(r["_id"], r["text"], grades[r["_id"]]) for r in rows if r["_id"] in grades]


@contextmanager
def opened(folders: list[Path], languages: list[str], data: Path, engine: str) -> Iterator[Library]:
    """A library whose documents are those of the collections, one passage each.

    A document's file is `<collection>/<id>`. One without a text has its title for a text.
    """
    store = Store(sqlite_address(data))
    for folder, language in zip(folders, languages, strict=True):
        with store.writing() as transaction, (folder / "corpus.jsonl").open("rb") as lines:
            for number, line in enumerate(lines):
                row = json.loads(line)
                title, text = row.get("title") or "", row["text"].strip()
                slug = f"{folder.name}-{number}"
                record = FileRecord(
                    f"{folder.name}/{row['_id']}", slug, "", "", readers.VERSION, present=True
                )
                passage = Passage(1, Kind.PARAGRAPH, text or title, language=language, id="p1")
                if passage.text:
                    metadata = Metadata(title=title, language=language)
                    transaction.put(record, metadata, (), (passage,))
    store.close()
    library = open_library(Settings(data=data, engine=engine))
    library.maintenance.rebuild()
    try:
        yield library
    finally:
        library.close()


def language_of(folder: Path) -> str:
    """The language that follows the last `_` of a folder's name (`xquad_de`), or `en` without one.

    What is no language there is refused: read as one it would go without stems, and score low.
    """
    name, _, language = folder.name.rpartition("_")
    if not name:
        return "en"
    if language not in Locale("en").languages:
        message = (
            f"{folder}: {language!r}, after the last '_' of the folder's name, is no language; "
            "name the folder NAME_LANGUAGE (xquad_de), or without '_' if it is English"
        )
        raise UnknownLanguage(message)
    return language
