"""A library in; its change log as Atom feeds out: of all documents, of one, and of a search.

A feed is cut into blocks by positions that do not move. The newest ones are the feed itself, each
older one is an archive at an address of its own (RFC 5005): who follows the links misses nothing.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple
from urllib.parse import quote
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

from flask import Response, abort, request, url_for
from werkzeug.exceptions import BadRequest

from indexer.address import Address
from indexer.document import StoredPassage
from indexer.editions.history import Revision
from indexer.library import Library
from indexer.query import parse
from indexer.store.log import Event
from web.delivery import unchanged
from web.links import place_at, place_of
from web.pages import LONGEST
from web.paging import page_number
from web.reach import whole
from web.wording import counted
from web.xmlwriting import add, answer, root

KIND = "application/atom+xml"
BLOCK = 100  # positions of the log, or events of a document
_SHOWN = 10  # matching passages in an entry
_LONG = 600  # characters of one
_ATOM, _HISTORY = "http://www.w3.org/2005/Atom", "http://purl.org/syndication/history/1.0"
_XHTML = "http://www.w3.org/1999/xhtml"
_NAMES = {
    "new": "New",
    "changed": "Changed",
    "withdrawn": "Withdrawn",
    "returned": "Back",
    "moved": "Moved",
}


class _Part(NamedTuple):
    """The archive `number`, from 1, or 0 for the feed itself: what is after `after`, to `last`.

    `archives` is how many there are.
    """

    number: int
    archives: int
    after: int
    last: int


class _About(NamedTuple):
    """What a feed is of: its name for ever, its title, its address and that of the page for it."""

    name: str
    title: str
    here: str
    page: str


class Feeds:
    """The handlers of the feeds."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def collection(self) -> Response:
        """What happened to any document."""
        position = self._library.log.position()
        if known := unchanged(position, whole(request.full_path)):
            return known
        part = _part(position)
        about = _About("all", "Documents", place_of("feed"), place_of("documents"))
        events = self._library.log.between(part.after, part.last)
        return self._feed(about, part, self._entries(events))

    def document(self, slug: str) -> Response:
        """What happened to a document, in the log's order, withdrawn or not."""
        slug = self._library.moved(slug) or slug
        known = self._library.described([slug]).get(slug)
        if known is None:
            abort(404)
        events = self._library.log.of(slug)
        part = _part(len(events))
        title = known.metadata.title or slug
        page = place_at(Address(slug))
        name = f"document {events[0].document}" if events else f"document at {slug}"
        about = _About(name, title, url_for("document_feed", slug=slug), page)
        return self._feed(about, part, self._entries(events[part.after : part.last]))

    def search(self) -> Response:
        """What was written, reworded or withdrawn of what `q` finds, as far as the index knows."""
        text = request.args.get("q", "")
        query = parse(text[:LONGEST])
        if query.root is None:
            raise BadRequest("A feed of a search needs the search: /search.atom?q=words")
        since = self._library.service.since
        written, position = self._library.log.position(), since.position()
        if known := unchanged(written, position, whole(request.full_path)):
            return known
        part = _part(position)
        place = f"?q={quote(text[:LONGEST])}"
        here, page = place_of("search_feed") + place, place_of("search") + place
        about = _About(f"search {text[:LONGEST]}", f"Search: {text[:LONGEST]}", here, page)
        found = since(query, part.after, part.last)
        entries = []
        for concern in found.concerns:
            entry = self._entry(concern.event)
            said = _content(entry)
            _passages(said, "Matching, and new or reworded", concern.came, concern.event.slug)
            _passages(said, "Matched, and gone or reworded", concern.went, concern.event.slug)
            entries.append(entry)
        rights = "" if found.is_whole else _TOO_MUCH
        return self._feed(about, part, entries, rights)

    def _entries(self, events: Sequence[Event]) -> list[Element]:
        @cache
        def editions(slug: str) -> tuple[Revision, ...]:
            return self._library.revisions(slug)

        def revised(event: Event) -> str:
            return editions(event.slug)[event.edition.number - 1].told

        return [self._entry(event, revised) for event in events]

    def _entry(self, event: Event, revised: Callable[[Event], str] | None = None) -> Element:
        """An entry, with what was `revised` as its content, or without content."""
        happening, number = event.happening.value, event.edition.number
        entry = Element("entry")
        title = event.edition.metadata.title or event.slug
        add(entry, "id", self._name(f"event {event.seq}"))
        add(entry, "title", f"{_NAMES[happening]}: {title}")
        add(entry, "updated", event.at)
        add(entry, "category", term=happening)
        edition = None if happening == "withdrawn" else number
        add(entry, "link", rel="alternate", href=whole(place_at(Address(event.slug, "", edition))))
        if revised:
            said = _content(entry)
            add(said, "p", _told(event, revised))
        return entry

    def _feed(
        self, about: _About, part: _Part, entries: Sequence[Element], subtitle: str = ""
    ) -> Response:
        feed = root("feed", _ATOM, fh=_HISTORY)
        add(feed, "id", self._name(about.name))
        add(feed, "title", f"{about.title} · Pilcrow")
        if subtitle:
            add(feed, "subtitle", subtitle)
        newest = entries[-1].findtext("updated", "") if entries else ""
        add(feed, "updated", newest or self._library.holdings.held().synced_at or _BEGINNING)
        add(add(feed, "author"), "name", "Pilcrow")
        add(feed, "link", rel="alternate", type="text/html", href=whole(about.page))

        def archive(number: int) -> str:
            sign = "&" if "?" in about.here else "?"
            return whole(about.here + (f"{sign}archive={number}" if number else ""))

        add(feed, "link", rel="self", type=KIND, href=archive(part.number))
        before = (part.number or part.archives + 1) - 1
        if before:
            add(feed, "link", rel="prev-archive", type=KIND, href=archive(before))
            add(feed, "link", rel="next", type=KIND, href=archive(before))
        if part.number:
            add(feed, "fh:archive")
            add(feed, "link", rel="current", type=KIND, href=archive(0))
            if part.number < part.archives:
                add(feed, "link", rel="next-archive", type=KIND, href=archive(part.number + 1))
        feed.extend(reversed(entries))
        response = answer(feed, KIND)
        response.headers["X-Robots-Tag"] = "noindex"
        return response

    def _name(self, what: str) -> str:
        """A name that is the same for ever, and another in every other store."""
        return uuid5(UUID(self._library.log.identity), what).urn


