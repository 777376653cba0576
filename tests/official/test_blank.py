"""New forms: the rows the tree asks for, the marks a place prints, and what a project keeps."""

from jixiao.official.blank import blank, categories, next_year
from jixiao.official.compose import compose
from jixiao.standards.inheritance import load_profile
from jixiao.standards.layout import layout_of
from tests.support.golden_forms import golden_form


def test_a_review_sheet_has_its_printed_items_and_no_indicators():
    form = blank(layout_of("cn_mof/review_general_2015"), year=2027)
    assert form.review.items
    assert form.indicators == ()
    assert form.review.items[0].grade is None


def test_every_category_of_the_tree_has_a_row():
    layout = layout_of("nx_pingluo/project_target_2022")
    form = blank(layout, year=2022, profile=load_profile("nx_pingluo_2022"))
    names = [row.level2.raw for row in form.indicators]
    assert names[0] == "数量指标（必填硬性指标）"
    assert "经济效益指标" in names
    assert all(row.category is not None for row in form.indicators)
    assert form.funding.unit == "元"
    assert all(not row.name.raw and not row.target.raw for row in form.indicators)


def test_marks_are_printed_only_where_the_layout_has_them():
    layout = layout_of("cn_mof/project_target_2021")
    names = [level2 for _, level2 in categories(layout, load_profile("nx_pingluo_2022"))]
    assert not any("必填" in name for name in names)


def test_cost_comes_first_where_it_is_a_level_of_its_own():
    pairs = list(categories(layout_of("cn_mof/project_target_2021")))
    assert pairs[0][0] == "成本指标"
    assert ("产出指标", "成本指标") not in pairs


def test_a_project_keeps_who_and_which_indicators_and_no_values():
    layout = layout_of("cn_mof/project_target_2021")
    last = golden_form("cn_mof/project_target_2021")
    form = next_year(last, layout, year=2028)
    assert form.header.project_name == last.header.project_name
    assert [row.name.raw for row in form.indicators] == [row.name.raw for row in last.indicators]
    assert all(row.target.raw == "" for row in form.indicators)
    assert (form.budget_year, form.narrative.goal, form.funding.lines) == (2028, None, ())
    assert compose(form, layout).leftovers == ()
