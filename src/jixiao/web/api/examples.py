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
    "etag": '"12.3.9f86d081884c7d65"',
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


_TITLE = {"title": "部门项目支出预算绩效目标表"}
_RULE = {"code": "VAL001", "name": "value-missing", "title": "指标值没有填写", "severity": "error"}
#: What fields say in things of their own kind, by the name of the schema.
_BY_SCHEMA: dict[str, dict[str, Any]] = {
    "RuleRow": _RULE,
    "RuleDetail": {**_RULE, "basis": [], "page": "VAL001  指标值没有填写\n…"},
    "UploadedFileRow": {"name": "附件2.docx", "status": "read", "problems": [], "form_count": 16},
    "DocumentRow": {"name": "附件2.pdf", "status": "read", "problems": []},
    "UploadRow": {"name": "附件2.docx"},
    "BulkLine": {"state": "with_unit_head", "reasons": []},
    "ForeseenLine": {"action": "提交", "state": "草稿", "target": "单位审签", "reasons": []},
    "Verdict": {"state": "done", "holds": True, "events": 4181, "breaks": []},
    "JobRow": {"kind": "export", "state": "done", "done": 12, "total": 12, "reason": ""},
    "LogRow": {"code": "filing.submitted", "label": "提交", "payload": {"to": "with_unit_head"}},
    "EventRow": {"code": "filing.submitted", "payload": {"to": "with_unit_head"}},
    "DeliveryRow": {"event": "filing.submitted", "status": "delivered", "answered": 200},
    "SuppressionRow": {"code": "VAL002"},
    "LayoutRow": {"id": "nx_pingluo/project_target_2022", "kind": "project_target", **_TITLE},
    "ProfileRow": {"id": "nx_pingluo_2022", "title": "宁夏平罗县2022年度"},
    "SheetAnswer": {"name": "项目支出绩效目标表", **_TITLE},
    "ViewRow": {"name": "本年草稿", "conditions": {"year": "2027", "state": "draft"}},
    "TokenRow": {"name": "预算系统同步", "scopes": ["read", "write"]},
    "HolidayRow": {"name": "元旦"},
    "DayAsked": {"name": "元旦"},
    "ActionRow": {"code": "submit", "label": "提交", "target": "with_unit_head"},
    "OpenAction": {"code": "submit", "label": "提交"},
    "StateRow": {"code": "draft", "label": "草稿", "turn": ["preparer"]},
    "RightRow": {"what": "submit", "label": "提交"},
    "FilingDetail": {"turn": ["preparer"], "editable": ["header", "funding", "indicators"]},
    "ReviewAnswer": {"layout": "cn_mof/review_general_2015", "state": "with_department"},
    "ViewAsked": {"name": "本年草稿", "conditions": {"year": 2027, "state": "draft"}},
    "ExportAsked": {"to": "docx", "conditions": {"year": 2027, "state": "approved"}, "annex": True},
    "DraftChange": {
        "lock_version": 3,
        "operations": [{"path": "indicators[3].target", "text": "≥95%"}],
    },
    "ReviewAsked": {"answers": {"review.items[0].grade": "优"}, "grade": "良"},
    "GradeAsked": {"answers": {"review.items[0].grade": "优"}},
    "NewFiling": {"layout": "nx_pingluo/project_target_2022", "project_name": "村道养护经费"},
    "PersonChange": {"is_active": False},
    "WebhookChange": {"is_active": False},
    "AgencyChange": {"name": "陶乐镇人民政府"},
    "WindowChange": {"closes_on": "2026-12-24"},
    "AuditAsked": {"form": _RECORDS["FormRecord"], "profile": "nx_pingluo_2022"},
    "Marked": {"marked": 3},
}
_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
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
    if name in _BY_NAME and _is_of(schema, _BY_NAME[name]):
        return _BY_NAME[name]
    if choices:
        return _sample(choices[0], name, depth, resolved, whole=whole)
    return _BY_FORMAT.get(schema.get("format", ""), _PLAIN.get(kind, "…"))


def _object(schema: Schema, depth: int, resolved: Resolved, *, whole: bool) -> Any:
    if depth > _DEEPEST:
        return {}
    required, own = schema.get("required", ()), _BY_SCHEMA.get(schema.get("title", ""), {})
    return {
        name: own[name] if name in own else _sample(one, name, depth + 1, resolved, whole=whole)
        for name, one in schema.get("properties", {}).items()
        if whole or name in required or name in own
    }


def _is_of(schema: Schema, value: Any) -> bool:
    """Whether a value is of a type this schema allows."""
    allowed = schema.get("anyOf") or schema.get("oneOf") or [schema]
    known = [_TYPES[one["type"]] for one in allowed if one.get("type") in _TYPES]
    of_format = {one["format"] for one in allowed if "format" in one}
    if isinstance(value, bool):
        return (bool,) in known
    return not of_format - {"uuid"} and any(isinstance(value, one) for one in known)


def _first(schema: Schema) -> Any:
    return schema["enum"][0] if "enum" in schema else schema["const"]
