"""Headings of forms to categories, in both trees and in the spellings of many places."""

import pytest

from jixiao.form.indicator import Category
from jixiao.standards import taxonomy

BOTH = [
    # refusals: the two headings contradict each other, or say nothing
    (None, "效益指标", "质量指标"),
    (None, "产出指标", "社会效益指标"),
    (None, "满意度指标", "数量指标"),
    (None, "产出指标", ""),
    (None, "履职效能", ""),
    (None, "", ""),
    (None, "指标", "指标"),
    (None, "决策", "项目立项"),
    # as printed
    ("output.quantity", "产出指标", "数量指标"),
    ("output.quantity", "产出指标", "数量指标 (必填硬性指标)"),
    ("output.quality", "产出指标（50分）", "质量指标（必填）"),
    ("output.quantity", "1.产出指标", "1.1 数量指标"),
    ("output.quantity", "产 出 指 标", "数 量 指 标"),
    ("output.timeliness", "产出指标", "③时效指标"),
    ("output.timeliness", "产出", "产出时效"),
    ("output.cost", "产出指标", "成本指标"),
    ("output.cost", "产出指标", "经济成本指标"),
    ("benefit.economic", "效益指标", "经济效益"),
    ("benefit.social", "效果指标", "社会效益指标"),
    ("benefit.social", "效益指标", "社会效益指标1"),
    ("benefit.ecological", "效益指标", "生态环境效益指标"),
    ("benefit.sustained_impact", "效益指标", "可持续影响指标"),
    ("benefit.sustained_impact", "效益指标", "可持续性影响"),
    ("satisfaction.recipient", "满意度指标", "服务对象满意度指标"),
    ("satisfaction.recipient", "满意度指标", "服务对象"),
    ("satisfaction.recipient", "满意度指标", "社会公众或服务对象满意度指标"),
    ("satisfaction.recipient", "满意度指标", "群众满意度"),
    ("satisfaction.recipient", "满意度指标", ""),
    ("satisfaction.recipient", "效益指标", "服务对象满意度指标"),
    # level 1 blank, unknown, or the level-2 heading printed in its column
    ("benefit.social", "", "社会效益指标"),
    ("output.quality", "质量指标（必填）", "质量指标"),
]
TREES = [
    ("cn_mof_2015", "output.cost", "", "成本指标"),
    ("cn_mof_2015", None, "成本指标", "社会成本指标"),
    ("cn_mof_2021", "cost.economic", "成本指标", "经济成本指标"),
    ("cn_mof_2021", "cost.economic", "成本指标", "成本指标"),
    ("cn_mof_2021", "cost.economic", "成本指标", ""),
    ("cn_mof_2021", "cost.social", "成本指标", "社会成本指标"),
    ("cn_mof_2021", "cost.ecological", "成本指标", "生态环境成本指标"),
    ("cn_mof_2021", None, "", "成本指标"),
]


@pytest.mark.parametrize(
    ("tree", "expected", "level1", "level2"),
    [(tree, *case) for tree in ("cn_mof_2015", "cn_mof_2021") for case in BOTH] + TREES,
)
def test_headings_mean_a_category(
    tree: str, expected: str | None, level1: str, level2: str
) -> None:
    assert taxonomy.load(tree).category(level1, level2) == expected


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        (None, "万元"),
        (None, ""),
        ("required", "必填"),
        ("required", " 必 填 "),
        ("required_numeric", "必填硬性指标"),
        ("optional", "选填"),
    ],
)
def test_marks_are_known(expected: str | None, text: str) -> None:
    assert taxonomy.newest().mark(text) == expected


@pytest.mark.parametrize(
    ("expected", "category", "source", "to"),
    [
        ("cost.economic", "output.cost", "cn_mof_2015", "cn_mof_2021"),
        ("output.cost", "cost.economic", "cn_mof_2021", "cn_mof_2015"),
        ("output.quality", "output.quality", "cn_mof_2015", "cn_mof_2021"),
        (None, "benefit.sustained_impact", "cn_mof_2015", "cn_mof_2021"),
        (None, "cost.social", "cn_mof_2021", "cn_mof_2015"),
    ],
)
def test_an_idea_is_found_in_the_other_tree(expected, category, source, to) -> None:
    assert taxonomy.load(source).translate(Category(category), to) == expected


def test_every_category_has_a_heading_in_some_tree() -> None:
    known = {
        category
        for tree in ("cn_mof_2015", "cn_mof_2021")
        for category in taxonomy.load(tree).level2
    }
    assert known == set(Category)
