"""Values in, the words that the pages say for them out."""

from collections.abc import Mapping
from functools import cache
from unicodedata import bidirectional

from babel import Locale

from indexer.document import Passage, StoredDocument
from indexer.search.highlighter import Span
from indexer.search.service import Hit, Results

_DIRECTIONS = {"L": "ltr", "R": "rtl", "AL": "rtl"}


def headings_of(passage: Passage, document: StoredDocument) -> tuple[str, ...]:
    """The heading path without the document's own title, which stands above every passage."""
    repeated = passage.heading[:1] == (document.metadata.title,)
    return passage.heading[1:] if repeated else passage.heading


def marked_headings(hit: Hit) -> list[tuple[str, tuple[Span, ...]]]:
    """The headings to show above a passage found, each with what to mark in it."""
    shown = headings_of(hit.passage.passage, hit.document)
    return list(zip(shown, hit.heading_marks[-len(shown) :], strict=True)) if shown else []


def counted(number: int, one: str) -> str:
    """`1 paragraph`, `1,200 paragraphs`."""
    return f"{number:,} {one}" if number == 1 else f"{number:,} {one}s"


def total_of(results: Results) -> str:
    """How much was found in full, with the documents where one page shows them all."""
    if not results.total:
        return "No paragraph has all of this." if results.partial else "No paragraph matches."
    paragraphs = counted(results.total, "paragraph")
    if results.pages != 1:
        return paragraphs
    documents = len({hit.document.slug for hit in results.hits})
    return f"{paragraphs} in {counted(documents, 'document')}"


def partial_of(results: Results) -> str:
    """How much has some of the words, and how much of that is shown."""
    said = f"{counted(results.partial_total, 'paragraph')} with some of the words"
    shown = len(results.partial)
    return said if shown == results.partial_total else f"{said}, the first {shown} shown"


def is_cut(hit: Hit) -> bool:
    """Whether the passage is long, so that a part of it is shown."""
    return hit.fragments != ((0, len(hit.passage.passage.text)),)


def linkable(source: str) -> bool:
    """Whether a document's source is an address that may become a link: the web's, no other."""
    return source.lower().startswith(("https://", "http://"))


def language_name(tag: str) -> str:
    """The English name of a language: `fr` is French; a tag that is not known as it is."""
    return _languages().get(tag.replace("_", "-").partition("-")[0].lower(), tag)


@cache
def _languages() -> Mapping[str, str]:
    return dict(Locale("en").languages)


def direction_of(text: str) -> str:
    """`rtl` or `ltr`, as the first letter of `text` that has a direction is written."""
    for sign in text:
        if (way := bidirectional(sign)) in _DIRECTIONS:
            return _DIRECTIONS[way]
    return "ltr"
