"""Is the first row of a page the rest of the last row before it? Neighbours first."""

import pytest

from jixiao.intake.joining.continuation import (
    awaits_form,
    completes_label,
    continues_row,
    is_heading,
    is_page_furniture,
    opens_form,
)

LONG_GOAL = "优化公共服务能力，美化环境，确保庙庙湖村基础设施得到改善，人民生活"


@pytest.mark.parametrize(
    ("name", "above", "below"),
    [
        ("a row of its own", ["村民满意度", "≥90%"], ["干部满意度", "≥85%"]),
        ("a blank row", ["村民满意度", "≥90%"], ["", ""]),
        ("a name whose value was forgotten", ["村民满意度", "≥90%"], ["干部满意度", ""]),
        ("text where the upper row has none", ["其他资金", ""], ["", "4.5"]),
        ("the next line of the money", ["年度资金总额:", "60000"], ["其中: 财政拨款", "60000"]),
        ("the next line of the money, blank", ["其中: 财政拨款", "60000"], ["其他资金", ""]),
        ("a total without amount", ["年度资金总额：", ""], ["其中：财政拨款", ""]),
        ("the next label", ["年度总体目标", LONG_GOAL], ["名称", "一级指标"]),
        ("a label that the form knows", ["质量指标", "合格"], ["时效指标", ""]),
        ("a second value of one indicator", ["覆盖率", "≥95%"], ["", "≥90%"]),
        ("a bracket never closed", ["大棚（建设四季温室", "2 个"], ["驻村工作组个数", "1 个"]),
        ("a two-line name that ended", ["政府常聘人员对经费\n满意", "≥95%"], ["工作效能", ""]),
        ("prose that ended", ["目标", "正常运转。", "按时发放。"], ["", "另一项", "再一项"]),
    ],
)
def test_not_the_rest(name, above, below):
    assert not continues_row(above, below), name


@pytest.mark.parametrize(
    ("name", "above", "below"),
    [
        ("a bracket closes", ["走访村 (社区) 民、(", "全覆盖"], ["含住户)", ""]),
        ("half-width closes full-width", ["大棚（建设四季", "2 个"], ["温室)", ""]),
        ("it goes on after a comma", ["走访村 (社区) 民、", "全覆盖"], ["全覆盖)", ""]),
        ("it begins with a comma", ["年度总体目标", "保障运转"], ["", "，按时发放。"]),
        ("the goal's rest", ["年度总体目标", LONG_GOAL], ["", "幸福感提升。"]),
        (
            "a new paragraph of the goal",
            ["年度总体目标", "目标一：养护道路。"],
            ["", "目标二：绿化。"],
        ),
        ("two goals side by side", ["总目标", LONG_GOAL, LONG_GOAL], ["", "幸福感", "幸福感"]),
        ("only the value goes on", ["发放总额", "按单位核对后财政"], ["", "审核为准"]),
        ("worded bound and figure", ["改善度", "不低于"], ["", "80%"]),
        ("cut at a full line", ["实行网格化\n管理，网格员", "全覆盖"], ["走访村民", ""]),
    ],
)
def test_the_rest(name, above, below):
    assert continues_row(above, below), name


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ("名称", "绩效指标", False),
        ("产出指标", "效益指标", False),
        ("社会", "效益指标", False),
        ("", "绩效指标", False),
        ("服务对象满意", "度指标（必填）", True),
        ("产\n出", "指\n标", True),
    ],
)
def test_labels_cut_in_two(above, below, expected):
    assert completes_label(above, below) is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["产出指标", "数量指标", "人数", "10 人"]], False),
        ([["", "", "人数", "10 人"], ["项目名称", "道路养护", "", ""]], False),
        ([["年度总体目标", "完成项目名称变更"]], False),
        ([["名称", "一级指标"]], False),
        ([["项目名称", "道路养护"]], True),
        ([["项目（政策）名称", "道路养护"]], True),
        ([["部门（单位）名称", "某局"]], True),
        ([["项目支出绩效目标表", ""], ["（2024年度）", ""]], True),
        ([["（2024年度）", ""], ["项目名称", "道路养护"]], True),
        ([["填报单位（盖章）：某局", "单位：万元"]], True),
    ],
)
def test_where_a_form_begins(rows, expected):
    assert opens_form(rows) is expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["项目名称", "道路养护"]], False),
        ([["项目支出绩效目标表", ""], ["项目名称", "道路养护"]], False),
        ([["项目支出绩效目标表", ""]], True),
        ([["满意度指标", "≥90%"], ["项目支出绩效目标表", ""], ["(2024 年度)", ""]], True),
    ],
)
def test_a_title_that_waits_for_its_form(rows, expected):
    assert awaits_form(rows) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024年度", False),
        ("附件2", False),
        ("注：金额以万元计", False),
        ("- 3 -", True),
        ("第 3 页 共 12 页", True),
        ("3/12", True),
        ("第十二页", True),
        ("（续表）", True),
        ("接上页", True),
    ],
)
def test_page_furniture(text, expected):
    assert is_page_furniture(text) is expected


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["产出指标", "数量指标", "人数", "10 人"], False),
        (["绩效指标", "", "", ""], False),
        (["名称", "一级指标", "二级指标", "三级指标", "指标值"], True),
        (["", "一级指标", "二级指标", "三级指标", "年度(/项目)指标值"], True),
    ],
)
def test_column_headings(row, expected):
    assert is_heading(row) is expected
