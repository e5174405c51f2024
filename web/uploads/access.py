"""A request in, the token that it may add documents by out: shown as it is, or in a session.

Cookies are for the upload pages alone. A session holds the hash of its token, so that it ends when
the token is revoked.
"""

import time
from collections import deque
from datetime import timedelta
from pathlib import Path

from flask import Flask, request, session
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import Forbidden, TooManyRequests, Unauthorized

from indexer.credentials import Token, Tokens, session_key
from web.reach import whole

_LASTS = timedelta(hours=12)
_HELD = "token"  # where a session has the hash
_WRONG, _SECONDS = 10, 60  # sign-ins that may fail in so many seconds

OFF = "No documents can be added here yet. To allow it, run: pilcrow token"


class _Sessions(SecureCookieSessionInterface):
    """Cookies that are sent back over https only, where they were set over it.

    Their path is below that of the application, wherever a proxy has put it.
    """

    def get_cookie_secure(self, app: Flask) -> bool:  # noqa: ARG002
        return request.is_secure or whole("").startswith("https:")  # a proxy may speak it for us

    def get_cookie_path(self, app: Flask) -> str:
        return request.script_root + super().get_cookie_path(app)


class Access:
    """Who may add documents."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self._failed: deque[float] = deque(maxlen=_WRONG)

    def bearer(self) -> Token:
        """The token in the request's header. Raises `Forbidden` and `Unauthorized`."""
        self.allowed()
        shown = request.authorization
        is_bearer = shown is not None and shown.type == "bearer"
        token = self.tokens.bearer(shown.token or "") if shown and is_bearer else None
        if token is None:
            raise Unauthorized(
                "Send the header 'Authorization: Bearer TOKEN' with a token that is in force.",
                www_authenticate=WWWAuthenticate("bearer"),
            )
        return token

    def signed_in(self) -> Token | None:
        """The token of the session, if it is still in force."""
        return self.tokens.of_digest(str(session.get(_HELD, "")))

    def required(self) -> Token:
        """The token of the session. Raises `Forbidden`."""
        self.allowed()
        token = self.signed_in()
        if token is None:
            raise Forbidden("You are not signed in, or no longer. Sign in on the upload page.")
        return token

    def sign_in(self, shown: str) -> bool:
        """Begins a session where the token is right.

        A right one is always let in; wrong ones can come only so often. Raises `TooManyRequests`.
        """
        self.allowed()
        token = self.tokens.bearer(shown.strip())
        session.clear()
        if token is None:
            self._count_failure()
            return False
        session[_HELD] = token.digest
        session.permanent = True
        return True

    def sign_out(self) -> None:
        """Ends the session."""
        session.clear()

    def _count_failure(self) -> None:
        now = time.monotonic()
        if len(self._failed) == _WRONG and now - self._failed[0] < _SECONDS:
            raise TooManyRequests(retry_after=_SECONDS)
        self._failed.append(now)

    def allowed(self) -> None:
        """Raises `Forbidden` where nobody has a token."""
        if not self.tokens.exist():
            raise Forbidden(OFF)


def guard(app: Flask, data: Path, path: str) -> CSRFProtect:
    """Gives `app` sessions for the pages below `path`, and protects every form of theirs."""
    app.secret_key = session_key(data)
    app.session_interface = _Sessions()
    app.config.update(
        SESSION_COOKIE_NAME="pilcrow",
        SESSION_COOKIE_PATH=path,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        PERMANENT_SESSION_LIFETIME=_LASTS,
        WTF_CSRF_TIME_LIMIT=None,  # the session's own
    )
    return CSRFProtect(app)
