"""An application in, the same with the headers that keep a page to itself on every answer out."""

from flask import Flask, Response

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; object-src 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "same-origin",  # what was searched for is nobody else's business
    "X-Content-Type-Options": "nosniff",
}


def add_headers(app: Flask) -> None:
    """Set `HEADERS` on everything that `app` answers, errors too, unless it has stricter ones."""

    @app.after_request
    def with_headers(response: Response) -> Response:
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        return response
