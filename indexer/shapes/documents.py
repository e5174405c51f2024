"""Shapes of documents and their passages."""

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


class RevisionsJson(TypedDict):
    """The editions of a document, the first first."""

    editions: list[RevisionJson]
