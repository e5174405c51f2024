"""The past of an address, as Memento (RFC 7089) has it: links, a TimeGate, lists of states."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from http import HTTPStatus

from flask import Flask, Response, jsonify, redirect, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest
from werkzeug.http import http_date, parse_date

from indexer.address import Address
from indexer.document import Edition
from indexer.errors import NotFound
from indexer.library import Library
from indexer.mementos import States
from web.given import address_given
from web.links import place_at
from web.reach import whole

NOTE = "A date is when this collection received an edition, not when the document was made."

_LINKS = "application/link-format"
_PRESENT, _PAST = frozenset({"document", "passage"}), frozenset({"edition", "cited"})
_ANSWERED = frozenset({HTTPStatus.OK, HTTPStatus.NOT_MODIFIED, HTTPStatus.GONE})
_DATE = re.compile(r"[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT")


class TimeTravel:
    """The handlers of `/timegate/…` and `/timemap/…`, and the headers of what is read."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def gate(self, target: str) -> ResponseReturnValue:
        """Leads to the state of `target` at the moment of `Accept-Datetime`, else to the newest.

        A moment before the first leads to the first. Answers 400 to what is no such moment.
        """
        address, states = self._asked(target)
        asked = request.headers.get("Accept-Datetime")
        chosen = states.editions[-1] if asked is None else states.at(_moment(asked))
        response = redirect(_memento(address, chosen), HTTPStatus.FOUND)
        response.vary.add("Accept-Datetime")
        response.headers["Link"] = ", ".join(
            [_original(address), _timemap(address, states), *_mementos(address, states, chosen)]
        )
        return response

    def links(self, target: str) -> Response:
        """All states of `target`, as a list of links."""
        address, states = self._asked(target)
        times = _span(states)
        lines = [
            _original(address),
            _link(_place(address, "/timemap/link"), "self", type=_LINKS, **times),
            _gate(address),
            *(_entry(address, states, edition) for edition in states.editions),
        ]
        return Response(",\n".join(lines) + "\n", content_type=f"{_LINKS}; charset=utf-8")

    def json(self, target: str) -> Response:
        """The same as JSON."""
        address, states = self._asked(target)
        listed = [
            {"datetime": _when(edition).isoformat(), "uri": _memento(address, edition)}
            for edition in states.editions
        ]
        return jsonify(
            {
                "original_uri": _place(address),
                "timegate_uri": _place(address, "/timegate"),
                "timemap_uri": {
                    "link_format": _place(address, "/timemap/link"),
                    "json_format": _place(address, "/timemap/json"),
                },
                "mementos": {"first": listed[0], "last": listed[-1], "list": listed},
                "note": NOTE,
            }
        )

    def add_links(self, response: Response) -> Response:
        """`response` with what a page tells of its past, where it is one that has some."""
        endpoint = request.endpoint or ""
        if endpoint not in _PRESENT | _PAST or response.status_code not in _ANSWERED:
            return response
        values = request.view_args or {}
        address = Address(values["slug"], values.get("local_id", ""))
        try:
            states = self._library.mementos.states(address.slug, address.local_id)
        except NotFound:
            return response
        number = values.get("edition")
        links = [_original(address), _gate(address), _timemap(address, states)]
        if number is not None:
            shown = self._library.mementos.edition(address.slug, number)
            if shown is None:
                return response
            links += _mementos(address, states, shown)
            response.headers["Memento-Datetime"] = http_date(_when(shown))
        cited = Address(address.slug, address.local_id, number or states.newest)
        links.append(_link(whole(place_at(cited)), "cite-as"))
        response.headers.add("Link", ", ".join(links))
        return response

    def _asked(self, target: str) -> tuple[Address, States]:
        """The address that `target` is, without an edition, and its states."""
        asked = address_given(target)
        slug = self._library.moved(asked.slug) or asked.slug
        return Address(slug, asked.local_id), self._library.mementos.states(slug, asked.local_id)


def add_memento(app: Flask, library: Library) -> None:
    """Adds `/timegate/…`, `/timemap/link/…`, `/timemap/json/…`, and links to them on pages."""
    travel = TimeTravel(library)
    for path, name, view in (
        ("/timegate", "timegate", travel.gate),
        ("/timemap/link", "timemap", travel.links),
        ("/timemap/json", "timemap_json", travel.json),
    ):
        app.add_url_rule(f"{path}/<path:target>", name, view, merge_slashes=False)
    app.after_request(travel.add_links)


def _moment(text: str) -> datetime:
    """The moment that `Accept-Datetime` says, in the one form that the RFC allows."""
    moment = parse_date(text) if _DATE.fullmatch(text.strip()) else None
    if moment is None:
        raise BadRequest(
            f"Accept-Datetime is {text[:40]!r}; it must look like Tue, 11 Aug 2020 09:30:00 GMT."
        )
    return moment


def _when(edition: Edition) -> datetime:
    return datetime.fromisoformat(edition.at).astimezone(UTC)


def _place(address: Address, before: str = "") -> str:
    """The whole address of `address`, or of what stands `before` it."""
    root = request.script_root
    return whole(f"{root}{before}{place_at(address).removeprefix(root)}")


def _memento(address: Address, edition: Edition) -> str:
    return _place(Address(address.slug, address.local_id, edition.number))


def _link(place: str, rel: str, **more: str) -> str:
    said = "".join(f'; {name}="{value}"' for name, value in more.items())
    return f'<{place}>; rel="{rel}"{said}'


def _original(address: Address) -> str:
    return _link(_place(address), "original")


def _gate(address: Address) -> str:
    return _link(_place(address, "/timegate"), "timegate")


def _timemap(address: Address, states: States) -> str:
    place = _place(address, "/timemap/link")
    return _link(place, "timemap", type=_LINKS, **_span(states))


def _span(states: States) -> dict[str, str]:
    first, last = states.editions[0], states.editions[-1]
    return {"from": http_date(_when(first)), "until": http_date(_when(last))}


def _mementos(address: Address, states: States, shown: Edition) -> Iterable[str]:
    """The first and the last state, `shown`, and those beside it, each once with all it is."""
    before, after = states.before(shown.number), states.after(shown.number)
    named = {
        "first": states.editions[0],
        "prev": before,
        "": shown,
        "next": after,
        "last": states.editions[-1],
    }
    kinds: dict[int, list[str]] = {}
    for name, edition in named.items():
        if edition:
            kinds.setdefault(edition.number, []).append(name)
    known = {edition.number: edition for edition in named.values() if edition}
    for number, names in kinds.items():
        rel = " ".join([*filter(None, names), "memento"])
        edition = known[number]
        yield _link(_memento(address, edition), rel, datetime=http_date(_when(edition)))


def _entry(address: Address, states: States, edition: Edition) -> str:
    ends = {"first": states.editions[0], "last": states.editions[-1]}
    rel = " ".join([*(name for name, each in ends.items() if each == edition), "memento"])
    return _link(_memento(address, edition), rel, datetime=http_date(_when(edition)))
