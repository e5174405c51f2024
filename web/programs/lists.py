"""The list of documents, what is in each, and how it is cited: for programs, a part at a time."""

from dataclasses import replace
from itertools import islice
from typing import TypeVar
from urllib.parse import quote, urlencode

import msgspec
from flask import Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from indexer.address import Address
from indexer.citing import records
from indexer.citing.formats import NAMES, citation
from indexer.document import StoredDocument, StoredPassage
from indexer.held import Reading
from indexer.library import Library
from indexer.serialise import (
    citing_json,
    document_json,
    life_json,
    listed_json,
    revisions_json,
)
from indexer.shapes import CitationsJson, DocumentsJson, PassagesJson
from indexer.store.catalogue import Asked
from web.citing import source_of
from web.programs.cursors import cursor, place
from web.programs.queries import DocumentsQuery, EditionQuery, PassagesQuery
from web.reach import whole

_LONGEST = 200  # characters of what the list is narrowed by
Query = TypeVar("Query", bound=msgspec.Struct)


def asked_for(kind: type[Query]) -> Query:
    """What stands behind the `?`. Raises `BadRequest` with what is wrong."""
    given = request.args.to_dict()
    try:
        made = msgspec.convert(given, kind, strict=False)
    except msgspec.ValidationError as error:
        raise BadRequest(f"{error}. The API is described at /api.".replace("`$.", "`")) from error
    # The word `null` is taken for no value, which is said by leaving the name out.
    for each in msgspec.structs.fields(kind):
        if each.encode_name in given and getattr(made, each.name) is None:
            said = f"`{each.encode_name}` cannot be {given[each.encode_name][:40]!r}"
            raise BadRequest(f"{said}. The API is described at /api.")
    return made


class Lists:
    """The handlers below `/api/v1/documents`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def documents(self) -> Response:
        """The documents in the collection, narrowed and in an order, a part at a time.

        Who follows `next` to the end gets every document that was there all the time and stayed as
        it was; what came, changed or went meanwhile is told by `changes`.
        """
        query = asked_for(DocumentsQuery)
        values = {
            name: getattr(query, name).strip()[:_LONGEST]
            for name in ("words", "publisher", "year", "language")
        }
        asked = Asked(**values, sorting=query.sort)
        catalogue, kinds = self._library.catalogue, self._library.catalogue.kinds(query.sort)
        after = place(query.cursor, asked, kinds) if query.cursor else None
        found = catalogue.part(asked, query.size, after)
        root = whole(request.script_root)
        answer: DocumentsJson = {
            "total": catalogue.total(asked),
            "documents": [listed_json(each, root) for each in found.documents],
            "next": cursor(asked, found.next) if found.next else None,
        }
        return _linked(jsonify(answer), answer["next"])

    def document(self, slug: str) -> ResponseReturnValue:
        """A document with all its passages, in the newest edition or in another one."""
        if moved := moved_to(self._library, slug):
            return moved
        reading = self._library.document(slug, asked_for(EditionQuery).edition)
        cited = self._library.cited(reading)
        return jsonify(document_json(reading, cited, whole(request.script_root)))

    def editions(self, slug: str) -> ResponseReturnValue:
        """The editions of a document, the first first, and what each did to the passages."""
        if moved := moved_to(self._library, slug):
            return moved
        return jsonify(revisions_json(self._library.revisions(slug)))

    def passages(self, slug: str) -> ResponseReturnValue:
        """The passages of an edition in order, a part at a time.

        A cursor stays in its edition, so that a new one changes nothing of a list that is read.
        """
        if moved := moved_to(self._library, slug):
            return moved
        query = asked_for(PassagesQuery)
        edition, start = query.edition, 0
        if query.cursor:
            edition, start = place(query.cursor, (slug, query.edition), (int, int))
        reading = self._library.document(slug, edition)
        document = reading.document
        shown = tuple(islice(reading.passages, start, start + query.size))
        cited = self._library.cited(replace(reading, passages=shown), reading)
        end = start + len(shown)
        root = whole(request.script_root)
        answer: PassagesJson = {
            "address": str(Address(slug)),
            "edition": document.edition,
            "total": len(reading.passages),
            "passages": [citing_json(document, each, cited, root) for each in shown],
            "next": cursor((slug, query.edition), (document.edition, end))
            if end < len(reading.passages)
            else None,
        }
        return _linked(jsonify(answer), answer["next"])

    def passage(self, slug: str, local_id: str) -> ResponseReturnValue:
        """A passage as it stands or last stood, or as it stood in an edition."""
        if moved := moved_to(self._library, slug):
            return moved
        reading, stored = self._asked(slug, local_id)
        cited = self._library.cited(replace(reading, passages=(stored,)), reading)
        root = whole(request.script_root)
        return jsonify(citing_json(self._now(reading), stored, cited, root))

    def history(self, slug: str, local_id: str) -> ResponseReturnValue:
        """What has happened to a passage, the first first."""
        if moved := moved_to(self._library, slug):
            return moved
        return jsonify(life_json(self._library.life(slug, local_id)))

    def citations(self, slug: str, local_id: str) -> ResponseReturnValue:
        """How a passage is cited today, in several styles, and as CSL-JSON."""
        if moved := moved_to(self._library, slug):
            return moved
        reading, stored = self._asked(slug, local_id)
        cited = source_of(reading, stored)
        answer: CitationsJson = {
            "address": str(Address(slug, local_id, reading.document.edition)),
            "styles": {name: citation(cited, name) for name in NAMES},
            "csl": records.csl(cited),
        }
        return jsonify(answer)

    def _asked(self, slug: str, local_id: str) -> tuple[Reading, StoredPassage]:
        return self._library.as_cited(slug, local_id, asked_for(EditionQuery).edition)

    def _now(self, reading: Reading) -> StoredDocument:
        """The document as it was then, with the number of the newest edition."""
        newest = self._library.described([reading.document.slug])[reading.document.slug].edition
        return replace(reading.document, edition=newest)


def moved_to(library: Library, slug: str) -> Response | None:
    """The way to the same of a document that has another address now."""
    now = library.moved(slug)
    if not now:
        return None
    here, there = (f"/documents/{quote(each, safe='')}" for each in (slug, now))
    path = quote(request.path, safe="/").replace(here, there, 1)
    query = f"?{request.query_string.decode('ascii', 'ignore')}" if request.query_string else ""
    answer = redirect(f"{request.script_root}{path}{query}", 301)
    return Response(status=301, headers={"Location": answer.headers["Location"]})


def _linked(response: Response, after: str | None) -> Response:
    """The answer with the way to the next part (RFC 8288), too."""
    if after:
        args = {**request.args.to_dict(), "cursor": after}
        address = f"{whole(request.script_root + request.path)}?{urlencode(args)}"
        response.headers["Link"] = f'<{address}>; rel="next"'
    return response
