"""Passages that follow each other as one text, which a quotation may be from."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from indexer.analysis.analyzer import base_language
from indexer.document import StoredPassage
from indexer.quotations.text import Source
from indexer.quotations.words import Span


@dataclass(frozen=True, slots=True)
class Run:
    """One passage, or some that follow each other, with the text that they make together."""

    passages: tuple[StoredPassage, ...]
    source: Source
    spans: tuple[Span, ...] = field(default=())

    def touched(self, place: Span) -> tuple[StoredPassage, ...]:
        """The passages that a stretch of the text is from."""
        touched = [
            passage
            for passage, (start, end) in zip(self.passages, self.spans, strict=True)
            if start < place[1] and place[0] < end
        ]
        return tuple(touched) or self.passages[:1]


def run_of(passages: Sequence[StoredPassage], *, with_labels: bool = False) -> Run:
    """`passages` as one text, with or without the numbers that are printed before them."""
    text = ""
    spans: list[Span] = []
    for stored in passages:
        passage = stored.passage
        said = f"{passage.label} {passage.text}" if with_labels else passage.text
        text += "\n" if text else ""
        spans.append((len(text), len(text) + len(said)))
        text += said
    language = base_language(passages[0].passage.language)
    return Run(tuple(passages), Source(text, language), tuple(spans))
