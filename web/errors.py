"""An exception in, the page or the JSON that says what to do about it out."""

from http import HTTPStatus
from typing import NamedTuple

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException

from indexer.errors import NotFound, OperatorError

_API = "/api/"
_RETRY_AFTER = "30"  # seconds; an index that is being made is usually there by then


class Advice(NamedTuple):
    """What an error page says: what is so, and what to do."""

    heading: str
    text: str = ""


ADVICE = {
    404: Advice(
        "Nothing stands at this address",
        "Check the address for a missing or an added character, or search for some words of the "
        "text.",
    ),
    405: Advice(
        "This address cannot be used in that way",
        "Pages here can be read, and nothing can be sent to them.",
    ),
    500: Advice(
        "Something went wrong here",
        "The fault is in this service and has been noted in its log. Try again; if it happens "
        "again, tell whoever runs the service.",
    ),
    503: Advice(
        "The index is not available",
        "The documents cannot be searched or shown at this moment. Nothing is lost: every address "
        "stays good. Try again in a minute; if it lasts, tell whoever runs the service.",
    ),
}


def map_errors(app: Flask) -> None:
    """Give every exception that a request can end in its answer."""

    @app.errorhandler(NotFound)
    def not_found(error: NotFound) -> Response:
        return _answer(404, str(error))

    @app.errorhandler(OperatorError)
    def unavailable(error: OperatorError) -> Response:
        app.logger.error("%s", error)  # it names paths and commands, so it is for the log alone
        response = _answer(503)
        response.headers["Retry-After"] = _RETRY_AFTER
        return response

    @app.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        response = _answer(error.code or 500)
        if allowed := getattr(error, "valid_methods", None):
            response.headers["Allow"] = ", ".join(sorted(allowed))
        return response


def _answer(status: int, told: str = "") -> Response:
    advice = ADVICE.get(status) or Advice(HTTPStatus(status).phrase)
    if told:
        advice = advice._replace(text=f"{told[0].upper()}{told[1:]}. {advice.text}")
    if request.path.startswith(_API):
        return make_response(jsonify(error=advice.heading, advice=advice.text), status)
    page = render_template("error.html", status=status, advice=advice)
    return make_response(page, status)
