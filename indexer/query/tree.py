"""The tree that a query is parsed into: frozen nodes in a person's terms, no engine's."""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed: found in any of its inflected forms. `at` is its offset in the query."""

    text: str
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between quotes: found as written and in this order.

    With a `slop` each is found near the next, in any order, with at most so many others between.
    """

    text: str
    slop: int | None = None
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A word as written in which `*` stands for any letters, or none, and `?` for one."""

    pattern: str
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words as written that become `text` with at most `edits` letters changed."""

    text: str
    edits: int
    at: int = attribute(default=0, compare=False)


class FilterField(StrEnum):
    """What a filter can be about; the values are what is typed before the colon."""

    TITLE = "title"
    HEADING = "heading"
    LABEL = "label"
    PUBLISHER = "publisher"
    LANGUAGE = "lang"
    TAG = "tag"
    DOCUMENT = "in"
    CITES = "cites"


@dataclass(frozen=True, slots=True)
class FieldFilter:
    """Passages whose `field` has `text`: its words in a row, or the whole value of a keyword."""

    field: FilterField
    text: str
    quoted: bool = False
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Dates:
    """Passages of documents dated within `first` and `last`, days as YYYYMMDD, both included."""

    first: int
    last: int
    at: int = attribute(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class And:
    """All of `children`, in the same paragraph."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """At least one of `children`."""

    children: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not `child`."""

    child: Node


Node = Word | Phrase | Wildcard | Fuzzy | FieldFilter | Dates | And | Or | Not


class DiagnosticKind(StrEnum):
    """What of a query could not be taken as it was typed."""

    TOO_LONG = "too long"
    TOO_MANY = "too many clauses"
    TOO_DEEP = "too deep"
    CONTROL = "control characters"
    QUOTE = "quotation mark missing"
    BRACKET = "bracket missing"
    OPERATOR = "operator without words"
    WILDCARD = "wildcard too short"
    QUESTION = "question mark"
    FIELD = "unknown field"
    EMPTY_FIELD = "field without a value"
    NO_EFFECT = "sign without effect"
    CAPPED = "number too high"
    DATE = "not a date"
    EXPANSION = "wildcard too wide"
    TOO_FREQUENT = "phrase of too frequent words"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that was repaired or refused: `text` says what was done, `at` where it was."""

    kind: DiagnosticKind
    text: str
    at: int = 0


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: `text` is what was read of what was typed, where every `at` counts.

    It is cut at the limit of characters and freed of invisible ones. `root` is None if nothing
    is asked for. `extra` are words beyond the limit of clauses: no condition, but a help in
    ranking.
    """

    text: str
    root: Node | None
    extra: tuple[Word, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()
