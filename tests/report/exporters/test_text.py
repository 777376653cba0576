"""The terminal's text: complete, narrow enough, calm without colour."""

import pytest

from jixiao.audit.finding import Certainty, Severity
from jixiao.report.bundle import ReportBundle
from jixiao.report.wrapping import width
from tests.report.bundles import (
    a_finding,
    a_report,
    a_result,
    audited,
    bundle_of,
    empty_bundle,
    text_of,
    tiny_form,
)


def test_a_finding_says_place_fault_and_next_step():
    text = text_of("text", bundle_of((a_finding(evidence={"上限（元）": "4902018"}),)))
    for words in (
        "错误 VAL002",
        "第 1 条指标 · 指标值",
        "第 12 行",
        "指标值“≧ >90%”含有两个比较符号。",
        "上限（元） 4,902,018",
        "→ 请只保留一个",
    ):
        assert words in text
    assert text.splitlines()[-2] == "1 张表 · 1 条指标 · 错误 1"


def test_without_colour_there_is_no_escape_sign():
    bundle = bundle_of((a_finding(message="\x1b[31m红\x1b[0m", project="\x1b]0;x\x07"),))
    assert "\x1b" not in text_of("text", bundle)


def test_colour_is_there_when_asked_for():
    assert "\x1b[1;31m错误" in text_of("text", bundle_of((a_finding(),), color=True))


@pytest.mark.parametrize("columns", [60, 80, 120])
def test_no_line_is_wider_than_the_terminal(columns):
    bundle = audited(tiny_form(goal="保障" * 60))
    wide = ReportBundle(reading=bundle.reading, report=bundle.report, width=columns)
    body = text_of("text", wide).splitlines()[:-2]
    assert max(map(width, body)) <= columns


def test_the_gravest_comes_first_as_the_audit_orders_it():
    findings = (a_finding(message="甲"), a_finding(message="乙", severity=Severity.INFO))
    text = text_of("text", bundle_of(findings))
    assert text.index("甲") < text.index("乙")


def test_what_is_not_certain_says_so():
    text = text_of("text", bundle_of((a_finding(certainty=Certainty.POSSIBLE),)))
    assert "VAL002（可能）" in text


def test_a_remark_that_many_forms_share_is_said_once():
    forms = tuple(tiny_form(index=index) for index in range(4))
    findings = tuple(
        a_finding(form=index, severity=Severity.INFO, message="栏目空白。") for index in range(4)
    )
    report = a_report(findings=findings)
    text = text_of("text", ReportBundle(reading=(a_result(*forms),), report=report))
    assert text.count("栏目空白。") == 1
    assert "第 1–4 张表" in text


def test_an_error_that_many_forms_share_is_said_for_each():
    forms = tuple(tiny_form(index=index) for index in range(4))
    findings = tuple(a_finding(form=index) for index in range(4))
    report = a_report(findings=findings)
    text = text_of("text", ReportBundle(reading=(a_result(*forms),), report=report))
    assert text.count("两个比较符号") == 4


def test_nothing_at_all_is_one_line():
    assert text_of("text", empty_bundle()) == "没有读到绩效目标表，未作校核\n"
