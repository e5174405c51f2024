"""An application in; the OpenAPI document of its API out, made from its routes, types and words."""

import inspect
from collections.abc import Iterator, Mapping, Sequence
from http import HTTPStatus
from typing import Any

import msgspec
from apispec import APISpec
from flask import Flask
from werkzeug.routing import Rule

from indexer import __version__
from web.errors import PROBLEM, ProblemJson
from web.programs.operations import OPERATIONS, Operation

VERSION = "3.1.1"
PREFIX = "/api/v1/"
_REF = "#/components/schemas/{name}"
_SCHEME = "token"
_ABOUT = (
    "What a person can ask for, a program can: JSON, in UTF-8, with the same names everywhere. "
    "Addresses begin with `/d/` and stay good. Nothing but `POST /api/v1/documents` needs a token."
)
_PLACES = {
    "slug": "The document: what follows `/d/` in its address.",
    "local_id": "The passage: what follows the document in its address, such as `para-5`.",
}
_SAYS = {
    301: "The document has another address now: `Location`.",
    304: "What you have, by its `ETag`, is what you would get.",
    429: "You ask too often; `Retry-After` says when to ask again.",
}

Document = dict[str, Any]


def described(app: Flask, server: str) -> Document:
    """The document; `server` is the whole address of the start page, without a slash at its end."""
    spec = APISpec(
        title="Pilcrow",
        version=__version__,
        openapi_version=VERSION,
        info={"description": _ABOUT},
        servers=[{"url": server or "/"}],
    )
    shapes = _shapes()
    refs, components = msgspec.json.schema_components(shapes, ref_template=_REF)
    queries = {operation.query.__name__ for operation in OPERATIONS.values()}
    for name, schema in components.items():
        if name not in queries:
            schema["description"] = inspect.cleandoc(schema["description"])
            spec.components.schema(name, schema)
    spec.components.security_scheme(_SCHEME, {"type": "http", "scheme": "bearer"})
    of = dict(zip(shapes, refs, strict=True))
    for rule in sorted(app.url_map.iter_rules(), key=lambda rule: rule.rule):
        if rule.endpoint in OPERATIONS:
            made = _operation(app, rule, of, components)
            method = "post" if "POST" in (rule.methods or ()) else "get"
            spec.path(path=_path(rule), operations={method: made})
    return dict(spec.to_dict())


def _shapes() -> list[Any]:
    found = [shape for each in OPERATIONS.values() for shape in each.answers.values()]
    return [*dict.fromkeys((*found, *(each.query for each in OPERATIONS.values()), ProblemJson))]


def _path(rule: Rule) -> str:
    return rule.rule.replace("<", "{").replace(">", "}")


def _operation(
    app: Flask, rule: Rule, of: Mapping[Any, Any], components: Mapping[str, Any]
) -> Document:
    operation = OPERATIONS[rule.endpoint]
    words = inspect.getdoc(app.view_functions[rule.endpoint]) or ""
    summary, _, more = words.partition("\n\n")
    made: Document = {
        "operationId": rule.endpoint.removeprefix("api_"),
        "summary": " ".join(summary.split()),
        "tags": [operation.part],
        "parameters": [
            *_places(rule),
            *_parameters(components[operation.query.__name__]),
        ],
        "responses": dict(_responses(operation, of)),
    }
    if more:
        made["description"] = more
    if operation.body:
        content = {kind: {"schema": schema} for kind, schema in operation.body.items()}
        made["requestBody"] = {"required": True, "content": content}
    if operation.needs_token:
        made["security"] = [{_SCHEME: []}]
    return made


def _places(rule: Rule) -> Iterator[Document]:
    for name in ("slug", "local_id"):
        if name in rule.arguments:
            yield {
                "name": name,
                "in": "path",
                "required": True,
                "description": _PLACES[name],
                "schema": {"type": "string", "minLength": 1},
            }


def _parameters(query: Mapping[str, Any]) -> Iterator[Document]:
    needed: Sequence[str] = query.get("required", ())
    for name, schema in query["properties"].items():
        told = {key: value for key, value in _bare(schema).items() if key != "description"}
        made = {"name": name, "in": "query", "required": name in needed, "schema": told}
        if said := schema.get("description") or _bare(schema).get("description"):
            made["description"] = said
        yield made


def _bare(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter that may be left out is not null for that."""
    either = schema.get("anyOf", ())
    kept = [each for each in either if each.get("type") != "null"]
    return kept[0] if len(kept) == 1 else schema


def _responses(operation: Operation, of: Mapping[Any, Any]) -> Iterator[tuple[str, Document]]:
    for status, shape in operation.answers.items():
        content = {operation.media: {"schema": of[shape]}}
        made: Document = {"description": HTTPStatus(status).phrase, "content": content}
        if operation.is_tagged and operation.body is None:
            made["headers"] = {"ETag": {"schema": {"type": "string"}}}
        yield str(status), made
    if operation.can_move:
        yield "301", {"description": _SAYS[301]}
    if operation.is_tagged and operation.body is None:
        yield "304", {"description": _SAYS[304]}
    for status in sorted(operation.errors):
        said = _SAYS.get(status, HTTPStatus(status).phrase)
        yield str(status), {"description": said, "content": {PROBLEM: {"schema": of[ProblemJson]}}}
