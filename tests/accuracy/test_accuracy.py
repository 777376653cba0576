"""Rules judged against labels made by hand: few false findings, silence on good forms."""

from datetime import date

import pytest

from jixiao.audit.engine import audit
from jixiao.audit.finding import Certainty, Finding, Severity
from jixiao.audit.rule import RULES
from jixiao.audit.system import NOTICES
from jixiao.foundation.location import SourceRef
from tests.accuracy.measuring import (
    Labels,
    absent_documents,
    compare,
    figures,
    forms_of,
    judge,
    label_files,
    place_of,
    read_labels,
)
from tests.support.forms import a_form

LEAST = 0.90
CLEAN = [path for path in label_files() if read_labels(path).clean]
ON_DISK = [path for path in label_files() if forms_of(read_labels(path)) is not None]


def test_labels_name_rules_that_exist_and_places_that_stand() -> None:
    known = {rule.code for rule in RULES} | set(NOTICES)
    for path in ON_DISK:
        labels = read_labels(path)
        forms = forms_of(labels)
        for codes, places in [*labels.labels.items(), *labels.arguable.items()]:
            assert set(codes.split("/")) <= known, f"{path.name}: {codes}"
            for place in places:
                form, _, row = place.partition(".")
                assert 1 <= int(form) <= len(forms), f"{path.name}: {codes} {place}"
                rows = forms[int(form) - 1].indicators
                assert not row or 1 <= int(row) <= len(rows), f"{path.name}: {codes} {place}"


def test_the_labelled_set_is_wide_enough() -> None:
    written = [path for path in label_files() if path.parent.name == "forms"]
    assert len(written) >= 30
    assert len(CLEAN) >= 10


def test_rules_are_right_nine_times_in_ten() -> None:
    """Rules that run by default; what is wrong is listed with its places."""
    checked = {rule.code for rule in RULES if rule.default and not rule.preview}
    poor = {
        one.code: (round(one.precision, 2), one.false)
        for one in figures()
        if one.code in checked and one.precision is not None and one.precision < LEAST
    }
    assert poor == {}


def test_most_labels_are_found() -> None:
    found = sum(len(one.found) for one in figures())
    missed = sum(len(one.missed) for one in figures())
    assert found / (found + missed) >= LEAST


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_a_good_form_raises_no_error(path) -> None:
    judged = judge(path)
    assert judged is not None
    assert judged.errors == []
    assert judged.false == {}


@pytest.mark.parametrize("name", absent_documents() or ["none"])
def test_absent_documents_are_said(name: str) -> None:
    if name != "none":
        pytest.skip(f"labelled document is not on this machine: {name}")


TRAPS = [
    (
        "founding_year",
        {"goal": "陶乐镇2004年撤县设镇，2022年维修道路10公里，惠及群众3000人。"},
        "YR001",
    ),
    ("document_number", {"goal": "按照财预〔2021〕101号文件，2022年完成培训600人次。"}, "YR001"),
    ("five_year_plan", {"goal": "落实“十四五”规划（2021—2025年），2022年新建水渠5公里。"}, "YR001"),
    ("zero_cases", {"indicators": [["benefit.social", "重大安全事故", "0 起"]]}, "VAL005"),
    ("times_a_year", {"indicators": [["output.quantity", "设备维护", "2 次/年"]]}, "UNT001"),
    ("price_of_one", {"indicators": [["output.cost", "经费补助标准", "1 万元/个"]]}, "UNT002"),
    ("heads", {"indicators": [["output.quantity", "组织村组干部培训", "31 人次"]]}, "UNT001"),
    ("numeral_in_name", {"indicators": [["output.quantity", "开展三会一课", "12 次"]]}, "TXT003"),
    ("seasons", {"goal": "2022年建设四季日光温室2座、六连跨大棚1座，12月底前投入使用。"}, "TXT003"),
    ("lease", {"indicators": [["output.quantity", "场地租赁期限", "12 个月"]]}, "TIM002"),
    ("separators", {"total": "1,300,000.00", "fiscal": "1300000"}, "AMT001"),
    ("decimals", {"total": "12.50", "fiscal": "12.5", "unit": "万元"}, "AMT001"),
]


@pytest.mark.parametrize(("form", "code"), [pytest.param(f, c, id=n) for n, f, c in TRAPS])
def test_a_trap_stays_silent(form, code: str) -> None:
    report = audit((a_form(project="某项目", year="2022", **form),), as_of=date(2024, 6, 1))
    assert [one.message for one in report.findings if one.code == code] == []


# --- the measure itself ---


def finding(code: str, path: str, form: int = 0) -> Finding:
    """A finding that says nothing but where it stands."""
    return Finding(
        code=code,
        name="",
        severity=Severity.WARNING,
        certainty=Certainty.SURE,
        message="",
        path=path,
        quote="",
        source=SourceRef(quote=""),
        file="",
        form=form,
        project="",
    )


MEASURE = [
    # finding, label, expected: found, false, missed
    (("VAL002", "indicators[3].target"), {"VAL002": ("1.4",)}, (1, 0, 0)),
    (("VAL002", "indicators[2].target"), {"VAL002": ("1.4",)}, (0, 1, 1)),
    (("VAL002", "indicators[2].target"), {"VAL002": ("1",)}, (1, 0, 0)),
    (("VAL002", "funding.total"), {"VAL002": ("1.4",)}, (1, 0, 0)),
    (("VAL001", "indicators[3].target"), {"VAL002": ("1.4",)}, (0, 1, 1)),
    (("VAL001", "indicators[3].target"), {"VAL002/VAL001": ("1.4",)}, (1, 0, 0)),
]


@pytest.mark.parametrize(("seen", "labels", "expected"), MEASURE)
def test_findings_meet_labels(seen, labels, expected) -> None:
    given = Labels(about="", document="x", labels=labels)
    judged = compare("x", given, [finding(*seen)], 1)
    counted = [sum(map(len, part.values())) for part in (judged.found, judged.false, judged.missed)]
    assert tuple(counted) == expected


def test_places_are_counted_as_people_count() -> None:
    assert place_of(finding("VAL002", "indicators[3].target", 5)) == "6.4"
    assert place_of(finding("MND004", "narrative.goal", 5)) == "6"
