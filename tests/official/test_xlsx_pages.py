"""The workbook in other programs: its parts in openpyxl, its pages as LibreOffice prints them."""

import io
import subprocess
import sys
import zipfile

import openpyxl
import pytest
from msgspec.structs import replace

from jixiao.official.annex import annex
from jixiao.official.draw import draw
from jixiao.official.sheet import Annex, CellRole, Cover, Sheet, SheetCell
from jixiao.official.workbook.tab_names import tab_names
from jixiao.official.writers.xlsx import WRITER
from jixiao.pipeline import read
from tests.support.office_program import office, sizes_of_pages, words_of_pages
from tests.support.sheets import ROWS, a_sheet, an_annex

__all__ = ["office"]

SAMPLE = "src/jixiao/sample/taole-2022.txt"
HEADING = "一级指标二级指标三级指标指标值"
UPRIGHT, ACROSS = (210, 297), (297, 210)


def written(whole: Annex) -> bytes:
    stream = io.BytesIO()
    WRITER.write(whole, stream)
    return stream.getvalue()


def opened(whole: Annex) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(written(whole)))


def alone(sheet: Sheet) -> Annex:
    return Annex(title="绩效目标表", sheets=(sheet,))


def long_sheet(times: int) -> Sheet:
    rows = [(*one[:2], f"{one[2]}第{n}批", one[3]) for one in ROWS for n in range(times)]
    return replace(a_sheet("长表", rows=rows), notes=("注：本表数据由各单位填报。",))


def across(sheet: Sheet) -> Sheet:
    return replace(sheet, landscape=True, grid=tuple(width * 257 / 170 for width in sheet.grid))


@pytest.mark.parametrize(
    ("names", "tabs"),
    [
        (["一/二\\三?*[四]:"], ["一／二＼三？＊［四］："]),
        (["甲", "甲", "甲"], ["甲", "甲（2）", "甲（3）"]),
        (["abc", "ABC"], ["abc", "ABC（2）"]),
        (["", "  ", "\n"], ["表", "表（2）", "表（3）"]),
        (["'引'"], ["’引’"]),
        (["History"], ["History（2）"]),
        (["长" * 40, "长" * 40], ["长" * 31, "长" * 28 + "（2）"]),
        (["👍" * 40], ["👍" * 15]),
        (["甲\x00乙"], ["甲\ufffd乙"]),
    ],
)
def test_tabs_are_unique_and_short(names, tabs):
    assert list(tab_names(names)) == tabs


def test_a_form_may_have_the_name_of_a_front_page():
    book = opened(an_annex("目录", "封面", "汇总表"))
    assert book.sheetnames == [*("封面", "目录", "汇总表", "目录（2）", "封面（2）", "汇总表（2）")]


def test_an_annex_without_sheets_opens():
    assert opened(Annex(title="空", sheets=())).sheetnames
    assert opened(Annex(title="空", sheets=(), cover=Cover(title=()))).sheetnames == ["封面"]


def test_the_same_annex_gives_the_same_bytes():
    assert written(an_annex()) == written(an_annex())


def test_nothing_tells_the_time():
    with zipfile.ZipFile(io.BytesIO(written(an_annex()))) as archive:
        assert {info.date_time[:3] for info in archive.infolist()} == {(1980, 1, 1)}
        assert b"2000-01-01T00:00:00Z" in archive.read("docProps/core.xml")


def test_the_writer_is_found_without_its_library():
    code = "import sys, jixiao.official.writers.xlsx; print('xlsxwriter' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_links_lead_to_the_sheets_named():
    book = opened(an_annex("甲 项目's", "乙!项目"))
    links = {
        cell.value: cell.hyperlink.location
        for (cell, *_) in book["目录"].iter_rows(min_row=2)
        if cell.hyperlink
    }
    assert links == {
        "汇总表": "'汇总表'!A1",
        "甲 项目's": "'甲 项目’s'!A1",
        "乙!项目": "'乙!项目'!A1",
    }


def test_a_form_is_set_up_for_a4():
    sheet = opened(alone(long_sheet(6))).worksheets[0]
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$9:$9"
    assert sheet.oddFooter.center.text == "— &P —"
    assert sheet.print_options.horizontalCentered
    assert not sheet.views.sheetView[0].showGridLines
    assert sheet.freeze_panes is None
    width = sum(round(sheet.column_dimensions[name].width * 7) for name in "ABCDE")
    assert 630 <= width <= 645


def test_only_totals_are_frozen():
    book = opened(an_annex())
    assert [sheet.freeze_panes for sheet in book] == [None, None, "A3", None, None]


