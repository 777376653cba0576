"""The sixteen forms of the sample: every slip of notation is found, and nothing else.

Each line is form, code and the words printed in the cell that must change. Findings made once a
form (FMT001, STR007) and mere conversions (UNT004) are counted only.
"""

from collections import Counter
from datetime import date
from functools import cache
from pathlib import Path

import pytest

import jixiao
from jixiao.audit.engine import audit
from jixiao.audit.finding import Finding
from jixiao.pipeline import read

SAMPLE = Path(jixiao.__file__).parent / "sample" / "taole-2022.txt"
DOUBLED = "≧ >90%"
HEADCOUNT = "按编办文件规定的部门单位人员数据发放"
SUM = "按单位核对后财政审核测算总额为准"
EXPECTED = {
    "STR003": [
        (2, "1415670"),
        (8, "质量指标 (必填)"),
        (12, "质量指标 (必填)"),
        (15, "633414"),
        (16, "273970"),
    ],
    "STR004": [(10, "")],
    "FMT002": [(6, DOUBLED), (8, DOUBLED), (11, DOUBLED)],
    "FMT003": [(9, ""), (10, "")],
    "MND001": [],
    "MND002": [],
    "MND003": [(form, words) for form in (1, 2, 3, 15, 16) for words in (HEADCOUNT, SUM)]
    + [(5, "按需购买")],
    "MND004": [],
    "STR001": [],
    "STR002": [],
    "STR005": [],
    "VAL001": [(14, "吨"), (16, "")],
    "VAL002": [(6, DOUBLED), (8, DOUBLED), (11, DOUBLED)],
    "VAL003": [(13, "95%"), (14, "95%")],
    "VAL004": [(8, "正常")],
    "VAL005": [],
    "VAL006": [],
    "UNT001": [],
    "UNT002": [(10, "4.5万"), (14, "130万")],
    "UNT003": [(6, "6000")],
    "UNT005": [(12, "3600 元/年"), (12, "1000 元/次")],
}
ONCE_A_FORM = ("FMT001", "STR007")


@cache
def findings() -> tuple[Finding, ...]:
    forms = read(SAMPLE).forms
    assert len(forms) == 16
    return audit(
        forms, as_of=date(2022, 6, 1), select=("STR", "FMT", "MND", "VAL", "UNT"), strict=True
    ).findings


@pytest.mark.parametrize("code", EXPECTED)
def test_found_and_nothing_else(code):
    found = [finding for finding in findings() if finding.code == code]
    assert Counter(one.form + 1 for one in found) == Counter(form for form, _ in EXPECTED[code])
    left = list(found)
    for form, words in EXPECTED[code]:
        match = next(one for one in left if one.form + 1 == form and words in one.quote)
        left.remove(match)
    assert left == []


@pytest.mark.parametrize("code", ONCE_A_FORM)
def test_told_once_a_form(code):
    forms = Counter(finding.form for finding in findings() if finding.code == code)
    assert set(forms) == set(range(16))
    assert set(forms.values()) == {1}


def test_money_is_converted_where_units_differ():
    shown = [one.evidence["converted"] for one in findings() if one.code == "UNT004"]
    assert sorted(shown, key=int) == ["10000", "20000", "30000", "100000", "100000", "100000"]
