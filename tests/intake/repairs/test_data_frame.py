"""NaN and Unnamed, the traces of a data frame, are blanks again; a lone name is a name."""

import pytest

from jixiao.intake.document import RowPlace, SourceDocument, Table
from jixiao.intake.repairs.data_frame import REPAIR


def document(*rows):
    places = [RowPlace(row=number) for number in range(1, len(rows) + 1)]
    table = Table(texts=[list(row) for row in rows], places=places, merges_known=False)
    return SourceDocument(file="表.md", media_type="text/markdown", blocks=(table,))


@pytest.mark.parametrize(
    "rows",
    [
        [["项目名称", "NaN"], ["主管部门", "某局"]],
        [["项目名称", "Unnamed road"], ["主管部门", "某局"]],
    ],
)
def test_left_alone(rows):
    before = document(*rows)
    assert REPAIR.apply(before) is before


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            [["绩效目标表", "Unnamed: 1"], ["项目名称", "养护"]],
            [["绩效目标表", ""], ["项目名称", "养护"]],
        ),
        (
            [["a", "nan", "NaN"], ["b", " NaN ", "无"]],
            [["a", "", ""], ["b", "", "无"]],
        ),
    ],
)
def test_blanks(rows, expected):
    after = REPAIR.apply(document(*rows))
    assert after.blocks[0].texts == expected
    assert [repair.code for repair in after.repairs] == ["data-frame"]
