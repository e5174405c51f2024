"""The frozen values between the steps: blocks and metadata in, passages and records out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from typing import NamedTuple

from indexer.address import Address


class Kind(StrEnum):
    """What a block of a document is; every kind but `HEADING` becomes a passage."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"
    QUOTE = "quote"
    CODE = "code"
    NOTE = "note"


class NoteMark(NamedTuple):
    """A note is called for after `place` characters of a text; `anchor` is that of the note."""

    place: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of a document beside its text; an empty value means not known.

    `date` is ISO 8601 as exactly as it is known: `2020`, `2020-08` or `2020-08-11`.
    `language` is a BCP 47 tag such as `en` or `zh-Hant`. `names` are those by which others
    cite the document: symbol, neutral citation, ECLI, CELEX, ELI, FRBR URI. `work` is any name that
    its versions in other languages give too. `origins` tells, by field, where its value came from,
    in words such as "sidecar" or "first line of the text".
    """

    title: str = ""
    date: str = ""
    publisher: str = ""
    source: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    work: str = ""
    origins: Mapping[str, str] = field(default_factory=dict)

    def known(self) -> dict[str, str | tuple[str, ...]]:
        """The fields that have a value, without `origins`."""
        values = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "origins"}
        return {name: value for name, value in values.items() if value}

    def over(self, other: Metadata) -> Metadata:
        """These values where there are any, `other`'s for the rest."""
        mine, theirs = self.known(), other.known()
        origins = {k: v for k, v in other.origins.items() if k in theirs}
        origins |= {k: v for k, v in self.origins.items() if k in mine}
        return replace(other, **mine, origins=origins)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Block:
    """One piece of a document in reading order, as its reader saw it.

    `level` is 1 to 6 for a heading and the nesting depth, from 1, for a list item; else 0.
    `label` is official numbering that the markup gives ("5." for the fifth item of a list);
    numbering that stands in the text is left there. `anchor` is the source's own id for the place.
    `page` is the page that it begins on, counted from 1; 0 where there are no pages.
    `note_marks` are the places where notes are called for, in order; the marks themselves are no
    part of the text. `confidence` is the mean of a machine's reading, 0 to 100; None where no
    machine read it.
    """

    kind: Kind
    text: str
    level: int = 0
    label: str = ""
    anchor: str = ""
    page: int = 0
    note_marks: tuple[NoteMark, ...] = ()
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """What a reader makes of one file. `notes` are doubts and removals a curator should know of."""

    metadata: Metadata
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit a person would cite.

    `order` counts from 1 through the document. `label` is the official number as printed (`5.`,
    `(a)`, `Art. 4(2)`) and is not part of `text`. `heading` is the path of headings above it, the
    outermost first. `natural_id` is the local id that the label asks for (`para-5`), or empty.
    `page` is the page that it begins on, counted from 1; 0 where there are no pages.
    `note_marks` and `confidence` are those of its block.
    `id` is the local id that it has: empty until `editions.align` has given one.
    """

    order: int
    kind: Kind
    text: str
    label: str = ""
    heading: tuple[str, ...] = ()
    language: str = ""
    anchor: str = ""
    page: int = 0
    note_marks: tuple[NoteMark, ...] = ()
    confidence: float | None = None
    natural_id: str = ""
    id: str = ""

    @property
    def how_read(self) -> str:
        """That a machine read it and how sure it was, in words; else empty."""
        known = self.confidence is not None
        return f"machine-read, confidence {self.confidence:.0f} %" if known else ""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document as the store has it.

    `slug` is its part of every address, `file` its path in the corpus folder with `/` between
    names, `edition` the number of its newest edition, from 1, and `passages` how many stand in
    that edition. `changed_at` is when that edition came in (ISO 8601, UTC, to the second).
    """

    slug: str
    file: str
    metadata: Metadata
    edition: int
    passages: int
    changed_at: str
    notes: tuple[str, ...] = ()
    present: bool = True


@dataclass(frozen=True, slots=True)
class Edition:
    """What a document was from one change to the next; `number` counts from 1.

    `metadata` is what was known of it then, `at` when it came in (ISO 8601, UTC, to the second).
    """

    number: int
    metadata: Metadata
    at: str


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the store has it: one text under one id, from one edition until another.

    `key` is the integer by which the engine knows it; a changed passage gets a new one.
    `since` is the first edition it stood in so, `until` the first it no longer did, or None.
    """

    key: int
    document: str
    since: int
    until: int | None
    passage: Passage

    @property
    def address(self) -> str:
        """Where it stands for good: `/d/<document>/<local id>`."""
        return str(Address(self.document, self.passage.id))

    def stands_in(self, edition: int) -> bool:
        """Whether it stood so in `edition`, counted from 1."""
        return self.since <= edition and (self.until is None or edition < self.until)


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file could not be read.

    `tried` says what was tried: which state of the file, which readers, which limits. The same
    would give the same; it is empty where that is not so.
    """

    reason: str
    tried: str = ""


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the store knows of a file: enough to tell whether it must be read again."""

    file: str
    slug: str
    hint: str
    hash: str
    reader: str
    present: bool
