"""The engine: one duty per rule and form, an order people can read, and faults of ours."""

import random
from datetime import date

import msgspec
import pytest

from jixiao.audit.engine import ALONE, NO_ROWS, OTHER_KIND, audit, reference_day
from jixiao.audit.finding import (
    Certainty,
    Outcome,
    Severity,
    not_applicable,
    not_enough_data,
    unreadable,
)
from jixiao.audit.report import AuditReport
from jixiao.audit.rule import At
from jixiao.foundation.errors import ConfigurationError, UnknownCode
from jixiao.standards.inheritance import load_profile
from jixiao.standards.profile import RuleSetting
from tests.support.forms import a_form
from tests.support.rules import (
    breaks,
    flags_forms,
    flags_rows,
    over_limit,
    same_goals,
    skips_forms,
)

DAY = date(2024, 6, 1)
ROWS = [["output.quantity", "人数", "5 人"], ["output.quality", "合格率", "良好"]]


def run(forms, rules, **more) -> AuditReport:
    return audit(forms, **{"profile": "cn_mof_2015", "as_of": DAY, "rules": rules, **more})


def some_forms(count: int):
    return [
        a_form(project=f"项目{i}", goal=f"目标{i % 3}", index=i, indicators=ROWS)
        for i in range(count)
    ]


def ended(report: AuditReport) -> list[tuple[str, str]]:
    return [(duty.code, duty.outcome.value) for duty in report.duties]


# --- the ledger ---


@pytest.mark.parametrize("count", [0, 1, 2, 7])
def test_each_rule_has_one_duty_on_each_form(count: int) -> None:
    rules = (
        flags_rows("VAL001", "良好"),
        flags_forms("STR001"),
        same_goals("DUP001"),
        breaks("VAL002"),
        skips_forms("AMT001", not_enough_data("没有上年数据")),
    )
    report = run(some_forms(count), rules)
    assert sum(report.by_outcome().values()) == len(rules) * count
    assert len({(duty.code, duty.form) for duty in report.duties}) == len(rules) * count


@pytest.mark.parametrize(
    ("skips", "outcome", "reason"),
    [
        ((), Outcome.PASS, ""),
        ((not_applicable("不涉及"),), Outcome.NOT_APPLICABLE, "不涉及"),
        ((not_enough_data("没有预算"),), Outcome.NOT_ENOUGH_DATA, "没有预算"),
        ((not_applicable("甲"), unreadable("乙")), Outcome.UNREADABLE, "乙"),
        ((not_enough_data("甲"), not_applicable("乙")), Outcome.NOT_ENOUGH_DATA, "甲"),
    ],
)
def test_a_skip_ends_the_duty_with_its_reason(skips, outcome, reason) -> None:
    (duty,) = run(some_forms(1), (skips_forms("AMT001", *skips),)).duties
    assert (duty.outcome, duty.reason) == (outcome, reason)


def test_a_form_without_rows_is_no_pass_for_a_row_rule() -> None:
    (duty,) = run([a_form(project="甲")], (flags_rows("VAL001"),)).duties
    assert (duty.outcome, duty.reason) == (Outcome.NOT_APPLICABLE, NO_ROWS)


def test_a_rule_passes_over_other_kinds_of_form() -> None:
    (duty,) = run([a_form(kind="review", indicators=ROWS)], (flags_rows("VAL001"),)).duties
    assert (duty.outcome, duty.reason) == (Outcome.NOT_APPLICABLE, OTHER_KIND)


def test_one_form_alone_cannot_be_compared() -> None:
    (duty,) = run(some_forms(1), (same_goals("DUP001"),)).duties
    assert (duty.outcome, duty.reason) == (Outcome.NOT_ENOUGH_DATA, ALONE)


def test_forms_of_other_kinds_take_no_part_in_a_comparison() -> None:
    forms = [
        a_form(goal="同一目标", index=0),
        a_form(goal="同一目标", index=1, kind="review"),
        a_form(goal="同一目标", index=2),
    ]
    report = run(forms, (same_goals("DUP001"),))
    assert [finding.form for finding in report.findings] == [0, 2]
    assert ended(report) == [
        ("DUP001", "finding"),
        ("DUP001", "not_applicable"),
        ("DUP001", "finding"),
    ]


# --- faults of ours ---


def test_a_broken_rule_is_a_finding_about_the_rule_and_the_run_goes_on() -> None:
    report = run(some_forms(2), (breaks("VAL002"), flags_rows("VAL001", "良好")))
    crashed = [finding for finding in report.findings if finding.code == "SYS001"]
    assert [finding.form for finding in crashed] == [0, 1]
    assert dict(crashed[0].evidence) == {"rule": "VAL002", "exception": "ZeroDivisionError"}
    assert report.by_outcome()["crashed"] == 2
    assert report.by_outcome()["finding"] == 2
    assert report.by_outcome()["pass"] == 0


