"""Shapes of what a library tells of itself, and of what a sync does."""

from typing import TypedDict


class FailureJson(TypedDict):
    """A file that could not be read, and why."""

    file: str
    reason: str


class NotesJson(TypedDict):
    """What the reader of a file left out of it or doubted."""

    file: str
    notes: list[str]


class InfoJson(TypedDict):
    """What a library holds, and where."""

    documents: int
    passages: int
    engine: str
    behind: int
    corpus: str
    data: str
    synced_at: str
    failures: list[FailureJson]
    notes: list[NotesJson]
    advice: str


class PlanJson(TypedDict):
    """What a sync does, as paths in the corpus folder."""

    new: list[str]
    changed: list[str]
    moved: list[dict[str, str]]
    removed: list[str]
    touched: list[str]
    unchanged: int


class ReportJson(PlanJson):
    """What a sync did; `ignored` are files in formats that have no reader.

    `awaits` says which other process rebuilds the index, where one does; else it is empty.
    `others` is how many files other workers have read meanwhile, where they share the store.
    """

    failures: list[FailureJson]
    notes: list[NotesJson]
    ignored: list[str]
    awaits: str
    others: int


class AgreementJson(TypedDict):
    """How store and index compare."""

    agree: bool
    missing: list[str]
    surplus: list[str]
    passages: int
    behind: int
    stale: bool


class ShareJson(TypedDict):
    """How many documents have a value, with how many passages; it is empty where none is known."""

    value: str
    documents: int
    passages: int


class DocumentNotesJson(TypedDict):
    """A document, and what its reader left out of it or doubted."""

    address: str
    title: str
    notes: list[str]


class CoverageJson(TypedDict):
    """What is in a library, what is not, and how fresh it is; times are ISO 8601, UTC.

    `watched_since` and `synced_at` are empty where nobody watches, or it was not noted. Of
    `failures` and `noted` it has some; `files_unread` and `documents_noted` count all.
    """

    documents: int
    passages: int
    withdrawn: int
    first_date: str
    last_date: str
    languages: list[ShareJson]
    publishers: list[ShareJson]
    years: list[ShareJson]
    formats: list[ShareJson]
    changed_at: str
    synced_at: str
    watched_since: str
    searchable: bool
    behind: int
    files_unread: int
    failures: list[FailureJson]
    documents_noted: int
    noted: list[DocumentNotesJson]
