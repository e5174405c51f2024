"""The paragraphs that are worded alike in; how the wording went through the years, out. Pure.

A family is centred: each of its paragraphs is alike to the asked one. Chains, in which each is
alike to the next, would end at paragraphs that have nothing in common with the first.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer.wording.threes import ALIKE, share, threes, words_of


class Use(NamedTuple):
    """A paragraph that has a wording: where it stands, since when, and what it says.

    `date` is its document's, as exactly as known, or empty.
    """

    key: int
    document: str
    id: str
    date: str
    label: str
    language: str
    text: str


class Year(NamedTuple):
    """How many documents of a year have the asked words, and how many others a wording alike."""

    year: str
    same: int
    alike: int


@dataclass(frozen=True, slots=True)
class Wording:
    """The same words wherever they stand, the first use first.

    `share` is how much of the threes they have in common with the asked paragraph; `is_asked` says
    whether they are its words.
    """

    uses: tuple[Use, ...]
    share: float
    is_asked: bool

    @property
    def text(self) -> str:
        """What the first use says."""
        return self.uses[0].text

    @property
    def documents(self) -> int:
        """In how many documents it stands."""
        return len({use.document for use in self.uses})


@dataclass(frozen=True, slots=True)
class Timeline:
    """What became of the wording of `asked`: all wordings alike, by their first use.

    What has no date comes last. `is_whole` is false where there are more than were looked at.
    """

    asked: Use
    wordings: tuple[Wording, ...]
    is_whole: bool = True

    @property
    def uses(self) -> list[Use]:
        """All paragraphs, the first first."""
        return sorted((use for each in self.wordings for use in each.uses), key=_when)

    @property
    def documents(self) -> int:
        """In how many documents any of the wordings stands."""
        return len({use.document for each in self.wordings for use in each.uses})

    @property
    def first(self) -> Use:
        """The earliest use."""
        return min((use for each in self.wordings for use in each.uses), key=_when)

    @property
    def last(self) -> Use:
        """The latest use; one without a date only if none has one."""
        uses = [use for each in self.wordings for use in each.uses]
        return max(uses, key=lambda use: (use.date, use.document, -use.key))

    @property
    def years(self) -> tuple[Year, ...]:
        """The years that have documents of the family, the first first."""
        same: dict[str, set[str]] = defaultdict(set)
        alike: dict[str, set[str]] = defaultdict(set)
        for each in self.wordings:
            for use in each.uses:
                if use.date:
                    (same if each.is_asked else alike)[use.date[:4]].add(use.document)
        years = sorted({*same, *alike})
        return tuple(Year(y, len(same[y]), len(alike[y] - same[y])) for y in years)


Words = tuple[str, ...]


def timeline(
    asked: Use, found: Mapping[Words, Sequence[Use]], *, is_whole: bool = True
) -> Timeline:
    """The family of `asked` among what was `found`: paragraphs by their words.

    `asked` is part of it, whether it was found or not.
    """
    own = tuple(words_of(asked.text, asked.language))
    centre = threes(own)
    uses: dict[Words, list[Use]] = {words: list(each) for words, each in found.items()}
    if all(use.key != asked.key for use in uses.setdefault(own, [])):
        uses[own].append(asked)
    family = []
    for words, each in uses.items():
        if (likeness := share(centre, threes(words))) >= ALIKE or words == own:
            shown = Wording(tuple(sorted(each, key=_when)), likeness, words == own)
            family.append(shown)
    family.sort(key=lambda wording: _when(wording.uses[0]))
    return Timeline(asked, tuple(family), is_whole)


def _when(use: Use) -> tuple[bool, str, str, int]:
    """By date; what has none comes last."""
    return not use.date, use.date, use.document, use.key


def before_each(wordings: Sequence[Wording]) -> list[int | None]:
    """For each wording the place of the earlier one that is most alike; None for the first.

    Of several that are as much alike, the last. Families that go on side by side, each with a name
    of its own in the same formula, are told apart so; the order of time alone would mix them.
    """
    places: dict[tuple[str, ...], list[int]] = defaultdict(list)
    parts = [threes(words_of(each.text, each.uses[0].language)) for each in wordings]
    found: list[int | None] = []
    for at, own in enumerate(parts):
        shared: Counter[int] = Counter()
        for three in own:
            shared.update(places[three])
            places[three].append(at)
        nearest = [(many / max(len(own), len(parts[e])), e) for e, many in shared.items()]
        found.append(max(nearest)[1] if nearest else at - 1 if at else None)
    return found
