"""An application in, the same with its readers one at a time and what is slow beside them out.

Threads of one Python process contend: with four that search at once, the slowest in a hundred take
seven times as long. So what only reads runs one at a time, and its answer is handed over whole,
since a thread that sends pieces waits for who takes them. A request with a body may arrive as
slowly as its sender likes, and a file may be taken as slowly: each takes one of some places, of
which nobody has more than a few. An export takes a turn for each piece.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from threading import Lock
from typing import IO, TYPE_CHECKING

from werkzeug.exceptions import HTTPException, ServiceUnavailable, TooManyRequests
from werkzeug.wsgi import ClosingIterator

from web.bodies import spooled, timed
from web.places import Places

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

    from web.rates import Rates

# Places in each process: so many in all, so many for one client.
_SENDERS = (12, 3)  # of documents; they have shown a token
_STRANGERS = (24, 2)  # at the sign-in page, whose bodies are read before anything is known of them
_DRAFTS = (12, 1)  # that come in to be checked, for whoever asks
_CHECKS = (1, 1)  # of drafts that are there
_EXPORTS = (3, 1)
_FILES = (8, 4)  # originals
_READERS = 8  # one has its turn, the others wait for it
THREADS = _READERS + sum(most for most, _ in (_SENDERS, _STRANGERS, _DRAFTS, _EXPORTS, _FILES))

_READING = frozenset(("GET", "HEAD", "OPTIONS"))
_OPEN_TO_ALL = "/upload/sign-in"
EXPORT = "/search/export"
CHECK, CHECK_API = "/check", "/api/v1/quotations"
ORIGINAL = "/original/"
_UNLIMITED = ("/static/", "/healthz", "/readyz")
_RETRY_AFTER = 5  # seconds

Client = Callable[["WSGIEnvironment"], str]
Refuse = Callable[["WSGIEnvironment", "StartResponse", HTTPException], Iterable[bytes]]


def _plainly(
    environ: "WSGIEnvironment", start_response: "StartResponse", error: HTTPException
) -> Iterable[bytes]:
    return error(environ, start_response)


def _peer(environ: "WSGIEnvironment") -> str:
    return str(environ.get("REMOTE_ADDR", ""))


class Busy(ServiceUnavailable):
    """There is no place, for this client or for anybody."""

    heading = "Too many are at this"
    description = "Too many are at this; try again in a few seconds."


class TooOften(TooManyRequests):
    """A client asks more often than each may."""

    heading = "Too many requests"
    description = "You ask more often than this service allows. Wait, then try again."


class Gate:
    """A WSGI application that lets others in as said above.

    A proxy may leave `prefix`, the path of the public address, in the paths it asks for. `client`
    says whose a request is, `refuse` answers one that is not let in. Drafts have `largest` bytes,
    and one that is longer is refused by the application.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        prefix: str = "",
        client: Client = _peer,
        refuse: Refuse = _plainly,
        rates: "Rates | None" = None,
        largest: int = 1_000_000,
    ) -> None:
        self._application = application
        self._prefix = prefix
        self._client = client
        self._refuse = refuse
        self._rates = rates
        self._largest = largest
        self._turn = Lock()
        self._senders, self._strangers = Places(*_SENDERS), Places(*_STRANGERS)
        self._drafts, self._checks = Places(*_DRAFTS), Places(*_CHECKS)
        self._exports, self._files = Places(*_EXPORTS), Places(*_FILES)

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer of the application, or that the client must wait."""
        path, client = environ["PATH_INFO"].removeprefix(self._prefix), self._client(environ)
        if self._rates and not path.startswith(_UNLIMITED) and (rest := self._rates.wait(client)):
            return self._refuse(environ, start_response, TooOften(retry_after=rest))
        if environ["REQUEST_METHOD"] not in _READING:
            return self._sent(environ, start_response, path, client)
        if path == EXPORT or path.startswith(ORIGINAL):
            places = self._exports if path == EXPORT else self._files
            return self._taken(environ, start_response, places, client)
        with self._turn:
            return whole(self._application(environ, start_response))

    def _sent(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", path: str, client: str
    ) -> Iterable[bytes]:
        """The answer to a request with a body."""
        is_draft = path in (CHECK, CHECK_API)
        places = self._strangers if path == _OPEN_TO_ALL else self._senders
        places = self._drafts if is_draft else places
        if not places.take(client):
            return self._refuse(environ, start_response, Busy(retry_after=_RETRY_AFTER))
        source = environ.get("wsgi.input")
        body = timed(source, environ.get("CONTENT_LENGTH")) if source else None
        try:
            if body:
                environ["wsgi.input"] = body
            if is_draft:
                return self._checked(environ, start_response, body)
            return whole(self._application(environ, start_response))
        finally:
            if body:
                body.close()
            places.leave(client)

    def _checked(
        self,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        body: IO[bytes] | None,
    ) -> Iterable[bytes]:
        """The answer to a draft, of which one is checked at a time, once it is there."""
        announced = environ.get("CONTENT_LENGTH") or "0"
        if body and announced.isdecimal() and int(announced) <= self._largest:
            try:
                environ["wsgi.input"] = spooled(body, self._largest)
            except HTTPException as error:
                return self._refuse(environ, start_response, error)
        if not self._checks.take(""):
            return self._refuse(environ, start_response, Busy(retry_after=_RETRY_AFTER))
        try:
            return whole(self._application(environ, start_response))
        finally:
            self._checks.leave("")
            if source := environ.get("wsgi.input"):
                source.close()

    def _taken(
        self,
        environ: "WSGIEnvironment",
        start_response: "StartResponse",
        places: Places,
        client: str,
    ) -> Iterable[bytes]:
        """A file, in pieces."""
        if not places.take(client):
            return self._refuse(environ, start_response, Busy(retry_after=_RETRY_AFTER))
        leave = partial(places.leave, client)
        try:
            with self._turn:
                pieces = self._application(environ, start_response)
        except BaseException:
            leave()
            raise
        close = getattr(pieces, "close", None)
        closing = [*([close] if close else []), leave]
        return ClosingIterator(self._in_turn(pieces), closing)

    def _in_turn(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        each = iter(pieces)
        while True:
            with self._turn:
                piece = next(each, None)
            if piece is None:
                return
            yield piece


def whole(pieces: Iterable[bytes]) -> list[bytes]:
    """All pieces, of an answer that is over with that."""
    try:
        return list(pieces)
    finally:
        if close := getattr(pieces, "close", None):
            close()
