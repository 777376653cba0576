"""What the composer says instead of doing in silence: units, leftovers, limits, ticks, boxes."""

from decimal import Decimal
from importlib.resources import files

import pytest
from msgspec.structs import replace

from jixiao.intake.document import SourceFile
from jixiao.intake.read import read_file
from jixiao.official.compose import compose
from jixiao.standards.layout import layout_of
from tests.support.forms import a_form
from tests.support.golden_forms import golden_form
from tests.support.same_record import differences
from tests.support.sheets_to_grids import document_of

OWN, NATIONAL = "nx_pingluo/project_target_2022", "cn_mof/project_target_2015"
ROW = {"category": "output.quantity", "name": "清运垃圾", "target": "≥1200吨"}


def text_at(sheet, path):
    return next(cell.text for cell in sheet.cells if cell.path == path)


def read_back(*sheets):
    name, content = document_of("docx", *sheets)
    return read_file(SourceFile(name=name, content=content)).forms


@pytest.fixture(scope="module")
def sample():
    content = files("jixiao").joinpath("sample/taole-2022.txt").read_bytes()
    return read_file(SourceFile(name="taole-2022.txt", content=content)).forms


def test_the_sample_on_its_own_layout_gives_back_every_form(sample):
    drawn = [compose(form, layout_of(OWN)) for form in sample]
    assert all(one.leftovers == () and one.notes == () for one in drawn)
    again = read_back(*(one.sheet for one in drawn))
    assert (len(again), sum(len(form.indicators) for form in again)) == (16, 140)
    assert [differences(a, b) for a, b in zip(sample, again, strict=True)] == [[]] * 16


def test_the_sample_on_the_national_layout_keeps_its_money(sample):
    drawn = [compose(form, layout_of(NATIONAL)) for form in sample]
    assert all(one.notes == ("金额由元换算为万元",) for one in drawn)
    assert all(one.leftovers == () for one in drawn)
    again = read_back(*(one.sheet for one in drawn))
    assert {form.layout for form in again} == {NATIONAL}
    assert [differences(a, b, layout=False) for a, b in zip(sample, again, strict=True)] == (
        [[]] * 16
    )
    assert sum(form.funding.total.value for form in again) == Decimal("977.7821")


def test_a_form_without_a_long_term_half_leaves_the_left_half_blank():
    sheet = compose(a_form(indicators=[ROW], goal="及时清运"), layout_of(NATIONAL)).sheet
    left = [cell for cell in sheet.cells if cell.row == sheet.height - 1 and 2 <= cell.column < 5]
    assert [cell.text for cell in left] == ["", "", ""]
    assert text_at(sheet, "indicators[0].target") == "≥1200吨"


def test_halves_in_contrary_order_keep_their_own():
    benefit = {"category": "benefit.social", "name": "环境", "target": "改善"}
    form = a_form(
        title="项目支出绩效目标申报表",
        layout=NATIONAL,
        project="清运",
        goal="清运",
        indicators=[ROW, benefit],
        long_term_indicators=[benefit, ROW],
    )
    (again,) = read_back(compose(form, layout_of(NATIONAL)).sheet)
    assert differences(form, again) == []


def test_a_value_without_a_place_is_said():
    form = a_form(
        category="特定目标类", others={"联系电话": "略"}, indicators=[{**ROW, "weight": "9"}]
    )
    said = compose(form, layout_of(OWN)).leftovers
    assert [(one.label, one.text) for one in said] == [
        ("项目类别", "特定目标类"),
        ("联系电话", "略"),
        ("分值", "9"),
    ]


def test_a_text_over_its_limit_is_refused_with_the_count():
    layout = layout_of("sc/self_evaluation_2023")
    form = a_form(
        kind="self_evaluation",
        achieved="完" * 103,
        others={"评价结论": "好" * 200, "存在问题": "缺 " * 201},
        indicators=[ROW],
    )
    assert [one.message for one in compose(form, layout).refusals] == [
        "“目标完成情况”最多 100 字，现有 103 字，超出 3 字",
        "“存在问题”最多 200 字，现有 201 字，超出 1 字",
    ]


def test_code_and_name_share_a_cell_where_the_form_has_one():
    layout = layout_of("sc/self_evaluation_2023")
    both = compose(a_form(project="清运", code="510000T1", indicators=[ROW]), layout)
    alone = compose(a_form(project="清运", indicators=[ROW]), layout)
    assert text_at(both.sheet, "header.project_name") == "510000T1-清运"
    assert text_at(alone.sheet, "header.project_name") == "清运"
    assert both.leftovers == ()


@pytest.mark.parametrize(
    ("said", "ticked"),
    [("确定能", ["√", "", ""]), ("完全不可能", ["", "", "√"]), ("不清楚", ["", "", ""])],
)
def test_a_likelihood_in_words_is_ticked_where_the_form_has_a_column(said, ticked):
    form = a_form(kind="monitoring", indicators=[{**ROW, "likelihood": said}])
    drawn = compose(form, layout_of("cn_mof/monitoring_2019"))
    assert [c.text for c in drawn.sheet.cells if c.row == drawn.sheet.height - 1][-4:-1] == ticked
    assert [one.text for one in drawn.leftovers] == ([] if "√" in ticked else ["不清楚"])


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("预算调整", "□政策变化 □突发事件 √预算调整 □填报错误"),
        ("", "□政策变化 □突发事件 □预算调整 □填报错误"),
        ("中央政策有变", "中央政策有变"),
    ],
)
def test_choices_are_boxes_and_other_words_stand_as_written(said, shown):
    form = a_form(kind="adjustment", others={"调整原因": said}, indicators=[ROW])
    sheet = compose(form, layout_of("cn_mof/adjustment_request")).sheet
    assert text_at(sheet, "header.others[0]") == shown


def test_what_the_form_prints_itself_stands_where_nothing_was_said():
    form = a_form(kind="self_evaluation", unit="万元", lines=[["年度资金总额", "total", "9"]])
    sheet = compose(form, layout_of("cn_mof/self_evaluation_2020")).sheet
    assert [cell.text for cell in sheet.cells if cell.row == 3][-3:] == ["10", "", ""]
    assert [cell.text for cell in sheet.cells if cell.row == 4][-3:] == ["—", "", "—"]


def test_a_form_without_a_unit_is_written_without_one():
    form = replace(golden_form(OWN), funding=replace(golden_form(OWN).funding, unit=None))
    drawn = compose(form, layout_of(OWN))
    assert drawn.notes == ("原表没有写金额单位，写出的表也不写",)
    assert "元" not in next(c.text for c in drawn.sheet.cells if "项目资金" in c.text)
