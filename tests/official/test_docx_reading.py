"""What the Word writer wrote, read by our own reader: the same cells, spans, places and texts.

The reader cuts blanks around the text of a cell; everything within is as it was. Characters no
XML can hold come back as U+FFFD, a carriage return as the line break it is.
"""

import io
import re
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from jixiao.intake.document import Line, SourceFile, Table
from jixiao.intake.read import read_file
from jixiao.intake.readers.docx import READER
from jixiao.official.annex import annex, document
from jixiao.official.draw import draw
from jixiao.official.sheet import Annex, CellRole, Sheet, SheetCell
from jixiao.official.writers.docx import WRITER
from jixiao.pipeline import read
from tests.support.random_sheets import PIECES, UNWRITABLE, sheets
from tests.support.sheets import ROWS, a_sheet, an_annex

SAMPLE = Path("src/jixiao/sample/taole-2022.txt")
UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def written(whole: Annex) -> bytes:
    stream = io.BytesIO()
    WRITER.write(whole, stream)
    return stream.getvalue()


def alone(sheet: Sheet) -> Annex:
    return Annex(title="绩效目标表", sheets=(sheet,))


def blocks(whole: Annex) -> tuple[Line | Table, ...]:
    found = READER.read(SourceFile(name="附件.docx", content=written(whole)))
    assert found.problems == ()
    return found.blocks


def cells_of(tables):
    """Cells by place: span and text, rows counted on over the tables."""
    found, above = {}, 0
    for table in tables:
        covered = {
            (row + down, column + right)
            for (row, column), (rows, columns) in table.spans.items()
            for down in range(rows)
            for right in range(columns)
            if down or right
        }
        for row, line in enumerate(table.texts):
            for column, text in enumerate(line):
                if (row, column) not in covered:
                    rows, columns = table.spans.get((row, column), (1, 1))
                    found[row + above, column] = (rows, columns, text)
        above += len(table.texts)
    return found


def seen(text: str) -> str:
    return UNREADABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def expected(sheet: Sheet):
    return {
        (cell.row, cell.column): (cell.rows, cell.columns, seen(cell.text)) for cell in sheet.cells
    }


def tables_of(whole: Annex) -> list[Table]:
    return [block for block in blocks(whole) if isinstance(block, Table)]


def one_cell(text: str) -> Sheet:
    return Sheet(
        name="表", title="", grid=(170.0,), height=1, cells=(SheetCell(row=0, column=0, text=text),)
    )


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet=sheets())
def test_any_sheet_is_read_back_cell_by_cell(sheet):
    assert cells_of(tables_of(alone(sheet))) == expected(sheet)


@pytest.mark.parametrize("text", [*PIECES, *(f"{one}字{one}" for one in PIECES), *UNWRITABLE])
def test_any_text_comes_back(text):
    assert cells_of(tables_of(alone(one_cell(text)))) == expected(one_cell(text))


@pytest.mark.parametrize("text", ["一\r\n二", "一\r二", "一\n\n二", "\n一", "一\t二"])
def test_line_breaks_and_tabs_come_back(text):
    assert cells_of(tables_of(alone(one_cell(text)))) == {(0, 0): (1, 1, seen(text))}


def test_the_longest_text_of_a_workbook_comes_back():
    text = "目标一：清运垃圾1200吨，≥95%。\n" * 1_700
    assert cells_of(tables_of(alone(one_cell(text)))) == expected(one_cell(text))


def test_the_lines_around_the_table_are_read_as_lines():
    sheet = replace(
        a_sheet(), above=("附件2", "表号：1"), unit_note="金额单位：元", notes=("注：甲", "乙")
    )
    lines = [block.text for block in blocks(alone(sheet)) if isinstance(block, Line)]
    assert lines == [
        "附件2",
        "表号：1",
        sheet.title,
        sheet.subtitle,
        "金额单位：元",
        "注：甲",
        "乙",
    ]


