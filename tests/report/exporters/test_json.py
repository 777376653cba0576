"""The JSON documents against the public contract."""

import json
from datetime import date

import jsonschema
import msgspec

from jixiao.audit.finding import Edit, Fix, Outcome
from jixiao.audit.report import Suppressed
from jixiao.audit.waiver import Waiver
from jixiao.foundation.location import SourceRef
from jixiao.report.audit_record import AuditRecord
from jixiao.report.bundle import ReportBundle
from tests.report.bundles import (
    a_duty,
    a_finding,
    a_report,
    a_result,
    audited,
    bundle_of,
    empty_bundle,
    only_problems,
    text_of,
    tiny_form,
)

SCHEMA = msgspec.json.schema(AuditRecord)
FIX = Fix(
    safe=True,
    title="只留一个符号",
    edits=(Edit(at=SourceRef(quote="≧ >90%", line=12), old="≧ >90%", new=">90%"),),
)


def document(bundle):
    found = json.loads(text_of("json", bundle))
    jsonschema.validate(found, SCHEMA)
    return found


def test_all_keys_of_the_contract_for_a_tiny_form():
    finding = a_finding(evidence={"符号": "≧、>"}, fix=FIX)
    bundle = bundle_of((finding,), duties=(a_duty(), a_duty("VAL003", Outcome.PASS)))
    found = document(bundle)
    assert found["schema"] == "jixiao.audit/1"
    assert (found["profile"], found["engine_version"], found["as_of"]) == (
        "cn",
        "0.1.0",
        "2022-12-31",
    )
    [shown] = found["findings"]
    assert shown.pop("fingerprint")
    assert shown == {
        "code": "VAL002",
        "name": "doubled-comparator",
        "severity": "error",
        "certainty": "sure",
        "message": "指标值“≧ >90%”含有两个比较符号。",
        "suggestion": "请只保留一个，如“≥90%”。",
        "fix": "safe",
        "file": "case.xlsx",
        "form": 0,
        "project": "道路维修",
        "path": "indicators[0].target",
        "quote": "≧ >90%",
        "source": {"quote": "≧ >90%", "column": 5, "line": 12},
        "evidence": {"符号": "≧、>"},
        "basis": [
            {
                "id": "cn-mof-2015-88",
                "title": "中央部门预算绩效目标管理办法",
                "article": "13",
                "verified": False,
            },
            {"id": "jixiao", "title": "本系统的判断", "article": None, "verified": False},
        ],
        "preview": False,
        "correction": {
            "title": "只留一个符号",
            "edits": [{"source": {"quote": "≧ >90%", "line": 12}, "old": "≧ >90%", "new": ">90%"}],
        },
    }
    assert found["outcomes"] == [
        {"code": "VAL002", "form": 0, "outcome": "finding", "reason": "", "file": "case.xlsx"},
        {"code": "VAL003", "form": 0, "outcome": "pass", "reason": "", "file": "case.xlsx"},
    ]
    summary = found["summary"]
    assert summary["forms"] == 1
    assert summary["by_severity"] == {"error": 1, "warning": 0, "advice": 0, "info": 0}
    assert summary["by_code"] == {"VAL002": 1}
    assert found["problems"] == []


def test_no_suggestion_and_no_fix_are_null():
    [shown] = document(bundle_of((a_finding(suggestion=None),)))["findings"]
    assert (shown["suggestion"], shown["fix"], shown["correction"]) == (None, None, None)


def test_accepted_findings_stand_apart_with_who_answers():
    waiver = Waiver(code="VAL002", reason="上级口径", person="审核岗", until=date(2023, 6, 30))
    report = a_report(suppressed=(Suppressed(finding=a_finding(), waiver=waiver),))
    found = document(ReportBundle(reading=(a_result(tiny_form()),), report=report))
    assert found["findings"] == []
    assert found["suppressed"][0]["until"] == "2023-06-30"
    assert found["suppressed"][0]["finding"]["code"] == "VAL002"


def test_documents_without_forms_and_problems():
    assert document(empty_bundle())["summary"]["forms"] == 0
    problems = document(only_problems())["problems"]
    assert [problem["code"] for problem in problems] == ["INT003"]


def test_a_real_audit_fits_the_schema_and_its_summary():
    found = document(audited(tiny_form(), tiny_form(index=1, project="")))
    assert found["findings"]
    assert sum(found["summary"]["by_severity"].values()) == len(found["findings"])
    assert sum(found["summary"]["by_outcome"].values()) == len(found["outcomes"])


def test_lines_hold_the_findings_of_the_document():
    bundle = audited(tiny_form())
    lines = [json.loads(line) for line in text_of("jsonl", bundle).splitlines()]
    assert lines == document(bundle)["findings"]
