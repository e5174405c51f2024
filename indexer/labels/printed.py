"""The numbers that a reader sees with a paragraph: its label, and the number of its heading."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from indexer.labels.headings import heading_part
from indexer.labels.keys import label_key, label_keys
from indexer.labels.opening import split_label
from indexer.labels.units import Rank, rank_of


@dataclass(frozen=True, slots=True)
class Printed:
    """A paragraph's numbers as printed.

    `above` is the number that a heading over it opens with ("Article 12"), `depth` the place of
    that heading in the path, from 0. Either number may be empty.
    """

    label: str
    above: str = ""
    depth: int = 0

    @property
    def line(self) -> str:
        """Both numbers with a space behind each, as they come before the text."""
        own = f"{self.label} " if self.label else ""
        return f"{self.above} {own}" if self.above else own

    @property
    def above_key(self) -> str:
        """The key of the heading's number; empty if it has none."""
        return label_key(self.above)

    def keys(self, natural_id: str) -> frozenset[str]:
        """What a person may type to mean the paragraph, or the article that it is in."""
        own = label_keys(self.label, natural_id)
        return own | {self.above_key} if self.above else own


def printed(label: str, heading: tuple[str, ...]) -> Printed:
    """The numbers of a paragraph with this label, below this path of headings.

    Of the headings, the innermost of an article, a section, a rule or the like counts; if there is
    none, the innermost one if it has a number.
    """
    above, depth = _above(heading)
    return Printed(label, above, depth)


@lru_cache(maxsize=4096)
def _above(heading: tuple[str, ...]) -> tuple[str, int]:
    for depth in range(len(heading) - 1, -1, -1):
        if number := _unit(heading[depth]):
            return number, depth
    return (split_label(heading[-1]).label, len(heading) - 1) if heading else ("", 0)


def _unit(heading: str) -> str:
    """The name and number of the article or section that a heading opens, as printed."""
    part = heading_part(heading)
    if part is None or rank_of(part.code) is not Rank.UNIT or not part.number:
        return ""
    bare = heading.strip()
    return bare[: len(bare) - len(part.title)].rstrip(" \t\n.:)]—–-")
