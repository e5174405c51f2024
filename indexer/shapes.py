"""Shapes of the JSON that the web and the terminal give."""

from typing import TypedDict


class DocumentFields(TypedDict):
    """What is known of a document, beside every passage of it."""

    document: str
    title: str
    date: str
    publisher: str
    source: str
    language: str
    tags: list[str]
    names: list[str]
    file: str


class NoteMarkJson(TypedDict):
    """A note is called for after `place` characters of a text."""

    place: int
    anchor: str


class PassageJson(DocumentFields):
    """A passage with its address and its document; `page` is 0 where there are no pages.

    `edition` is the newest one in which it is so: a citation gives `address@edition`, which `url`
    is, as a whole address where one is known. `kind` is
    `paragraph`, `item`, `row`, `quote`, `code` or `note`. `note_marks` are the places in its text,
    in characters, where notes are called for, with the anchor of each note. `confidence` is that
    of the machine that read it (OCR), 0 to 100, or null where none did.
    """

    address: str
    edition: int
    url: str
    id: str
    kind: str
    label: str
    anchor: str
    page: int
    heading: list[str]
    text: str
    note_marks: list[NoteMarkJson]
    confidence: float | None


class HitJson(PassageJson):
    """A passage that was found; marks are character offsets, end exclusive.

    Those of `heading` are a list for each heading. `above` are the words that its text and its
    number lack and that are in its title or headings. `in_document` is how many of those in
    full are in the same document.
    """

    marks: list[list[int]]
    label_marks: list[list[int]]
    title_marks: list[list[int]]
    heading_marks: list[list[list[int]]]
    above: list[str]
    in_document: int
    score: float


class PartialHitJson(HitJson):
    """A passage with some of the words; `missing` are those that its text and its number lack."""

    missing: list[str]


class PartialJson(TypedDict):
    """The first passages with some of the words, and how many there are."""

    total: int
    passages: list[PartialHitJson]


class SuggestionJson(TypedDict):
    """A sentence, and the query it offers with its total; an empty query where it offers none."""

    text: str
    query: str
    total: int


class CompletionJson(TypedDict):
    """What may be meant by what is being typed: `kind` is title, heading or word."""

    kind: str
    text: str
    query: str


class CompletionsJson(TypedDict):
    """What is being typed, and what may be meant by it."""

    query: str
    suggestions: list[CompletionJson]


class CountJson(TypedDict):
    """How many of the passages in full have a value of a facet."""

    value: str
    passages: int


class DestinationJson(DocumentFields):
    """A document, or a passage, that the query is the name or the address of, or cites.

    `missing` is the local id of a paragraph that was cited and is not there.
    """

    address: str
    passage: PassageJson | None
    missing: str


class ReferenceJson(TypedDict):
    """The characters from `start` to `end` of a text cite `name`, empty for its own document.

    `label` is the local id that is asked for there; `address` what that leads to, empty where no
    such document is here, and `exact` whether it is what was cited and not what that is a part of.
    """

    start: int
    end: int
    name: str
    label: str
    address: str
    exact: bool


class CitingJson(PassageJson):
    """A passage with what it cites; `cited_by` is by how many passages, null if that is unknown."""

    cites: list[ReferenceJson]
    cited_by: int | None


class TargetJson(DocumentFields):
    """A place that a citation can name; `exact` as in a reference."""

    address: str
    url: str
    id: str
    exact: bool


class TargetsJson(TypedDict):
    """What `query` cites: a document `name`, a local id `label` in it, and where that is."""

    query: str
    name: str
    label: str
    targets: list[TargetJson]


class ExtentJson(TypedDict):
    """What can be said of a list: its documents, of how many, from which year to which, as of when.

    Years are empty where they are not known; `as_of` is ISO 8601, UTC.
    """

    documents: int
    of: int
    first: str
    last: str
    as_of: str


class ResultsJson(TypedDict):
    """One page of what a query found: `total` and `passages` in full, `partial` in part.

    `facets` has the most frequent values of each facet; `extent` is null where nothing is asked.
    `versions` are those of each document in other languages, by its slug: `language`, `address`.
    """

    query: str
    sort: str
    total: int
    page: int
    pages: int
    extent: ExtentJson | None
    facets: dict[str, list[CountJson]]
    notices: list[str]
    suggestions: list[SuggestionJson]
    destinations: list[DestinationJson]
    passages: list[HitJson]
    partial: PartialJson
    versions: dict[str, list[dict[str, str]]]


class DocumentJson(DocumentFields):
    """A document with all its passages in order."""

    address: str
    edition: int
    changed_at: str
    notes: list[str]
    cited_by: int | None
    passages: list[CitingJson]


class MomentJson(TypedDict):
    """What happened to a passage with an edition; after that it had this label and text."""

    edition: int
    at: str
    events: list[str]
    label: str
    heading: list[str]
    text: str


class LifeJson(TypedDict):
    """A passage, whether it stands, and what has happened to it, the first first."""

    address: str
    stands: bool
    formerly: list[str]
    history: list[MomentJson]


class RevisionJson(TypedDict):
    """An edition of a document, and how many passages it added, reworded and retired."""

    edition: int
    at: str
    added: int
    reworded: int
    retired: int


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
    """

    failures: list[FailureJson]
    notes: list[NotesJson]
    ignored: list[str]
    awaits: str


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
