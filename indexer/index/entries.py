"""Makes what an engine indexes of a stored document and its passages.

The text, with the numbers that are printed before it, decides what a passage is found by. What is
above it, the title and the headings, only helps; its words are therefore indexed in the same
fields, so that they count in one BM25 with the text, but in disguise (with CONTEXT before them)
unless the text has them too.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from indexer.analysis import analyzer
from indexer.document import Metadata, StoredDocument, StoredPassage
from indexer.index.engine import Entry
from indexer.index.fields import Facet, Field
from indexer.index.names import Names
from indexer.labels import label_keys
from indexer.labels.printed import printed
from indexer.query.dates import days
from indexer.query.lexer import QUOTES
from indexer.references.finder import references
from indexer.references.keys import terms

VERSION = "8"  # raise it when the same passage begins to give another entry

CONTEXT = "\x01"  # before a term that only the title or the headings have
STEMMED = "\x02"  # before a stem, in the fields that hold both words and stems
NUMBERED = "\x03"  # before the key of a number by which a person may mean the passage (`art-5`)

_QUOTES = re.compile(f"[{QUOTES}]")

# How often a word of the title and of the headings counts; measured, see docs/benchmarks.md.
_TITLE_TIMES = 6
_HEADING_TIMES = 2


def entries(document: StoredDocument, passages: Iterable[StoredPassage]) -> Iterator[Entry]:
    """One entry for each passage, in order."""
    metadata = document.metadata
    title = _Above(metadata.title, metadata.language, _TITLE_TIMES)
    headings: dict[tuple[tuple[str, ...], str], _Above] = {}
    publisher = _both(*analyzer.joined(metadata.publisher, metadata.language))
    tags = [keyword(tag) for tag in metadata.tags]
    facets = _facets(metadata)
    dated = days(metadata.date)
    names = Names(metadata.title)
    for stored in passages:
        passage = stored.passage
        numbers = printed(passage.label, passage.heading)
        exact, stem = analyzer.joined(numbers.line + passage.text, passage.language)
        keys = " ".join(NUMBERED + key for key in sorted(numbers.keys(passage.natural_id)))
        under = passage.heading, passage.language
        if (heading := headings.get(under)) is None:
            heading = headings[under] = _Above(" ".join(under[0]), under[1], _HEADING_TIMES)
        text = f" {stem} "
        yield Entry(
            key=stored.key,
            words={
                Field.STEM: f"{stem} {title.stems(text)} {heading.stems(text)}",
                Field.EXACT: f"{exact} {title.disguised} {heading.disguised} {keys}",
                Field.TITLE: title.both,
                Field.HEADING: heading.both,
                Field.PUBLISHER: publisher,
            },
            keys={
                Field.LABEL: sorted(label_keys(passage.label, passage.natural_id)),
                Field.LANGUAGE: language_keys(passage.language),
                Field.TAG: tags,
                Field.NAME: names.of(passage.heading),
                Field.CITES: terms(references(passage.text, passage.natural_id), document.slug),
                Field.WORDING: _sketch(exact.split()[_words(numbers.line, passage.language) :]),
            },
            facets={**facets, Facet.LANGUAGE: language_keys(passage.language)[-1:]},
            days=dated,
        )


def _sketch(words: Sequence[str]) -> Sequence[str]:
    # It imports numpy. A search asks this module for a few names alone, and can do without.
    from indexer.wording.sketch import sketch  # noqa: PLC0415

    return sketch(words)


@lru_cache(maxsize=4096)
def _words(line: str, language: str) -> int:
    """How many words the numbers before a text are: none of its own wording."""
    return len(analyzer.joined(line, language)[0].split()) if line else 0


def _facets(metadata: Metadata) -> dict[Facet, Sequence[str]]:
    """The values that all passages of a document have."""
    return {
        Facet.PUBLISHER: [metadata.publisher] if metadata.publisher else [],
        Facet.YEAR: [metadata.date[:4]] if metadata.date else [],
        Facet.TAG: metadata.tags,
    }


def keyword(text: str) -> str:
    """A tag as it is looked up: case-folded, white space collapsed, without quotation marks.

    In a query these would end it.
    """
    return " ".join(_QUOTES.sub(" ", text.casefold()).split())


@lru_cache(maxsize=256)
def language_keys(language: str) -> tuple[str, ...]:
    """A language tag as it is looked up: whole, then without region and script."""
    keys = (language.replace("_", "-").lower(), analyzer.base_language(language))
    return tuple(dict.fromkeys(key for key in keys if key))


class _Above:
    """The words of a title or of headings, ready for the entry of each passage below them."""

    def __init__(self, text: str, language: str, times: int) -> None:
        exact, stem = analyzer.joined(text, language)
        self.both = _both(exact, stem)
        self.disguised = " ".join(CONTEXT + word for word in exact.split())
        counts = Counter(stem.split())
        self._stems = [
            (
                f" {each} ",
                " ".join([each] * count * times),
                " ".join([CONTEXT + each] * count * times),
            )
            for each, count in counts.items()
        ]

    def stems(self, text: str) -> str:
        """The stems, each as often as it counts, in disguise unless it is in `text` too.

        `text` is the stems of a passage, with one space before, between and after them.
        """
        return " ".join([bare if each in text else other for each, bare, other in self._stems])


def _both(exact: str, stem: str) -> str:
    return " ".join([exact, *(STEMMED + each for each in stem.split())])