_BEGINNING = "1970-01-01T00:00:00+00:00"
_TOO_MUCH = (
    "In this part so much has been reworded or withdrawn since that only what still stands was "
    "searched; the feed of all documents names the rest."
)


def _part(position: int) -> _Part:
    """The part that is asked for of a log that has reached `position`; 404 where there is none."""
    archives = max(0, position // BLOCK - 1)
    asked = request.args.get("archive", "")
    if not asked:
        return _Part(0, archives, archives * BLOCK, position)
    number = page_number(asked)
    if number is None or number > archives:
        abort(404)
    return _Part(number, archives, (number - 1) * BLOCK, number * BLOCK)


def _told(event: Event, revised: Callable[[Event], str]) -> str:
    """What happened, as a sentence."""
    number = event.edition.number
    match event.happening.value:
        case "new":
            return f"A new document with {counted(event.came, 'paragraph')}."
        case "changed":
            return f"Edition {number}: {revised(event)}."
        case "withdrawn":
            return f"The document has left the collection; edition {number} was its last."
        case "returned":
            return f"The document is in the collection again, in edition {number}."
        case _:
            return "The document has a new address; the old one leads there."


def _content(entry: Element) -> Element:
    content = add(entry, "content", type="xhtml")
    return add(content, "div", xmlns=_XHTML)


def _passages(said: Element, name: str, passages: Sequence[StoredPassage], slug: str) -> None:
    if not passages:
        return
    add(said, "p", f"{name}: {counted(len(passages), 'paragraph')}")
    shown = add(said, "ul")
    for stored in passages[:_SHOWN]:
        number = stored.since if stored.until is None else stored.until - 1
        line = add(shown, "li")
        where = whole(place_at(Address(slug, stored.passage.id, number)))
        add(line, "a", stored.passage.label or stored.passage.id, href=where).tail = " "
        text = stored.passage.text
        add(line, "span", text if len(text) <= _LONG else f"{text[:_LONG]} …")
