"""What the rules on categories, wording, relevance, benefits and satisfaction see in the sample.

The faults were noted by hand when the sixteen real forms were read; the number is that of the
form in the document. Whatever else these rules find there is listed too, so that a change of
what a rule flags is seen at once.
"""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

import jixiao
from jixiao import read
from jixiao.audit.engine import audit

SAMPLE = Path(jixiao.__file__).parent / "sample" / "taole-2022.txt"
FAMILIES = ("CAT", "QUA", "REL", "BEN", "SAT")
FIXED_TEMPLATE = (1, 2, 3, 15, 16)
#: Code → the form and a piece of the text at the place; "" where the whole form is meant.
NOTED = {
    "CAT002": [(11, "规范化建设覆盖率"), (13, "规范化建设覆盖率")],
    "CAT003": [
        *((form, "人员经费足额发放") for form in FIXED_TEMPLATE),
        (5, "生活垃圾清理及时率"),
        (6, "按时交纳"),
    ],
    "CAT004": [(form, "预算执行率") for form in FIXED_TEMPLATE],
    "CAT005": [(9, "恶性案"), (10, "恶性案")],
    "QUA001": [
        *((form, "显著提升") for form in (*FIXED_TEMPLATE, 4, 9, 10)),
        (5, "明显"),
        (5, "明显提升"),
        *((form, "明显") for form in (7, 7, 11, 11, 12, 12, 12)),
    ],
    "QUA002": [
        *((form, "有利于") for form in (6, 6)),
        *((form, "良好") for form in (8, 9, 10, 11, 13)),
        *((form, "是") for form in (13, 13)),
        (14, "促进"),
        (14, "长期"),
    ],
    "QUA003": [
        *((form, "持续保障") for form in (*FIXED_TEMPLATE, 4)),
        *((4, value) for value in ("有效保障", "有效完成", "有效保障", "按时供应", "有效改善")),
        (5, "持续向好发展"),
        (8, "提高"),
        (12, "规范"),
    ],
    "QUA004": [(form, "") for form in (*FIXED_TEMPLATE, 4, 5, 6)],
    "QUA005": [(form, "") for form in (*FIXED_TEMPLATE, 9, 10, 11, 13, 14)],
    "REL001": [(form, "") for form in (5, 8, 10, 12)],
    "REL002": [(form, "") for form in (2, 3, 15, 16)],
    "REL003": [(14, "垃圾清运")],
    "BEN001": [(6, "治理能力"), (7, "高质量发展"), (7, "治理能力")],
    "BEN002": [
        *((form, "工作效能") for form in (*FIXED_TEMPLATE, 4)),
        (4, "生活水平"),
    ],
    "BEN003": [(12, "得到了增强"), (12, "健全党的组织生活")],
    "SAT001": [],
    "SAT002": [
        *((form, "经费保障满意度") for form in (*FIXED_TEMPLATE, 4)),
        (12, "本单位党员"),
        (13, "社区组织"),
    ],
    "CAT001": [],
    "CAT008": [(form, "") for form in range(1, 17)],
    "SAT003": [(form, "") for form in range(1, 17)],
}


@pytest.fixture(scope="module")
def findings():
    forms = read(SAMPLE).forms
    report = audit(forms, as_of=date(2024, 6, 1), select=FAMILIES, strict=True)
    return report.findings


@pytest.mark.parametrize("code", NOTED)
def test_forms_in_which_the_fault_is_found(findings, code):
    found = Counter(finding.form + 1 for finding in findings if finding.code == code)
    assert found == Counter(form for form, _ in NOTED[code])


@pytest.mark.parametrize(
    ("code", "form", "piece"),
    [(code, *place) for code, places in NOTED.items() for place in places if place[1]],
)
def test_place_of_the_fault(findings, code, form, piece):
    quotes = [one.quote for one in findings if one.code == code and one.form == form - 1]
    assert any(piece in quote for quote in quotes)


def test_no_cell_is_called_vague_twice(findings):
    places = Counter(
        (finding.form, finding.path)
        for finding in findings
        if finding.code in {"QUA001", "QUA002", "QUA003"}
    )
    assert max(places.values()) == 1


def test_every_vague_value_gets_a_measurable_proposal(findings):
    vague = [one for one in findings if one.code in {"QUA001", "QUA002", "QUA003"}]
    assert vague
    assert all(any(sign in (one.suggestion or "") for sign in "≥≤＝X") for one in vague)
