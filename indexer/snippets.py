"""A passage and what it was found by in, the marks on its text out."""

from collections.abc import Iterator

from indexer import analysis
from indexer.matching import Wanted

Span = tuple[int, int]


def marks(text: str, language: str, wanted: Wanted) -> tuple[Span, ...]:
    """The (start, end) character offsets to mark in `text`, in order and apart.

    Words are marked where their stem is wanted; words of a phrase only where the whole phrase
    stands, and then as one.
    """
    found = analysis.analyze(text, language)
    spans = [
        span for span, stem in zip(found.spans, found.stem, strict=True) if stem in wanted.stems
    ]
    for phrase in wanted.phrases:
        spans.extend(_runs(found, phrase))
    return tuple(_merged(sorted(spans)))


def _runs(found: analysis.Analysis, phrase: tuple[str, ...]) -> Iterator[Span]:
    size = len(phrase)
    for at in range(len(found.exact) - size + 1):
        if tuple(found.exact[at : at + size]) == phrase:
            yield found.spans[at][0], found.spans[at + size - 1][1]


def _merged(spans: list[Span]) -> Iterator[Span]:
    """Spans that overlap become one."""
    start = end = -1
    for span in spans:
        if span[0] >= end:
            if end > start:
                yield start, end
            start, end = span
        else:
            end = max(end, span[1])
    if end > start:
        yield start, end
