"""Front pages and totals: exact sums, and none where not everything is known."""

from jixiao.official.annex import totals
from jixiao.pipeline import read
from tests.support.forms import a_form

SAMPLE = "src/jixiao/sample/taole-2022.txt"


def texts(sheet, row):
    return [cell.text for cell in sheet.cells if cell.row == row]


def test_the_sum_of_the_sample():
    forms = read(SAMPLE).forms
    sheet = totals(forms, "元")
    assert texts(sheet, 17) == ["合计", "9,777,821", "9,777,821", "140"]
    assert texts(sheet, 1)[3] == "4,902,018"
    assert sheet.unit_note == "金额单位：元"


def test_other_units_are_converted_exactly():
    forms = read(SAMPLE).forms
    sheet = totals(forms, "万元")
    assert texts(sheet, 17)[1] == "977.7821"
    assert texts(sheet, 6)[3] == "2.46"


def test_no_sum_without_all_amounts():
    forms = (*read(SAMPLE).forms[:2], a_form(project="甲项目"))
    sheet = totals(forms, "元")
    assert texts(sheet, 4)[1:3] == ["", ""]


def test_no_unit_no_amounts():
    sheet = totals(read(SAMPLE).forms[:2], None)
    assert texts(sheet, 1)[3] == ""
    assert sheet.unit_note == ""
