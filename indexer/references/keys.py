"""What is cited in, the terms under which the passages that cite it are indexed, out."""

from collections.abc import Iterable

from indexer.naming import name_key
from indexer.references.values import Reference

_PART = "#"  # between the key of a document's name and the local id of a paragraph
_LEAST = 2  # parts of a local id: what it counts, and its number


def term(name: str, label: str = "") -> str:
    """The term for a document by one of its names, or for a paragraph of it by its local id.

    Empty where the name has neither letters nor digits.
    """
    key = name_key(name)
    return f"{key}{_PART}{label}" if key and label else key


def terms(references: Iterable[Reference], slug: str) -> list[str]:
    """The terms of a passage of the document at `slug` that makes these references, each once.

    What cites a part of a paragraph cites the paragraph too, and its document.
    """
    found: dict[str, None] = {}
    for reference in references:
        name = reference.name or slug
        labels = (*above(reference.label), "") if reference.name else above(reference.label)
        found.update(dict.fromkeys(filter(None, (term(name, label) for label in labels))))
    return list(found)


def above(label: str) -> tuple[str, ...]:
    """A local id with those of what it is a part of, the innermost first: `para-3-a`, `para-3`."""
    parts = label.split("-") if label else []
    ends = range(len(parts), min(_LEAST, len(parts)) - 1, -1)
    return tuple("-".join(parts[:end]) for end in ends if end)


def label_of(found: str) -> str:
    """The local id in a term for a paragraph."""
    return found.partition(_PART)[2]


def below(name: str) -> str:
    """What the terms for all paragraphs of a document begin with, by one of its names."""
    return f"{name_key(name)}{_PART}"
