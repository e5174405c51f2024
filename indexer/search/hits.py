"""Makes a hit of a passage found: what to mark in it, and which words it lacks."""

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.document import StoredDocument, StoredPassage
from indexer.search.clauses import Clause
from indexer.search.highlighter import Highlighter, Span
from indexer.search.tiers import CompiledQuery
from indexer.store.rows import FoundRow


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the document it is in.

    `marks` are what to mark in its text, `fragments` what of a long text to show. `missing` are the
    words of the query that its text lacks, none in the first tier; `above` are those of them that
    are in its title or headings.
    """

    document: StoredDocument
    passage: StoredPassage
    score: float
    marks: tuple[Span, ...]
    fragments: tuple[Span, ...]
    missing: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


class HitBuilder:
    """Makes hits of what one query found."""

    def __init__(self, found: CompiledQuery) -> None:
        self._parts = [clause for clause in found.clauses if not clause.negated]
        self._highlighter = Highlighter(found.wanted)

    def __call__(self, row: FoundRow, score: float) -> Hit:
        """The hit for a passage as the store has it."""
        document, stored = row.document(), row.passage()
        passage = stored.passage
        marked = self._highlighter(passage.text, passage.language)
        missing = [self._parts[at] for at in marked.missing if self._parts[at].soft]
        above = _above(document, stored, missing) if missing else ()
        names = tuple(clause.name for clause in missing)
        return Hit(document, stored, score, marked.spans, marked.fragments, names, above)


def _above(
    document: StoredDocument, stored: StoredPassage, clauses: Sequence[Clause]
) -> tuple[str, ...]:
    """The names of those of `clauses` that occur in the title or the headings."""
    text = " · ".join((document.metadata.title, *stored.passage.heading))
    found = Highlighter([clause.wanted for clause in clauses])(text, stored.passage.language)
    return tuple(clause.name for at, clause in enumerate(clauses) if at not in found.missing)
