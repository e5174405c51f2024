"""The tree that a query is parsed into: frozen nodes in a person's terms, no engine's."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed: found in any of its inflected forms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words between quotes: found as written and in this order."""

    text: str


@dataclass(frozen=True, slots=True)
class And:
    """All of `children`, in the same paragraph."""

    children: tuple[Node, ...]


Node = Word | Phrase | And


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query. `root` is None where nothing is asked for.

    `notices` are sentences on what of the text could not be taken as it was typed.
    """

    text: str
    root: Node | None
    notices: tuple[str, ...] = ()
