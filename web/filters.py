"""What a search found, counted by facets, in; the links that narrow and order it out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote_plus

from indexer.index.answer import Count
from indexer.index.fields import Facet
from indexer.index.request import Order
from indexer.search.service import Results

VALUES = 6  # of each facet

_NAMES = {
    Facet.PUBLISHER: "Publisher",
    Facet.YEAR: "Year",
    Facet.LANGUAGE: "Language",
    Facet.TAG: "Tag",
}
_QUOTES = re.compile('["“”„‟«»＂]')  # would end the value of a field
_ORDERS = {Order.RELEVANCE: "Relevance", Order.NEWEST: "Newest", Order.OLDEST: "Oldest"}


@dataclass(frozen=True, slots=True)
class Filter:
    """One value of a facet: the search that wants it, or, where it is wanted, the one without."""

    value: str
    href: str
    passages: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class Group:
    """A facet with its values, the most frequent first."""

    name: str
    filters: tuple[Filter, ...]

    @property
    def is_on(self) -> bool:
        """Whether the search is narrowed by one of them."""
        return any(each.is_on for each in self.filters)


@dataclass(frozen=True, slots=True)
class Ranking:
    """An order that the passages can be in, and the search in that order."""

    name: str
    href: str
    is_on: bool


def groups(results: Results, path: str) -> Iterator[Group]:
    """The facets that divide `results`, or that they are narrowed by. `path` is that of a search.

    A filter is a field of the query, so that what is typed always says all that is asked.
    """
    for facet, counts in results.facets.items():
        filters = tuple(_filter(results, facet, count, path) for count in counts)
        if len(filters) > 1 or any(f.is_on or f.passages < results.total for f in filters):
            yield Group(_NAMES[facet], filters)


def rankings(results: Results, path: str) -> tuple[Ranking, ...]:
    """The orders to offer for `results`."""
    return tuple(
        Ranking(name, address(path, results.query, order), order is results.order)
        for order, name in _ORDERS.items()
    )


def order_named(name: str) -> Order:
    """The order that an address names, or the usual one where it names none there is."""
    return Order(name) if name in tuple(Order) else Order.RELEVANCE


def address(path: str, query: str, order: Order, page: int = 1) -> str:
    """The address of a page of results; what is as it is by itself is left out."""
    sort = "" if order is Order.RELEVANCE else f"&sort={order.value}"
    return f"{path}?q={quote_plus(query)}{sort}{f'&page={page}' if page > 1 else ''}"


def _filter(results: Results, facet: Facet, count: Count, path: str) -> Filter:
    query, typed = f" {results.query.strip()} ", f" {_typed(facet, count.value)} "
    is_on = typed in query
    other = query.replace(typed, " ", 1) if is_on else query + typed.lstrip()
    href = address(path, other.strip(), results.order)
    return Filter(count.value, href, count.passages, is_on)


def _typed(facet: Facet, value: str) -> str:
    fields: Mapping[Facet, str] = {Facet.YEAR: "date", Facet.LANGUAGE: "lang"}
    text = " ".join(_QUOTES.sub(" ", value).split())
    quoted = text if text.isalnum() else f'"{text}"'
    return f"{fields.get(facet, facet.value)}:{quoted}"
