"""A document's address in, the file that it was read from out, in a way that can do no harm."""

from pathlib import PurePosixPath

from flask import Response, request, send_file
from werkzeug.exceptions import NotFound as Missing

from indexer.corpus.corpus import Corpus
from indexer.errors import Unopened
from indexer.library import Library
from indexer.readers import SUFFIXES

# What a browser shows by itself; anything else is downloaded.
_SHOWN = {
    ".pdf": "application/pdf",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".xml": "text/plain",
    ".htm": "text/html",
    ".html": "text/html",
}
_SHUT_IN = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"


class Originals:
    """The handler of files."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._corpus = Corpus(library.settings.corpus, SUFFIXES)

    def original(self, slug: str) -> Response:
        """The file of a document as it is now; with `download` in the query to be kept.

        Answers 404 where it has left the corpus since the last sync.
        """
        document = self._library.document(self._library.moved(slug) or slug).document
        try:
            path = self._corpus.original(document.file)
        except Unopened as error:
            raise Missing(f"The file of this document {error}.") from error
        name = PurePosixPath(document.file).name
        mimetype = _SHOWN.get(path.suffix.lower())
        keep = mimetype is None or "download" in request.args
        response = send_file(
            path,
            mimetype or "application/octet-stream",
            as_attachment=keep,
            download_name=name,
            max_age=0,
        )
        if mimetype == "text/html":
            response.headers["Content-Security-Policy"] = _SHUT_IN
        return response
