"""The JSON Schema (2020-12) of the contract, generated from the dataclasses of `extractor.model`.

Every key is required, because `extractor.serial` always writes all of them. Keys beyond these are allowed: a minor
version may add some, and a reader of this version passes over them.
"""

from __future__ import annotations

import dataclasses
import inspect
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from extractor import model

Schema = dict[str, Any]

# What the types cannot say, by field name.
_BOUNDS: dict[str, Schema] = {
    "start": {"minimum": 0},
    "end": {"minimum": 0},
    "number": {"minimum": 1},
    "page": {"minimum": 1},
    "level": {"minimum": 1},
    "row": {"minimum": 0},
    "column": {"minimum": 0},
    "page_count": {"minimum": 0},
    "header_rows": {"minimum": 0},
    "confidence": {"minimum": 0, "maximum": 1},
    "score": {"minimum": 0, "maximum": 1},
    "sha256": {"pattern": "^[0-9a-f]{64}$"},
    "date": {"format": "date"},
    "issued_on": {"format": "date"},
}
_NUMERIC = {"minimum", "maximum"}


def schema() -> Schema:
    """The schema as a JSON-ready dict. Stable: equal for equal models."""
    definitions: dict[str, Schema] = {}
    root = _object(model.Report, definitions)
    major = model.SCHEMA_VERSION.split(".")[0]
    root["properties"]["schema_version"] = {"type": "string", "pattern": rf"^{major}\.\d+$"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:extractor:report:{model.SCHEMA_VERSION}",
        "title": "Report",
        **root,
        "$defs": dict(sorted(definitions.items())),
    }


def _object(cls: Any, definitions: dict[str, Schema]) -> Schema:
    hints = get_type_hints(cls)
    names = [f.name for f in dataclasses.fields(cls)]
    return {
        "type": "object",
        "description": inspect.cleandoc(cls.__doc__),
        "properties": {n: _bounded(n, _value(hints[n], definitions)) for n in names},
        "required": names,
    }


def _bounded(name: str, found: Schema) -> Schema:
    types = found.get("type", ())
    kinds = {types} if isinstance(types, str) else set(types)
    bounds = _BOUNDS.get(name, {})
    if kinds & {"integer", "number"}:
        return found | {k: v for k, v in bounds.items() if k in _NUMERIC}
    if "string" in kinds:
        return found | {k: v for k, v in bounds.items() if k not in _NUMERIC}
    return found


def _value(kind: Any, definitions: dict[str, Schema]) -> Schema:
    origin, args = get_origin(kind), get_args(kind)
    if dataclasses.is_dataclass(kind):
        name = kind.__name__  # type: ignore[union-attr]
        if name not in definitions:
            definitions[name] = _object(kind, definitions)
        return {"$ref": f"#/$defs/{name}"}
    if origin in (Union, UnionType):
        (inner,) = (a for a in args if a is not NoneType)
        return _or_null(_value(inner, definitions))
    if origin is Literal:
        return {"type": "string", "enum": list(args)}
    if origin is tuple and args[-1] is Ellipsis:
        return {"type": "array", "items": _value(args[0], definitions)}
    if origin is tuple:
        items = [_value(a, definitions) for a in args]
        return {"type": "array", "prefixItems": items, "minItems": len(args), "maxItems": len(args)}
    return {"type": {str: "string", bool: "boolean", int: "integer", float: "number", Decimal: "number"}[kind]}


def _or_null(inner: Schema) -> Schema:
    if "$ref" in inner:
        return {"anyOf": [inner, {"type": "null"}]}
    nullable = inner | {"type": [inner["type"], "null"]}
    return nullable | {"enum": [*inner["enum"], None]} if "enum" in inner else nullable


def fields() -> list[dict[str, str]]:
    """The contract as rows for people: object, key, type."""
    whole = schema()
    objects = {"Report": whole, **whole["$defs"]}
    return [
        {"object": name, "key": key, "type": _words(value)}
        for name, definition in objects.items()
        for key, value in definition["properties"].items()
    ]


def _words(value: Schema) -> str:
    if "anyOf" in value:
        return " or ".join(map(_words, value["anyOf"]))
    if "$ref" in value:
        return str(value["$ref"]).rsplit("/", 1)[-1]
    types = [value["type"]] if isinstance(value["type"], str) else list(value["type"])
    if "enum" in value:
        return " | ".join("null" if e is None else str(e) for e in value["enum"])
    if "prefixItems" in value:
        types[0] = f"list of {len(value['prefixItems'])} {_words(value['prefixItems'][0])}s"
    elif "items" in value:
        types[0] = f"list of {_words(value['items'])}"
    return " or ".join(types)
