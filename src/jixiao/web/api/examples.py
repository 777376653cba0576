"""An example of every operation, made from its description: a request by curl, and an answer.

Values come from the schemas' own examples, else from the name of the field, so that the example
of a thing looks alike wherever it stands.
"""

import json
from collections.abc import Callable
from typing import Any

Schema = dict[str, Any]
Resolved = Callable[[Schema], Schema]
_DEEPEST = 3
#: What a field of this name says.
_BY_NAME: dict[str, Any] = {
    "id": 12,
    "pk": 12,
    "agency": "055001",
    "parent": "055",
    "code": "055001",
    "name": "陶乐镇人民政府本级",
    "username": "taole",
    "full_name": "陶乐镇经办人",
    "by": "陶乐镇经办人",
    "author": "陶乐镇经办人",
    "created_by": "陶乐镇经办人",
    "actor_name": "陶乐镇经办人",
    "saved_by": "陶乐镇第二经办人",
    "to": "taole2",
    "role": "preparer",
    "role_label": "经办人",
    "kind": "unit",
    "kind_label": "预算单位",
    "budget_year": 2027,
    "year": 2027,
    "round": "一上",
    "stage": "target_setting",
    "state": "draft",
    "state_label": "草稿",
    "layout": "nx_pingluo/project_target_2022",
    "profile": "nx_pingluo_2022",
    "project_key": "6b1c5a3e-6e0a-4a55-9d43-2f0c7d9a8e11",
    "project_name": "村道养护经费",
    "project_code": "",
    "category": "",
    "total": "120000.00",
    "indicator_count": 7,
    "errors": 0,
    "warnings": 1,
    "grade": "",
    "is_key": False,
    "number": 1,
    "approved_number": None,
    "lock_version": 3,
    "path": "indicators[3].target",
    "text": "≥95%",
    "label": "指标 4“路面完好率” 指标值",
    "action": "submit",
    "opinion": "",
    "reason": "与财政局核对过",
    "content_hash": "9f86d081884c7d65…",
    "hash": "2c26b46b68ffc68f…",
    "previous_hash": "fcde2b2edba56bf4…",
    "sha256": "9f86d081884c7d65…",
    "next": None,
    "cursor": None,
    "url": "https://oa.example/hook",
    "scope": "read",
    "status": "draft",
    "media_type": "application/pdf",
    "size": 48213,
    "title": "导出 12 张表（Excel 工作簿（.xlsx））",
    "result_name": "2027年度绩效目标表.xlsx",
    "secret": "whsec_…",
    "password": "Kq7mRt2xWn4pAb",
    "token": "预算系统同步",
    "hint": "jx_d8Afr6",
    "trouble": "",
    "words": "12 张表",
    "quote": "路面完好率 ≥95%",
    "page": 2,
    "suppression": 5,
    "delivery": 7,
    "sheet": 4,
    "day": "2027-01-01",
    "older": 1,
    "newer": 2,
    "query": "year=2027&state=draft",
}
_BY_FORMAT = {
    "date": "2026-12-17",
    "date-time": "2026-11-22T09:30:00+08:00",
    "uuid": "6b1c5a3e-6e0a-4a55-9d43-2f0c7d9a8e11",
}
_PLAIN = {"integer": 1, "number": 1, "boolean": True, "null": None, "string": "…"}
#: Records are shown by their beginning; the published schemas have the rest.
_RECORDS: dict[str, Any] = {
    "FormRecord": {
        "kind": "project_target",
        "budget_year": 2027,
        "project": {"name": "村道养护经费"},
        "indicators": [{"name": "路面完好率", "target": {"raw": "≥95%"}}],
    },
    "ReadRecord": {"schema": "jixiao.read/1", "documents": [], "forms": [], "problems": []},
    "AuditRecord": {
        "schema": "jixiao.audit/1",
        "findings": [{"code": "VAL001", "severity": "error", "path": "indicators[6].target"}],
        "summary": {"forms": 1, "by_severity": {"error": 1}},
    },
}