def test_marks_follow_the_text_and_change_nothing_else():
    plain = a_sheet()
    marked = replace(
        plain,
        cells=tuple(
            replace(cell, marks=(1, 21)) if cell.path == "indicators[1].target" else cell
            for cell in plain.cells
        ),
    )
    before, after = cells_of(tables_of(alone(plain))), cells_of(tables_of(alone(marked)))
    changed = {at: after[at][2] for at in before if before[at] != after[at]}
    assert list(changed.values()) == ["＝650个①(21)"]


def long_sheet(times: int = 5) -> Sheet:
    rows = [
        (one, two, f"{name}{number}", value)
        for number in range(times)
        for one, two, name, value in ROWS
    ]
    return a_sheet("很长的项目", rows=rows)


def test_a_long_form_is_two_tables_and_is_read_as_one_form():
    sheet = long_sheet()
    tables = tables_of(alone(sheet))
    assert [len(table.texts) for table in tables] == [6, 36]
    assert cells_of(tables) == expected(sheet)
    (form,) = read_file(SourceFile(name="表.docx", content=written(alone(sheet)))).forms
    assert len(form.indicators) == 35
    assert form.indicators[34].name.raw == "受益群众满意度4"


def test_a_form_of_one_page_is_one_table():
    assert len(tables_of(alone(a_sheet()))) == 1


def test_a_table_is_not_divided_through_a_merged_cell():
    plain = long_sheet()
    head = plain.cells[[cell.row for cell in plain.cells].index(6)]
    label = next(cell for cell in plain.cells if cell.text == "绩效指标")
    through = replace(head, row=5, column=0, rows=2, text="年度总体目标\n及指标")
    goal = next(cell for cell in plain.cells if (cell.row, cell.column) == (5, 0))
    cells = [one for one in plain.cells if one not in (head, goal)]
    sheet = replace(
        plain, cells=tuple(sorted([*cells, through], key=lambda one: (one.row, one.column)))
    )
    tables = tables_of(alone(sheet))
    assert len(tables) == 1
    assert cells_of(tables) == expected(sheet)
    assert label.rows == 35


def test_a_heading_merged_with_the_rows_below_it_still_stands_over_every_page():
    plain = long_sheet()
    corner = next(cell for cell in plain.cells if (cell.row, cell.column) == (6, 0))
    label = next(cell for cell in plain.cells if cell.text == "绩效指标")
    merged = replace(label, row=6, rows=label.rows + 1)
    cells = [one for one in plain.cells if one not in (corner, label)]
    sheet = replace(
        plain, cells=tuple(sorted([*cells, merged], key=lambda one: (one.row, one.column)))
    )
    tables = tables_of(alone(sheet))
    assert len(tables) == 2
    assert cells_of(tables) == expected(sheet)


def test_cover_and_contents_are_no_forms():
    result = read_file(SourceFile(name="附件.docx", content=written(an_annex("甲项目", "乙项目"))))
    assert [form.header.project_name.raw for form in result.forms] == ["甲项目", "乙项目"]
    assert result.problems == ()


@pytest.mark.parametrize("together", [annex, document])
def test_the_sample_keeps_its_forms_and_indicators(together):
    forms = read(SAMPLE).forms
    drawn = [draw(form) for form in forms]
    again = read_file(SourceFile(name="附件.docx", content=written(together(drawn)))).forms
    assert len(again) == 16
    assert sum(len(form.indicators) for form in again) == 140
    assert [indicators(form) for form in again] == [indicators(form) for form in forms]
    assert [form.layout for form in again] == [form.layout for form in forms]


def indicators(form):
    return [
        (one.category, one.name.raw, None if one.target is None else one.target.raw)
        for one in form.indicators
    ]


def test_a_review_table_over_pages_is_read_with_its_notes():
    plain = long_sheet(2)
    cells = [
        replace(cell, role=CellRole.NOTE) if cell.column == 3 else cell for cell in plain.cells
    ]
    sheet = replace(plain, cells=tuple(cells), landscape=True, grid=(30.0, 30.0, 50.0, 97.0, 50.0))
    assert cells_of(tables_of(alone(sheet))) == expected(sheet)
