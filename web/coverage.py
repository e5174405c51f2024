"""A library in; what is in it, what is not and how fresh it is out, as a page and as JSON."""

from collections.abc import Iterable
from pathlib import PurePath

from flask import Response, abort, jsonify, render_template, request

from indexer.address import Address
from indexer.config import Settings
from indexer.library import Library
from indexer.printed import named, printable
from indexer.processes.lock import WATCHER, present_since
from indexer.shapes import CoverageJson, DocumentNotesJson, FailureJson, ShareJson
from web.links import place_at
from web.paging import page_number
from web.wording import language_name

_SHOWN = 30  # values of a kind on the page
_LISTED = 100  # documents with notes, and files that could not be read, on a page
_MOST = 1_000  # of each kind in JSON


class Coverage:
    """The handlers of `/coverage` and `/api/v1/coverage`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self) -> str:
        """The counts and the lists; documents with notes and unread files a page at a time."""
        page = page_number(request.args.get("page", "1"))
        if page is None:
            abort(404)
        found = self._found(_LISTED, (page - 1) * _LISTED)
        longest = max(found["documents_noted"], len(self._failures()))
        pages = max(1, -(-longest // _LISTED))
        if page > pages:
            abort(404)
        kinds = (
            ("Language", "languages", found["languages"]),
            ("Publisher", "publishers", found["publishers"]),
            ("Format", "formats", found["formats"]),
        )
        return render_template(
            "coverage.html",
            found=found,
            kinds=[(name, of, len(shares), shares[:_SHOWN]) for name, of, shares in kinds],
            years=found["years"],
            named=language_name,
            page=page,
            pages=pages,
        )

    def json(self) -> Response:
        """What is in the collection, what is not, and how fresh it is."""
        return jsonify(self._found(_MOST))

    def _found(self, limit: int, offset: int = 0) -> CoverageJson:
        library, holdings = self._library, self._library.holdings
        held, ready, dates = holdings.held(), library.readiness(), holdings.dates()
        failures = self._failures()
        return {
            "documents": held.documents,
            "passages": held.passages,
            "withdrawn": holdings.withdrawn(),
            "first_date": dates[0],
            "last_date": dates[1],
            "languages": _shares(holdings.by_language()),
            "publishers": _shares(holdings.by_publisher()),
            "years": _shares(holdings.by_year()),
            "formats": _shares(holdings.by_format()),
            "changed_at": held.synced_at,
            "synced_at": holdings.synced_at(),
            "watched_since": present_since(library.settings.data, WATCHER),
            "searchable": not ready.index,
            "behind": ready.behind,
            "files_unread": len(failures),
            "failures": failures[offset : offset + limit],
            "documents_noted": holdings.noted(),
            "noted": [
                DocumentNotesJson(
                    address=place_at(Address(each.slug)),
                    title=each.metadata.title or each.slug,
                    notes=list(each.notes),
                )
                for each in holdings.some_noted(limit, offset)
            ],
        }

    def _failures(self) -> list[FailureJson]:
        """The files that could not be read, by path in the corpus folder, and why."""
        found = self._library.holdings.failures()
        settings = self._library.settings
        return [
            {"file": named(printable(file)), "reason": unplaced(reason, settings)}
            for file, reason in found.items()
        ]


def unplaced(text: str, settings: Settings) -> str:
    """`text` without the places of this machine: what is below a folder of ours stays."""
    for folder in (settings.corpus, settings.data):
        for place in {str(folder.absolute()), str(folder.resolve()), str(folder)}:
            if PurePath(place).is_absolute():
                text = text.replace(f"{place}/", "").replace(place, "…")
    return named(printable(text))


def _shares(shares: Iterable[tuple[str, int, int]]) -> list[ShareJson]:
    return [
        {"value": value, "documents": documents, "passages": passages}
        for value, documents, passages in list(shares)[:_MOST]
    ]
