"""Makes a hit of a passage found: what to mark in it, and which words it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.document import StoredDocument, StoredPassage
from indexer.search.compiler import Part
from indexer.search.highlights import Marker, Span
from indexer.search.tiers import Matching
from indexer.store.rows import FoundRow


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the document it stands in.

    `marks` are what to mark in its text, `windows` what of a long text to show. `missing` are the
    words of the query that its text lacks, none in the first tier; `above` are those of them that
    stand in its title or headings.
    """

    document: StoredDocument
    passage: StoredPassage
    score: float
    marks: tuple[Span, ...]
    windows: tuple[Span, ...]
    missing: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


class HitBuilder:
    """Makes hits of what one query found."""

    def __init__(self, found: Matching) -> None:
        self._parts = [part for part in found.parts if not part.negated]
        self._marker = Marker(found.wanted)

    def __call__(self, row: FoundRow, score: float) -> Hit:
        """The hit for a passage as the store has it."""
        document, stored = row.document(), row.passage()
        passage = stored.passage
        marked = self._marker(passage.text, passage.language)
        missing = [self._parts[at] for at in marked.missing if self._parts[at].soft]
        above = _above(document, stored, missing) if missing else ()
        names = tuple(part.name for part in missing)
        return Hit(document, stored, score, marked.spans, marked.windows, names, above)


def _above(
    document: StoredDocument, stored: StoredPassage, parts: Sequence[Part]
) -> tuple[str, ...]:
    """The names of those of `parts` that occur in the title or the headings."""
    text = " · ".join((document.metadata.title, *stored.passage.heading))
    found = Marker([part.wanted for part in parts])(text, stored.passage.language)
    return tuple(part.name for at, part in enumerate(parts) if at not in found.missing)
