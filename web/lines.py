"""What a search found in, the dense view of it out: one line a hit, and the ways to sort them."""

from dataclasses import dataclass
from functools import partial

from flask import render_template, request, url_for

from indexer.index.request import Order
from indexer.library import Library
from indexer.search.lines import MOST, Lines, Side
from indexer.serialise import facets_asked
from web.asof import NAME, as_of, kept, short
from web.exporting import file_links
from web.filters import VALUES, Choice, Filters, address, order_named, past
from web.paging import page_number
from web.wording import counted

VIEW = "lines"  # what `view` is in the address of this page
SHOWN = 500  # lines of a page

_MORE = "&view=lines"
_SIDES = {Side.BEFORE: "Words before", Side.AFTER: "Words after"}
_ORDERS = {Order.RELEVANCE: "Relevance", Order.NEWEST: "Newest", Order.OLDEST: "Oldest"}


@dataclass(frozen=True, slots=True)
class Sorting:
    """How lines are sorted: in an order of the paragraphs, or by what is on a side of the word."""

    order: Order
    side: Side | None

    @classmethod
    def named(cls, name: str) -> "Sorting":
        """The one that an address names; by relevance where it names none there is."""
        side = Side(name) if name in tuple(Side) else None
        return cls(order_named(name), side)

    @property
    def more(self) -> str:
        """What the address of a search has besides, for this view."""
        return f"{_MORE}&sort={self.side.value}" if self.side else _MORE


def lines_page(library: Library, query: str, asked: str) -> str:
    """The lines of what `query` finds, on the page that is `asked` for."""
    sorting, at = Sorting.named(request.args.get("sort", "")), as_of()
    found = library.lines(
        query, order=sorting.order, side=sorting.side, facets=facets_asked(VALUES + 1), as_of=at
    )
    number, pages = page_number(asked), max(1, -(-found.total // SHOWN))
    exists = number is not None and number <= pages
    page = number if number and exists else 1
    path = url_for("search")
    more = sorting.more + kept(at)
    to = partial(address, path, query, sorting.order, more=more)
    return render_template(
        "lines.html",
        results=found.results,
        query=query,
        asked=asked,
        exists=exists,
        lines=found.shown((page - 1) * SHOWN, SHOWN) if exists else [],
        told=_told(found),
        cut=_cut(found),
        page=page,
        pages=pages,
        address=to,
        paragraphs=address(path, query, sorting.order, more=kept(at)),
        filters=Filters(found.results, path, library.described, more),
        sizes=(),  # a page of lines has always as many
        rankings=_rankings(path, query, sorting, kept(at)),
        kept={"view": VIEW}
        | ({"sort": sorting.side.value} if sorting.side else {})
        | ({NAME: short(at)} if at else {}),
        files=file_links(query, sorting.order, at),
        **past(found.results, at, sorting.more),
    )


def _told(found: Lines) -> str:
    if not found.results.total:
        return "No paragraph has all of this."
    lines, passages = counted(found.total, "line"), counted(found.passages, "paragraph")
    return f"{lines} from {passages}"


def _cut(found: Lines) -> str:
    """What of the hits is not among the lines, and what to do about it."""
    if not found.is_cut:
        return ""
    left = found.results.total - found.passages
    said = f"A list has {MOST:,} lines at most. "
    rest = f"{left:,} more paragraphs are" if left > 1 else "More is"
    return f"{said}{rest} not in it: narrow the search, or take all paragraphs as a file."


def _rankings(path: str, query: str, sorting: Sorting, at: str) -> list[Choice]:
    orders = [
        Choice(
            name,
            address(path, query, order, more=_MORE + at),
            order is sorting.order and sorting.side is None,
        )
        for order, name in _ORDERS.items()
    ]
    sides = [
        Choice(
            name,
            address(path, query, Order.RELEVANCE, more=Sorting(Order.RELEVANCE, side).more + at),
            side is sorting.side,
        )
        for side, name in _SIDES.items()
    ]
    return orders + sides
