"""A shape of JSON in, its JSON Schema out: what a program can check an answer by."""

import inspect
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_PLAIN = {
    str: "string",
    bool: "boolean",
    int: "integer",
    float: "number",
    NoneType: "null",
}

Schema = dict[str, Any]


def schema_of(shape: Any) -> Schema:  # noqa: ANN401 - a shape may be any annotation
    """The JSON Schema of values of `shape`: a `TypedDict`, or what one is made of.

    Each `TypedDict` is described once, below `$defs`, and allows no key that it does not name.
    Raises `TypeError` for what has no counterpart in JSON.
    """
    defs: dict[str, Schema] = {}
    made = _schema(shape, defs)
    if made.keys() == {"$ref"}:
        made = defs.pop(shape.__name__) if not _refers(defs, shape.__name__) else made
    return {"$schema": DIALECT, **made, **({"$defs": defs} if defs else {})}


def _schema(shape: Any, defs: dict[str, Schema]) -> Schema:  # noqa: ANN401
    if shape in {Any, object}:
        return {}
    if shape in _PLAIN:
        return {"type": _PLAIN[shape]}
    return _object(shape, defs) if is_typeddict(shape) else _composed(shape, defs)


def _composed(shape: Any, defs: dict[str, Schema]) -> Schema:  # noqa: ANN401
    """Of what is made of others: a choice, a list, a mapping."""
    origin, inner = get_origin(shape), get_args(shape)
    if origin in {Union, UnionType}:
        return {"anyOf": [_schema(each, defs) for each in inner]}
    if origin is Literal:
        return {"enum": list(inner)}
    if origin is list:
        return {"type": "array", "items": _schema(inner[0], defs)}
    if origin is dict and inner[0] is str:
        return {"type": "object", "additionalProperties": _schema(inner[1], defs)}
    raise TypeError(f"{shape!r} has no counterpart in JSON")


def _object(shape: Any, defs: dict[str, Schema]) -> Schema:  # noqa: ANN401
    name = shape.__name__
    if name not in defs:
        defs[name] = {}  # it may contain itself
        fields = get_type_hints(shape)
        told = inspect.cleandoc(shape.__doc__ or "")
        defs[name] = {
            **({"description": told} if told else {}),
            "type": "object",
            "properties": {key: _schema(each, defs) for key, each in fields.items()},
            "required": [key for key in fields if key in shape.__required_keys__],
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{name}"}


def _refers(schema: object, name: str) -> bool:
    """Whether anything in `schema` is a reference to the shape `name`."""
    if isinstance(schema, Mapping):
        return schema.get("$ref") == f"#/$defs/{name}" or any(
            _refers(each, name) for each in schema.values()
        )
    return isinstance(schema, list) and any(_refers(each, name) for each in schema)
