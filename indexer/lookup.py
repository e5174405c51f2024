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


def address_of(library: Library, text: str) -> Address:
    """What `text` is the address of, by the slug that the document has now."""
    try:
        address = Address.parse(typed(text))
    except ValueError as error:
        raise NotFound(str(error)) from error
    return replace(address, slug=library.moved(address.slug) or address.slug)


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
