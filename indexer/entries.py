"""A stored document and its passages in, what an engine indexes of them out.

The text alone decides what a passage is found by. What it stands under, the title and the headings,
only helps the ranking; its words are therefore indexed in the same fields, so that they count in
one BM25 with the text, but in disguise (with CONTEXT before them) unless the text has them too.
"""

from collections.abc import Iterable, Iterator

from indexer import analysis
from indexer.document import StoredDocument, StoredPassage
from indexer.engine import Entry, Field
from indexer.labels import label_keys
from indexer.query.dates import days

VERSION = "1"  # raise it when the same passage begins to give another entry

CONTEXT = "\x01"  # before a term that only the title or the headings have
STEMMED = "\x02"  # before a stem, in the fields that hold both words and stems

# How often a word of the title and of the headings counts; measured, see docs/benchmarks.md.
_TITLE_TIMES = 6
_HEADING_TIMES = 2


def entries(document: StoredDocument, passages: Iterable[StoredPassage]) -> Iterator[Entry]:
    """One entry for each passage, in order."""
    metadata = document.metadata
    title = analysis.terms(metadata.title, metadata.language)
    publisher = _both(analysis.terms(metadata.publisher, metadata.language))
    tags = [keyword(tag) for tag in metadata.tags]
    dated = days(metadata.date)
    for stored in passages:
        passage = stored.passage
        exact, stem = analysis.terms(passage.text, passage.language)
        heading = analysis.terms(" ".join(passage.heading), passage.language)
        above = [*title[1] * _TITLE_TIMES, *heading[1] * _HEADING_TIMES]
        terms = {
            Field.STEM: [*stem, *_disguised(above, frozenset(stem))],
            Field.EXACT: [*exact, *_disguised((*title[0], *heading[0]), frozenset())],
            Field.TITLE: _both(title),
            Field.HEADING: _both(heading),
            Field.PUBLISHER: publisher,
            Field.LABEL: sorted(label_keys(passage.label, passage.natural_id)),
            Field.LANGUAGE: language_keys(passage.language),
            Field.TAG: tags,
        }
        yield Entry(stored.key, terms, dated)


def keyword(text: str) -> str:
    """A tag as it is looked up: case-folded, white space collapsed."""
    return " ".join(text.casefold().split())


def language_keys(language: str) -> list[str]:
    """A language tag as it is looked up, whole and without region and script."""
    whole = language.replace("_", "-").lower()
    return sorted({whole, analysis.base_language(language)} - {""})


def _disguised(above: Iterable[str], text: frozenset[str]) -> Iterator[str]:
    return (term if term in text else CONTEXT + term for term in above)


def _both(terms: tuple[list[str], list[str]]) -> list[str]:
    exact, stem = terms
    return [*exact, *(STEMMED + each for each in stem)]
