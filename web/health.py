"""A library in; whether this process answers, and whether it can search, out: for programs."""

from flask import Response, current_app, jsonify, make_response

from indexer.library import Library


class Health:
    """The handlers of `/healthz` and `/readyz`."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def alive(self) -> Response:
        """That this process answers; nothing else is looked at."""
        return _uncached(jsonify(alive=True))

    def ready(self) -> Response:
        """Whether store and index can be used now, and how far the index is behind the store."""
        found = self._library.readiness()
        for reason in (found.store, found.index):
            if reason:
                current_app.logger.error("%s", reason)  # it names paths, so it is for the log alone
        answer = jsonify(
            ready=found.is_ready,
            store=not found.store,
            index=not found.index,
            passages=found.passages,
            behind=found.behind,
        )
        return _uncached(make_response(answer, 200 if found.is_ready else 503))


def _uncached(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-store"
    return response
