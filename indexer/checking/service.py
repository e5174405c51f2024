"""Drafts in; the quotations in them with their verdicts out, as of one commit of the index."""

from collections.abc import Iterable, Sequence

from indexer.checking.candidates import Candidates
from indexer.checking.earlier import EarlierTexts
from indexer.checking.findings import Checked, Covered
from indexer.checking.judging import Judge
from indexer.index.engine import Engine
from indexer.quotations.extract import Block, Quotation, blocks_of, quotations
from indexer.store.store import Store

MOST = 500  # quotations of one draft
_CHARACTERS = 200_000  # of all of them together; seventy pages of nothing but quotations


class Quotations:
    """Checks drafts against one store and one engine; nothing of a draft is kept.

    Methods raise `StoreUnavailable` or `IndexUnavailable` where the data cannot be used.
    """

    def __init__(self, store: Store, engine: Engine) -> None:
        self._store = store
        self._engine = engine
        self._earlier = EarlierTexts(store)

    def text(self, text: str) -> Checked:
        """The quotations of a plain text: see `indexer.quotations.extract.blocks_of`."""
        return self.blocks(blocks_of(text))

    def blocks(self, blocks: Sequence[Block]) -> Checked:
        """The quotations of a draft's paragraphs."""
        some, is_cut = _some(quotations(blocks))
        with self._engine.searcher() as searcher:
            judge = Judge(self._store, Candidates(searcher), self._earlier)
            findings = tuple(map(judge.finding, some))
        return Checked(findings, self.covered(), is_cut)

    def covered(self) -> Covered:
        """What there is to compare with."""
        holdings = self._store.holdings
        held, (first, last) = holdings.held(), holdings.dates()
        languages = tuple((each.value, each.documents) for each in holdings.by_language())
        return Covered(held.documents, held.passages, first, last, languages)


def _some(found: Iterable[Quotation]) -> tuple[list[Quotation], bool]:
    """As many as are looked at, and whether there are more."""
    some: list[Quotation] = []
    characters = 0
    for each in found:
        characters += len(each.text)
        if len(some) == MOST or characters > _CHARACTERS:
            return some, True
        some.append(each)
    return some, False
