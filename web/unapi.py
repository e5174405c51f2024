"""The address of a document or paragraph in, its record for a program out, as unAPI has it."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import NamedTuple
from urllib.parse import parse_qs
from xml.etree.ElementTree import Element

from flask import Flask, Response, abort, request
from werkzeug.exceptions import BadRequest, NotAcceptable

from indexer.address import Address
from indexer.citing import records
from indexer.citing.formats import RECORDS
from indexer.citing.source import Numbering, Source, document_source, named_in_list, source
from indexer.document import StoredPassage
from indexer.held import Reading
from indexer.library import Library
from indexer.printed import legal
from web.given import address_given
from web.links import address_of, place_at
from web.paging import page_number
from web.parts import part
from web.reach import whole
from web.xmlwriting import add, answer


class Named(NamedTuple):
    """What an id of unAPI names: an address, or the paragraphs of part `part` of a document."""

    address: Address
    part: int | None = None


_WRITERS: Mapping[str, Callable[[Sequence[Source]], str]] = {
    "ris": lambda sources: "\r\n".join(map(records.ris, sources)),
    "bibtex": lambda sources: "\n".join(map(records.bibtex, sources)),
    "csl": lambda sources: json.dumps(list(map(records.csl, sources)), ensure_ascii=False) + "\n",
}


class UnApi:
    """The handler of `/unapi`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def answer(self) -> Response:
        """The formats there are; those of an `id`; or what the `id` names, in a `format`.

        Answers 404 to an id that names nothing, and 406 to a format that there is not.
        """
        name, format_ = request.args.get("id", ""), request.args.get("format", "")
        if not name:
            if format_:
                raise BadRequest("A format is of something: give its address as id.")
            return _formats()
        cited = self._cited(_named(name))
        if not format_:
            return _formats(name)
        if format_ not in _WRITERS:
            raise NotAcceptable(f"The format {format_[:20]!r} is none of {', '.join(_WRITERS)}.")
        said = _WRITERS[format_](cited)
        return Response(said, content_type=f"{RECORDS[format_].mimetype}; charset=utf-8")

    def _cited(self, named: Named) -> list[Source]:
        """What is named, as a list of literature has it. Raises `NotFound`."""
        address, today = named.address, datetime.now(UTC).date()
        slug = self._library.moved(address.slug) or address.slug
        if address.local_id:
            reading, stored = self._library.as_cited(slug, address.local_id, address.edition)
            standing = [stored]
        else:
            reading = self._library.document(slug, address.edition)
            at = Address(slug, "", reading.document.edition)
            if named.part is None:
                return [document_source(reading.document, whole(place_at(at)), today)]
            standing = _of_part(reading, named.part)
        numbering = Numbering(each.passage for each in reading.passages)
        document = reading.document
        return [
            named_in_list(
                source(
                    document,
                    each.passage,
                    numbering,
                    whole(address_of(each, document.edition)),
                    today,
                )
            )
            for each in standing
        ]


def add_unapi(app: Flask, library: Library) -> None:
    """Adds `/unapi`."""
    app.add_url_rule("/unapi", "unapi", UnApi(library).answer)


def _of_part(reading: Reading, number: int) -> list[StoredPassage]:
    found = part(reading.passages, number)
    if found is None:
        abort(404)
    return list(reading.passages[found.first : found.last])


def _named(name: str) -> Named:
    """What an id says: a whole address here, with `?part=` for the paragraphs of a part."""
    place, _, rest = name.partition("?")
    asked = parse_qs(rest).get("part", [""])[0]
    number = page_number(asked) if asked else None
    if rest and number is None:
        abort(404)
    return Named(address_given(place), number)


def _formats(name: str = "") -> Response:
    made = Element("formats", {"id": legal(name)} if name else {})
    for key in _WRITERS:
        add(made, "format", type=RECORDS[key].mimetype).set("name", key)
    response = answer(made, "application/xml")
    if name:
        response.status_code = HTTPStatus.MULTIPLE_CHOICES
    return response
