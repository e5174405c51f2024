"""An application in, the same out with its readers one at a time and its senders beside them.

Threads of one Python process contend: with four that search at once, the slowest in a hundred take
seven times as long. So what only reads runs one at a time. A request with a body may arrive as
slowly as its sender likes; it takes no turn, and there are only so many at once. An export may be
fetched as slowly; it takes a turn for each piece.
"""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from threading import Lock, Semaphore
from typing import TYPE_CHECKING

from werkzeug.exceptions import ServiceUnavailable
from werkzeug.wsgi import ClosingIterator

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_SENDERS, _STRANGERS = 3, 1  # requests with a body at once, in each process
_DRAFTS = 1  # that are checked for whoever asks; it has the place of a sender
_EXPORTS = 1  # at once, in each process; it has the place of a sender
THREADS = _SENDERS + _STRANGERS + 1  # so that those which read find one at any time

_READING = frozenset(("GET", "HEAD", "OPTIONS"))
_OPEN_TO_ALL = "/upload/sign-in"  # its body is read before anything is known of the sender
EXPORT = "/search/export"
CHECK, CHECK_API = "/check", "/api/v1/quotations"
_RETRY_AFTER = 5  # seconds


class Gate:
    """A WSGI application that lets others in as said above.

    A proxy may leave `prefix`, the path of the public address, in the paths it asks for.
    """

    def __init__(self, application: "WSGIApplication", prefix: str = "") -> None:
        self._application = application
        self._prefix = prefix
        self._turn = Lock()
        self._exports = Semaphore(_EXPORTS)
        self._senders, drafts = Semaphore(_SENDERS), Semaphore(_DRAFTS)
        self._places: dict[str, tuple[Semaphore, ...]] = {
            _OPEN_TO_ALL: (Semaphore(_STRANGERS),),
            **dict.fromkeys((CHECK, CHECK_API), (drafts, self._senders)),
        }

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """The answer of the application, or 503 where too many send or export."""
        path = environ["PATH_INFO"].removeprefix(self._prefix)
        if environ["REQUEST_METHOD"] in _READING and path == EXPORT:
            return self._export(environ, start_response)
        if environ["REQUEST_METHOD"] in _READING:
            with self._turn:
                return self._application(environ, start_response)
        with ExitStack() as taken:
            for place in self._places.get(path, (self._senders,)):
                if not place.acquire(blocking=False):
                    return _busy()(environ, start_response)
                taken.callback(place.release)
            return self._application(environ, start_response)

    def _export(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        if not self._exports.acquire(blocking=False):
            return _busy()(environ, start_response)
        if not self._senders.acquire(blocking=False):
            self._exports.release()
            return _busy()(environ, start_response)
        try:
            with self._turn:
                pieces = self._application(environ, start_response)
        except BaseException:
            self._leave()
            raise
        close = getattr(pieces, "close", None)
        closing = ([close] if close else []) + [self._leave]
        return ClosingIterator(self._in_turn(pieces), closing)

    def _leave(self) -> None:
        self._senders.release()
        self._exports.release()

    def _in_turn(self, pieces: Iterable[bytes]) -> Iterator[bytes]:
        each = iter(pieces)
        while True:
            with self._turn:
                piece = next(each, None)
            if piece is None:
                return
            yield piece


def _busy() -> "WSGIApplication":
    return ServiceUnavailable("Too many are at this; try again.", retry_after=_RETRY_AFTER)
