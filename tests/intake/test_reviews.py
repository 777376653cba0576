"""Review sheets: the items with aspect, grade and points, and the conclusion below them."""

import pytest

from jixiao.form.forms import Form, FormKind
from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from tests.support.office_files import Grid, docx_of

TITLE = "项目支出绩效目标审核表"
GENERAL = Grid(
    [
        [TITLE, "", ""],
        ["项目名称", "镇区垃圾清运项目", ""],
        ["审核内容", "审核要点", "审核意见"],
        ["一、完整性审核", "", ""],
        ["规范完整性", "格式是否规范，内容是否完整", "优□ 良☑ 中□ 差□"],
        ["明确清晰性", "目标是否明确、清晰", "优"],
        ["二、相关性审核", "", ""],
        ["目标相关性", "是否与部门职能、规划相关", "优□ 良□ 中□ 差□"],
        ["综合评定等级", "良", ""],
        ["总体意见", "成本指标须补充单价。", ""],
    ],
    {
        (0, 0): (1, 3),
        (1, 1): (1, 2),
        (3, 0): (1, 3),
        (6, 0): (1, 3),
        (8, 1): (1, 2),
        (9, 1): (1, 2),
    },
)
KEY = Grid(
    [
        ["项目名称", "镇区垃圾清运项目", "", "", ""],
        ["审核内容", "", "审核要点", "分值", "得分"],
        ["一、完整性", "规范完整性", "格式是否规范", "10", "8"],
        ["", "明确清晰性", "目标是否明确", "10", "9.5"],
        ["合计", "", "", "20", "17.5"],
        ["综合评定等级", "良", "", "", ""],
    ],
    {(0, 1): (1, 4), (1, 0): (1, 2), (2, 0): (2, 1), (4, 0): (1, 3), (5, 1): (1, 4)},
)


def form_of(*blocks: str | Grid) -> Form:
    (form,) = read_file(SourceFile(name="审核表.docx", content=docx_of(blocks))).forms
    return form


def test_grades_are_what_is_written_or_ticked():
    review = form_of(GENERAL).review
    assert review is not None
    grades = [
        (one.item.raw, None if one.grade is None else one.grade.value) for one in review.items
    ]
    assert grades == [("规范完整性", "良"), ("明确清晰性", "优"), ("目标相关性", None)]


def test_the_conclusion_stands_below_the_items():
    form = form_of(GENERAL)
    assert form.kind is FormKind.REVIEW
    assert form.review is not None
    assert form.review.grade is not None
    assert form.review.grade.value == "良"
    assert form.review.opinion is not None
    assert form.review.opinion.raw == "成本指标须补充单价。"
    assert [one.aspect and one.aspect.raw for one in form.review.items] == [
        "一、完整性审核",
        "一、完整性审核",
        "二、相关性审核",
    ]


def test_points_of_the_key_variant():
    form = form_of(TITLE, KEY)
    review = form.review
    assert review is not None
    assert [
        (one.points and one.points.raw, one.score and one.score.raw) for one in review.items
    ] == [
        ("10", "8"),
        ("10", "9.5"),
    ]
    assert {one.aspect and one.aspect.raw for one in review.items} == {"一、完整性"}
    assert review.total is not None
    assert review.total.raw == "17.5"
    assert form.header.project_name is not None
    assert form.header.project_name.raw == "镇区垃圾清运项目"


@pytest.mark.parametrize("boxes", ["优☑ 良☑ 中□ 差□", "优□良□中□差□"])
def test_boxes_that_say_nothing_or_two_things_give_no_grade(boxes):
    rows = [list(row) for row in GENERAL.texts]
    rows[4][2] = boxes
    review = form_of(Grid(rows, GENERAL.spans)).review
    assert review is not None
    grade = review.items[0].grade
    assert grade is not None
    assert grade.value is None
    assert grade.raw == boxes


def test_an_adjustment_is_a_kind_of_its_own():
    title = "项目支出绩效目标调整申请表"
    grid = Grid(
        [
            ["项目名称", "甲项目", "", "", ""],
            ["一级指标", "二级指标", "三级指标", "调整前指标值", "调整后指标值"],
            ["产出指标", "数量指标", "培训人数", "≥100人", "≥80人"],
        ],
        {(0, 1): (1, 4)},
    )
    form = form_of(title, grid)
    assert form.kind is FormKind.ADJUSTMENT
    (row,) = form.indicators
    assert (row.target.raw, row.adjusted_target and row.adjusted_target.raw) == ("≥100人", "≥80人")
