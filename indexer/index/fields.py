"""The fields and facets that every engine indexes for a passage."""

from enum import StrEnum


class Field(StrEnum):
    """The fields of terms that every engine indexes for a passage: words first, then keys."""

    STEM = "stem"  # stems of the text, and of what is above it
    EXACT = "exact"  # words of the text as written, and of what is above it
    TITLE = "title"
    HEADING = "heading"
    PUBLISHER = "publisher"
    DOCUMENT = "document"
    LABEL = "label"
    LANGUAGE = "language"
    TAG = "tag"
    CITES = "cites"  # what the text cites, see `references/keys.py`
    NAME = "name"  # a title or a heading from each of its words on, once in a document
    WORDING = "wording"  # a sketch of the words by threes, which texts worded alike share


class Facet(StrEnum):
    """What the passages found are counted by; the values are what a person reads."""

    PUBLISHER = "publisher"
    YEAR = "year"
    LANGUAGE = "language"
    TAG = "tag"
    DOCUMENT = "document"  # its slug; an engine knows it without an entry


POSITIONS = frozenset({Field.EXACT, Field.TITLE, Field.HEADING, Field.PUBLISHER})
SCORED = frozenset({Field.STEM, Field.EXACT})
WORDS = (Field.STEM, Field.EXACT, Field.TITLE, Field.HEADING, Field.PUBLISHER)
KEYS = (
    Field.LABEL,
    Field.LANGUAGE,
    Field.TAG,
    Field.CITES,
    Field.NAME,
    Field.WORDING,
)  # beside the document's slug
