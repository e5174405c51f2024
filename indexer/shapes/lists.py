"""Shapes of lists that programs follow: of documents, of passages, of changes."""

from typing import Any, TypedDict

from indexer.shapes.documents import CitingJson, DocumentFields


class ListedJson(DocumentFields):
    """A document in a list; `passages` is how many stand in it, `url` the edition it is in now."""

    address: str
    url: str
    edition: int
    changed_at: str
    passages: int


class DocumentsJson(TypedDict):
    """A part of a list of `total` documents; `next` is the cursor of the next, null at the end."""

    total: int
    documents: list[ListedJson]
    next: str | None


class PassagesJson(TypedDict):
    """A part of the passages of a document in an edition; `total` and `next` as of documents."""

    address: str
    edition: int
    total: int
    passages: list[CitingJson]
    next: str | None


class CitationsJson(TypedDict):
    """How a passage is cited: as text by style, and as an item of CSL-JSON."""

    address: str
    styles: dict[str, str]
    csl: dict[str, Any]


class HappeningJson(TypedDict):
    """What happened to a document, at a position of the change log.

    `happening` is new, changed, withdrawn, returned or moved. `document` and `address` are those
    that it has now; `edition` and `title` those that it has had since, and `url` is that edition.
    `added` and `ended` count texts of passages that are so for the first time, or no longer.
    """

    position: int
    at: str
    happening: str
    document: str
    address: str
    url: str
    edition: int
    title: str
    added: int
    ended: int


class ChangesJson(TypedDict):
    """What happened at positions of the log of `store` from behind `since` to `next`.

    `more` says whether the log goes on there. `changes` may be empty and the log still go on.
    """

    store: str
    since: int
    next: int
    more: bool
    changes: list[HappeningJson]
