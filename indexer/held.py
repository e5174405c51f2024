"""What a library tells of itself: a document whole, a life, how much there is, what works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer.document import StoredDocument, StoredPassage

if TYPE_CHECKING:
    from indexer.editions.history import Moment
    from indexer.search.cited import Link


@dataclass(frozen=True, slots=True)
class Reading:
    """A document with the passages that stand in it, in order."""

    document: StoredDocument
    passages: tuple[StoredPassage, ...]


@dataclass(frozen=True, slots=True)
class Cited:
    """What passages cite, by their keys, and how often they are cited, by their local ids.

    `counts` is None where the index cannot be asked; `unknown` then says why. Under "" it has those
    who cite the document.
    """

    links: Mapping[int, Sequence[Link]]
    counts: Mapping[str, int] | None
    unknown: str = ""

    def times(self, local_id: str = "") -> int | None:
        """By how many passages a passage, or the document, is cited; None if that is unknown."""
        return None if self.counts is None else self.counts.get(local_id, 0)


@dataclass(frozen=True, slots=True)
class Life:
    """What has happened to a passage, the first first; `stored` is what it is, or last was.

    `former` are the slugs that its document had before it moved, each with when it did (ISO 8601,
    UTC).
    """

    document: StoredDocument
    stored: StoredPassage
    moments: tuple[Moment, ...]
    former: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Info:
    """What a library holds.

    `behind` is how many writes the index has yet to follow, `synced_at` when the newest edition
    came in (ISO 8601, UTC), and `failures` are the files that could not be read, with reasons.
    `advice` says what to do where there is too much for the engine; else it is empty.
    """

    documents: int
    passages: int
    engine: str
    behind: int
    corpus: str
    data: str
    synced_at: str
    failures: dict[str, str]
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether a library can be used: `store` and `index` say why not, and are empty where they can.

    `passages` is how many are indexed, `behind` how many writes the index has yet to follow; 0
    where that cannot be known.
    """

    store: str = ""
    index: str = ""
    passages: int = 0
    behind: int = 0

    @property
    def is_ready(self) -> bool:
        """Whether both can be used."""
        return not (self.store or self.index)
