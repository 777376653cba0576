"""The official table: every field has its cell, and the cells fill the grid without holes."""

import pytest
from msgspec import Struct
from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.foundation.location import SourceRef
from jixiao.report.form_table import form_table
from jixiao.report.table_view import CellRole, shown
from tests.support.forms import a_form
from tests.support.seed_forms import SAMPLE

EVALUATION = a_form(
    kind="self_evaluation",
    title="项目支出绩效自评表",
    year="2023",
    project="供水工程",
    department="219-水利局",
    implementing_unit="水利站",
    unit="万元",
    lines=[
        {"label": "年度资金总额", "key": "total", "initial": "120", "executed": "110", "rate": "92%"},
        {"label": "其他资金", "key": "other", "initial": "", "executed": "", "rate": "—"},
    ],
    goal="新建工程 3 处。",
    achieved="完成 3 处。",
    others={"自评得分": "99.1", "说明": "这是一段很长的说明" * 8},
    indicators=[
        {
            "category": "output.quantity", "name": "新建工程", "operator": "≥", "value": "3",
            "unit": "处", "actual": "3处", "weight": "15", "score": "15",
            "deviation_cause": "无偏差", "remarks": {"备注": "验收单"},
        },
        {"category": "output.quality", "name": "合格率", "target": "100%"},
        {"category": "benefit.social", "name": "受益人口", "target": "≥1200人", "actual": "1180人"},
    ],
)  # fmt: skip
DEPARTMENT = a_form(
    kind="department_target",
    title="部门整体支出绩效目标表",
    department="某局",
    tasks=[("就业", "开展培训", "100"), ("社保", "发放待遇", "200")],
    goal="保障就业。",
    long_term_goal="三年目标",
    long_term_indicators=[("output.quantity", "三年培训", "3000人")],
    indicators=[("output.quantity", "培训人数", "1000人")],
)
BARE = a_form(indicators=[{"name": "孤行", "target": ""}])
EMPTY = a_form()
FORMS = [EVALUATION, DEPARTMENT, BARE, EMPTY]


@pytest.mark.parametrize("form", FORMS)
def test_cells_fill_the_grid_once(form):
    assert_filled(form_table(form))


def assert_filled(table):
    edges = table.edges
    taken = {}
    for number, row in enumerate(table.rows):
        for cell in row:
            for column in range(edges.index(cell.left), edges.index(cell.right)):
                for below in range(number, number + cell.rowspan):
                    assert (below, column) not in taken, (cell.text, taken[below, column])
                    taken[below, column] = cell.text
    assert len(taken) == len(table.rows) * (len(edges) - 1)


@pytest.mark.parametrize("form", FORMS)
def test_every_field_is_shown_once(form):
    paths = [path for row in form_table(form).rows for cell in row for path in cell.paths]
    assert len(paths) == len(set(paths))


def texts(form):
    return [cell.text for row in form_table(form).rows for cell in row]


def test_all_contents_of_a_self_evaluation_are_shown():
    wanted = {
        "供水工程", "219-水利局", "水利站", "99.1", "120", "110", "92%", "—", "新建工程 3 处。",
        "完成 3 处。", "≥", "3", "处", "3处", "15", "无偏差", "验收单", "100%", "≥1200人", "1180人",
    }  # fmt: skip
    assert wanted <= set(texts(EVALUATION))


def test_all_contents_of_a_department_form_are_shown():
    wanted = {"某局", "就业", "开展培训", "100", "社保", "三年目标", "三年培训", "3000人", "1000人"}
    assert wanted <= set(texts(DEPARTMENT))


def test_level_names_are_merged_but_not_over_the_end_of_the_level_above():
    form = a_form(
        indicators=[
            {"name": "一", "target": "1", "level1": "产出指标", "level2": "质量指标"},
            {"name": "二", "target": "2", "level1": "产出指标", "level2": "质量指标"},
            {"name": "三", "target": "3", "level1": "效益指标", "level2": "质量指标"},
        ]
    )
    levels = [
        (cell.text, cell.rowspan)
        for row in form_table(form).rows
        for cell in row
        if cell.role is CellRole.LEVEL
    ]
    assert levels == [("产出指标", 2), ("质量指标", 2), ("效益指标", 1), ("质量指标", 1)]


def test_a_planned_amount_that_another_column_shows_has_no_column_of_its_own():
    line = a_form(lines=[{"label": "总额", "key": "total", "adjusted": "5", "rate": "9%"}])
    assert line.funding is not None
    [plain] = line.funding.lines
    doubled = replace(line.funding, lines=(replace(plain, amount=plain.adjusted),))
    table = form_table(replace(line, funding=doubled))
    assert [cell.text for cell in table.rows[0]] == ["项目资金（元）", "", "全年预算数", "执行率"]
    [cell] = [cell for row in table.rows for cell in row if "funding.total" in cell.paths]
    assert cell.text == "5"


def test_money_over_all_years_stands_above_that_of_the_year():
    form = a_form(lines=[("其中：财政拨款", "fiscal", "1"), ("中期资金总额", "whole.total", "3")])
    labels = [cell.text for row in form_table(form).rows for cell in row][1::2]
    assert labels == ["中期资金总额", "其中：财政拨款"]


def test_no_role_of_the_program_is_shown_to_people():
    form = a_form(others={"finance_department": "经济建设科", "填表人": "（略）"})
    assert "财政部门" in texts(form)
    assert "填表人" in texts(form)


def test_a_word_left_of_the_headings_has_its_own_cell():
    place = SourceRef(quote="名称")
    heading = Entry(raw="名称", at=place)
    form = replace(BARE, columns=(heading,))
    rows = form_table(form).rows
    assert [cell.text for cell in rows[0]][:1] == ["名称"]
    assert [cell.text for cell in rows[1]][:1] == ["绩效指标"]
    assert_filled(form_table(form))


SHOWN = [
    ("", ""),
    ("  甲  ", "甲"),
    ("保障部门\n正常运转", "保障部门正常运转"),
    ("目标1：甲；\n目标2：乙。", "目标1：甲；\n目标2：乙。"),
    ("1.甲\n2.乙", "1.甲\n2.乙"),
    ("road\nworks", "road works"),
]


@pytest.mark.parametrize(("raw", "text"), SHOWN)
def test_lines_broken_by_the_width_of_a_cell_are_joined(raw, text):
    assert shown(raw) == text


def entries(value):
    """Every entry within a form, with what stands there."""
    if isinstance(value, Entry):
        yield value.raw
    elif isinstance(value, Struct):
        for name in value.__struct_fields__:
            yield from entries(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from entries(item)


def test_the_county_tables_are_whole(seed_forms):
    assert len(seed_forms) == 16
    for form in seed_forms:
        table = form_table(form)
        assert_filled(table)
        on_table = {cell.text for row in table.rows for cell in row} | {table.title, table.year}
        assert {shown(raw) for raw in entries(form)} - on_table - {""} == set()


@pytest.fixture(scope="module")
def seed_forms():
    from jixiao import read

    return read(str(SAMPLE)).forms
