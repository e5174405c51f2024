"""Finds the documents and the paragraph that a query is the name or the address of."""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from indexer.address import PREFIX, Address
from indexer.document import StoredDocument, StoredPassage
from indexer.errors import NotFound
from indexer.naming import name_key
from indexer.references.typed import typed
from indexer.search.cited import Cites
from indexer.store.store import Store

_MOST = 3  # documents of one name
_QUOTES = "\"“”„«»'‘’ \t\n"
_NO_ADDRESS = re.compile(r"[\w ]*")  # as nearly all that is searched for
_HISTORY = re.compile(r"/history/?$")


@dataclass(frozen=True, slots=True)
class Destination:
    """A document, or a paragraph of it, that was asked for by name or address.

    `edition` is the one that the address names, counted from 1; None for what stands now.
    `missing` is the local id of a paragraph that was cited and is not there.
    """

    document: StoredDocument
    passage: StoredPassage | None = None
    edition: int | None = None
    missing: str = ""

    @property
    def address(self) -> Address:
        """Where it is."""
        local_id = self.passage.passage.id if self.passage else ""
        return Address(self.document.slug, local_id, self.edition)


def destinations(text: str, store: Store) -> tuple[Destination, ...]:
    """Where `text`, which a person typed, leads to if it is as a whole a name or an address.

    Or a citation, of which the paragraph is found, or what it would be a part of.

    Of documents with the same name at most three, the newest first.
    """
    if (address := _address(text)) and (found := _at(address, store)):
        return (found,)
    key = name_key(text.strip(_QUOTES))
    if key and (named := store.named(key, _MOST)):
        return tuple(map(Destination, named))
    return () if address else _cited(text.strip(_QUOTES), store)


def _cited(text: str, store: Store) -> tuple[Destination, ...]:
    """Where a citation leads to, "paragraph 3 of resolution 1591 (2005)" say."""
    asked = typed(text)
    if asked is None:
        return ()
    targets = Cites(store.cited).targets(asked)[:_MOST]
    return tuple(
        Destination(
            each.document,
            store.cited.passage(each.document.slug, each.local_id) if each.local_id else None,
            missing="" if each.is_exact else asked.label,
        )
        for each in targets
    )


def _address(text: str) -> Address | None:
    """The address in a link, in a path, or in `document/para-5`."""
    bare = text.strip(_QUOTES)
    if _NO_ADDRESS.fullmatch(bare):
        return None
    try:
        parts = urlsplit(bare)
        path = _HISTORY.sub("", unquote(parts.path))
        if PREFIX in path:  # whatever the service is mounted below
            path = path[path.rindex(PREFIX) :]
        elif "://" in bare or not ("/" in path or "@" in path):
            return None
        address = Address.parse(path)
    except ValueError:  # of either: a text that is no address is nothing to complain of
        return None
    fragment = unquote(parts.fragment)
    if fragment and not address.local_id:
        return Address(address.slug, fragment, address.edition)
    return address


def _at(address: Address, store: Store) -> Destination | None:
    """What is at `address`, or was when a document that has moved was there."""
    slug = store.moved(address.slug) or address.slug
    try:
        document = store.document(slug)
        history = store.history(slug, address.local_id) if address.local_id else ()
    except NotFound:
        return None
    edition = address.edition
    if edition is None:
        passage = history[-1] if history else None
    elif not 1 <= edition <= document.edition:
        return None
    else:
        passage = next((each for each in history if each.stands_in(edition)), None)
    if address.local_id and passage is None:
        return None
    if edition is None and not (document.present or passage):
        return None
    return Destination(document, passage, edition)
