"""The OpenAPI document: ninja's, with our records, the common answers and the scopes put in.

Records keep the schemas that are published for the command line, so that a program needs one
set of types for both.
"""

from functools import cache
from importlib.resources import files
from typing import Any

import orjson
from ninja.operation import Operation

from jixiao.web.api.application import API
from jixiao.web.api.schemas.shared import Problem

PREFIX = "/api/"
_SCHEMAS = ("read-1", "audit-1")
_COMMON = {
    "400": "请求无法理解",
    "401": "没有有效的令牌或会话",
    "403": "角色、状态或令牌范围不允许",
    "404": "没有这一项，或者不在范围内",
    "405": "没有这种操作",
    "409": "条件不符，或与别人的改动冲突",
    "413": "内容太大",
    "415": "内容的类型不对",
    "422": "填写的内容不符合要求",
    "429": "请求太频繁",
    "500": "系统内部出错",
    "503": "系统暂时不能办理，请稍后重试",
}
_CONDITIONAL = {"412": "申报已有变化，与 If-Match 所指的不同"}
#: Only what writes a filing is held against a tag: the addresses below one.
_OF_A_FILING = "/api/v1/filings/{pk}"
_VISIBLE = "^[!-~ ]*$"


def _header(name: str, description: str, **schema: object) -> dict[str, Any]:
    """A header that may be sent."""
    return {
        "in": "header",
        "name": name,
        "required": False,
        "description": description,
        "schema": {"type": "string", **schema},
    }


_KEY = _header("Idempotency-Key", "同一内容重发只办一次", maxLength=120, pattern="^[!-~]*$")
_IF_MATCH = _header(
    "If-Match", "读到的 ETag；申报已有变化则 412，不办理", maxLength=1000, pattern=_VISIBLE
)
_IF_NONE_MATCH = _header(
    "If-None-Match", "已有内容的 ETag；没有变化则 304", maxLength=1000, pattern=_VISIBLE
)
_LANGUAGE = _header(
    "Accept-Language",
    "回答所用的语言：zh（默认）或 en",
    examples=["en"],
    pattern="^[A-Za-z*;=0-9., -]*$",
)


@cache
def openapi() -> dict[str, Any]:
    """The document as plain data."""
    made: dict[str, Any] = orjson.loads(
        orjson.dumps(API.get_openapi_schema(path_prefix=PREFIX), option=orjson.OPT_NON_STR_KEYS)
    )
    schemas = made["components"]["schemas"]
    schemas |= _published()
    schemas["Problem"] = Problem.model_json_schema()
    made["components"]["responses"] = _problems()
    made["servers"] = [{"url": "/"}]
    scopes = _scopes()
    for path, methods in made["paths"].items():
        for method, operation in methods.items():
            _complete(operation, method, scopes)
            _condition(operation, path, method)
    filled: dict[str, Any] = _with_records(made)
    return filled


def openapi_text() -> bytes:
    """The document as it is checked in and served."""
    return orjson.dumps(openapi(), option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def operations() -> list[tuple[str, Operation]]:
    """Every operation with its path below /api/."""
    return [
        (f"{bound.prefix}{path}", operation)
        for bound in API._get_bound_routers()
        for path, view in bound.path_operations.items()
        for operation in view.operations
    ]


def query_names(address: str, method: str) -> frozenset[str]:
    """What an address, by its name, knows to be asked for with this method."""
    known = _described().get(address, {})
    asked = [known[method]] if method in known else known.values()
    found = (one["parameters"] for one in asked)
    return frozenset(one["name"] for many in found for one in many if one["in"] == "query")


def media_types(address: str, method: str) -> frozenset[str]:
    """The kinds of content it takes; none where it takes no content."""
    operation = _described().get(address, {}).get(method, {})
    return frozenset(operation.get("requestBody", {}).get("content", ()))


@cache
def _described() -> dict[str, dict[str, dict[str, Any]]]:
    """Every operation of the document by the name of its address and its method."""
    by_key = {
        operation["operationId"]: operation
        for methods in openapi()["paths"].values()
        for operation in methods.values()
    }
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for bound in API._get_bound_routers():
        for view in bound.path_operations.values():
            # An address with several methods is called after its first operation.
            named = found.setdefault(view.operations[0].view_func.__name__, {})
            for operation in view.operations:
                described = by_key[_short(API.get_openapi_operation_id(operation))]
                named.update(dict.fromkeys(operation.methods, described))
    return found


def _scopes() -> dict[str, str]:
    found = {}
    for _, operation in operations():
        key = operation.operation_id or API.get_openapi_operation_id(operation)
        found[key] = getattr(operation.auth_callbacks[0], "scope", "")
    return found


def _short(key: str) -> str:
    """The module and name of an operation."""
    return key.rpartition("_operations_")[2]


def _complete(operation: dict[str, Any], method: str, scopes: dict[str, str]) -> None:
    operation["x-scope"] = scopes[operation["operationId"]]
    operation["operationId"] = _short(operation["operationId"])
    if method == "post":
        operation["parameters"].append(_KEY)
    operation["parameters"].append(_LANGUAGE)
    for status, words in _COMMON.items():
        common = {"$ref": f"#/components/responses/Problem{status}"}
        known = operation["responses"].setdefault(status, common)
        if known is not common:
            known["description"] = words


def _condition(operation: dict[str, Any], path: str, method: str) -> None:
    """What a caller can make the answer depend on."""
    if "304" in operation["responses"]:
        operation["parameters"].append(_IF_NONE_MATCH)
    if method != "get" and path.startswith(_OF_A_FILING):
        operation["parameters"].append(_IF_MATCH)
        operation["responses"]["412"] = {"$ref": "#/components/responses/Problem412"}


def _problems() -> dict[str, Any]:
    """The answers every operation may give."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        f"Problem{status}": {
            "description": words,
            "content": {"application/json": {"schema": schema}},
        }
        for status, words in (_COMMON | _CONDITIONAL).items()
    }


def _published() -> dict[str, Any]:
    """The definitions of the published schemas, as components."""
    found: dict[str, Any] = {}
    for name in _SCHEMAS:
        text = (files("jixiao.report") / "schemas" / f"{name}.schema.json").read_text("utf-8")
        moved = text.replace("#/$defs/", "#/components/schemas/")
        found |= orjson.loads(moved)["$defs"]
    return found


def _with_records(node: Any) -> Any:
    """The marks of `schemas.shared.record` as references."""
    if isinstance(node, list):
        return [_with_records(one) for one in node]
    if not isinstance(node, dict):
        return node
    if "x-record" in node:
        return {"$ref": f"#/components/schemas/{node['x-record']}"}
    return {key: _with_records(value) for key, value in node.items()}
