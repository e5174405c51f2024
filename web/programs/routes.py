"""An application and its library in, the same with the API for programs and its page out."""

from typing import Any

from flask import Flask, Response, jsonify, render_template, request
from flask_cors import CORS

from indexer.config import listed
from indexer.errors import IndexUnavailable
from indexer.library import Library
from web.delivery import unchanged
from web.programs.annotations import Annotations
from web.programs.changes import Changes
from web.programs.described import PREFIX, described
from web.programs.lists import Lists
from web.programs.operations import OPERATIONS
from web.reach import whole

_READING = frozenset(("GET", "HEAD"))


def add_programs(app: Flask, library: Library) -> None:
    """Adds lists, changes and the description; and to all of the API tags, and who may read it."""
    lists, changes = Lists(library), Changes(library)
    document = f"{PREFIX}documents/<slug>"
    passage = f"{document}/passages/<local_id>"
    for path, name, handler in (
        (f"{PREFIX}documents", "list", lists.documents),
        (document, "document", lists.document),
        (f"{document}/editions", "editions", lists.editions),
        (f"{document}/passages", "passages", lists.passages),
        (passage, "passage", lists.passage),
        (f"{passage}/history", "history", lists.history),
        (f"{passage}/citations", "citations", lists.citations),
        (f"{passage}/annotation", "annotation", Annotations(library).annotation),
        (f"{PREFIX}changes", "changes", changes.json),
    ):
        app.add_url_rule(path, f"api_{name}", handler)
    description = Description(app)
    app.add_url_rule(f"{PREFIX}openapi.json", "openapi", description.json)
    app.add_url_rule("/api", "api", description.page)
    app.before_request(Tags(library).unchanged)
    # No token from a browser: who has one is no page of another site.
    if origins := listed(library.settings.cors_origins):
        CORS(
            app,
            resources={r"/api/.*": {"origins": "*" if "*" in origins else origins}},
            methods=["GET", "HEAD", "POST"],
            allow_headers=[
                "Content-Type",
                "If-None-Match",
            ],
            expose_headers=["ETag", "Link", "Location", "Retry-After", "X-Request-ID"],
            max_age=3600,
        )


class Tags:
    """Gives answers of the API a tag by which an unchanged one is not sent again."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def unchanged(self) -> Response | None:
        """304 where store and index are at the commits that the reader's answer was made from.

        They are asked before the answer is made: one that is newer than its tag is sent again.
        """
        operation = OPERATIONS.get(request.endpoint or "")
        if operation is None or not operation.is_tagged or request.method not in _READING:
            return None
        log, engine = self._library.log, self._library.engine
        try:
            followed = engine.position()
        except IndexUnavailable:  # an answer that needs the index says so
            return None
        stamp = (log.identity, log.position(), engine.name, followed)
        return unchanged(*stamp, whole(request.script_root), request.full_path)


class Description:
    """The handlers of the API's own description."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def json(self) -> Response:
        """The OpenAPI document."""
        root = whole(request.script_root)
        return unchanged(root) or jsonify(described(self._app, root))

    def page(self) -> str:
        """The same for people."""
        made = described(self._app, whole(request.script_root))
        parts: dict[str, list[tuple[str, str, Any]]] = {}
        for path, methods in made["paths"].items():
            for method, operation in methods.items():
                parts.setdefault(operation["tags"][0], []).append((method, path, operation))
        return render_template(
            "api.html", parts=parts, schemas=made["components"]["schemas"], kind_of=_kind, made=made
        )


def _kind(schema: dict[str, Any]) -> list[tuple[str, str]]:
    """A schema in words, as pieces: what is said, and the name of the shape that it links to."""
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return [(name, name)]
    if "anyOf" in schema:
        pieces: list[tuple[str, str]] = []
        for each in schema["anyOf"]:
            pieces += [(" or ", "")] * bool(pieces) + _kind(each)
        return pieces
    if "enum" in schema:
        return [(" | ".join(map(str, schema["enum"])), "")]
    if schema.get("type") == "array":
        return [("list of ", ""), *_kind(schema.get("items", {}))]
    if schema.get("type") == "object" and "additionalProperties" in schema:
        return [("by name: ", ""), *_kind(schema["additionalProperties"])]
    return [(str(schema.get("type", "anything")), "")]
