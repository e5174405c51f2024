"""The blocks as they stand in a page in; the same as headings, paragraphs and notes out."""

from collections.abc import Sequence

from indexer.readers.html.found import Found
from indexer.readers.html.headings import with_headings
from indexer.readers.html.marks import resolved
from indexer.readers.html.plain_notes import with_plain_notes


def structured(found: Sequence[Found]) -> list[Found]:
    """`found` with its notes told from its paragraphs, and the names of its parts as headings."""
    return with_headings(with_plain_notes(resolved(found)))
