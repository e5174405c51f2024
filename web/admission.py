"""An application and settings in, the gate before it out, and how many connections it may have."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from flask import Flask, request, request_started
from werkzeug.exceptions import HTTPException

from indexer.config import Settings
from web.checking import largest
from web.gate import Gate, whole
from web.reach import Reach

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

    from web.rates import Rates

_REFUSED = "pilcrow.refused"  # in the environment of a request: why it is not let in
_CONNECTIONS = 30_000  # of each process, at most; more than one address can commonly open
_FILES = 1_000  # that a process opens beside its connections, at most


def gate_before(app: Flask, settings: Settings) -> Gate:
    """The gate before `app`; what it refuses, the application answers, as it does all errors."""
    application, reach = app.wsgi_app, Reach(settings)

    def refuse(
        environ: "WSGIEnvironment", start_response: "StartResponse", error: HTTPException
    ) -> Iterable[bytes]:
        environ[_REFUSED] = error
        return whole(application(environ, start_response))

    request_started.connect(_stop, app)
    rates = _rates(settings.rate_limit)
    return Gate(application, reach.prefix, reach.client, refuse, rates, largest(settings))


def connections() -> int:
    """How many connections a process may hold, after it was allowed as many files as can be."""
    try:
        import resource  # noqa: PLC0415 - Windows has none, and no such limit
    except ModuleNotFoundError:
        return _CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = _CONNECTIONS + _FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return min(_CONNECTIONS, max(wanted - _FILES, wanted // 2))


def _stop(_: Flask, **__: object) -> None:
    if error := request.environ.get(_REFUSED):
        raise error


def _rates(rate: str) -> "Rates | None":
    if not rate:
        return None
    from web.rates import Rates  # noqa: PLC0415 - only here is its library needed

    return Rates(rate)
