"""A request for all that a search finds in, the file of it out, sent while it is made."""

from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from itertools import chain
from typing import NamedTuple

from flask import Response, request
from werkzeug.exceptions import BadRequest

from indexer.index.request import Order
from indexer.library import Library
from web.asof import as_of, kept
from web.export import FORMATS, Citer, file_name, pieces
from web.filters import address, order_named
from web.links import place_of
from web.reach import whole

_LONGEST = 2_000  # characters of a query, as on the page of results


class Exports:
    """The handler of files."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def export(self) -> Response:
        """All paragraphs that `q` finds in full, in the order of `sort`, as a `format`."""
        query, named = request.args.get("q", "")[:_LONGEST], request.args.get("format", "csv")
        format_ = FORMATS.get(named)
        if format_ is None:
            raise BadRequest(f"The format {named[:20]!r} is none of {', '.join(FORMATS)}.")
        order = order_named(request.args.get("sort", ""))
        found = self._library.every(query, order=order, as_of=as_of())
        today = datetime.now(UTC).date()
        cite = Citer(whole(request.script_root), self._library.standing, today)
        text = pieces(format_, found, cite)
        first = next(text)  # so that what fails, fails with a page that says so
        # Without the mark, Excel takes UTF-8 for something else.
        marked = chain(["\ufeff"] if format_.suffix == "csv" else [], [first], text)
        response = Response(_closing(marked, text), content_type=f"{format_.kind}; charset=utf-8")
        name = file_name(query, format_)
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["X-Robots-Tag"] = "noindex"
        return response


class FileLink(NamedTuple):
    """What a kind of file is called, and the address of one."""

    name: str
    href: str


def file_links(query: str, order: Order, at: str = "") -> list[FileLink]:
    """The files of all that `query` finds, now or at a moment."""
    path = address(place_of("export"), query, order, more=kept(at))
    return [FileLink(each.name, f"{path}&format={key}") for key, each in FORMATS.items()]


def _closing(pieces_: Iterator[str], text: Generator[str]) -> Iterator[str]:
    """Gives up the searcher when the reader goes away."""
    try:
        yield from pieces_
    finally:
        text.close()
