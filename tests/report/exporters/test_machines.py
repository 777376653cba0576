"""SARIF, JUnit and GitHub annotations: what the programs that read them rely on."""

import json
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from jixiao.audit.finding import Certainty, Outcome, Severity
from jixiao.audit.report import Suppressed
from jixiao.audit.waiver import Waiver
from jixiao.foundation.location import SourceRef
from jixiao.report.bundle import ReportBundle
from tests.report.bundles import (
    a_duty,
    a_finding,
    a_report,
    a_result,
    audited,
    bundle_of,
    only_problems,
    text_of,
    tiny_form,
    written,
)

# --- SARIF ---


def run_of(bundle):
    log = json.loads(text_of("sarif", bundle))
    assert log["version"] == "2.1.0"
    assert "sarif-schema-2.1.0" in log["$schema"]
    [run] = log["runs"]
    return run


def test_results_point_at_their_rules():
    run = run_of(audited(tiny_form()))
    rules = run["tool"]["driver"]["rules"]
    assert run["results"]
    for result in run["results"]:
        rule = rules[result["ruleIndex"]]
        assert rule["id"] == result["ruleId"]
        assert rule["help"]["text"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        assert result["partialFingerprints"]


@pytest.mark.parametrize(
    ("severity", "level"),
    [("error", "error"), ("warning", "warning"), ("advice", "note"), ("info", "note")],
)
def test_levels(severity, level):
    [result] = run_of(bundle_of((a_finding(severity=Severity(severity)),)))["results"]
    assert result["level"] == level


@pytest.mark.parametrize("certainty", list(Certainty))
def test_certainty_is_told(certainty):
    [result] = run_of(bundle_of((a_finding(certainty=certainty),)))["results"]
    assert result["properties"]["certainty"] == certainty.value


def test_a_region_stands_only_where_the_line_is_known():
    with_line, without = (
        a_finding(),
        a_finding(source=SourceRef(quote="x", sheet="目标", cell="C5")),
    )
    first, second = run_of(bundle_of((with_line, without)))["results"]
    assert first["locations"][0]["physicalLocation"]["region"]["startLine"] == 12
    assert "region" not in second["locations"][0]["physicalLocation"]
    assert second["properties"]["place"] == "工作表“目标” · 单元格 C5"


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("a b/表.txt", "a%20b/%E8%A1%A8.txt"),
        ("/data/x.txt", "file:///data/x.txt"),
        ("C:\\docs\\x.txt", "file:///C:/docs/x.txt"),
        ("a:b#c.txt", "a%3Ab%23c.txt"),
    ],
)
def test_files_are_uris(file, uri):
    [result] = run_of(bundle_of((a_finding(file=file),)))["results"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == uri


def test_accepted_findings_are_suppressions():
    waiver = Waiver(code="VAL002", reason="上级口径", person="审核岗", until=date(2023, 6, 30))
    report = a_report(suppressed=(Suppressed(finding=a_finding(), waiver=waiver),))
    [result] = run_of(ReportBundle(reading=(a_result(tiny_form()),), report=report))["results"]
    [suppression] = result["suppressions"]
    assert suppression["kind"] == "external"
    assert "上级口径" in suppression["justification"]


def test_a_file_that_could_not_be_read_is_a_failed_run():
    [invocation] = run_of(only_problems())["invocations"]
    assert invocation["executionSuccessful"] is False
    assert invocation["toolExecutionNotifications"][0]["descriptor"]["id"] == "INT003"


# --- JUnit ---


def suites(bundle):
    return ET.fromstring(written("junit", bundle))


def test_a_form_is_a_suite_and_a_rule_a_case():
    duties = (
        a_duty("VAL001", Outcome.PASS),
        a_duty("VAL002", Outcome.FINDING),
        a_duty("VAL003", Outcome.NOT_APPLICABLE, "不是这类表"),
        a_duty("VAL004", Outcome.NOT_ENOUGH_DATA, "没有资料"),
        a_duty("VAL005", Outcome.CRASHED, "出错"),
    )
    root = suites(bundle_of((a_finding(),), duties=duties))
    [suite] = root
    assert "道路维修" in suite.get("name")
    kinds = [[child.tag for child in case] for case in suite]
    assert kinds == [[], ["failure"], ["skipped"], ["skipped"], ["error"]]
    counts = {name: root.get(name) for name in ("tests", "failures", "errors", "skipped")}
    assert counts == {"tests": "5", "failures": "1", "errors": "1", "skipped": "2"}


def test_every_finding_of_a_rule_is_in_its_failure():
    findings = (a_finding(message="甲"), a_finding(message="乙"))
    [case] = suites(bundle_of(findings, duties=(a_duty(),))).iter("failure")
    assert "甲" in case.text
    assert "乙" in case.text


def test_reading_problems_are_errors():
    root = suites(only_problems())
    assert root.get("errors") == "1"


# --- GitHub ---


def test_annotations_escape_what_the_commands_mean():
    finding = a_finding(message="50%\r\n下一行", file="a,b:c.txt", suggestion=None)
    [line] = text_of("github", bundle_of((finding,))).splitlines()
    assert line.startswith("::error file=a%2Cb%3Ac.txt,line=12,title=VAL002 ")
    assert line.endswith("::道路维修：50%25%0D%0A下一行")


def test_annotations_name_a_line_only_where_known():
    finding = a_finding(source=SourceRef(quote="x", cell="C5"), severity=Severity.INFO)
    [line] = text_of("github", bundle_of((finding,))).splitlines()
    assert line.startswith("::notice file=case.xlsx,title=")


def test_reading_problems_are_warnings():
    [line] = text_of("github", only_problems()).splitlines()
    assert line == "::warning file=坏%2C%3A.docx,title=INT003::文件损坏，请重新保存。"
