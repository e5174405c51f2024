"""The change log for programs: what came, changed, was withdrawn, came back or moved."""

from flask import Response, jsonify, request
from werkzeug.exceptions import Conflict

from indexer.address import Address
from indexer.library import Library
from indexer.shapes import ChangesJson, HappeningJson
from indexer.store.log import Event, Happening
from web.programs.lists import asked_for
from web.programs.queries import ChangesQuery
from web.reach import whole


class Changes:
    """The handler of `/api/v1/changes`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def json(self) -> Response:
        """What happened to documents, in the order of the log, from behind position `since` on.

        Ask again with `next` as `since`, at once where there is `more`, and nothing is passed over.
        `store` names the log: another store, or one that has lost what it had, is an error (409).
        """
        query, log = asked_for(ChangesQuery), self._library.log
        position, store = log.position(), log.identity
        if query.store and query.store != store:
            raise Conflict("This is another store with its own log; begin again with since=0.")
        if query.since > position:
            raise Conflict(
                f"The log has come to {position} and not to {query.since}, so that this is another "
                "store, or an older copy; begin again with since=0."
            )
        last = min(position, query.since + query.size)
        events = log.between(query.since, last)
        root = whole(request.script_root)
        answer: ChangesJson = {
            "store": store,
            "since": query.since,
            "next": last,
            "more": last < position,
            "changes": [_happening(each, root) for each in events],
        }
        return jsonify(answer)


def _happening(event: Event, root: str) -> HappeningJson:
    edition = None if event.happening is Happening.WITHDRAWN else event.edition.number
    return {
        "position": event.seq,
        "at": event.at,
        "happening": event.happening.value,
        "document": event.slug,
        "address": str(Address(event.slug)),
        "url": f"{root}{Address(event.slug, '', edition)}",
        "edition": event.edition.number,
        "title": event.edition.metadata.title,
        "added": event.came,
        "ended": event.went,
    }
