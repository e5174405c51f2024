"""A request for JSON in, the same shape that the command line prints out."""

from flask import Response, jsonify, request

from indexer.index.request import Order
from indexer.library import Library
from indexer.serialise import FACET_VALUES, completions_json, facets_asked, results_json
from web.asof import as_of
from web.paging import page_number
from web.reach import whole

SIZE, LARGEST = 10, 100  # paragraphs in an answer
MOST_VALUES = 1_000  # of each facet


class Api:
    """The handlers below `/api/v1/`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def search(self) -> Response:
        """What `q` finds: `page` of it, `size` paragraphs a page, in the order of `sort`.

        Each facet has `values` of its own. A value that cannot be used gives way to one that can,
        and a notice says so.
        """
        notices: list[str] = []
        page = _number("page", 1, 10**6, notices)
        size = _number("size", SIZE, LARGEST, notices)
        facets = facets_asked(_number("values", FACET_VALUES, MOST_VALUES, notices))
        order, query = _order(notices), request.args.get("q", "")
        results = self._library.search(query, page, size, order=order, facets=facets, as_of=as_of())
        if results.total and page > results.pages:
            notices.append(f"There is no page {page}; the last is {results.pages}.")
        versions = self._library.works.versions(results.documents.values())
        answer = results_json(results, whole(request.script_root), versions)
        answer["notices"] += notices
        return jsonify(answer)

    def suggest(self) -> Response:
        """What may be meant by `q`, which is still being typed."""
        query = request.args.get("q", "")
        return jsonify(completions_json(query, self._library.completions(query)))


def _order(notices: list[str]) -> Order:
    name = request.args.get("sort", Order.RELEVANCE)
    if name not in tuple(Order):
        notices.append(f"sort can be {', '.join(Order)}; {Order.RELEVANCE} was used.")
        return Order.RELEVANCE
    return Order(name)


def _number(name: str, default: int, largest: int, notices: list[str]) -> int:
    text = request.args.get(name)
    if text is None:
        return default
    number = page_number(text)
    if number is None:
        notices.append(f"{name} must be a whole number from 1; {default} was used.")
        return default
    if number > largest:
        notices.append(f"{name} can be {largest} at most; {largest} was used.")
        return largest
    return number
