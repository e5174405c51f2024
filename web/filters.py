"""What a search found, counted by facets, in; the links that narrow, widen and order it out."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote_plus

from indexer.citing.dates import spoken_date
from indexer.citing.source import title_of
from indexer.document import StoredDocument
from indexer.index.answer import Count
from indexer.index.fields import Facet
from indexer.index.request import Order
from indexer.query import Dates, FieldFilter, FilterField, written
from indexer.search.narrowing import Leaf, Narrowing
from indexer.search.service import Results
from web.asof import kept
from web.links import place_of
from web.reach import whole
from web.years import Chart, chart

VALUES = 6  # of a facet beside the results

# Characters of a query in an address, up to which it is repeated for each bar of the chart, for
# each value that narrows it, and in other links. A page of results has 120, 50 and 20 of them.
_CHARTED, _NARROWED, _REPEATED = 250, 600, 1_500
SIZES = (10, 25, 50)  # paragraphs a page

_NAMES = {
    Facet.DOCUMENT: "Document",
    Facet.PUBLISHER: "Publisher",
    Facet.LANGUAGE: "Language",
    Facet.TAG: "Tag",
}
_FIELDS = {
    FilterField.DOCUMENT: "Document",
    FilterField.PUBLISHER: "Publisher",
    FilterField.LANGUAGE: "Language",
    FilterField.TAG: "Tag",
    FilterField.TITLE: "Title",
    FilterField.HEADING: "Heading",
    FilterField.LABEL: "Number",
    FilterField.CITES: "Cites",
}
_ALWAYS = (Facet.DOCUMENT, Facet.LANGUAGE)
_ORDERS = {Order.RELEVANCE: "Relevance", Order.NEWEST: "Newest", Order.OLDEST: "Oldest"}
_NOT_OF_A_DATE = re.compile(r"[^\w.-]")
_LONGEST = 12  # characters of an end of a range, signs included

Describe = Callable[[Collection[str]], Mapping[str, StoredDocument]]


@dataclass(frozen=True, slots=True)
class Filter:
    """One value of a facet: the search with it, or, where it is chosen, the one without."""

    value: str
    href: str
    passages: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet with its values, the most frequent first; `more` leads to all, where there are."""

    name: str
    filters: tuple[Filter, ...]
    more: str = ""

    @property
    def is_on(self) -> bool:
        """Whether the search is narrowed by one of them."""
        return any(each.is_on for each in self.filters)


