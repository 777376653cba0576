"""The sixteen forms of the sample: what is wrong with money, years, time and kind, by form."""

from datetime import date
from functools import cache
from pathlib import Path

import pytest

import jixiao
from jixiao.audit.engine import audit
from jixiao.audit.finding import Finding
from jixiao.pipeline import read

SAMPLE = Path(jixiao.__file__).parent / "sample" / "taole-2022.txt"
STANDING = [1, 2, 3, 15, 16]
# Code and the forms it must be found in, counted from 1; the traps of the sample are the silence.
EXPECTED = {
    "AMT001": [],
    "AMT002": [],
    "AMT003": [],
    "AMT004": [],
    "AMT005": list(range(1, 17)),
    "YR001": [12],
    "YR002": [],
    "TIM001": [1, 2, 3, 4, 14, 15, 16],
    "TIM002": [5, 7, 8, 9, 10, 11, 12, 13],
    "TIM003": [6],
    "TIM005": STANDING,
    "COS001": [1, 2, 3, 6, 15, 16],
    "COS002": [4, 5, 8, 9, 10, 14],
    "COS003": [11, 12],
    "COS004": [],
    "COS005": [],
    "COS006": [],
    "CLS001": [15, 16],
    "CLS002": [1, 2, 3],
    "CLS003": list(range(4, 14)),
    "CLS004": [14],
    "CLS005": [4, 6],
    "CLS006": [14],
    "SCO001": [],
    "SCO002": [9, 10],
    "SCO003": [],
    "ADQ001": [7, 14],
    "ADQ002": [5],
    "ADQ003": [7, 8],
    "ADQ004": [],
    "BAS001": [],
    "BAS002": [],
}


@cache
def findings() -> tuple[Finding, ...]:
    forms = read(SAMPLE).forms
    assert len(forms) == 16
    report = audit(forms, select=tuple(EXPECTED), as_of=date(2024, 6, 1), preview=True, strict=True)
    return report.findings


@pytest.mark.parametrize("code", EXPECTED)
def test_forms_in_which_a_fault_is_found(code: str) -> None:
    assert [each.form + 1 for each in findings() if each.code == code] == EXPECTED[code]


def message(code: str, form: int) -> str:
    return next(each.message for each in findings() if (each.code, each.form) == (code, form - 1))


def test_the_arithmetic_is_written_out() -> None:
    assert "3 万元/个 × 5 个 = 150,000 元 ≠ 年度资金总额 230,000 元" in message("COS003", 11)
    assert "相差 24,004 元" in message("COS003", 12)
    assert "是总额的 24.4%" in message("COS001", 6)


def test_guesses_are_offered_and_not_asserted() -> None:
    found = next(each for each in findings() if (each.code, each.form) == ("COS001", 5))
    assert found.evidence["试算1"] == "按月计，× 12 个月 = 72,000 元"
    assert "72,000" not in found.message
    rest = next(each for each in findings() if (each.code, each.form) == ("COS003", 11))
    assert rest.evidence["试算"].endswith("折算约 24 次，还差 4 元")
