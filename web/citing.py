"""A paragraph's address in, its citations out: a page of all, or one as text or as a file."""

from datetime import UTC, datetime

from flask import Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from indexer.address import Address
from indexer.citing.formats import NAMES, RECORDS, TEXTS, citation
from indexer.citing.source import Numbering, Source, document_source, source
from indexer.document import StoredDocument, StoredPassage
from indexer.held import Reading
from indexer.library import Library
from web.links import address_of, place_at
from web.reach import whole


def source_of(reading: Reading, stored: StoredPassage) -> Source:
    """`stored` as it is cited today, as it is in the edition that `reading` is."""
    address = whole(address_of(stored, reading.document.edition))
    numbering = Numbering(each.passage for each in reading.passages)
    return source(reading.document, stored.passage, numbering, address, datetime.now(UTC).date())


def source_of_document(document: StoredDocument) -> Source:
    """`document` whole, as it is cited today."""
    address = whole(place_at(Address(document.slug, "", document.edition)))
    return document_source(document, address, datetime.now(UTC).date())


class Citing:
    """The handlers of the pages that end in `/cite`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self, slug: str, local_id: str, edition: int | None = None) -> ResponseReturnValue:
        """The citations of a paragraph; with `style` or `format` in the query only that one.

        Answers 404 to a style or a format that there is not.
        """
        slug = self._library.moved(slug) or slug
        reading, stored = self._library.as_cited(slug, local_id, edition)
        cited = source_of(reading, stored)
        if {"style", "format"} & request.args.keys():
            return _one(cited)
        return render_template(
            "cite.html",
            stored=stored,
            cited=cited,
            texts=[(name, NAMES[name], citation(cited, name)) for name in NAMES],
            markdown=citation(cited, form="markdown"),
            html=citation(cited, form="html"),
            records=RECORDS,
        )


def _one(cited: Source) -> Response:
    style, form = request.args.get("style", "plain"), request.args.get("format", "text")
    if style not in NAMES or form not in {*TEXTS, *RECORDS}:
        abort(404, f"Styles are {', '.join(NAMES)}; formats {', '.join((*TEXTS, *RECORDS))}.")
    said = citation(cited, style, form)
    if form in TEXTS:
        return Response(said, mimetype="text/plain")
    record = RECORDS[form]
    answer = Response(said, mimetype=record.mimetype)
    answer.headers["Content-Disposition"] = f'attachment; filename="{cited.key}{record.suffix}"'
    return answer
