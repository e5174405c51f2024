"""What a person typed as an address in; the document, the paragraph or its citation out."""

from dataclasses import replace
from datetime import datetime

from indexer.address import Address
from indexer.citing.source import Numbering, Source, source
from indexer.document import Kind
from indexer.errors import NotFound
from indexer.held import Reading
from indexer.library import Library
from indexer.printed import typed

_DIGITS = 6  # of an edition's number


def address_of(library: Library, text: str) -> Address:
    """What `text` is the address of, by the slug that the document has now."""
    try:
        address = Address.parse(typed(text))
    except ValueError as error:
        raise NotFound(str(error)) from error
    return replace(address, slug=library.moved(address.slug) or address.slug)


def documents_named(library: Library, text: str) -> list[Address]:
    """The documents, each in an edition if one is named, that `text` is the address or a name of.

    The address of a paragraph is that of its document. Behind a name, too, may stand an edition:
    `S/RES/1 (2000)@2`. Nothing where there is none.
    """
    try:
        asked = replace(address_of(library, text), local_id="")
    except NotFound:
        asked = None
    if asked and library.described([asked.slug]):
        return [asked]
    name, at, edition = typed(text).rpartition("@")
    if not (at and edition.isdecimal() and len(edition) <= _DIGITS):
        name, edition = typed(text), ""
    found = library.works.named(name)
    return [Address(each.slug, edition=int(edition) if edition else None) for each in found]


def root_of(library: Library) -> str:
    """What makes an address a whole one: the public address, else where the server listens."""
    settings = library.settings
    return settings.public_url or f"http://{settings.host}:{settings.port}"


def source_of(library: Library, text: str) -> Source:
    """The paragraph at an address as it is cited today."""
    asked = address_of(library, text)
    if not asked.local_id:
        raise NotFound(f"{text!r} is a document; give the address of one of its paragraphs")
    whole, stored = library.as_cited(asked.slug, asked.local_id, asked.edition)
    address = f"{root_of(library)}{replace(asked, edition=whole.document.edition)}"
    numbering = Numbering(each.passage for each in whole.passages)
    today = datetime.now().astimezone().date()
    return source(whole.document, stored.passage, numbering, address, today)


def at(library: Library, text: str) -> Reading:
    """What stands at an address; behind a paragraph the notes that it calls for."""
    asked = address_of(library, text)
    if not asked.local_id:
        return library.document(asked.slug, asked.edition)
    stored = library.locate(asked.slug, asked.local_id, asked.edition)
    whole = library.document(asked.slug, asked.edition)
    called = {mark.anchor for mark in stored.passage.note_marks}
    notes = (
        each
        for each in whole.passages
        if each.passage.kind is Kind.NOTE and each.passage.anchor in called
    )
    return Reading(whole.document, (stored, *notes))


def akoma(library: Library, text: str) -> bytes:
    """The document at an address as a file of Akoma Ntoso. Raises `NotFound`."""
    from indexer.akoma import written  # noqa: PLC0415 - its library is slow to start

    asked = address_of(library, text)
    if asked.local_id:
        raise NotFound(f"{text!r} is a paragraph; give the address of its document")
    root = root_of(library)
    return written(*library.to_write(asked.slug, asked.edition), lambda each: f"{root}{each}")
