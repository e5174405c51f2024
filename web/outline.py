"""The passages of a document in, the same with the headings that open above each out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.document import StoredDocument, StoredPassage
from web.wording import headings_of

_TOP, _DEEPEST = 2, 6  # the page's own title is the h1
_LISTED = 300  # headings in a list of contents; of more, the deepest are left out


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage, and the `(level, text)` of each heading between it and the one before."""

    stored: StoredPassage
    headings: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A line of the contents, its depth from 1, and the first passage below it."""

    depth: int
    text: str
    stored: StoredPassage


def outline(document: StoredDocument, passages: Sequence[StoredPassage]) -> Iterator[Entry]:
    """An entry for every passage, in order."""
    above: tuple[str, ...] = ()
    for stored in passages:
        path = headings_of(stored.passage, document)
        kept = _kept(above, path)
        levels = (min(_TOP + depth, _DEEPEST) for depth in range(kept, len(path)))
        yield Entry(stored, tuple(zip(levels, path[kept:], strict=True)))
        above = path


def contents(entries: Iterable[Entry]) -> list[Heading]:
    """The headings of a document as a list, as deep as fits; empty if it has but one."""
    found = [
        Heading(level - _TOP + 1, text, entry.stored)
        for entry in entries
        for level, text in entry.headings
    ]
    while len(found) > _LISTED and (deepest := max(each.depth for each in found)) > 1:
        found = [each for each in found if each.depth < deepest]
    return found if len(found) > 1 else []


def _kept(above: tuple[str, ...], path: tuple[str, ...]) -> int:
    """How many headings of `path` are open already."""
    if above == path:
        return len(path)
    kept = 0
    while kept < min(len(above), len(path)) and above[kept] == path[kept]:
        kept += 1
    # A path that only got shorter has met its last heading again.
    return min(kept, max(len(path) - 1, 0))
