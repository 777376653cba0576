"""A layout that asks for what no form answers, or does not fill its grid, is told so."""

import pytest
from msgspec.structs import replace

from jixiao.official.fields import is_known, mistakes
from jixiao.standards.layout import layout_of, layouts
from jixiao.standards.sheet_plan import PlannedCell, PlannedRow


def with_row(*cells, **row):
    layout = layout_of("nx_pingluo/project_target_2022")
    rows = (*layout.sheet.rows, PlannedRow(cells=cells, **row))
    return list(mistakes(replace(layout, sheet=replace(layout.sheet, rows=rows))))


@pytest.mark.parametrize(
    ("field", "block"),
    [
        ("projekt.name", ""),
        ("funding.total", ""),
        ("funding.nothing.amount", ""),
        ("funding.total.colour", ""),
        ("review.mood", ""),
        ("other.", ""),
        ("goal", "indicators"),
        ("name", "halves"),
        ("annual.mood", "halves"),
        ("target", "tasks"),
        ("remark.备注", "tasks"),
        ("name", "review"),
    ],
)
def test_a_field_no_form_answers_to(field, block):
    assert not is_known(field, block)
    assert with_row(PlannedCell(field=field, across=5), repeat=block) != []


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([PlannedCell(text="填报人")], "cover 46 places"),
        ([PlannedCell(text="填报人", across=7)], "cover 52 places"),
        ([PlannedCell(text="填报人", across=5), PlannedCell()], "more cells than the 5 columns"),
    ],
)
def test_rows_that_do_not_fill_the_grid(cells, said):
    (mistake,) = with_row(*cells)
    assert said in mistake


def test_a_block_nobody_knows():
    assert with_row(PlannedCell(text="", across=5), repeat="indicator") == [
        "row 10: no block is called indicator"
    ]


@pytest.mark.parametrize("layout", layouts(), ids=lambda layout: layout.id)
def test_every_layout_is_without_mistakes(layout):
    assert list(mistakes(layout)) == []


@pytest.mark.parametrize(
    ("field", "block"),
    [
        ("funding.whole.fiscal.amount", ""),
        ("other.填报人", ""),
        ("sum.score", ""),
        ("remark.评分标准", "indicators"),
        ("long_term.target", "halves"),
        ("operator", "indicators"),
        ("grade", "review"),
    ],
)
def test_fields_forms_answer_to(field, block):
    assert is_known(field, block)
