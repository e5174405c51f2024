"""The values that a search answers with."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from indexer.document import StoredDocument
from indexer.index.answer import Counts
from indexer.index.fields import Facet
from indexer.index.request import Order
from indexer.search.destinations import Destination
from indexer.search.hits import Hit
from indexer.search.suggestions import Suggestion


@dataclass(frozen=True, slots=True)
class Extent:
    """How many documents have what was found in full, and the years of these, empty if not known.

    `of` is how many documents there were, `at` the moment whose state it is (ISO 8601, UTC).
    """

    documents: int
    first: str = ""
    last: str = ""
    of: int = 0
    at: str = ""


@dataclass(frozen=True, slots=True)
class Results:
    """One page of a search. `total` counts all passages that match in full; `page` is from 1.

    `partial` are passages that lack some of the words, `partial_total` how many there are; they
    follow if those in full do not fill a page. `notices` are sentences on what of the query
    could not be taken as it was typed, `suggestions` other queries that may find more. `facets`
    count the passages that match in full by publisher and the like, each as if none of its own
    values was chosen in the query; `in_documents` is how many there are in each document on the
    page. `destinations` are the documents, or the passage, that the query is the name or the
    address of. `extent` is counted where facets are.
    """

    query: str
    total: int
    page: int
    size: int
    hits: tuple[Hit, ...]
    partial_total: int = 0
    partial: tuple[Hit, ...] = ()
    notices: tuple[str, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    order: Order = Order.RELEVANCE
    facets: Mapping[Facet, Counts] = field(default_factory=dict)
    in_documents: Mapping[str, int] = field(default_factory=dict)
    destinations: tuple[Destination, ...] = ()
    extent: Extent | None = None

    @property
    def documents(self) -> dict[str, StoredDocument]:
        """The documents of all that is shown, by slug."""
        shown = [each.document for each in (*self.hits, *self.partial)]
        named = (each.document for each in self.destinations)
        return {each.slug: each for each in (*shown, *named)}

    @property
    def pages(self) -> int:
        """How many pages of passages that match in full there are."""
        return -(-self.total // self.size)
