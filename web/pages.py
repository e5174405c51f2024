"""A request in, the library asked, a page out: the start, the search, the documents, the help."""

from collections.abc import Mapping
from functools import partial

from flask import abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from indexer.document import StoredPassage
from indexer.index.fields import Facet
from indexer.library import Library
from indexer.search.results import Results
from indexer.serialise import facets_asked
from web.asof import NAME, as_of, kept, short
from web.documents import LISTED, documents_page
from web.examples import MEETING, TOPICS
from web.examples_here import examples_here
from web.exporting import file_links
from web.filters import (
    SIZES,
    VALUES,
    Filters,
    address,
    dated,
    facet_named,
    many,
    order_named,
    past,
    rankings,
    sizes,
)
from web.languages import labels_of, of_works
from web.lines import VIEW, Sorting, lines_page
from web.paging import page_number

Beside = Mapping[int, tuple[StoredPassage | None, StoredPassage | None]]

NEWEST = 20  # documents on the start page
LONGEST = 1_001  # characters of a query: more than is searched for, so that it is said


class Pages:
    """The handlers of the pages that people read."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def home(self) -> str:
        """The search box and what is indexed."""
        return self._start()

    def documents(self) -> str:
        """All documents, or those that are looked for."""
        return documents_page(self._library)

    def search(self) -> str | Response:
        """The paragraphs that `q` finds, ten a page; years that a form names become part of it."""
        query, asked = request.args.get("q", "")[:LONGEST], request.args.get("page", "1")
        order = order_named(request.args.get("sort", ""))
        is_dense = request.args.get("view") == VIEW
        if {"from", "to"} & request.args.keys():
            text = dated(query, request.args.get("from", ""), request.args.get("to", ""))
            more = Sorting.named(request.args.get("sort", "")).more if is_dense else ""
            return redirect(address(url_for("search"), text, order, more=more + kept(as_of())), 303)
        if not query.strip():
            return self._start(hint=True)
        if is_dense:
            return lines_page(self._library, query, asked)
        page, at = page_number(asked), as_of()
        size = next((n for n in SIZES if str(n) == request.args.get("size")), SIZES[0])
        results = self._library.search(
            query, page or 1, size, order=order, facets=facets_asked(VALUES + 1), as_of=at
        )
        versions = labels_of(self._library, results.documents) if not at else {}
        exists = page is not None and page <= max(1, results.pages)
        path = url_for("search")
        return render_template(
            "search.html",
            results=results,
            query=query,
            asked=asked,
            exists=exists,
            filters=Filters(results, path, self._library.described, many(size) + kept(at)),
            rankings=rankings(results, path, kept(at)),
            sizes=sizes(results, path, kept(at)),
            address=partial(address, path, query, order, more=many(size) + kept(at)),
            kept={NAME: short(at)} if at else {},
            files=file_links(query, order, at),
            lines=address(path, query, order, more=f"&view={VIEW}{kept(at)}"),
            **past(results, at),
            beside=self._beside(results) if not at else {},  # it is known of today only
            versions=versions,
            destinations=of_works(results.destinations, versions),
            is_mixed=len(results.facets.get(Facet.LANGUAGE, ())) > 1,
        )

    def _beside(self, results: Results) -> Beside:
        hits = (*results.hits, *results.partial)
        return self._library.beside([hit.passage.key for hit in hits])

    def values(self) -> str:
        """All values of a facet among what `q` finds, the most frequent first."""
        query, page = (
            request.args.get("q", "")[:LONGEST],
            page_number(request.args.get("page", "1")),
        )
        facet = facet_named(request.args.get("of", ""))
        if facet is None or page is None:
            abort(404)
        asked, at = {facet: page * LISTED + 1}, as_of()
        results = self._library.search(query, size=1, facets=asked, as_of=at)
        dense = Sorting.named(request.args.get("sort", "")).more
        more = (dense if request.args.get("view") == VIEW else "") + kept(at)
        filters = Filters(results, url_for("search"), self._library.described, more)
        group = filters.every(facet, (page - 1) * LISTED, LISTED)
        if page > 1 and not group.filters:
            abort(404)
        return render_template(
            "values.html", query=query, group=group, page=page, facet=facet, more=more
        )

    def help(self) -> str:
        """The query language, each example a link to what it finds."""
        return render_template(
            "help.html",
            topics=TOPICS,
            here=examples_here(self._library),
            are_ours=MEETING in self._library.described([MEETING]),
        )

    def kept(self) -> str:
        """What a reader keeps in the browser; the server knows nothing of it."""
        return render_template("kept.html")

    def _start(self, *, hint: bool = False) -> str:
        info = self._library.info()
        return render_template(
            "home.html",
            documents=self._library.newest(NEWEST),
            more=info.documents > NEWEST,
            info=info,
            hint=hint,
        )
