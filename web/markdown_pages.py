"""A document's or a paragraph's address in, what stands there as Markdown out."""

from http import HTTPStatus

from flask import Flask, Response, abort, request
from flask.typing import ResponseReturnValue

from indexer.address import PREFIX
from indexer.agents.markdown import Asked, page
from indexer.errors import NotFound
from indexer.held import Reading
from indexer.library import Library
from web.asking import moved_since, prefers
from web.delivery import unchanged
from web.given import whole_number
from web.links import place_at
from web.reach import here, whole

_MARKDOWN = "text/markdown"
_READING = frozenset({"document", "edition", "passage", "cited"})  # pages that are this, too
_AROUND, _MOST_AROUND = 3, 50  # paragraphs on each side of the one asked for
_LONGEST = 10_000_000  # characters of a text


class MarkdownPages:
    """The handlers of addresses that end in `.md`, and of those that are asked for as Markdown."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def asked_for(self) -> ResponseReturnValue | None:
        """The answer where a reading page is asked for as Markdown rather than as HTML."""
        if request.endpoint not in _READING or not prefers(_MARKDOWN):
            return None
        return self.read(**(request.view_args or {}))

    def read(
        self, slug: str, local_id: str = "", edition: int | None = None
    ) -> ResponseReturnValue:
        """What stands at an address, or last stood there (410)."""
        if elsewhere := moved_since(self._library, slug):
            return elsewhere
        known = self._library.described([slug]).get(slug)
        if settled := known and unchanged(_MARKDOWN, known, whole(request.full_path)):
            return settled
        reading, at = self._found(slug, local_id, edition)
        asked = _asked(reading, at)
        stands = reading.document.present and (
            at is None or edition is not None or reading.passages[at].until is None
        )
        text = page(reading, asked, lambda address: whole(place_at(address)))
        answer = Response(text, HTTPStatus.OK if stands or edition else HTTPStatus.GONE)
        answer.content_type = f"{_MARKDOWN}; charset=utf-8; variant=CommonMark"
        return answer

    def _found(self, slug: str, local_id: str, edition: int | None) -> tuple[Reading, int | None]:
        """The document, as it last was if it is no more, and where the paragraph is in it."""
        if local_id:
            reading, stored = self._library.as_cited(slug, local_id, edition)
            return reading, _place(reading, stored.passage.id)
        try:
            return self._library.document(slug, edition), None
        except NotFound:
            if edition is not None:
                raise
        last = self._library.revisions(slug)[-1].edition.number
        return self._library.document(slug, last), None


def markdown_link() -> str:
    """The address of the page that is asked for, as Markdown."""
    return f"{here()}.md"


def add_markdown(app: Flask, library: Library) -> None:
    """Adds the addresses that end in `.md`, and lets those of pages be asked for as Markdown."""
    pages = MarkdownPages(library)
    number = "<int(max=1_000_000):edition>"
    for name, path in (
        ("document", "<slug>"),
        ("edition", f"<slug>@{number}"),
        ("passage", "<slug>/<local_id>"),
        ("cited", f"<slug>/<local_id>@{number}"),
    ):
        app.add_url_rule(f"{PREFIX}{path}.md", f"{name}_markdown", pages.read)
    app.before_request(pages.asked_for)
    app.jinja_env.globals[markdown_link.__name__] = markdown_link

    @app.after_request
    def tell(response: Response) -> Response:
        if request.endpoint in _READING:
            response.vary.add("Accept")
        return response


def _asked(reading: Reading, at: int | None) -> Asked:
    """What of a reading the request asks for. Answers 400 to what is no number."""
    end = len(reading.passages) - 1
    if at is None:
        first = request.args.get("from", "")
        return Asked(_place(reading, first) if first else 0, end)
    around = whole_number("around", _AROUND, _MOST_AROUND)
    start = whole_number("from_character", 0, _LONGEST)
    return Asked(max(0, at - around), min(end, at + around), at, start)


def _place(reading: Reading, local_id: str) -> int:
    ids = [stored.passage.id for stored in reading.passages]
    if local_id not in ids:
        abort(404, f"There is no paragraph {local_id[:100]!r} in this edition.")
    return ids.index(local_id)
