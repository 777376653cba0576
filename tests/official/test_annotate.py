"""Findings beside the cells: numbered, at the right rows, none lost."""

from msgspec.structs import replace

from jixiao.audit.finding import Severity
from jixiao.official.annotate import annotate, mark
from jixiao.official.sheet import LANDSCAPE_WIDTH, CellRole
from tests.support.sheets import a_sheet


class Found:
    """What the sheet needs of a finding."""

    def __init__(self, path, message, code="VAL001", severity=Severity.ERROR, suggestion=None):
        self.path, self.message, self.code = path, message, code
        self.severity, self.suggestion = severity, suggestion


def is_tiled(sheet) -> bool:
    taken = [
        (row, column)
        for cell in sheet.cells
        for row in range(cell.row, cell.row + cell.rows)
        for column in range(cell.column, cell.column + cell.columns)
    ]
    return len(taken) == len(set(taken)) == sheet.height * len(sheet.grid)


def test_every_place_is_covered_once():
    found = [Found("indicators[2].target", "甲"), Found("indicators[5].target", "乙")]
    for findings in ([], found, [Found("", "全表")]):
        sheet = annotate(a_sheet(), findings)
        assert is_tiled(sheet)
        assert abs(sum(sheet.grid) - LANDSCAPE_WIDTH) < 0.01
        assert sheet.landscape


def test_the_note_begins_at_the_row_of_its_cell():
    plain = a_sheet()
    sheet = annotate(plain, [Found("indicators[2].target", "数值有误", suggestion="改为 95%")])
    marked = next(cell for cell in sheet.cells if cell.marks)
    assert (marked.path, marked.marks) == ("indicators[2].target", (1,))
    note = next(cell for cell in sheet.cells if cell.role is CellRole.NOTE and "数值" in cell.text)
    assert note.row == marked.row
    assert note.text == "①【错误】数值有误建议：改为 95%（VAL001）"


def test_a_level_finding_falls_to_its_row_and_a_loose_one_below():
    found = [Found("indicators[1].level2", "归类有误"), Found("narrative.nowhere", "缺少附件")]
    sheet = annotate(a_sheet(), found)
    name = next(cell for cell in sheet.cells if cell.path == "indicators[1].name")
    assert name.marks == (1,)
    loose = next(cell for cell in sheet.cells if "缺少附件" in cell.text)
    assert loose.row > name.row
    assert loose.text.startswith("②")


def test_the_heading_still_repeats():
    plain = a_sheet()
    assert plain.repeats == (6, 1)
    assert annotate(plain, []).repeats == (7, 1)
    assert annotate(replace(plain, repeats=None), []).repeats is None


def test_marks_go_on_after_twenty():
    assert [mark(number) for number in (1, 20, 21)] == ["①", "⑳", "(21)"]


def test_no_note_reaches_over_the_repeated_rows():
    sheet = annotate(a_sheet(), [Found("header.project_name", "甲"), Found("goal", "乙")])
    first = sheet.repeats[0]
    notes = [cell for cell in sheet.cells if cell.role is CellRole.NOTE]
    assert not [cell for cell in notes if cell.row < first < cell.row + cell.rows]
    assert is_tiled(sheet)
