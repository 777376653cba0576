"""Control figures: what is a figure, when one is exceeded, and what a county does about it."""

from datetime import date
from decimal import Decimal

import pytest

from jixiao.lifecycle.control import (
    Against,
    Exceeding,
    NoAmount,
    checked,
    exceeded,
    read_amount,
    refused_days,
)
from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import Facts, Moved, Refused, act
from jixiao.lifecycle.roles import RoleCode

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    ["-1", "－1", "−5万", "无", "不适用", "12,34", "1.234", "1e5", "十万", "0.0000001万元", "9" * 20,
     "1 200万元整", "约100", "NaN", "100%", "¥", "-¥5", "$5"],
)  # fmt: skip
def test_what_is_no_figure_is_refused_in_words(text):
    found = read_amount(text, "元")
    assert isinstance(found, NoAmount)
    assert found.reason


@pytest.mark.parametrize(
    ("text", "unit", "yuan"),
    [("0", "元", "0.00"), ("1200000", "元", "1200000.00"), ("1,200,000.50", "元", "1200000.50"),
     ("120", "万元", "1200000.00"), ("120.5678", "万元", "1205678.00"), ("１２０", "万元", "1200000.00"),
     ("3万", "元", "30000.00"), ("3元", "万元", "3.00"), (" 12 000 ", "元", "12000.00"),
     ("¥1,000.00", "元", "1000.00"), ("￥ 12", "万元", "120000.00")],
)  # fmt: skip
def test_figures_are_read_in_the_unit_said(text, unit, yuan):
    assert str(read_amount(text, unit)) == yuan


@pytest.mark.parametrize("text", ["", " ", "　"])
def test_nothing_typed_is_no_figure_and_not_0(text):
    assert read_amount(text, "元") is None


@pytest.mark.parametrize("amount", ["NaN", "Infinity", "-0.01", "0.001", "1E+15"])
def test_amounts_of_programs_are_held_to_the_same(amount):
    assert isinstance(checked(Decimal(amount)), NoAmount)


def _against(control, filed):
    return Against(
        name="甲单位",
        control=None if control is None else Decimal(control),
        filed=None if filed is None else Decimal(filed),
    )


@pytest.mark.parametrize(
    ("control", "filed", "is_over"),
    [(None, "5", False), (None, None, False), ("5", None, False), ("5", "5", False),
     ("5", "5.01", True), ("0", "0.01", True), ("0", "0", False), ("0", None, False)],
)  # fmt: skip
def test_only_a_figure_can_be_exceeded(control, filed, is_over):
    one = _against(control, filed)
    assert one.is_over is is_over
    assert bool(exceeded([one])) is is_over


def test_what_is_exceeded_is_said_with_all_three_figures():
    (said,) = exceeded([_against("1000000", "1234567.5"), _against(None, "1")])
    assert said == "甲单位填报 1,234,567.5 元，超过控制数 1,000,000 元，超出 234,567.5 元"


def test_figures_are_given_out_within_the_days_of_the_pass():
    first, last = date(2026, 11, 1), date(2026, 11, 30)
    assert refused_days(None, None, TODAY) is None
    assert refused_days(first, last, TODAY) is None
    assert refused_days(first, last, first) is None
    assert refused_days(first, last, last) is None
    assert "开始" in (refused_days(date(2026, 12, 1), None, TODAY) or "")
    assert "2026-11-21 截止" in (refused_days(first, date(2026, 11, 21), TODAY) or "")


OWN = """
id: own
title: 本县
stage: target_setting
label: 绩效目标申报
kind: project_target
source: practice
levels:
  - {state: with_unit_head, label: 单位审签, role: unit_head, passing: 审签同意}
approval: {role: budget_division}
control: {exceeding: refuse}
"""


def _submitted(journey, over):
    facts = Facts(today=TODAY, over_control=over)
    roles = frozenset({RoleCode.PREPARER})
    return act(journey.stage, state="draft", action="submit", roles=roles, facts=facts)


def test_a_county_decides_whether_it_bars_the_way(tmp_path):
    path = tmp_path / "own.yml"
    path.write_text(OWN, encoding="utf-8")
    strict, usual = journey_of(str(path)), journey_of()
    assert (strict.exceeding, usual.exceeding) == (Exceeding.REFUSE, Exceeding.WARN)
    over = ("甲超过控制数", "乙超过控制数")
    assert _submitted(strict, over) == Refused(("甲超过控制数；乙超过控制数",))
    assert isinstance(_submitted(strict, ()), Moved)
    assert isinstance(_submitted(usual, over), Moved)
