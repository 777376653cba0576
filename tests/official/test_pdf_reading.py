"""What the PDF writer wrote, read by our own reader: the same cells, spans, texts and forms.

A page shows no difference between a line break of the text and one of the page, no blanks at the
end of a line, and several blanks as one; so much is given up here, and no more. Where a line is
tight, an opening bracket moves over a narrow letter before it and the two may change places.
"""

import re
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from jixiao.form.forms import Form
from jixiao.foundation.text import flowing
from jixiao.intake.document import SourceFile, Table
from jixiao.intake.read import read_file
from jixiao.intake.readers.pdf import READER
from jixiao.official.convert import convert
from jixiao.official.proof import prove
from jixiao.official.sheet import Annex, CellRole, Sheet, SheetCell
from jixiao.official.typeset.engine import pdf_of
from jixiao.official.typeset.letters import printable
from jixiao.pipeline import read
from jixiao.standards.layout import Layout, layouts
from tests.support.filled_forms import forms_for
from tests.support.sheets import ROWS, a_sheet, an_annex

SAMPLE = Path("src/jixiao/sample/taole-2022.txt")

#: What people write in tables, and what other programs take for commands.
PIECES = (
    *"清运生活垃圾（）《》“”‘’，。、：；！？…—·①②㎡℃≥≤≠±×％　",
    *"aZ09.-=+@#$*_`~<>[]{}\\/|\"'&^%!?;:() ",
    *("——", "……", "Ａ１", "m²", "1.50", "055", "95%", "=1+1", "#let x", "2022年12月31日前", "\n"),
)
OPENING = "（《“‘"


def tables(*sheets: Sheet) -> list[Table]:
    content = pdf_of(Annex(title="附件", sheets=sheets))
    blocks = READER.read(SourceFile(name="附件.pdf", content=content)).blocks
    return [block for block in blocks if isinstance(block, Table)]


def seen(text: str) -> str:
    """A text as it is read from a page."""
    lines = (re.sub(" +", " ", line.strip()) for line in printable(text).split("\n"))
    return flowing("\n".join(filter(None, lines)))


def unbroken(text: str) -> str:
    return "".join(text.split())


def flowed(placed: "Placed") -> "Placed":
    return {at: (*cell[:2], flowing(cell[2])) for at, cell in placed.items()}


def squeezed(placed: "Placed") -> "Placed":
    return {at: (*cell[:2], unbroken(cell[2])) for at, cell in placed.items()}


Placed = dict[tuple[int, int], tuple[int, int, str]]


def of_sheet(sheet: Sheet) -> Placed:
    """Cells with rows and columns counted as they can be seen: by borders somebody drew."""
    ys = sorted({cell.row for cell in sheet.cells} | {sheet.height})
    xs = sorted({cell.column for cell in sheet.cells} | {len(sheet.grid)})
    return {
        (ys.index(cell.row), xs.index(cell.column)): (
            ys.index(cell.row + cell.rows) - ys.index(cell.row),
            xs.index(cell.column + cell.columns) - xs.index(cell.column),
            cell.text,
        )
        for cell in sheet.cells
    }


def of_table(table: Table) -> Placed:
    return {
        (row, column): (*table.spans.get((row, column), (1, 1)), table.texts[row][column])
        for row, column in table.boxes
    }


def names_of(forms: Sequence[Form]) -> list[str]:
    return [form.header.project_name.raw for form in forms if form.header.project_name]