def request(path: str, method: str, operation: Schema, resolved: Resolved) -> str:
    """What is typed in a shell; `$URL` and `$TOKEN` are those of the guide."""
    for one in operation["parameters"]:
        if one["in"] == "path":
            path = path.replace(f"{{{one['name']}}}", _in_path(one, path))
    asked = "&".join(
        f"{one['name']}={_by_name(one['name'], one['schema'], resolved)}"
        for one in operation["parameters"]
        if one["in"] == "query" and one["required"]
    )
    address = f'"$URL{path}?{asked}"' if asked else f"$URL{path}"
    verb = "" if method in ("get", "post") else f"-X {method.upper()} "
    lines = [f'curl {verb}{address} -H "Authorization: Bearer $TOKEN"']
    lines += _sent(method, operation.get("requestBody", {}).get("content", {}), resolved)
    return " \\\n  ".join(lines)


def _sent(method: str, content: Schema, resolved: Resolved) -> list[str]:
    media, schema = next(((kind, one["schema"]) for kind, one in content.items()), ("", {}))
    key = ["-H 'Idempotency-Key: 7f1c2e'"] if method == "post" else []
    if media == "application/json":
        body = json.dumps(_sample(schema, "", 0, resolved, whole=False), ensure_ascii=False)
        return [*key, "-H 'Content-Type: application/json'", f"-d '{body}'"]
    if media:
        fields = resolved(schema).get("properties", {})
        return [*key, *(f"-F {name}={_field(name)}" for name in fields if name in _FORM)]
    return [*key, "-X POST"] if method == "post" else []


_FORM = {"file": "@附件2.docx", "agency": "055001"}


def _field(name: str) -> str:
    return _FORM[name]


def answered(operation: Schema, resolved: Resolved) -> str:
    """What is answered when all is well; empty where the answer is a file or nothing."""
    for status, one in sorted(operation["responses"].items()):
        schema = one.get("content", {}).get("application/json", {}).get("schema")
        if status < "300" and schema is not None:
            shown = _sample(schema, "", 0, resolved, whole=True)
            return json.dumps(shown, ensure_ascii=False, indent=2)
    return ""


def _in_path(parameter: Schema, path: str) -> str:
    if parameter["name"] == "code" and "/rules/" in path:
        return "VAL002"
    return str(_BY_NAME.get(parameter["name"], 1))


def _by_name(name: str, schema: Schema, resolved: Resolved) -> Any:
    return _BY_NAME.get(name) or _sample(schema, name, _DEEPEST, resolved, whole=False)


def _sample(schema: Schema, name: str, depth: int, resolved: Resolved, *, whole: bool) -> Any:
    """A value of this shape; of an object all fields, or only those that must be there."""
    record = schema.get("$ref", "").rpartition("/")[2]
    if record in _RECORDS:
        return _RECORDS[record]
    schema = resolved(schema)
    if schema.get("examples"):
        return schema["examples"][0]
    kind = schema.get("type", "")
    if kind == "object" or "properties" in schema:
        return _object(schema, depth, resolved, whole=whole)
    if kind == "array":
        items = schema.get("items", {})
        return [] if depth > _DEEPEST else [_sample(items, name, depth, resolved, whole=whole)]
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices and any("$ref" in one or one.get("type") in ("array", "object") for one in choices):
        return _sample(choices[0], name, depth, resolved, whole=whole)
    if "enum" in schema or "const" in schema:
        return _BY_NAME[name] if _BY_NAME.get(name) in schema.get("enum", ()) else _first(schema)
    if name in _BY_NAME:
        return _BY_NAME[name]
    if choices:
        return _sample(choices[0], name, depth, resolved, whole=whole)
    return _BY_FORMAT.get(schema.get("format", ""), _PLAIN.get(kind, "…"))


def _object(schema: Schema, depth: int, resolved: Resolved, *, whole: bool) -> Any:
    if depth > _DEEPEST:
        return {}
    required = schema.get("required", ())
    return {
        name: _sample(one, name, depth + 1, resolved, whole=whole)
        for name, one in schema.get("properties", {}).items()
        if whole or name in required
    }


def _first(schema: Schema) -> Any:
    return schema["enum"][0] if "enum" in schema else schema["const"]
