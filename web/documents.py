"""The list of all documents: looked through by title, publisher, year and language, in an order."""

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import abort, render_template, request, url_for

from indexer.library import Library
from web.paging import page_number

LISTED = 100  # documents on a page
_LONGEST = 200  # characters of what is looked for

SORTINGS = {
    "newest": "newest first",
    "oldest": "oldest first",
    "title": "by title",
    "longest": "longest first",
    "changed": "last changed first",
}
_USUAL = "newest"
_FIELDS = ("words", "publisher", "year", "language")


def documents_page(library: Library) -> str:
    """The page that the request asks for."""
    values = {name: request.args.get(name, "").strip()[:_LONGEST] for name in _FIELDS}
    asked = library.catalogue.asked(request.args.get("sort", ""), **values)
    page = page_number(request.args.get("page", "1"))
    if page is None:
        abort(404)
    found = library.catalogue.find(asked, LISTED, (page - 1) * LISTED)
    pages = max(1, -(-found.total // LISTED))
    if page > pages:
        abort(404)
    kept = {name: value for name, value in values.items() if value}
    if asked.sorting != _USUAL:
        kept["sort"] = asked.sorting.value
    return render_template(
        "documents.html",
        asked=asked,
        found=found,
        choices=library.catalogue.choices(),
        sortings=SORTINGS,
        page=page,
        pages=pages,
        address=lambda number: _address(kept, number),
        is_narrowed=any(name in kept for name in _FIELDS),
    )


def _address(kept: Mapping[str, str], page: int) -> str:
    return f"{url_for('documents')}?{urlencode({**kept, 'page': str(page)})}"
