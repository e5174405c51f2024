"""A document or a paragraph in, the states in which it was received out."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime

from indexer.document import Edition
from indexer.store.store import Store


@dataclass(frozen=True, slots=True)
class States:
    """What something was, the first first: at least one edition, each another state.

    Of a document every edition is one; of a paragraph, those from which on it said what it said.
    `newest` is the number of the newest edition that has it: a citation of today names that one.
    """

    editions: tuple[Edition, ...]
    newest: int

    def at(self, moment: datetime) -> Edition:
        """The state that was the newest at `moment`; the first, if it was received later."""
        times = [datetime.fromisoformat(edition.at) for edition in self.editions]
        return self.editions[max(0, bisect_right(times, moment) - 1)]

    def before(self, number: int) -> Edition | None:
        """The last state that came in before edition `number`."""
        return next((each for each in reversed(self.editions) if each.number < number), None)

    def after(self, number: int) -> Edition | None:
        """The first state that came in after edition `number`."""
        return next((each for each in self.editions if each.number > number), None)


class Mementos:
    """What is kept of the past of each document."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def states(self, slug: str, local_id: str = "") -> States:
        """The states of a document, or of a paragraph in it. Raises `NotFound`."""
        document, editions = self._store.document(slug), self._store.editions(slug)
        if not local_id:
            return States(editions, document.edition)
        history = self._store.history(slug, local_id)
        since, until = {each.since for each in history}, history[-1].until
        states = tuple(edition for edition in editions if edition.number in since)
        return States(states, document.edition if until is None else until - 1)

    def edition(self, slug: str, number: int) -> Edition | None:
        """Edition `number` of a document, if it has so many."""
        editions = self._store.editions(slug)
        return next((each for each in editions if each.number == number), None)
