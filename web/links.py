"""A passage or a page in, the link that leads there out; in a tenth of the time of `url_for`."""

from functools import lru_cache
from urllib.parse import quote

from flask import request, url_for

from indexer.address import Address
from indexer.document import StoredPassage

_MARKED = 400  # characters of a query in an address; a page has up to a hundred links to passages


def address_of(stored: StoredPassage, edition: int | None = None) -> str:
    """The passage's address, or the one in an edition of its document, which citations give.

    A page of results or of a document has many of these.
    """
    return place_at(Address(stored.document, stored.passage.id, edition))


def place_at(address: Address) -> str:
    """The link to an address; to a document in an edition, or to a paragraph, as it was there."""
    quoted = Address(_quoted(address.slug), _quoted(address.local_id), address.edition)
    return f"{request.script_root}{quoted}"


def link_to(stored: StoredPassage, query: str = "") -> str:
    """The passage's address, and the same place once more as a fragment, for every browser.

    The page marks what `query` finds, unless that is too long to be in the links of many passages.
    """
    quoted = quote(query)
    asked = f"?q={quoted}" if query and len(quoted) <= _MARKED else ""
    return f"{address_of(stored)}{asked}#{_quoted(stored.passage.id)}"


def link_found(stored: StoredPassage, query: str = "") -> str:
    """Where a passage found is read: as it was, where a search as of a past state found it."""
    if stored.until is None:
        return link_to(stored, query)
    return address_of(stored, stored.until - 1)


def place_of(endpoint: str, **values: str) -> str:
    """The address of a page or a file that is the same for everybody, such as the style sheet."""
    return _place(request.script_root, endpoint, tuple(values.items()))


@lru_cache(maxsize=256)
def _place(_root: str, endpoint: str, values: tuple[tuple[str, str], ...]) -> str:
    return url_for(endpoint, **dict(values))  # type: ignore[arg-type] # none of them is special


@lru_cache(maxsize=4096)
def _quoted(text: str) -> str:
    return quote(text, safe="!$&'()*+,/:;=@")  # as Werkzeug does