def test_every_cell_of_a_merged_one_has_its_borders():
    sheet = opened(alone(a_sheet())).worksheets[0]
    for row in sheet.iter_rows(min_row=3, max_row=16):
        for cell in row:
            sides = (cell.border.top, cell.border.right, cell.border.bottom, cell.border.left)
            if not isinstance(cell, openpyxl.cell.cell.MergedCell):
                assert all(side.style in {"thin", "medium"} for side in sides), cell.coordinate
    assert sheet["A3"].border.left.style == sheet["A3"].border.top.style == "medium"


@pytest.mark.parametrize(
    "text", ["=1+1", "+86", "-12", "@SUM(A1)", "055", "2022-01-01", "1/2", "TRUE"]
)
def test_text_that_tempts_is_text_and_stays_text_when_edited(text):
    cell = SheetCell(row=0, column=0, text=text, role=CellRole.VALUE)
    sheet = Sheet(name="表", title="", grid=(170.0,), height=1, cells=(cell,))
    found = opened(alone(sheet)).worksheets[0]["A2"]
    assert (found.data_type, found.value, found.number_format) == ("s", text, "@")


def test_amounts_can_be_added_up():
    sheet = opened(alone(a_sheet(total="1,300,000.50"))).worksheets[0]
    assert (sheet["C5"].value, sheet["C5"].number_format) == (1300000.5, "#,##0.00")


def test_an_amount_too_long_for_its_cell_is_text():
    cells = tuple(
        SheetCell(row=0, column=column, text="123456789012", role=CellRole.NUMBER)
        for column in range(10)
    )
    sheet = Sheet(name="表", title="", grid=(17.0,) * 10, height=1, cells=cells)
    assert opened(alone(sheet)).worksheets[0]["A2"].value == "123456789012"


def test_marks_are_a_shade_and_a_comment():
    plain = a_sheet()
    cells = (replace(plain.cells[1], marks=(1, 21)), *plain.cells[2:])
    sheet = opened(alone(replace(plain, cells=(plain.cells[0], *cells)))).worksheets[0]
    assert sheet["B3"].comment.text == "校核意见 ①(21)"
    assert sheet["B3"].fill.fgColor.rgb == "FFFFF2CC"
    assert sheet["A3"].comment is None


def test_the_sample_takes_one_page_a_form(office, tmp_path):
    whole = annex([draw(form) for form in read(SAMPLE).forms])
    content = written(whole)
    pages = office.pages(content, ".xlsx", tmp_path)
    book = openpyxl.load_workbook(io.BytesIO(content))
    stated = [row[1] for row in book["目录"].iter_rows(min_row=2, values_only=True)]
    assert len(pages) == 1 + stated[-1]
    assert stated[1:] == list(range(stated[1], stated[1] + 16))
    for number, sheet in zip(stated, whole.all_sheets, strict=True):
        assert f"—{number}—" in pages[number]
        assert "".join(sheet.title.split()) in pages[number]


def test_the_heading_stands_on_every_page_and_nothing_is_lost(office, tmp_path):
    sheet = long_sheet(9)
    pages = office.pages(written(alone(sheet)), ".xlsx", tmp_path)
    assert len(pages) >= 3
    assert all(HEADING in page for page in pages[1:])
    printed = "".join(pages)
    assert all("".join(cell.text.split()) in printed for cell in sheet.cells)
    # Notes do not stand alone on a page.
    assert pages[-1].replace(HEADING, "").index("注：本表") > 0


def test_upright_and_across_may_be_mixed(office, tmp_path):
    whole = Annex(title="附件", sheets=(a_sheet("甲"), across(a_sheet("乙")), a_sheet("丙")))
    pdf = office.convert(written(whole), ".xlsx", "pdf", tmp_path)
    assert list(sizes_of_pages(pdf)) == [UPRIGHT, ACROSS, UPRIGHT]


@pytest.mark.parametrize("length", [800, 1_600, 2_400, 20_000])
def test_a_long_text_is_printed_whole(office, tmp_path, length):
    goal = "".join(f"目标{number}：清运垃圾。" for number in range(length // 10))
    pages = words_of_pages(
        office.convert(written(alone(a_sheet(goal=goal))), ".xlsx", "pdf", tmp_path)
    )
    printed = "".join(pages)
    marks = [f"目标{number}：" for number in range(length // 10)]
    assert [mark for mark in marks if mark not in printed] == []
    if length <= 2_400:
        assert any(marks[0] in page and marks[-1] in page for page in pages)
