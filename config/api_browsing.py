"""The OpenAPI description as a page shows it: operations, what they take and answer, curl. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

_METHODS = ("get", "post", "patch", "put", "delete")


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter or property: its name, kind, whether it must be there, what it means."""

    name: str
    kind: str
    required: bool
    words: str
    place: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One way an operation can answer. `example` is JSON as text."""

    status: str
    words: str
    schema: str
    example: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the API does."""

    key: str
    method: str
    path: str
    summary: str
    words: str
    scopes: tuple[str, ...]
    parameters: tuple[Field, ...]
    body: str
    curl: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """One object that is sent or answered."""

    name: str
    words: str
    fields: tuple[Field, ...]


def operations(schema: dict[str, Any], base: str) -> list[Operation]:
    """Every operation, in the order of the description; `base` begins the addresses of the examples."""
    return [
        _operation(path, method, item[method], base)
        for path, item in schema["paths"].items()
        for method in _METHODS
        if method in item
    ]


def shapes(schema: dict[str, Any]) -> list[Shape]:
    """Every object that an operation takes or answers, by name."""
    return [
        Shape(
            name,
            one.get("description", ""),
            tuple(
                Field(field, kind_of(inner), field in one.get("required", ()), inner.get("description", ""))
                for field, inner in one.get("properties", {}).items()
            ),
        )
        for name, one in sorted(schema["components"]["schemas"].items())
    ]


def kind_of(schema: dict[str, Any]) -> str:
    """A schema in words: "text", "date and time or null", "one of: yes, no", the name of an object."""
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    for several in ("oneOf", "anyOf", "allOf"):
        if several in schema:
            return " or ".join(dict.fromkeys(kind_of(one) for one in schema[several]))
    if "enum" in schema:
        return "one of: " + ", ".join(
            "null" if one is None else str(one) or "(empty)" for one in schema["enum"]
        )
    kinds = schema.get("type", "any")
    found = [_kind(one, schema) for one in (kinds if isinstance(kinds, list) else [kinds])]
    return " or ".join(dict.fromkeys(found))


_FORMATS = {"date-time": "date and time", "date": "date", "uuid": "UUID", "decimal": "decimal as text"}
_KINDS = {"string": "text", "integer": "whole number", "number": "number", "boolean": "true or false"}


def _kind(kind: str, schema: dict[str, Any]) -> str:
    if kind == "array":
        return f"list of {kind_of(schema.get('items', {}))}"
    if kind == "string" and schema.get("format") in _FORMATS:
        return _FORMATS[schema["format"]]
    return _KINDS.get(kind, kind)


def _operation(path: str, method: str, one: dict[str, Any], base: str) -> Operation:
    body = one.get("requestBody", {}).get("content", {}).get("application/json", {})
    parameters = tuple(
        Field(
            row["name"],
            kind_of(row.get("schema", {})),
            bool(row.get("required")),
            row.get("description", ""),
            row["in"],
        )
        for row in one.get("parameters", ())
    )
    return Operation(
        key=one["operationId"],
        method=method.upper(),
        path=path,
        summary=one.get("summary", ""),
        words=one.get("description", ""),
        scopes=tuple(scope for way in one.get("security", ()) for held in way.values() for scope in held),
        parameters=parameters,
        body=kind_of(body["schema"]) if body else "",
        curl=_curl(method, base + path, parameters, _example(body)),
        answers=tuple(_answer(status, answer) for status, answer in sorted(one["responses"].items())),
    )


def _answer(status: str, one: dict[str, Any]) -> Answer:
    content: dict[str, Any] = next(iter(one.get("content", {}).values()), {})
    schema = kind_of(content["schema"]) if "schema" in content else ""
    return Answer(status, one.get("description", ""), schema, _example(content))


def _example(content: dict[str, Any]) -> str:
    found = next(iter(content.get("examples", {}).values()), None)
    return "" if found is None else json.dumps(found["value"], indent=2, ensure_ascii=False)


def _curl(method: str, address: str, parameters: tuple[Field, ...], body: str) -> str:
    lines = [f'curl -sS -X {method.upper()} "{address}"', '-H "Authorization: Bearer $TOKEN"']
    if any(row.name == "Idempotency-Key" for row in parameters):
        lines.append('-H "Idempotency-Key: $(cat /proc/sys/kernel/random/uuid)"')
    if body:
        quoted = body.replace("'", "'\\''")
        lines += ['-H "Content-Type: application/json"', f"--data '{quoted}'"]
    return " \\\n  ".join(lines)
