"""A shape of JSON in, its JSON Schema out: what a program can check an answer by."""

import inspect
from collections.abc import Mapping
from typing import Any

import msgspec

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_REF = "#/$defs/{name}"

Schema = dict[str, Any]


def schema_of(*shapes: Any) -> Schema:  # noqa: ANN401 - a shape may be any annotation
    """The JSON Schema of values of any of `shapes`: a `TypedDict`, or what one is made of.

    Each `TypedDict` is described once, below `$defs`, and allows no key that it does not name.
    Raises `TypeError` for what has no counterpart in JSON.
    """
    made, defs = msgspec.json.schema_components(shapes, ref_template=_REF)
    for each in defs.values():
        each["description"] = inspect.cleandoc(each.get("description", ""))
        if "properties" in each:
            each["additionalProperties"] = False
    if len(made) > 1:
        return {"$schema": DIALECT, "anyOf": list(made), "$defs": defs}
    [whole] = made
    name = whole.get("$ref", "").rpartition("/")[2]
    # Programs want an object at the top, not a reference to one.
    if name and not _refers(defs, whole["$ref"]):
        whole = defs.pop(name)
    return {"$schema": DIALECT, **whole, **({"$defs": defs} if defs else {})}


def _refers(schema: object, ref: str) -> bool:
    """Whether anything in `schema` is a reference to `ref`."""
    if isinstance(schema, Mapping):
        return schema.get("$ref") == ref or any(_refers(each, ref) for each in schema.values())
    return isinstance(schema, list) and any(_refers(each, ref) for each in schema)
