"""Every step from one stage's form to the next: refused with the way out, or blank and whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.carry import Refusal, carry
from jixiao.official.compose import compose
from jixiao.standards.layout import layout_of, layouts
from tests.support.filled_forms import forms_for
from tests.support.forms import a_form
from tests.support.same_record import differences
from tests.support.sheets_to_grids import document_of

STEPS = [
    (first.id, following.id)
    for first in layouts()
    for following in layouts()
    if first.sheet and following.sheet and first.kind in following.follows
]
NO_STEPS = [
    (first.id, following.id)
    for first in layouts()
    for following in layouts()
    if first.kind != following.kind and first.kind not in following.follows
]
SETTINGS = settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
BLANK = ("actual", "forecast", "score", "likelihood", "deviation_cause", "improvement")


def a_target(**more):
    rows = [
        {"category": "output.quantity", "name": "清运垃圾", "target": "≥1200吨", "weight": "20"},
        {"category": "benefit.social", "name": "环境改善", "target": "明显改善"},
    ]
    fields = {
        "project": "镇区垃圾清运",
        "department": "055-临川县某镇人民政府",
        "implementing_unit": "某镇人民政府",
        "period": "1年",
        "goal": "及时清运。",
        "year": 2023,
        "unit": "万元",
        "total": "130",
        "fiscal": "130",
        "indicators": rows,
        "others": {"填报人": "张某", "中央主管部门": "财政部"},
    }
    return a_form(**(fields | more))


@pytest.mark.parametrize(("first", "following"), NO_STEPS)
def test_what_cannot_follow_is_refused_in_chinese(first, following):
    kind = layout_of(first).kind
    refused = carry(a_target(kind=kind), layout_of(following))
    assert isinstance(refused, Refusal)
    assert layout_of(following).title in refused.message
    assert "请提供" in refused.message


def test_a_monitoring_table_is_no_target():
    refused = carry(a_target(kind="monitoring"), layout_of("cn_mof/project_target_2015"))
    assert "绩效监控表" in refused.message
    assert "请提供原来的项目绩效目标表" in refused.message
    assert "cn_mof/self_evaluation_2020" in refused.message


def test_a_department_is_not_monitored_on_the_project_table():
    refused = carry(a_target(kind="department_target"), layout_of("cn_mof/monitoring_2019"))
    assert "由项目绩效目标表转成" in refused.message


@pytest.mark.parametrize(("first", "following"), STEPS)
@SETTINGS
@given(data=st.data())
def test_the_blank_form_is_drawn_whole_and_read_back(first, following, data):
    form = data.draw(forms_for(layout_of(first)))
    layout = layout_of(following)
    carried = carry(form, layout)
    assert not isinstance(carried, Refusal)
    drawn = compose(carried, layout)
    assert drawn.leftovers == ()
    assert drawn.refusals == ()
    assert all(getattr(row, field) is None for row in carried.indicators for field in BLANK)
    name, content = document_of("docx", drawn.sheet)
    (again,) = read_file(SourceFile(name=name, content=content)).forms
    assert differences(carried, again) == []


def test_approved_amounts_become_the_first_column():
    line = carry(a_target(), layout_of("cn_mof/monitoring_2019")).funding.lines[0]
    assert (line.initial.raw, line.executed, line.rate) == ("130", None, None)
    regional = layout_of("cn_mof/regional_self_evaluation_2015")
    line = carry(a_target(kind="regional_target"), regional).funding.lines[0]
    assert (line.initial, line.adjusted.raw) == (None, "130")


def test_weights_stay_signatures_do_not():
    carried = carry(a_target(), layout_of("cn_mof/self_evaluation_2020"))
    assert carried.indicators[0].weight.raw == "20"
    assert carried.header.others == ()
    assert carried.header.project_period is None


def test_a_review_sheet_has_its_printed_items():
    carried = carry(a_target(), layout_of("cn_mof/review_key_2015"))
    assert len(carried.review.items) == 8
    assert sum(item.points.value for item in carried.review.items) == 100
    assert all(item.score is None for item in carried.review.items)
    assert carried.indicators == ()


def test_a_score_sheet_begins_with_decision_and_process():
    carried = carry(a_target(), layout_of("cn_mof/evaluation_score_2020"))
    assert [row.level1.raw for row in carried.indicators] == [
        *["决策"] * 6,
        *["过程"] * 5,
        "产出指标",
        "效益指标",
    ]
    assert carried.indicators[-1].target.raw == "明显改善"
