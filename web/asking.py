"""What a request asks for besides its address: a document that has moved since, another form."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from indexer.library import Library

_HTML = "text/html"


def moved_since(library: Library, slug: str) -> ResponseReturnValue | None:
    """The way to the same page of a document that has moved; None where it has not."""
    moved = library.moved(slug)
    if not moved:
        return None
    place = {**(request.view_args or {}), "slug": moved}
    return redirect(url_for(request.endpoint or "", **place), 301)


def prefers(media: str) -> bool:
    """Whether `media` is asked for rather than a page, as no browser does."""
    if media not in request.headers.get("Accept", ""):
        return False
    return request.accept_mimetypes.best_match([_HTML, media]) == media
