"""A document's address in, its edition as a file of Akoma Ntoso out."""

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue

from indexer.address import PREFIX
from indexer.akoma import MEDIA, SUFFIX, written
from indexer.library import Library
from web.asking import moved_since, prefers
from web.delivery import unchanged
from web.links import place_at
from web.reach import whole

_PAGES = frozenset({"document", "edition"})  # that are asked for as such a file, too


class AkomaFiles:
    """The handlers of addresses that end in `.akn`, and of those that are asked for as such."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def asked_for(self) -> ResponseReturnValue | None:
        """The answer where a document is asked for as Akoma Ntoso rather than as HTML."""
        if request.endpoint not in _PAGES or not prefers(MEDIA):
            return None
        return self.file(**(request.view_args or {}))

    def file(self, slug: str, edition: int | None = None) -> ResponseReturnValue:
        """An edition of a document, from beginning to end."""
        if elsewhere := moved_since(self._library, slug):
            return elsewhere
        known = self._library.described([slug]).get(slug)
        if settled := known and unchanged(MEDIA, known, whole(request.full_path)):
            return settled
        reading, editions = self._library.to_write(slug, edition)
        text = written(reading, editions, lambda address: whole(place_at(address)))
        answer = Response(text, content_type=f"{MEDIA}; charset=utf-8")
        name = f"{slug}@{reading.document.edition}.{SUFFIX}"
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def add_akoma(app: Flask, library: Library) -> None:
    """Adds the addresses that end in `.akn`, and lets documents be asked for as such files."""
    files = AkomaFiles(library)
    number = "<int(max=1_000_000):edition>"
    app.add_url_rule(f"{PREFIX}<slug>.{SUFFIX}", "document_akoma", files.file)
    app.add_url_rule(f"{PREFIX}<slug>@{number}.{SUFFIX}", "edition_akoma", files.file)
    app.before_request(files.asked_for)
