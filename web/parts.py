"""A long document in parts: how many paragraphs a page shows, and on which part one of them is."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.document import StoredPassage

WHOLE = 2_000  # paragraphs; a document of so many is one page
PART = 1_000  # paragraphs of a page of a longer one


@dataclass(frozen=True, slots=True)
class Part:
    """Part `number` of `of`, both from 1: the passages from `first` until before `last`, from 0."""

    number: int
    of: int
    first: int
    last: int

    def has(self, stored: StoredPassage) -> bool:
        """Whether the passage is in this part."""
        return self.first < stored.passage.order <= self.last  # which counts from 1


def part(passages: Sequence[object], number: int) -> Part | None:
    """Part `number` of a document; None if it has no such part."""
    found = _parts(len(passages))
    return found[number - 1] if 1 <= number <= len(found) else None


def part_with(passages: Sequence[StoredPassage], stored: StoredPassage) -> Part:
    """The part that has `stored`, one of `passages`."""
    at = next(at for at, each in enumerate(passages) if each.key == stored.key)
    return part_at(len(passages), at)


def part_at(total: int, at: int) -> Part:
    """The part with place `at`, from 0, of a page of `total` paragraphs."""
    return next(each for each in _parts(total) if at < each.last)


def _parts(total: int) -> list[Part]:
    if total <= WHOLE:
        return [Part(1, 1, 0, total)]
    starts = range(0, total, PART)
    return [
        Part(number, len(starts), start, min(total, start + PART))
        for number, start in enumerate(starts, start=1)
    ]
