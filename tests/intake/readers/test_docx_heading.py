"""A label drawn beside a repeated heading and its rows, in two cells without a rule between."""

import pytest

from jixiao.intake.document import SourceFile
from jixiao.intake.readers.docx import READER
from tests.support.office_files import docx_around

NO_BOTTOM = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>'
NO_TOP = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
HEADER = "<w:tblHeader/>"


def cell(text="", properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def row(*cells, properties=""):
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def read(*rows):
    source = SourceFile(name="表.docx", content=docx_around(f"<w:tbl>{''.join(rows)}</w:tbl>"))
    (table,) = READER.read(source).blocks
    return table


def drawn(*, upper="", lower="绩效指标", bottom=NO_BOTTOM, top=NO_TOP, header=HEADER):
    return read(
        row(cell(upper, bottom), cell("一级指标"), properties=header),
        row(cell(lower, RESTART + top), cell("产出指标")),
        row(cell("", CONTINUE), cell("效益指标")),
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"bottom": ""},
        {"top": ""},
        {"header": ""},
        {"header": '<w:tblHeader w:val="0"/>'},
        {"upper": "名称"},
        {"bottom": NO_BOTTOM.replace("nil", "single")},
    ],
)
def test_what_stays_two_cells(changed):
    table = drawn(**changed)
    assert table.spans == {(1, 0): (2, 1)}
    assert [line[0] for line in table.texts] == [changed.get("upper", ""), "绩效指标", ""]


@pytest.mark.parametrize("texts", [("", "绩效指标"), ("绩效指标", "")])
def test_two_cells_without_a_rule_between_are_one(texts):
    table = drawn(upper=texts[0], lower=texts[1])
    assert table.spans == {(0, 0): (3, 1)}
    assert [line[0] for line in table.texts] == ["绩效指标", "", ""]


def test_a_heading_of_two_rows():
    table = read(
        row(cell("", RESTART), cell("指标"), properties=HEADER),
        row(cell("", CONTINUE + NO_BOTTOM), cell("名称"), properties=HEADER),
        row(cell("绩效指标", NO_TOP), cell("产出指标")),
    )
    assert table.spans == {(0, 0): (3, 1)}
    assert table.texts[0][0] == "绩效指标"


def test_other_columns_are_other_cells():
    table = read(
        row(cell("", '<w:gridSpan w:val="2"/>' + NO_BOTTOM), cell("指标"), properties=HEADER),
        row(cell("绩效指标", NO_TOP), cell("产出"), cell("数量")),
    )
    assert table.spans == {(0, 0): (1, 2)}
    assert table.texts[1][0] == "绩效指标"


def test_a_table_of_headings_only():
    assert read(row(cell("甲", NO_BOTTOM), properties=HEADER)).texts == [["甲"]]
