"""What the Excel writer wrote, read by our own reader and by openpyxl: texts, places and spans.

The reader cuts blanks around the text of a cell and blank columns right of the last text. A text
too high for one row of Excel is spread over several rows in which no other cell begins: such rows
are folded here, on both sides alike.
"""

import io
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace
from openpyxl.worksheet.worksheet import Worksheet

from jixiao.intake.document import SourceFile, Table
from jixiao.intake.read import read_file
from jixiao.intake.readers.xlsx import READER
from jixiao.official.annex import annex, document
from jixiao.official.draw import draw
from jixiao.official.sheet import Annex, CellRole, Sheet, SheetCell
from jixiao.official.workbook.cell_text import LONGEST_CELL
from jixiao.official.writers.xlsx import WRITER
from jixiao.pipeline import read
from tests.support.random_sheets import PIECES, UNWRITABLE, sheets
from tests.support.same_record import differences
from tests.support.sheets import a_sheet, an_annex

SAMPLE = Path("src/jixiao/sample/taole-2022.txt")


def written(whole: Annex) -> bytes:
    stream = io.BytesIO()
    WRITER.write(whole, stream)
    return stream.getvalue()


def alone(sheet: Sheet) -> Annex:
    return Annex(title="绩效目标表", sheets=(sheet,))


def tables(content: bytes) -> list[Table]:
    found = READER.read(SourceFile(name="附件.xlsx", content=content))
    assert found.problems == ()
    return [block for block in found.blocks if isinstance(block, Table)]


def folded(cells: dict[tuple[int, int], tuple[int, int, str]]):
    """Rows in which no cell begins taken out; blank cells and reach beyond the text left out."""
    begun = sorted({row for row, _ in cells})
    number = {row: at for at, row in enumerate(begun)}
    return {
        (number[row], column): (sum(row <= one < row + rows for one in begun), columns, text)
        for (row, column), (rows, columns, text) in cells.items()
    }


def shown(cells):
    """As far as text reaches: the reader does not see blank margins."""
    filled = {at: cell for at, cell in cells.items() if cell[2]}
    bottom = max((row for row, _ in filled), default=0)
    right = max((column for _, column in filled), default=0)
    return {
        (row, column): (min(rows, bottom - row + 1), min(columns, right - column + 1), text)
        for (row, column), (rows, columns, text) in filled.items()
    }


def seen(text: str) -> str:
    for character in UNWRITABLE:
        text = text.replace(character, "\ufffd")
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def expected(sheet: Sheet):
    return {
        (cell.row, cell.column): (cell.rows, cell.columns, seen(cell.text)) for cell in sheet.cells
    }


def bare(sheet: Sheet) -> Sheet:
    """A sheet of which nothing but the table is text."""
    return replace(sheet, title="", subtitle="", above=(), unit_note="", notes=())


def read_back(content: bytes):
    found = tables(content)
    if not found:
        return {}
    (table,) = found
    return {
        (place.row - 2, column + table.first_column - 1): (
            *table.spans.get((row, column), (1, 1)),
            text,
        )
        for row, (place, line) in enumerate(zip(table.places, table.texts, strict=True))
        for column, text in enumerate(line)
        if text
    }


def cells_of_openpyxl(sheet: Worksheet):
    """Places and spans below the row of the (blank) title."""
    merged = {
        (one.min_row - 2, one.min_col - 1): (
            one.max_row - one.min_row + 1,
            one.max_col - one.min_col + 1,
        )
        for one in sheet.merged_cells.ranges
    }
    covered = {
        (row + down, column + right)
        for (row, column), (rows, columns) in merged.items()
        for down in range(rows)
        for right in range(columns)
        if down or right
    }
    return {
        (row, column): (*merged.get((row, column), (1, 1)), "")
        for row in range(sheet.max_row - 1)
        for column in range(sheet.max_column)
        if (row, column) not in covered
    }


@settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
@given(sheet=sheets())
def test_any_sheet_is_read_back_cell_by_cell(sheet):
    sheet = bare(sheet)
    content = written(alone(sheet))
    wanted = expected(sheet)
    begun = {row for row, _ in wanted}
    # The reader's table ends with its texts; what it folds must be what the writer spread.
    rows = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    places = folded(cells_of_openpyxl(rows))
    assert {at: cell[:2] for at, cell in places.items()} == {
        at: cell[:2] for at, cell in folded(wanted).items()
    }
    number = {row: at for at, row in enumerate(sorted({row for row, _ in cells_of_openpyxl(rows)}))}
    assert len(number) == len(begun)
    texts = {
        (number[row], column): text for (row, column), (*_, text) in read_back(content).items()
    }
    assert texts == {at: text for at, (*_, text) in folded(wanted).items() if text}


