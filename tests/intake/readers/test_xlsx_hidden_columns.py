"""Hidden columns are not read, unless a visible merged cell begins there or nothing else is left."""

import pytest

from jixiao.intake.document import SourceFile, Table
from jixiao.intake.readers.xlsx import READER
from tests.support.office_files import xlsx_around

ROWS = (
    '<row r="1"><c r="A1" t="inlineStr"><is><t>{a1}</t></is></c></row>'
    '<row r="2"><c r="A2" t="inlineStr"><is><t>7f3a</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>项目名称</t></is></c>'
    '<c r="C2" t="inlineStr"><is><t>道路养护</t></is></c></row>'
)


def texts_of(columns, merge="", a1="绩效目标表"):
    merges = f'<mergeCells><mergeCell ref="{merge}"/></mergeCells>' if merge else ""
    body = f"{columns}<sheetData>{ROWS.format(a1=a1)}</sheetData>{merges}"
    source = SourceFile(name="表.xlsx", content=xlsx_around({"表": body}))
    (table,) = (block for block in READER.read(source).blocks if isinstance(block, Table))
    return [[text for text in row if text] for row in table.texts]


WHOLE = [["绩效目标表"], ["7f3a", "项目名称", "道路养护"]]


@pytest.mark.parametrize(
    "columns",
    [
        "",
        '<cols><col min="1" max="1" width="9"/></cols>',
        '<cols><col min="1" max="1" hidden="0"/></cols>',
        '<cols><col min="1" max="3" hidden="1"/></cols>',
        '<cols><col min="x" max="1" hidden="1"/></cols>',
    ],
)
def test_read_whole(columns):
    assert texts_of(columns) == WHOLE


HIDDEN = '<cols><col min="1" max="1" width="0" hidden="1"/></cols>'


def test_hidden_texts_are_left_out():
    assert texts_of(HIDDEN) == [["项目名称", "道路养护"]]


def test_a_merged_title_that_reaches_into_view_is_seen():
    assert texts_of(HIDDEN, merge="A1:C1") == [["绩效目标表"], ["项目名称", "道路养护"]]
