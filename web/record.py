"""An application in, the same with an id for each request, and each noted when it is over, out.

What is noted names the address by its pattern, so that it says neither who read what nor what
was searched for.
"""

import re
import secrets
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from flask import Flask, request, request_started

from indexer.config import Settings
from indexer.logs import REQUEST, logger

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

BEGAN = "pilcrow.began"  # in the environment of a request: when, by the clock of `perf_counter`
_ID, _RULE = "pilcrow.request_id", "pilcrow.rule"
_SANE = re.compile(r"[A-Za-z0-9._-]{1,64}")
_BYTES = 8  # of randomness in an id
_log = logger("request")


class Noted(NamedTuple):
    """A request that is over.

    `endpoint` and `path` are those of the application, the path a pattern; both are empty where
    nothing is. `sent` counts bytes of the body, `seconds` run from its coming in to the last byte.
    """

    endpoint: str
    path: str
    method: str
    status: int
    seconds: float
    sent: int
    query: str


Observer = Callable[[Noted], None]


def add_record(app: Flask, settings: Settings) -> None:
    """Gives each request of `app` an id, and tells of each that is over to the log.

    Others who want to know are called from `app.extensions["observers"]`.
    """
    observers: list[Observer] = [_logged(settings)]
    app.extensions["observers"] = observers
    app.wsgi_app = _Record(app.wsgi_app, observers)  # type: ignore[method-assign]

    request_started.connect(_note_rule, app)  # before anything can refuse the request


def _note_rule(_: Flask, **__: object) -> None:
    rule = request.url_rule
    request.environ[_RULE] = (rule.endpoint, rule.rule) if rule else ("", "")


def request_id() -> str:
    """The id of the request that is answered now."""
    return str(request.environ.get(_ID, ""))


def _logged(settings: Settings) -> Observer:
    def log(noted: Noted) -> None:
        fields = {
            "method": noted.method,
            "path": noted.path,
            "status": noted.status,
            "ms": round(noted.seconds * 1000, 1),
            "bytes": noted.sent,
        }
        if settings.log_queries:
            fields["query"] = noted.query
        _log.info("%s %s %d", noted.method, noted.path, noted.status, extra={"fields": fields})

    return log


class _Record:
    def __init__(self, app: "WSGIApplication", observers: list[Observer]) -> None:
        self._app = app
        self._observers = observers

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        began = environ.setdefault(BEGAN, time.perf_counter())
        named = environ.get("HTTP_X_REQUEST_ID", "")
        said = named if _SANE.fullmatch(named) else secrets.token_hex(_BYTES)
        environ[_ID] = said
        REQUEST.set(said)
        status = 500

        def start(line: str, headers: list[tuple[str, str]], *more: object) -> object:
            nonlocal status
            status = int(line[:3])
            return start_response(line, [*headers, ("X-Request-ID", said)], *more)  # type: ignore[arg-type]

        def over(sent: int) -> None:
            endpoint, path = environ.get(_RULE, ("", ""))
            seconds, query = time.perf_counter() - began, environ.get("QUERY_STRING", "")
            noted = Noted(endpoint, path, environ["REQUEST_METHOD"], status, seconds, sent, query)
            for observer in self._observers:
                observer(noted)
            REQUEST.set("")

        try:
            pieces = self._app(environ, start)  # type: ignore[arg-type]
        except BaseException:
            over(0)
            raise
        return _Counted(pieces, over)


class _Counted:
    """The pieces of an answer, which tells how many bytes were taken when it is closed."""

    def __init__(self, pieces: Iterable[bytes], over: Callable[[int], None]) -> None:
        self._pieces = pieces
        self._each = iter(pieces)
        self._over: Callable[[int], None] | None = over
        self._sent = 0

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            piece = next(self._each)
        except StopIteration:
            self._finish()
            raise
        self._sent += len(piece)
        return piece

    def close(self) -> None:
        """Closes the answer."""
        try:
            if close := getattr(self._pieces, "close", None):
                close()
        finally:
            self._finish()

    def _finish(self) -> None:
        over, self._over = self._over, None
        if over:
            over(self._sent)
