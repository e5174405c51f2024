"""A request in, the library asked, a page out."""

from functools import partial

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from indexer.document import StoredDocument, StoredPassage
from indexer.errors import NotFound
from indexer.library import Library, Reading
from web.citation import citation, pinpoint
from web.examples import TOPICS
from web.filters import VALUES, address, groups, order_named, rankings
from web.outline import outline
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
        documents = self._newest_first()
        page = page_number(request.args.get("page", "1"))
        pages = max(1, -(-len(documents) // LISTED))
        if page is None or page > pages:
            abort(404)
        shown = documents[(page - 1) * LISTED : page * LISTED]
        return render_template(
            "documents.html",
            documents=shown,
            info=self._library.info(),
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

    def document(self, slug: str) -> ResponseReturnValue:
        """A document, every paragraph of it under its own anchor."""
        if moved := self._library.moved(slug):
            return redirect(url_for("document", slug=moved), 301)
        return _reading(self._library.document(slug))

    def passage(self, slug: str, local_id: str) -> ResponseReturnValue:
        """A document at one of its paragraphs, or what the paragraph last said."""
        if moved := self._library.moved(slug):
            return redirect(url_for("passage", slug=moved, local_id=local_id), 301)
        stored = self._library.locate(slug, local_id)
        try:
            reading = self._library.document(slug)
        except NotFound:  # its file left the corpus; the store keeps what it said
            return _retired(stored, None)
        return _reading(reading, stored) if stored.until is None else _retired(stored, reading)

    def _start(self, *, hint: bool = False) -> str:
        documents = self._newest_first()
        return render_template(
            "home.html",
            documents=documents[:NEWEST],
            more=len(documents) > NEWEST,
            info=self._library.info(),
            hint=hint,
        )

    def _newest_first(self) -> list[StoredDocument]:
        return sorted(
            self._library.documents(), key=lambda document: document.metadata.date, reverse=True
        )


def _reading(reading: Reading, cited: StoredPassage | None = None) -> str:
    passages = [stored.passage for stored in reading.passages]
    place = pinpoint(cited.passage, passages) if cited else ""
    return render_template(
        "reading.html",
        document=reading.document,
        entries=outline(reading.document, reading.passages),
        cited=cited,
        place=place,
        citation=citation(
            reading.document, place, request.base_url, cited.passage.page if cited else 0
        ),
    )


def _retired(stored: StoredPassage, reading: Reading | None) -> ResponseReturnValue:
    document, passages = (reading.document, reading.passages) if reading else (None, ())
    order = stored.passage.order
    nearest = min(passages, key=lambda other: abs(other.passage.order - order), default=None)
    page = render_template("retired.html", stored=stored, document=document, nearest=nearest)
    return page, 410
