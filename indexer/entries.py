"""A stored document and its passages in, what an engine indexes of them out."""

from collections.abc import Iterable, Iterator

from indexer import analysis
from indexer.document import StoredDocument, StoredPassage
from indexer.engine import Entry, Field


def entries(document: StoredDocument, passages: Iterable[StoredPassage]) -> Iterator[Entry]:
    """One entry for each passage, in order."""
    title = _stems(document.metadata.title, document.metadata.language)
    for stored in passages:
        passage = stored.passage
        exact, stem = analysis.terms(passage.text, passage.language)
        heading = _stems(" ".join(passage.heading), passage.language)
        yield Entry(
            stored.key,
            {Field.EXACT: exact, Field.STEM: stem, Field.TITLE: title, Field.HEADING: heading},
        )


def _stems(text: str, language: str) -> list[str]:
    return analysis.terms(text, language)[1]
