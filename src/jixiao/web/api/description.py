"""The OpenAPI document as a page needs it: groups of operations with tables and an example."""

import json
from functools import cache
from typing import Any

from msgspec import Struct

from jixiao.web.accounts.tokens import SCOPES
from jixiao.web.api import examples
from jixiao.web.api.document import openapi

_SHOWN_ERRORS = ("403", "404", "409", "422")


class Field(Struct, frozen=True, kw_only=True):
    """A parameter, or a field of a body or an answer."""

    name: str
    place: str = ""
    type: str = ""
    required: bool = False
    words: str = ""


class Described(Struct, frozen=True, kw_only=True):
    """One operation."""

    key: str
    method: str
    path: str
    summary: str
    words: str
    scope: str
    scope_label: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    body_type: str
    answers: tuple[Field, ...]
    example: str
    answered: str


class Group(Struct, frozen=True):
    """Operations of one kind."""

    name: str
    operations: tuple[Described, ...]


class Schema(Struct, frozen=True):
    """A named shape."""

    name: str
    words: str
    fields: tuple[Field, ...]


class Description(Struct, frozen=True):
    """All of it."""

    title: str
    version: str
    paragraphs: tuple[str, ...]
    opening: str
    points: tuple[tuple[str, str], ...]
    groups: tuple[Group, ...]
    schemas: tuple[Schema, ...]


@cache
def described() -> Description:
    """The description, worked out once."""
    document = openapi()
    groups: dict[str, list[Described]] = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            groups.setdefault(operation["tags"][0], []).append(_operation(path, method, operation))
    schemas = document["components"]["schemas"]
    return Description(
        document["info"]["title"],
        document["info"]["version"],
        tuple(document["info"]["description"].strip().split("\n")),
        *_about(document["info"]["description"]),
        tuple(Group(name, tuple(found)) for name, found in groups.items()),
        tuple(
            Schema(name, schema.get("description", ""), _fields(schema))
            for name, schema in sorted(schemas.items())
        ),
    )


def _about(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    """The opening words, and each point after them with its name."""
    opening, *points = text.strip().split("\n* ")
    named = (one.replace("\n  ", "").removeprefix("**").partition("**：") for one in points)
    return " ".join(opening.split()), tuple((name, words) for name, _, words in named)


def _operation(path: str, method: str, operation: dict[str, Any]) -> Described:
    content = operation.get("requestBody", {}).get("content", {})
    media, schema = next(((kind, one["schema"]) for kind, one in content.items()), ("", {}))
    words = {"path": "路径", "query": "查询"}
    return Described(
        key=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        words=operation.get("description", ""),
        scope=operation["x-scope"],
        scope_label=SCOPES.get(operation["x-scope"], ""),
        parameters=tuple(
            Field(
                name=one["name"],
                place=words[one["in"]],
                type=type_words(one["schema"]),
                required=one["required"],
                words=one.get("description", ""),
            )
            for one in operation["parameters"]
            if one["in"] != "header"  # said once, above all of them
        ),
        body=_fields(resolved(schema)),
        body_type=media,
        answers=tuple(_answers(operation)),
        example=examples.request(path, method, operation, resolved),
        answered=examples.answered(operation, resolved),
    )


def _answers(operation: dict[str, Any]) -> list[Field]:
    found = []
    for status, answered in sorted(operation["responses"].items()):
        if status >= "400" and status not in _SHOWN_ERRORS:
            continue
        one = _response(answered)
        shapes = [type_words(content["schema"]) for content in one.get("content", {}).values()]
        described_as = {"OK": "成功", "Created": "已建立", "No Content": "已办理，没有内容"}
        words = described_as.get(one["description"], one["description"])
        found.append(Field(name=status, type=shapes[0] if shapes else "", words=words))
    return found


def _response(answered: dict[str, Any]) -> dict[str, Any]:
    """An answer itself, where a reference stands for it."""
    name = answered.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = openapi()["components"]["responses"][name] if name else answered
    return found


def _fields(schema: dict[str, Any]) -> tuple[Field, ...]:
    required = set(schema.get("required", ()))
    return tuple(
        Field(
            name=name,
            type=type_words(one),
            required=name in required,
            words=one.get("description", ""),
        )
        for name, one in schema.get("properties", {}).items()
    )


def type_words(schema: dict[str, Any] | bool) -> str:
    """What kind of value a schema asks for, in few words."""
    if isinstance(schema, bool):
        return "any"
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    for key in ("anyOf", "oneOf", "allOf"):
        if key in schema:
            return " | ".join(dict.fromkeys(type_words(one) for one in schema[key]))
    if "enum" in schema or "const" in schema:
        return " | ".join(json.dumps(one, ensure_ascii=False) for one in _allowed(schema))
    kind = schema.get("type", "any")
    if kind == "array":
        members = schema.get("prefixItems") or [schema.get("items", True)]
        return f"[{', '.join(map(type_words, members))}]"
    if isinstance(kind, list):
        return " | ".join(kind)
    return f"{kind}({schema['format']})" if "format" in schema else str(kind)


def _allowed(schema: dict[str, Any]) -> list[Any]:
    return list(schema.get("enum", [schema.get("const")]))


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The shape itself, where a reference stands for it."""
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = openapi()["components"]["schemas"][name] if name else schema
    return found