def test_a_broken_rule_raises_when_strict() -> None:
    with pytest.raises(ZeroDivisionError):
        run(some_forms(1), (breaks("VAL002"),), strict=True)


def test_a_comparison_that_points_nowhere_is_a_broken_rule() -> None:
    def astray(*_):
        yield At(form=3, what=not_applicable("x"))

    rule = msgspec.structs.replace(same_goals("DUP001"), on_batch=astray)
    assert run(some_forms(3), (rule,)).by_outcome()["crashed"] == 3


def test_a_broken_comparison_is_told_at_every_form() -> None:
    def broken(*_):
        raise KeyError("x")
        yield

    rule = msgspec.structs.replace(same_goals("DUP001"), on_batch=broken)
    report = run(some_forms(3), (rule,))
    assert report.by_outcome()["crashed"] == 3


# --- order ---


def test_the_order_of_rules_does_not_matter() -> None:
    rules = [
        flags_rows("VAL001"),
        flags_rows("VAL003", severity=Severity.ERROR),
        flags_forms("STR001", severity=Severity.INFO),
        same_goals("DUP001"),
        breaks("VAL002"),
    ]
    forms = some_forms(5)
    usual = run(forms, tuple(rules))
    for seed in range(5):
        random.Random(seed).shuffle(rules)
        assert run(forms, tuple(rules)) == usual


def test_findings_stand_by_form_then_harm_then_place_then_code() -> None:
    rules = (
        flags_rows("VAL009", severity=Severity.WARNING),
        flags_rows("VAL001", severity=Severity.WARNING),
        flags_rows("VAL005", severity=Severity.ERROR, certainty=Certainty.POSSIBLE),
        flags_forms("STR001", severity=Severity.ADVICE),
    )
    found = [(f.form, f.code, f.path) for f in run(some_forms(2), rules).findings]
    one_form = [
        ("VAL001", "indicators[0].target"),
        ("VAL009", "indicators[0].target"),
        ("VAL001", "indicators[1].target"),
        ("VAL009", "indicators[1].target"),
        ("VAL005", "indicators[0].target"),
        ("VAL005", "indicators[1].target"),
        ("STR001", "narrative.goal"),
    ]
    assert found == [(form, *rest) for form in (0, 1) for rest in one_form]


# --- selection ---


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ({"select": ("NIX",)}, None),
        ({"ignore": ("VAL999",)}, None),
        ({"select": ("V",)}, None),
        ({}, ["DUP001", "VAL001", "VAL002"]),
        ({"select": ("VAL",)}, ["VAL001", "VAL002"]),
        ({"select": ("VAL002",)}, ["VAL002"]),
        ({"ignore": ("VAL",)}, ["DUP001"]),
        ({"ignore": ("VAL",), "extend": ("VAL002",)}, ["DUP001", "VAL002"]),
        ({"select": ("ALL",)}, ["DUP001", "VAL001", "VAL002", "XPR001"]),
        ({"select": ("ALL",), "ignore": ("VAL00",)}, ["DUP001", "XPR001"]),
        ({"extend": ("XPR",)}, ["DUP001", "VAL001", "VAL002", "XPR001"]),
        ({"select": ("VAL",), "ignore": ("VAL002",)}, ["VAL001"]),
        ({"select": ("VAL002",), "ignore": ("VAL002",)}, []),
        ({"preview": True}, ["DUP001", "TXT001", "VAL001", "VAL002"]),
        ({"select": ("TXT",)}, []),
        ({"select": ("TXT001",)}, ["TXT001"]),
    ],
)
def test_rules_are_chosen_by_prefix(asked, codes) -> None:
    rules = (
        flags_rows("VAL001"),
        flags_rows("VAL002"),
        flags_forms("DUP001"),
        flags_forms("XPR001", default=False),
        flags_forms("TXT001", preview=True),
    )
    if codes is None:
        with pytest.raises(UnknownCode):
            run(some_forms(1), rules, **asked)
        return
    report = run(some_forms(1), rules, **asked)
    assert [duty.code for duty in report.duties] == codes


def profile_with(**rules: RuleSetting):
    return msgspec.structs.replace(load_profile("cn_mof_2015"), rules=rules)


