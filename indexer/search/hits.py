"""Makes a hit of a passage found: what to mark in it, and which words it lacks."""

from dataclasses import dataclass

from indexer.document import Metadata, Passage, StoredDocument, StoredPassage
from indexer.labels.printed import printed
from indexer.search.highlighter import Highlighter, Highlights, Span, merged
from indexer.search.tiers import CompiledQuery
from indexer.store.rows import FoundRow


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the document it is in.

    `marks` are what to mark in its text, `fragments` what of a long text to show. `missing` are the
    words of the query that its text and its numbers lack; `above` are those of them that are in its
    title or headings, all of them in the first tier. `label_marks`, `title_marks` and, for each
    heading of its path, `heading_marks` are what to mark there of all that was asked for.
    """

    document: StoredDocument
    passage: StoredPassage
    score: float
    marks: tuple[Span, ...]
    fragments: tuple[Span, ...]
    missing: tuple[str, ...] = ()
    above: tuple[str, ...] = ()
    label_marks: tuple[Span, ...] = ()
    title_marks: tuple[Span, ...] = ()
    heading_marks: tuple[tuple[Span, ...], ...] = ()


class HitBuilder:
    """Makes hits of what one query found."""

    def __init__(self, found: CompiledQuery) -> None:
        self._parts = [clause for clause in found.clauses if not clause.negated]
        self._highlighter = Highlighter(found.wanted)
        # Most words are in no title and no heading of the index, which the compiler has found out.
        self._may_be_above = any(each.above or not each.wanted.stems for each in self._parts)
        self._nothing = Highlights((), tuple(range(len(self._parts))), ())
        self._known: dict[tuple[str, str], Highlights] = {}

    def __call__(self, row: FoundRow, score: float) -> Hit:
        """The hit for a passage as the store has it."""
        return self.of(row.document(), row.passage(), score)

    def of(self, document: StoredDocument, stored: StoredPassage, score: float = 0.0) -> Hit:
        """The hit for a passage of `document`, whether the query finds it or not."""
        passage = stored.passage
        numbers = printed(passage.label, passage.heading)
        marked = self._highlighter(passage.text, passage.language, numbers, passage.natural_id)
        missing = [at for at in marked.missing if self._parts[at].soft]
        title, *headings = self._above(document.metadata, passage)
        lacking = set(title.missing).intersection(*[each.missing for each in headings])
        spans = [each.spans for each in headings]
        if marked.above:
            spans[numbers.depth] = merged([*marked.above, *spans[numbers.depth]])
        return Hit(
            document=document,
            passage=stored,
            score=score,
            marks=marked.spans,
            fragments=marked.fragments,
            missing=tuple([self._parts[at].name for at in missing]),
            above=tuple([self._parts[at].name for at in missing if at not in lacking]),
            label_marks=marked.label,
            title_marks=title.spans,
            heading_marks=tuple(spans),
        )

    def _above(self, metadata: Metadata, passage: Passage) -> list[Highlights]:
        """What is in the title of a document and in each heading of a passage."""
        if not self._may_be_above:
            return [self._nothing] * (1 + len(passage.heading))
        texts = [(metadata.title, metadata.language)]
        texts += [(heading, passage.language) for heading in passage.heading]
        return [self._in(text, language) for text, language in texts]

    def _in(self, text: str, language: str) -> Highlights:
        if (text, language) not in self._known:
            self._known[text, language] = self._highlighter(text, language)
        return self._known[text, language]


@dataclass(frozen=True, slots=True)
class Within:
    """What a query finds in one document: the `keys` of the passages, and what `makes` the hits.

    They are passages with all that was asked for; if there is none, those with some of the words.
    """

    keys: frozenset[int]
    makes: HitBuilder
