"""What texts cite, as links; and the way from a citation that was typed to its paragraph."""

from collections.abc import Sequence
from http import HTTPStatus
from urllib.parse import quote

from flask import Response, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from indexer.library import Library
from indexer.references.typed import Typed, typed
from indexer.search.cited import Link, Target
from indexer.serialise import targets_json
from web.links import place_at, place_of
from web.marking import Span, marked
from web.pages import LONGEST
from web.reach import whole

_LINK = Markup('<a class="ref" href="{}"{}>{}</a>')
_TITLE = Markup(' title="{}"')


def linked(text: str, marks: Sequence[Span], cited: Sequence[Link], window: Span) -> Markup:
    """The `window` of `text` as HTML: `marks` are marked, and what it `cited` are links."""
    first, last = window
    pieces, done = [], first
    for link in cited:
        start, end = max(link.start, first), min(link.end, last)
        if start < done or start >= end:
            continue
        inner = marked(text, marks, (start, end))
        pieces.append(marked(text, marks, (done, start)))
        pieces.append(_LINK.format(href(link), _TITLE.format(told(link)), inner))
        done = end
    pieces.append(marked(text, marks, (done, last)))
    return Markup("").join(pieces)


def href(link: Link) -> str:
    """Where a citation leads: to the paragraph, else to its document, else to a search."""
    if link.target:
        return place_at(link.target.address)
    words = f'"{link.name}"'
    return f"{place_of('search')}?q={quote(words)}"


def told(link: Link) -> str:
    """What a citation leads to, in words."""
    if link.target is None:
        return f"{link.name}: not in this collection; search for it"
    title = link.target.document.metadata.title or link.target.document.slug
    if link.target.is_exact:
        return title
    return f"{title}; it has no paragraph of this number"


class References:
    """The handlers of `/cite` and of `/api/v1/references`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def page(self) -> ResponseReturnValue:
        """Where the citation `q` leads: there if it is one place, else what is known of it."""
        text, asked, found = self._found()
        exact = [each for each in found if each.is_exact]
        if len(exact) == 1:
            return redirect(place_at(exact[0].address))
        passage = self._library.citations.passage
        shown = [(each, passage(each)) for each in exact or found]
        page = render_template(
            "followed.html", text=text, asked=asked, found=shown, is_exact=bool(exact)
        )
        return page, HTTPStatus.OK if exact else HTTPStatus.NOT_FOUND

    def json(self) -> Response:
        """Where a citation leads: the places that it can name."""
        text, asked, found = self._found()
        return jsonify(targets_json(text, asked, found, whole(request.script_root)))

    def _found(self) -> tuple[str, Typed | None, tuple[Target, ...]]:
        """What was asked, what it means as a citation, and the places that it can name."""
        said = (request.args.get(name, "") for name in ("q", "document", "place"))
        text = " ".join(" ".join(said).split())[:LONGEST]
        asked = typed(text) or (Typed(text, "") if text else None)
        language = request.args.get("lang", "")
        targets = self._library.citations.cites.targets(asked, language) if asked else ()
        if language and (
            spoken := [t for t in targets if t.document.metadata.language == language]
        ):
            targets = tuple(spoken)
        return text, asked, targets