@dataclass(frozen=True, slots=True)
class Chip:
    """Something that narrows the search, and the search without it."""

    name: str
    href: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several ways to see the results, and the search seen so."""

    name: str
    href: str
    is_on: bool


class Filters:
    """The links of one page of results. `path` is that of a search, `more` what it has besides.

    A filter is a field of the query, so that what is typed always says all that is asked.
    """

    def __init__(self, results: Results, path: str, describe: Describe, more: str = "") -> None:
        self._results = results
        self._path = path
        self._more = more
        self._narrowing = Narrowing(results.query)
        self._length = len(quote_plus(results.query))
        self._titles = _titles(results, self._narrowing, describe)

    @property
    def can_narrow(self) -> bool:
        """Whether the query is short enough for links that narrow it."""
        return self._length <= _NARROWED

    @property
    def can_repeat(self) -> bool:
        """Whether it is short enough for other links than those to the pages beside this one."""
        return self._length <= _REPEATED

    def chips(self) -> tuple[Chip, ...]:
        """What narrows the search, each with the search without it."""
        return tuple(
            Chip(self._said(leaf), self._href(partial(self._narrowing.cleared, leaf)))
            for condition in self._narrowing.conditions
            for leaf in condition.leaves
        )

    def groups(self) -> Iterator[Group]:
        """The facets that divide the results, or that they are narrowed by."""
        for facet in _NAMES:
            group = self.every(facet, 0, VALUES)
            divides = any(f.is_on or f.passages < self._results.total for f in group.filters)
            if len(group.filters) > 1 or divides or (group.filters and facet in _ALWAYS):
                yield group

    def every(self, facet: Facet, first: int, most: int) -> Group:
        """`most` values of a facet from the one at `first` on."""
        counts = self._results.facets.get(facet, ())
        filters = tuple(self._filter(facet, count) for count in counts[first : first + most])
        is_cut = len(counts) > first + most
        return Group(_NAMES[facet], filters, self._all(facet) if is_cut else "")

    @property
    def years(self) -> Chart | None:
        """How the results lie in time."""
        years = self._results.facets.get(Facet.YEAR, ())
        return chart(years, self._narrowing, self._address if self._length <= _CHARTED else None)

    def in_document(self, slug: str) -> str:
        """The search in one document, or nothing where it is that already."""
        if self._narrowing.of(Facet.DOCUMENT):
            return ""
        return self._href(partial(self._narrowing.toggled, Facet.DOCUMENT, slug))

    def _filter(self, facet: Facet, count: Count) -> Filter:
        is_on = self._narrowing.has(facet, count.value)
        href = self._href(partial(self._narrowing.toggled, facet, count.value))
        return Filter(self._titles.get(count.value, count.value), href, count.passages, is_on)

    def _all(self, facet: Facet) -> str:
        if not self.can_narrow:
            return ""
        return (
            f"{self._path}/values?q={quote_plus(self._results.query)}&of={facet.value}{self._more}"
        )

    def _href(self, query: Callable[[], str]) -> str:
        """The search for another query; nothing if this one is too long to be repeated so often."""
        return self._address(query()) if self.can_narrow else ""

    def _address(self, query: str) -> str:
        return address(self._path, query, self._results.order, more=self._more)

    def _said(self, leaf: Leaf) -> str:
        """What a person calls a condition."""
        if isinstance(leaf, Dates):
            return f"Date: {written(leaf).removeprefix('date:')}"
        text = self._titles.get(leaf.text, leaf.text) if leaf.field is FilterField.DOCUMENT else ""
        return f"{_FIELDS[leaf.field]}: {text or leaf.text}"


def rankings(results: Results, path: str, more: str = "") -> tuple[Choice, ...]:
    """The orders to offer for `results`."""
    return tuple(
        Choice(
            name,
            address(path, results.query, order, more=many(results.size) + more),
            order is results.order,
        )
        for order, name in _ORDERS.items()
    )


def sizes(results: Results, path: str, more: str = "") -> tuple[Choice, ...]:
    """How many paragraphs a page may have."""
    return tuple(
        Choice(
            str(size),
            address(path, results.query, results.order, more=many(size) + more),
            size == results.size,
        )
        for size in SIZES
    )


def tag_search(tag: str) -> str:
    """The query for all paragraphs with a tag."""
    return Narrowing("").toggled(Facet.TAG, tag)


def many(size: int) -> str:
    """What an address has where a page has another number of paragraphs than by itself."""
    return f"&size={size}" if size in SIZES[1:] else ""


def order_named(name: str) -> Order:
    """The order that an address names, or the usual one where it names none there is."""
    return Order(name) if name in tuple(Order) else Order.RELEVANCE


def facet_named(name: str) -> Facet | None:
    """The facet with a list of values that an address names, if there is one."""
    return next((facet for facet in _NAMES if facet.value == name), None)


def dated(query: str, first: str, last: str) -> str:
    """`query` from one year to another as a form gives them; what is no year is told by its search.

    An end that is empty is open.
    """
    start, end = (_NOT_OF_A_DATE.sub("", text)[:_LONGEST] for text in (first, last))
    text = start if start == end else f"{start}..{end}"
    return f"{query.strip()} date:{text}" if text else query


def address(path: str, query: str, order: Order, page: int = 1, more: str = "") -> str:
    """The address of a page of results; what is as it is by itself is left out.

    `more` is what else it has, such as `&view=lines`.
    """
    sort = "" if order is Order.RELEVANCE else f"&sort={order.value}"
    return f"{path}?q={quote_plus(query)}{sort}{more}{f'&page={page}' if page > 1 else ''}"


def past(results: Results, at: str, more: str = "") -> dict[str, str]:
    """What a page of results says of its state, at a moment or now.

    The address `again` gives the same list later, `today` what is found now; it is empty there.
    """
    path, query, order = place_of("search"), results.query, results.order
    state = results.extent.at if results.extent else at
    return {
        "again": whole(address(path, query, order, more=more + kept(state))),
        "today": address(path, query, order, more=more) if at else "",
        "state": spoken_date(at[:10]),
    }


def _titles(results: Results, narrowing: Narrowing, describe: Describe) -> dict[str, str]:
    """The titles of the documents that are values, by slug."""
    counts = results.facets.get(Facet.DOCUMENT, ())
    chosen = (leaf for each in narrowing.of(Facet.DOCUMENT) for leaf in each.leaves)
    slugs = {
        *(each.value for each in counts),
        *(leaf.text for leaf in chosen if isinstance(leaf, FieldFilter)),
    }
    return {slug: title_of(document) for slug, document in describe(slugs).items()}
