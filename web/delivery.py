"""An application in, the same with answers that are small, and not sent again unchanged, out."""

import hashlib
from functools import cache
from http import HTTPStatus
from pathlib import Path

from flask import Flask, Response, g, request
from flask_compress import Compress

from indexer import __version__

_SMALLEST = 1_000  # bytes; less is not worth it
_FOREVER = 365 * 24 * 3600  # seconds
# Endpoints of pages with secrets, whose length under compression would tell of them, and of files,
# which are sent as they are.
_AS_IT_IS = ("upload", "original")


@cache
def code_digest() -> str:
    """Eight hexadecimal digits that change with any file that pages are made of."""
    folder = Path(__file__).parent
    digest = hashlib.sha256(__version__.encode())
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".css", ".html", ".js", ".py", ".svg"}:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:8]


def static_path() -> str:
    """Where files of the pages are: another place after each change, so that they may be kept."""
    return f"/static/{code_digest()}"


def add_delivery(app: Flask) -> None:
    """Compresses what `app` answers, and tells browsers what they may keep."""
    app.config.update(
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["zstd", "br", "gzip"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_MIN_SIZE=_SMALLEST,
        COMPRESS_STREAMS=True,
        SEND_FILE_MAX_AGE_DEFAULT=_FOREVER,
    )
    compress = Compress(app)

    @app.after_request
    def deliver(response: Response) -> Response:
        if request.endpoint == "static":
            response.cache_control.immutable = True
            response.direct_passthrough = False
            response.make_sequence()  # small; of a stream the library does not close the file
        elif "Cache-Control" not in response.headers:
            response.headers["Cache-Control"] = "no-cache"  # kept, but asked for again
        if (made := g.get("tag")) and response.status_code == HTTPStatus.OK:
            response.set_etag(made, weak=True)
        if (request.endpoint or "").startswith(_AS_IT_IS):
            return response
        return compress.after_request(response)


def unchanged(*what: object) -> Response | None:
    """The answer 304 if the browser has the page that `what` and the code make, and nothing else.

    None if the page must be made; it gets an `ETag` of them.
    """
    text = "\0".join(map(str, (code_digest(), *what)))
    g.tag = hashlib.sha256(text.encode()).hexdigest()[:16]
    if not request.if_none_match.contains_weak(g.tag):
        return None
    answer = Response(status=HTTPStatus.NOT_MODIFIED)
    answer.set_etag(g.tag, weak=True)
    return answer
