"""A quotation, and a text that it may be from, each with what comparing them asks for."""

import itertools
import re
from bisect import bisect_left
from functools import cached_property

from indexer.quotations.words import Span, Words, size

_ELLIPSIS = re.compile(
    r"[\[(<⟨]\s*(?:…+|⋯+|\.(?:\s?\.){1,5})\s*[\])>⟩]|…+|⋯+|\.(?:[ \u00a0]?\.){2,5}"
)
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_SENTENCE = re.compile("[.;:!?,()\n\u060c\u061b\u061f\u06d4\u3001\u3002\uff0c\uff1a\uff1b\uff1f]")


class Quoted:
    """A quotation: its words, and the `segments` of them between ellipses, as (first, end)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = Words(text)
        starts = [start for start, _ in self.words.spans]
        at = {bisect_left(starts, found.end()) for found in _ELLIPSIS.finditer(text)}
        borders = sorted({0, len(starts), *at})
        self.segments: list[Span] = list(itertools.pairwise(borders))
        self._brackets = [found.span() for found in _BRACKETED.finditer(text)]

    @cached_property
    def size(self) -> float:
        """See `indexer.quotations.words.size`."""
        return size(self.words)

    def keys(self, segment: Span) -> list[str]:
        """What is compared of the words of a segment."""
        return self.words.keys[slice(*segment)]

    def is_bracketed(self, at: int) -> bool:
        """Whether the word `at` stands in square brackets."""
        start, end = self.words.spans[at]
        return any(first < start and end < last for first, last in self._brackets)


class Source:
    """A text that may be quoted, in `language` (a base language such as `en`, or empty)."""

    def __init__(self, text: str, language: str = "") -> None:
        self.text = text
        self.language = language
        self.words = Words(text)

    @cached_property
    def _line(self) -> str:
        return f" {' '.join(self.words.keys)} "

    def places(self, keys: list[str], start: int = 0, most: int = 50) -> list[int]:
        """Where words stand next to each other in this order: the first `most` from `start` on."""
        if not keys:
            return []
        line, wanted = self._line, f" {' '.join(keys)} "
        at = 0 if start == 0 else _nth_space(line, start)
        found: list[int] = []
        counted, words = at, start
        while len(found) < most and (at := line.find(wanted, at)) >= 0:
            words += line.count(" ", counted, at)
            counted = at
            found.append(words)
            at += 1
        return found

    def is_parted(self, before: int) -> bool:
        """Whether a sentence or a part of one ends before the word `before`."""
        return bool(
            _SENTENCE.search(
                self.text, self.words.spans[before - 1][1], self.words.spans[before][0]
            )
        )


def _nth_space(line: str, number: int) -> int:
    """The place of space `number`, from 0: the one before that word."""
    at = -1
    for _ in range(number + 1):
        at = line.find(" ", at + 1)
        if at < 0:
            return len(line)
    return at
