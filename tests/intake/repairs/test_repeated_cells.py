"""Merged cells written in every place they covered become one cell; other tables stay."""

import pytest

from jixiao.intake.document import RowPlace, SourceDocument, Table
from jixiao.intake.repairs.repeated_cells import REPAIR


def document(*rows, merges_known=False):
    places = [RowPlace(row=number) for number in range(1, len(rows) + 1)]
    texts = [list(row) for row in rows]
    table = Table(texts=texts, places=places, merges_known=merges_known)
    return SourceDocument(file="表.json", media_type="application/json", blocks=(table,))


HEADING = ["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值"]


@pytest.mark.parametrize(
    "rows",
    [
        [["项目名称", "道路养护", "实施单位", "某公路站"]],
        # Target and actual say the same: two cells, though their texts are equal.
        [
            HEADING,
            *[["效益指标", "社会效益指标", n, "有效提升服务", "有效提升服务"] for n in "甲乙丙"],
        ],
        [HEADING, ["产出指标", "数量指标", "里程", "100", "100"]],
        [["一级指标", "二级指标", "三级指标", "指标值"], ["产出指标", "", "无", "无"]],
    ],
)
def test_left_alone(rows):
    before = document(*rows)
    assert REPAIR.apply(before) is before


def test_stated_merges_are_believed():
    before = document(["项目名称", "项目名称", "道路养护", "道路养护"] * 2, merges_known=True)
    assert REPAIR.apply(before) is before


def test_labels_and_answers_are_one_cell_again():
    after = REPAIR.apply(
        document(
            ["部门整体支出绩效目标表"] * 4,
            ["项目名称", "农村道路养护项目", "农村道路养护项目", "农村道路养护项目"],
            ["项目资金", "年度资金总额", "年度资金总额", "100"],
            ["项目资金", "其中：财政拨款", "其中：财政拨款", "100"],
        )
    )
    (table,) = after.blocks
    assert table.merges_known
    assert table.spans == {
        (0, 0): (1, 4),
        (1, 1): (1, 3),
        (2, 0): (2, 1),
        (2, 1): (1, 2),
        (3, 1): (1, 2),
    }
    assert table.texts[3] == ["", "其中：财政拨款", "", "100"]
    assert [repair.code for repair in after.repairs] == ["repeated-cells"]


def test_equal_figures_side_by_side_stay_two():
    after = REPAIR.apply(
        document(
            ["项目名称", "项目名称", "农村道路养护", "农村道路养护"],
            ["年度目标", "年度目标", "养护农村道路。", "养护农村道路。"],
            ["产出指标", "数量指标", "100", "100"],
        )
    )
    (table,) = after.blocks
    assert table.texts[2] == ["产出指标", "数量指标", "100", "100"]