def test_a_profile_changes_severity_and_settings_and_switches_rules() -> None:
    profile = profile_with(
        VAL=RuleSetting(severity="info"),
        VAL001=RuleSetting(params={"most": "4"}, severity="error"),
        DUP=RuleSetting(enabled=False),
    )
    rules = (over_limit("VAL001"), flags_rows("VAL002", "良好"), flags_forms("DUP001"))
    report = run(some_forms(1), rules, profile=profile)
    assert [(f.code, f.severity.value) for f in report.findings] == [
        ("VAL001", "error"),
        ("VAL002", "info"),
    ]
    assert {duty.code for duty in report.duties} == {"VAL001", "VAL002"}


def test_all_wrong_settings_are_told_at_once() -> None:
    profile = profile_with(
        VAL001=RuleSetting(params={"most": "viel", "least": "1"}, origin="profiles/x.yml:3"),
        VAL002=RuleSetting(severity="grave"),
    )
    with pytest.raises(ConfigurationError) as told:
        run(some_forms(1), (over_limit("VAL001"), flags_rows("VAL002")), profile=profile)
    assert len(told.value.mistakes) == 3
    assert "profiles/x.yml:3" in told.value.mistakes[0]


# --- the day ---


@pytest.mark.parametrize(
    ("basis", "year", "as_of", "outcome"),
    [
        (("cn-mof-2021-101",), "2019", date(2024, 6, 1), Outcome.NOT_APPLICABLE),
        (("cn-mof-2021-101",), "2022", date(2020, 6, 1), Outcome.NOT_APPLICABLE),
        (("cn-mof-2021-101",), "2022", date(2024, 6, 1), Outcome.FINDING),
        (("cn-mof-2021-101", "cn-mof-2015-88#13"), "2019", date(2024, 6, 1), Outcome.FINDING),
        (("jixiao",), "2001", date(2024, 6, 1), Outcome.FINDING),
        (("cn-mof-2015-88",), "", date(2015, 5, 20), Outcome.NOT_APPLICABLE),
        (("cn-mof-2015-88",), "", date(2015, 5, 21), Outcome.FINDING),
    ],
)
def test_a_rule_runs_where_one_of_its_bases_was_in_force(basis, year, as_of, outcome) -> None:
    rule = flags_rows("VAL001", basis=basis)
    (duty,) = run([a_form(year=year, indicators=ROWS)], (rule,), as_of=as_of).duties
    assert duty.outcome is outcome
    assert ("尚未施行" in duty.reason) is (outcome is Outcome.NOT_APPLICABLE)


def test_a_finding_names_the_bases_that_were_in_force() -> None:
    rule = flags_rows("VAL001", "良好", basis=("cn-mof-2021-101", "cn-mof-2015-88#13"))
    old, new = (a_form(year=year, indicators=ROWS) for year in ("2019", "2023"))
    assert run([old], (rule,)).findings[0].basis == ("cn-mof-2015-88#13",)
    assert run([new], (rule,)).findings[0].basis == ("cn-mof-2021-101", "cn-mof-2015-88#13")


@pytest.mark.parametrize(
    ("year", "day"),
    [("", DAY), ("2030", DAY), ("2024", DAY), ("2022", date(2022, 12, 31)), ("0", DAY)],
)
def test_the_reference_day_is_never_after_the_year_of_the_form(year: str, day: date) -> None:
    assert reference_day(a_form(year=year), DAY) == day


# --- profiles ---


def test_each_form_gets_its_own_profile_and_the_report_says_why() -> None:
    forms = [
        a_form(department="055-平罗县某镇人民政府", year="2022", indicators=ROWS, index=0),
        a_form(project="某项目", indicators=ROWS, index=1),
        a_form(project="某项目", indicators=ROWS, index=2),
    ]
    report = run(forms, (flags_rows("VAL001"),), profile=None)
    assert [one.profile for one in report.profiles] == [
        "nx_pingluo_2022",
        "cn_mof_2015",
        "cn_mof_2015",
    ]
    assert "平罗县" in report.profiles[0].reason
    assert report.profile == "cn_mof_2015"
    assert report.engine_version
    assert report.as_of == DAY


def test_preview_findings_never_block() -> None:
    rules = (
        flags_rows("VAL001", "良好", severity=Severity.WARNING),
        flags_rows("VAL002", "良好", severity=Severity.ERROR, preview=True),
        flags_rows("VAL003", "良好", severity=Severity.INFO),
    )
    report = run(some_forms(1), rules, preview=True)
    assert report.by_severity() == {"error": 1, "warning": 1, "advice": 0, "info": 1}
    assert [f.code for f in report.at_or_above(Severity.ADVICE)] == ["VAL001"]
    assert report.by_code() == {"VAL001": 1, "VAL002": 1, "VAL003": 1}
