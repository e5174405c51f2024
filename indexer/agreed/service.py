"""A paragraph in; its wording through the years, who dropped it, and what is related, out."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from threading import Lock

from indexer.agreed.dropping import Dropping, dropping
from indexer.agreed.families import family, use_of
from indexer.agreed.formulas import Formulas, formulas
from indexer.agreed.related import Related, related
from indexer.document import StoredDocument, StoredPassage
from indexer.index.engine import Engine
from indexer.store.store import Store
from indexer.wording.timeline import Timeline, before_each


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of the wording of a paragraph, `stored` in `document`.

    `before` has for each wording of the timeline the place of the earlier one that is most alike;
    None for the first. `documents` are those of the timeline, by slug.
    """

    document: StoredDocument
    stored: StoredPassage
    timeline: Timeline
    before: tuple[int | None, ...]
    dropping: Dropping
    documents: Mapping[str, StoredDocument]


class Agreed:
    """What is known of agreed language: it is asked of the index as it is, and of the store.

    Only what stands now is compared; what a paragraph said in earlier editions is its history.
    Methods raise `IndexUnavailable` and `StoreUnavailable`.
    """

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._lock = Lock()  # so that they are looked for once
        self._formulas: tuple[Hashable, Formulas] | None = None

    def story(self, document: StoredDocument, stored: StoredPassage) -> Story:
        """All that is known of the wording of `stored`."""
        with self._engine.searcher() as searcher:
            of = family(self._store, searcher, use_of(document, stored))
            followed = dropping(self._store, searcher, of)
        slugs = {use.document for use in of.uses}
        return Story(
            document,
            stored,
            of,
            tuple(before_each(of.wordings)),
            followed,
            self._store.described(slugs),
        )

    def timeline(self, document: StoredDocument, stored: StoredPassage) -> Timeline:
        """All paragraphs worded as `stored` is, or alike, through the years."""
        with self._engine.searcher() as searcher:
            return family(self._store, searcher, use_of(document, stored))

    def related(self, document: StoredDocument, stored: StoredPassage) -> tuple[Related, ...]:
        """Paragraphs that have wording or rare words in common with `stored`, the nearest first."""
        with self._engine.searcher() as searcher:
            return related(self._store, searcher, use_of(document, stored))

    def formulas(self) -> Formulas:
        """The wordings that most documents have; found once for each commit of the index."""
        with self._lock, self._engine.searcher() as searcher:
            if self._formulas is None or self._formulas[0] != searcher.commit:
                self._formulas = searcher.commit, formulas(self._store, searcher)
            return self._formulas[1]
