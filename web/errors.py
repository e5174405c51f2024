"""An exception in, the page or the problem (RFC 9457) that says what to do about it out."""

from http import HTTPStatus
from typing import NamedTuple, NotRequired, TypedDict

from flask import Flask, Response, json, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from indexer import disks
from indexer.errors import (
    BadName,
    CorpusUnwritable,
    Full,
    NoReader,
    NotFound,
    OperatorError,
    PilcrowError,
    Taken,
    TooLarge,
    TooMuchHasChanged,
    Unreadable,
)
from web.record import request_id

_API = "/api/"
PROBLEM = "application/problem+json"
_RETRY_AFTER = "30"  # seconds; an index that is being made is usually there by then


class ProblemJson(TypedDict):
    """Why there is no answer: `detail` says what is so and what to do.

    `request_id` is in the log of the service, too; only failures of the service have one.
    """

    type: str
    title: str
    status: int
    detail: str
    request_id: NotRequired[str]


class Advice(NamedTuple):
    """What an error page says: what is so, and what to do."""

    heading: str
    text: str = ""


ADVICE = {
    400: Advice(
        "This cannot be understood",
        "The form may have expired: go back, reload the page, and try again.",
    ),
    401: Advice("A token is needed"),
    403: Advice("This is not allowed"),
    404: Advice(
        "There is nothing at this address",
        "Check the address for a missing or an added character, or search for some words of the "
        "paragraph.",
    ),
    405: Advice(
        "This address cannot be used in that way",
        "This page can be read; nothing can be sent to it.",
    ),
    409: Advice("There is already a file of that name"),
    413: Advice("This is too large", "Send smaller files, or fewer at once."),
    415: Advice("Files of this format cannot be read"),
    422: Advice("This cannot be accepted"),
    408: Advice("This came in too slowly", "Try again, if you can over a better connection."),
    429: Advice("Too many wrong tokens", "Wait a minute. The right token is accepted at any time."),
    500: Advice(
        "Something went wrong here",
        "The fault is in this service and has been noted in its log. Try again; if it happens "
        "again, tell the person who runs this service.",
    ),
    503: Advice(
        "The index is not available",
        "The documents cannot be searched or shown right now. Nothing is lost: every address "
        "stays good. Try again in a minute; if it lasts, tell the person who runs this service.",
    ),
    507: Advice("This cannot be stored right now"),
}

# Errors whose text is for the person asking.
_STATUS: dict[type[PilcrowError], int] = {
    BadName: 422,
    CorpusUnwritable: 507,
    Full: 507,
    NoReader: 415,
    Taken: 409,
    TooLarge: 413,
    TooMuchHasChanged: 422,
    Unreadable: 422,
}


def map_errors(app: Flask) -> None:
    """Give every exception that a request can end in its answer."""

    @app.errorhandler(NotFound)
    def not_found(error: NotFound) -> Response:
        said = str(error)
        return _answer(404, f"{said[0].upper()}{said[1:]}. {ADVICE[404].text}")

    def told(error: PilcrowError) -> Response:
        return _answer(_STATUS[type(error)], str(error))

    for kind in _STATUS:
        app.register_error_handler(kind, told)

    @app.errorhandler(OperatorError)
    def unavailable(error: OperatorError) -> Response:
        app.logger.error("%s", error)  # it names paths and commands, so it is for the log alone
        response = _answer(503)
        response.headers["Retry-After"] = _RETRY_AFTER
        return response

    @app.errorhandler(OSError)
    def unstored(error: OSError) -> Response:
        if not (lacks := disks.wanting(error)):
            raise error
        app.logger.error("%s: %s", error, lacks)
        return _answer(507, f"{lacks[0].upper()}{lacks[1:]}.")

    @app.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        heading = getattr(error, "heading", "")
        is_ours = heading or error.description != type(error).description
        text = error.description or "" if is_ours else ""
        response = _answer(error.code or 500, text, heading)
        told = (header for header in error.get_headers() if header[0] != "Content-Type")
        response.headers.update(dict(told))
        if allowed := getattr(error, "valid_methods", None):
            response.headers["Allow"] = ", ".join(sorted(allowed))
        return response


def _answer(status: int, text: str = "", heading: str = "") -> Response:
    """The answer with this status; `heading` and `text` say more than the advice given for it."""
    advice = ADVICE.get(status) or Advice(HTTPStatus(status).phrase)
    said = request_id() if status >= HTTPStatus.INTERNAL_SERVER_ERROR else ""
    advice = advice._replace(heading=heading or advice.heading)
    if request.path.startswith(_API):
        return _problem(status, text or _sentences(advice), said)
    advice = advice._replace(text=text or advice.text)
    page = render_template("error.html", status=status, advice=advice, request_id=said)
    return make_response(page, status)


def _problem(status: int, detail: str, said: str) -> Response:
    problem: ProblemJson = {
        "type": "about:blank",  # the status says all that a program needs to know
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if said:
        problem["request_id"] = said
    return Response(json.dumps(problem), status, content_type=PROBLEM)


def _sentences(advice: Advice) -> str:
    return f"{advice.heading}. {advice.text}".strip()