@st.composite
def sheets(draw: st.DrawFn, pieces: Sequence[str], longest: int, widths: float) -> Sheet:
    """Any cover of a grid with rectangles, any text in them."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 4))
    texts = st.lists(st.sampled_from(pieces), max_size=longest).map("".join)
    free = {(row, column) for row in range(height) for column in range(width)}
    cells = []
    for row in range(height):
        for column in range(width):
            if (row, column) not in free:
                continue
            columns = draw(st.integers(1, width - column))
            while any((row, column + step) not in free for step in range(columns)):
                columns -= 1
            rows = draw(st.integers(1, height - row))
            taken = {(row + y, column + x) for y in range(rows) for x in range(columns)}
            free -= taken
            cells.append(
                SheetCell(
                    row=row,
                    column=column,
                    rows=rows,
                    columns=columns,
                    text=draw(texts),
                    role=draw(st.sampled_from(CellRole)),
                    marks=draw(st.sampled_from([(), (), (1,), (2, 13)])),
                )
            )
    assume(len(cells) > 2)  # a lone box is no table to the reader
    repeats = draw(st.none() | st.integers(0, height - 1).map(lambda row: (row, 1)))
    # One letter at least, or the page has no table to a reader.
    cells[0] = replace(cells[0], text=f"甲{cells[0].text}")
    return Sheet(
        name="甲",
        title="某表",
        grid=(widths,) * width,
        height=height,
        cells=tuple(cells),
        repeats=repeats,
    )


@given(sheets(PIECES, longest=4, widths=60.0))
@settings(max_examples=60, deadline=None)
def test_cells_spans_and_short_texts_are_read_back(sheet: Sheet) -> None:
    sheet = replace(sheet, landscape=True)
    (table,) = tables(sheet)
    expected = {at: (*cell[:2], seen(cell[2])) for at, cell in of_sheet(sheet).items()}
    assert flowed(of_table(table)) == expected


@given(sheets([one for one in PIECES if one not in OPENING], longest=60, widths=30.0))
@settings(max_examples=40, deadline=None)
def test_long_texts_are_read_back_whole(sheet: Sheet) -> None:
    read_back = [of_table(table) for table in tables(replace(sheet, repeats=None))]
    words = Counter("".join(unbroken(cell[2]) for page in read_back for cell in page.values()))
    assert words == Counter(unbroken("".join(printable(cell.text) for cell in sheet.cells)))
    if len(read_back) == 1:
        assert squeezed(read_back[0]) == squeezed(of_sheet(sheet))


@pytest.mark.parametrize(
    ("text", "read_back"),
    [
        ("a b 中文 ABC 12%", "a b 中文 ABC 12%"),
        ("a  b", "a b"),
        ("  前后  ", "前后"),
        ("　　首行缩进", "首行缩进"),
        ("甲\t乙", "甲 乙"),
        ("甲\r\n乙\r丙\u2028丁", "甲\n乙\n丙\n丁"),
        ("甲\n\n乙", "甲\n乙"),
        ("——", "——"),
        ("无", "无"),
        ("0", "0"),
        ("", ""),
        ("龥㐀䶮", "龥㐀䶮"),
    ],
)
def test_what_a_page_keeps_of_a_text(text: str, read_back: str) -> None:
    cells = (SheetCell(row=0, column=0, text="甲"), SheetCell(row=0, column=1, text=text))
    (table,) = tables(Sheet(name="甲", title="甲", grid=(60.0, 110.0), height=1, cells=cells))
    assert table.texts[0][1] == read_back


@pytest.mark.parametrize("marks", [(1,), (9, 10), (123,)])
def test_marks_do_not_become_part_of_the_value(marks: tuple[int, ...]) -> None:
    sheet = a_sheet()
    marked = replace(sheet, cells=tuple(replace(cell, marks=marks) for cell in sheet.cells))
    assert squeezed(of_table(tables(marked)[0])) == squeezed(of_sheet(sheet))


def test_a_long_form_goes_on_over_pages_and_is_one_form_again() -> None:
    rows = [(one, two, f"{name}{at}", f"≥{at}吨") for at in range(9) for one, two, name, _ in ROWS]
    rows.sort(key=lambda row: [row[0] for row in ROWS].index(row[0]))
    content = pdf_of(Annex(title="附件", sheets=(a_sheet("甲项目", rows=rows), a_sheet("乙项目"))))
    result = read_file(SourceFile(name="附件.pdf", content=content))
    assert names_of(result.forms) == ["甲项目", "乙项目"]
    first, second = result.forms
    assert [(row.name.raw, row.target.raw) for row in first.indicators] == [
        (row[2], row[3]) for row in rows
    ]
    assert len(second.indicators) == len(ROWS)


def test_a_text_higher_than_a_page_loses_nothing() -> None:
    goal = "".join(f"第{number}条，及时清运镇区生活垃圾。" for number in range(400))
    content = pdf_of(Annex(title="附件", sheets=(a_sheet(goal=goal),)))
    result = read_file(SourceFile(name="附件.pdf", content=content))
    (form,) = result.forms
    assert form.narrative.goal is not None
    assert unbroken(form.narrative.goal.raw) == goal


def test_the_sample_is_read_back_form_by_form_and_proved() -> None:
    forms = read(SAMPLE).forms
    made = convert(forms, "pdf", as_annex=True)
    assert made.content is not None
    again = read_file(SourceFile(name="附件.pdf", content=made.content)).forms
    assert len(again) == 16
    assert sum(len(form.indicators) for form in again) == 140
    (proof,) = prove(made.drawn, made.content, ".pdf")
    assert proof.startswith("重新读取核对：16 张表、140 条指标、")
    assert proof.endswith("全部一致。")


@pytest.mark.parametrize(
    "layout", [one for one in layouts() if one.sheet is not None], ids=lambda one: str(one.id)
)
@given(data=st.data())
@settings(max_examples=4, deadline=None)
def test_every_drawable_layout_is_read_back(layout: Layout, data: st.DataObject) -> None:
    made = convert([data.draw(forms_for(layout))], "pdf", layout=layout.id, as_annex=True)
    assert made.content is not None
    (proof,) = prove(made.drawn, made.content, ".pdf")
    assert proof.endswith("全部一致。")


def test_cover_contents_and_totals_are_no_forms() -> None:
    content = pdf_of(an_annex("甲项目", "乙项目"))
    forms = read_file(SourceFile(name="附件.pdf", content=content)).forms
    assert names_of(forms) == ["甲项目", "乙项目"]
