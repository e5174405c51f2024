"""A request in, the library asked, a page out: the start, the search, the documents, the help."""

from functools import partial

from flask import abort, render_template, request, url_for

from indexer.library import Library
from web.examples import TOPICS
from web.filters import VALUES, address, groups, order_named, rankings
from web.paging import page_number

NEWEST = 20  # documents on the start page
LISTED = 100  # documents on a page of the list
LONGEST = 2_000  # characters of a query: more than is searched for, so that it is said


class Pages:
    """The handlers of the pages that people read."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def home(self) -> str:
        """The search box and what is indexed."""
        return self._start()

    def documents(self) -> str:
        """All documents, the newest first."""
        info = self._library.info()
        page = page_number(request.args.get("page", "1"))
        pages = max(1, -(-info.documents // LISTED))
        if page is None or page > pages:
            abort(404)
        return render_template(
            "documents.html",
            documents=self._library.newest(LISTED, (page - 1) * LISTED),
            info=info,
            page=page,
            pages=pages,
            address=lambda number: url_for("documents", page=number),
        )

    def search(self) -> str:
        """The paragraphs that `q` finds, ten a page."""
        query, asked = request.args.get("q", "")[:LONGEST], request.args.get("page", "1")
        if not query.strip():
            return self._start(hint=True)
        page, order = page_number(asked), order_named(request.args.get("sort", ""))
        results = self._library.search(query, page or 1, order=order, facets=VALUES)
        exists = page is not None and page <= max(1, results.pages)
        path = url_for("search")
        return render_template(
            "search.html",
            results=results,
            query=query,
            asked=asked,
            exists=exists,
            groups=tuple(groups(results, path)),
            rankings=rankings(results, path),
            address=partial(address, path, query, order),
        )

    def help(self) -> str:
        """The query language, each example a link to what it finds."""
        return render_template("help.html", topics=TOPICS)

    def _start(self, *, hint: bool = False) -> str:
        info = self._library.info()
        return render_template(
            "home.html",
            documents=self._library.newest(NEWEST),
            more=info.documents > NEWEST,
            info=info,
            hint=hint,
        )