def test_spans_are_those_of_the_sheet_for_our_reader_too():
    sheet = bare(a_sheet())
    assert shown(read_back(written(alone(sheet)))) == shown(expected(sheet))


def one_cell(text: str, role: CellRole = CellRole.TEXT) -> Sheet:
    cell = SheetCell(row=0, column=0, text=text, role=role)
    return Sheet(name="表", title="", grid=(170.0,), height=1, cells=(cell,))


@pytest.mark.parametrize("role", [CellRole.TEXT, CellRole.NUMBER])
@pytest.mark.parametrize("text", [*PIECES, *(f"{one}字{one}" for one in PIECES), *UNWRITABLE])
def test_any_text_comes_back(text, role):
    back = read_back(written(alone(one_cell(text, role))))
    assert [cell[2] for cell in back.values()] == [seen(text)] * bool(seen(text))


@pytest.mark.parametrize(
    "text",
    [
        "0",
        "1.50",
        "1,300,000.00",
        "95%",
        "99.50%",
        "-5",
        "12.3456789012345",
        "1.005%",
        "100,000",
        "055",
        "-0",
        "1,30",
        "01.5",
        "1e5",
        "1234567890123456",
        "+5",
        "0.1234567890123",
        "１２",
        ".5",
    ],
)
def test_an_amount_reads_as_it_was_written(text):
    back = read_back(written(alone(one_cell(text, CellRole.NUMBER))))
    assert [cell[2] for cell in back.values()] == [text]


def test_a_text_longer_than_a_cell_goes_on_below_the_table_and_that_is_said():
    text = "目标👍" * 12_000
    stream = io.BytesIO()
    remarks = WRITER.write(alone(one_cell(text)), stream)
    back = [cell[2] for cell in read_back(stream.getvalue()).values()]
    assert "".join(back) == text
    assert max(len(one.encode("utf-16-le")) // 2 for one in back) <= LONGEST_CELL
    assert remarks == ("“表”有文字超过 Excel 单元格的上限（32767 字），其余部分写在表格下方",)


def test_the_lines_around_the_table_stand_in_their_order():
    sheet = replace(a_sheet(), above=("附件2",), unit_note="金额单位：元", notes=("注：甲",))
    (table,) = tables(written(alone(sheet)))
    firsts = [line[0] for line in table.texts]
    assert firsts[:4] == ["附件2", sheet.title, sheet.subtitle, "金额单位：元"]
    assert firsts[-1] == "注：甲"


def test_marks_leave_the_text_alone():
    plain = a_sheet()
    marked = replace(plain, cells=tuple(replace(cell, marks=(1, 21)) for cell in plain.cells))
    assert read_back(written(alone(marked))) == read_back(written(alone(plain)))


def test_cover_and_contents_are_no_forms():
    result = read_file(SourceFile(name="附件.xlsx", content=written(an_annex("甲项目", "乙项目"))))
    assert [form.header.project_name.raw for form in result.forms] == ["甲项目", "乙项目"]
    assert result.problems == ()


@pytest.mark.parametrize("together", [annex, document])
def test_the_sample_keeps_its_forms_and_indicators(together):
    forms = read(SAMPLE).forms
    content = written(together([draw(form) for form in forms]))
    again = read_file(SourceFile(name="附件.xlsx", content=content)).forms
    assert len(again) == 16
    assert sum(len(form.indicators) for form in again) == 140
    assert [differences(one, other) for one, other in zip(forms, again, strict=True)] == [[]] * 16


@pytest.mark.parametrize("times", [30, 80])
def test_a_form_with_spread_rows_is_the_same_record(times):
    plain = a_sheet()
    long = "按照年度工作计划，及时清运镇区生活垃圾，更换破损垃圾桶。" * times
    cells = tuple(
        replace(cell, text=long)
        if cell.path in {"goal", "indicators[1].name", "indicators[6].target"}
        else cell
        for cell in plain.cells
    )
    before = read_file(SourceFile(name="一.xlsx", content=written(alone(plain)))).forms[0]
    content = written(alone(replace(plain, cells=cells)))
    after = read_file(SourceFile(name="二.xlsx", content=content)).forms[0]
    assert len(after.indicators) == len(before.indicators) == 7
    assert after.narrative.goal.raw == long
    assert after.indicators[1].name.raw == long
    assert after.indicators[6].target.raw == long
