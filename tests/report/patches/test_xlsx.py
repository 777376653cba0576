"""Corrections in workbooks: single cells of their sheets, styles and shared strings kept."""

import pytest

from jixiao.intake.document import SourceFile
from jixiao.report.patch import PATCHES
from tests.report.patches.places import change, holds, members, places_of, reasons
from tests.support.office_files import (
    PACKAGE,
    RELATIONS,
    SHEET,
    Sheet,
    style_sheet,
    xlsx_around,
    xlsx_of,
)
from tests.support.seed_forms import seed_grids

XLSX = PATCHES["xlsx"]
PART, STRINGS = "xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"


def _book(cells: str, strings: str = "", **more) -> bytes:
    rows = f'<sheetData><row r="1">{cells}</row></sheetData>'
    return xlsx_around({"目标": rows}, strings, style_sheet("0.00"), **more)


def _at(cell: str, old: str, new: str, sheet: str = "目标"):
    column = ord(cell[0]) - 64
    return change(old, new, sheet=sheet, cell=cell, row=int(cell[1:]), column=column)


def _sheet(content: bytes) -> str:
    return members(content)[PART].decode()


REFUSED = {
    "formula": ('<c r="A1" t="str"><f>B1</f><v>90%</v></c>', ("90%", "≥90%"), "公式"),
    "number": ('<c r="A1" s="1"><v>90</v></c>', ("90.00", "≥90"), "数字或日期"),
    "boolean": ('<c r="A1" t="b"><v>1</v></c>', ("TRUE", "是"), "数字或日期"),
    "another text": ('<c r="A1" t="inlineStr"><is><t>80%</t></is></c>', ("90%", "9"), "不是这样"),
    "no longer there": ('<c r="A1" s="1"/>', ("90%", "≥90%"), "不是这样"),
    "missing string": ('<c r="A1" t="s"><v>7</v></c>', ("90%", "≥90%"), "缺失"),
    "no cell": ('<c r="B1"/>', ("", "0"), "没有这个单元格"),
    "reading aids": (
        '<c r="A1" t="inlineStr"><is><t>一(</t><rPh sb="0" eb="1"><t>yi</t></rPh></is></c>',
        ("一(", "一"),
        "拼音",
    ),
    "escapes": (
        '<c r="A1" t="inlineStr"><is><t>一_x000A_(</t></is></c>',
        ("一\n(", "一\n（"),
        "特殊字符",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused_with_a_reason_and_without_a_touch(name):
    cells, (old, new), why = REFUSED[name]
    content = _book(cells)
    patched = XLSX.apply(content, (_at("A1", old, new),))
    assert patched.done == ()
    assert why in reasons(patched)[0]
    assert members(patched.content) == members(content)


def test_an_unknown_sheet_is_refused():
    patched = XLSX.apply(_book('<c r="A1"/>'), (_at("A1", "", "0", sheet="别的"),))
    assert "找不到" in reasons(patched)[0]


def test_the_head_of_an_excel_table_is_left_to_excel():
    """Its text also stands in the table's own part, and the two must agree."""
    rows = (
        '<sheetData><row r="1"><c r="A1" t="str"><v>(一)</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>(二)</v></c></row></sheetData>'
    )
    relation = (
        f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{RELATIONS}/table" Target="../tables/table1.xml"/></Relationships>'
    )
    extra = {
        "xl/worksheets/_rels/sheet1.xml.rels": relation,
        "xl/tables/table1.xml": f'<table xmlns="{SHEET}" id="1" ref="A1:A2"/>',
    }
    content = xlsx_around({"目标": rows}, extra=extra)
    wanted = (_at("A1", "(一)", "（一）"), _at("A2", "(二)", "（二）"))
    patched = XLSX.apply(content, wanted)
    assert patched.done == wanted[1:]
    assert "表格的标题" in reasons(patched)[0]


def test_a_shared_string_stays_for_the_cells_that_share_it():
    cells = '<c r="A1" s="1" t="s"><v>0</v></c><c r="B1" s="1" t="s"><v>0</v></c>'
    content = _book(cells, "<si><t>&gt;=90%</t></si>")
    patched = XLSX.apply(content, (_at("A1", ">=90%", "≥90%"),))
    assert members(patched.content)[STRINGS] == members(content)[STRINGS]
    assert _sheet(patched.content) == _sheet(content).replace(
        '<c r="A1" s="1" t="s"><v>0</v></c>',
        '<c r="A1" s="1" t="inlineStr"><is><t>≥90%</t></is></c>',
    )
    assert holds("a.xlsx", content, patched.content, _at("A1", ">=90%", "≥90%"))


def test_runs_of_a_rich_string_keep_their_formatting():
    rich = "<si><r><rPr><b/></rPr><t>≧</t></r><r><t> &gt;90%</t></r></si>"
    content = _book('<c r="A1" t="s"><v>0</v></c>', rich)
    patched = XLSX.apply(content, (_at("A1", "≧ >90%", "≥90%"),))
    assert "<is><r><rPr><b/></rPr><t>≥</t></r><r><t>90%</t></r></is>" in _sheet(patched.content)


MADE = {
    "inline": ('<c r="A1" t="inlineStr"><is><t>(一)</t></is></c>', ("(一)", "（一）")),
    "plain text": ('<c r="A1" t="str"><v>(一)</v></c>', ("(一)", "（一）")),
    "without address": ('<c t="inlineStr"><is><t>(一)</t></is></c>', ("(一)", "（一）")),
    "blank, a number": ('<c r="A1"/><c r="B1" t="str"><v>二</v></c>', ("", "0")),
    "blank, words": ('<c r="A1"></c><c r="B1" t="str"><v>二</v></c>', ("", "无")),
    "to be escaped": ('<c r="A1" t="str"><v>一</v></c>', ("一", "<一&")),
}


@pytest.mark.parametrize("name", MADE)
def test_the_new_text_is_read_again_and_the_rest_is_as_before(name):
    cells, (old, new) = MADE[name]
    content = _book(cells)
    wanted = _at("A1", old, new)
    patched = XLSX.apply(content, (wanted,))
    assert reasons(patched) == []
    assert holds("a.xlsx", content, patched.content, wanted)


def test_a_blank_amount_becomes_a_number_that_sums_can_use():
    patched = XLSX.apply(_book('<c r="A1" s="1"/>'), (_at("A1", "", "0"),))
    assert '<c r="A1" s="1"><v>0</v></c>' in _sheet(patched.content)


def test_prefixes_of_the_two_parts_may_differ():
    sheet = (
        f'<x:worksheet xmlns:x="{SHEET}"><x:sheetData><x:row r="1">'
        '<x:c r="A1" t="s"><x:v>0</x:v></x:c></x:row></x:sheetData></x:worksheet>'
    )
    strings = f'<y:sst xmlns:y="{SHEET}"><y:si><y:r><y:t>(一)</y:t></y:r></y:si></y:sst>'
    content = _book("", extra={PART: sheet, STRINGS: strings})
    patched = XLSX.apply(content, (_at("A1", "(一)", "（一）"),))
    assert "<x:is><x:r><x:t>（一）</x:t></x:r></x:is>" in _sheet(patched.content)
    assert holds("a.xlsx", content, patched.content, _at("A1", "(一)", "（一）"))


SAMPLE = xlsx_of([Sheet(f"表{number}", grid) for number, grid in enumerate(seed_grids()[8:11])])


def test_every_place_the_reader_tells_can_be_changed():
    places = list(places_of(SourceFile(name="a.xlsx", content=SAMPLE)))
    changes = tuple(_at(at.cell, at.quote, f"{at.quote}改", at.sheet) for at in places)
    patched = XLSX.apply(SAMPLE, changes)
    assert reasons(patched) == []
    assert len(changes) > 100
    assert holds("a.xlsx", SAMPLE, patched.content, *changes)


def test_only_the_sheets_of_changed_cells_change():
    places = list(places_of(SourceFile(name="a.xlsx", content=SAMPLE)))
    at = next(at for at in places if at.sheet == "表1")
    patched = XLSX.apply(SAMPLE, (_at(at.cell, at.quote, "改", "表1"),))
    before, after = members(SAMPLE), members(patched.content)
    assert list(before) == list(after)
    changed = [part for part in before if before[part] != after[part]]
    assert changed == ["xl/worksheets/sheet2.xml"]
    head, _, tail = before[changed[0]].partition(f'<c r="{at.cell}"'.encode())
    assert after[changed[0]].startswith(head)
    assert after[changed[0]].endswith(tail.partition(b"</c>")[2])
