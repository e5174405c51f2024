"""What passages said from edition to edition in; what happened to them out. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from indexer.document import Edition, StoredPassage
from indexer.editions.similarity import Comparison


class Event(StrEnum):
    """What can happen to a passage from one edition to the next."""

    APPEARED = "appeared"
    REWORDED = "reworded"
    RENUMBERED = "renumbered"
    MOVED = "moved"  # under another heading
    RETIRED = "retired"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Moment:
    """What happened to a passage with `edition`: `before` is what it was, `after` what it became.

    There is no `before` where it appeared, and no `after` where it was retired.
    """

    edition: Edition
    events: tuple[Event, ...]
    before: StoredPassage | None
    after: StoredPassage | None

    @property
    def told(self) -> str:
        """In words: `reworded, renumbered from 5. to 6.`."""
        return ", ".join(self._told(event) for event in self.events)

    def _told(self, event: Event) -> str:
        if event is Event.RENUMBERED and self.before and self.after:
            one, other = self.before.passage.label, self.after.passage.label
            return f"renumbered from {one or 'none'} to {other or 'none'}"
        return "moved under another heading" if event is Event.MOVED else event.value


@dataclass(frozen=True, slots=True)
class Revision:
    """An edition, and how many passages it added, reworded and retired."""

    edition: Edition
    added: int
    reworded: int
    retired: int

    @property
    def told(self) -> str:
        """In words: `2 reworded, 1 added`."""
        counts = {"reworded": self.reworded, "added": self.added, "retired": self.retired}
        said = [f"{number:,} {what}" for what, number in counts.items() if number]
        return ", ".join(said) or "no paragraph reworded"


def life(rows: Sequence[StoredPassage], editions: Iterable[Edition]) -> tuple[Moment, ...]:
    """All that happened to one passage, given its `rows` in the order of their editions.

    A row that differs in nothing that a reader sees, such as the page, is passed over.
    """
    known = {edition.number: edition for edition in editions}
    moments = (Moment(known[n], _events(a, b), a, b) for n, a, b in _steps(rows))
    return tuple(moment for moment in moments if moment.events)


def revisions(
    rows: Iterable[StoredPassage], untouched: int, editions: Iterable[Edition]
) -> tuple[Revision, ...]:
    """What each edition of a document did, given all its `rows`, each passage's in order.

    Passages that are what they were in the first edition need only be counted: `untouched`.
    """
    by_id: dict[str, list[StoredPassage]] = {}
    for row in rows:
        by_id.setdefault(row.passage.id, []).append(row)
    done: Counter[tuple[int, Event]] = Counter({(1, Event.APPEARED): untouched})
    for each in by_id.values():
        for number, before, after in _steps(each):
            done.update((number, event) for event in _events(before, after))
    return tuple(
        Revision(
            edition,
            done[edition.number, Event.APPEARED] + done[edition.number, Event.RETURNED],
            done[edition.number, Event.REWORDED],
            done[edition.number, Event.RETIRED],
        )
        for edition in editions
    )


def _steps(
    rows: Sequence[StoredPassage],
) -> Iterator[tuple[int, StoredPassage | None, StoredPassage | None]]:
    """Each edition that began or ended a row, with the rows before and after it."""
    yield rows[0].since, None, rows[0]
    for one, other in pairwise(rows):
        if one.until == other.since:
            yield other.since, one, other
        elif one.until is not None:
            yield one.until, one, None
            yield other.since, one, other
    if rows[-1].until is not None:
        yield rows[-1].until, rows[-1], None


def _events(before: StoredPassage | None, after: StoredPassage | None) -> tuple[Event, ...]:
    if after is None:
        return (Event.RETIRED,)
    if before is None:
        return (Event.APPEARED,)
    one, other = before.passage, after.passage
    happened = {
        Event.RETURNED: before.until != after.since,
        Event.REWORDED: one.text != other.text,
        Event.RENUMBERED: one.label != other.label,
        Event.MOVED: one.heading != other.heading,
    }
    return tuple(event for event, has in happened.items() if has)


@dataclass(frozen=True, slots=True)
class Successor:
    """A passage that stands; where a retired one is looked for: for its words, or for its place."""

    stored: StoredPassage
    is_alike: bool


def successor(
    retired: StoredPassage, around: Sequence[StoredPassage], now: Sequence[StoredPassage]
) -> Successor | None:
    """The standing passage to point to from a retired one; None where nothing stands.

    The one most alike, where one is alike enough to be the same paragraph split, merged or
    rewritten. Else the one that stood nearest in the last edition it stood in, `around`.
    """
    comparison = Comparison(
        {at: stored.passage.text for at, stored in enumerate(now)}, {0: retired.passage.text}
    )
    scored = [(comparison.likeness(at, 0), at) for at in comparison.likely(0)]
    if alike := [(found.share, -at) for found, at in scored if found.alike]:
        return Successor(now[-max(alike)[1]], is_alike=True)
    stand = {stored.passage.id: stored for stored in now}
    place = retired.passage.order
    near = sorted(around, key=lambda stored: abs(stored.passage.order - place))
    beside = (stand[each.passage.id] for each in near if each.passage.id in stand)
    found = next(beside, now[0] if now else None)
    return Successor(found, is_alike=False) if found else None
