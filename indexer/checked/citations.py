"""A place where quoted words stand in, its citation out."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import lru_cache

from indexer.address import Address
from indexer.checking.findings import Place
from indexer.citing.formats import citation
from indexer.citing.source import Numbering, source
from indexer.document import StoredPassage

Standing = Callable[[str, int], Iterable[StoredPassage]]  # what stands in an edition of a document
_DOCUMENTS = 64  # whose numbers are kept, for further quotations of them


class Citations:
    """Cites the first passage of a place, in plain style; `root` makes an address a whole one."""

    def __init__(self, root: str, standing: Standing) -> None:
        self._root = root

        @lru_cache(maxsize=_DOCUMENTS)
        def numbered(slug: str, edition: int) -> Numbering:
            return Numbering(each.passage for each in standing(slug, edition))

        self._numbered = numbered

    def __call__(self, place: Place) -> str:
        """The citation of the edition that has the words."""
        then = replace(place.document, edition=place.edition)
        numbering = self._numbered(then.slug, place.edition)
        passage = place.passages[0].passage
        today = datetime.now(UTC).date()
        address = f"{self._root}{Address(then.slug, passage.id, place.edition)}"
        return citation(source(then, passage, numbering, address, today))
