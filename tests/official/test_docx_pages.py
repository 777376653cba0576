"""The Word document in a second program: pages, what stands on them, and the contents' numbers.

LibreOffice counts the pages itself; the numbers we write into the contents must be those.
"""

import io
import re
import zipfile

import pytest
from lxml import etree
from msgspec.structs import replace

from jixiao.official.annex import annex
from jixiao.official.draw import draw
from jixiao.official.sheet import Annex, CellRole, Sheet, SheetCell
from jixiao.official.writers.docx import WRITER
from jixiao.pipeline import read
from tests.support.office_program import office, sizes_of_pages, words_of_pages
from tests.support.sheets import ROWS, a_sheet, an_annex

__all__ = ["office"]

SAMPLE = "src/jixiao/sample/taole-2022.txt"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UPRIGHT, ACROSS = (210, 297), (297, 210)
HEADING = "一级指标二级指标三级指标指标值"


def written(whole: Annex) -> bytes:
    stream = io.BytesIO()
    WRITER.write(whole, stream)
    return stream.getvalue()


def stated_pages(content: bytes) -> list[int]:
    """The page numbers the contents show before anybody counts again."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        root = etree.fromstring(archive.read("word/document.xml"))
    shown = ["".join(one.text for one in link.iter(f"{W}t")) for link in root.iter(f"{W}hyperlink")]
    return [int(re.search(r"\d+$", text)[0]) for text in shown]


def rows_of(times: int):
    return [(*one[:2], f"{one[2]}第{n}批", one[3]) for n in range(times) for one in ROWS]


def across(sheet: Sheet) -> Sheet:
    return replace(sheet, landscape=True, grid=tuple(width * 257 / 170 for width in sheet.grid))


@pytest.fixture(scope="module")
def sample():
    return annex([draw(form) for form in read(SAMPLE).forms])


def test_the_sample_takes_one_page_a_form(office, sample, tmp_path):
    content = written(sample)
    pages = office.pages(content, ".docx", tmp_path)
    assert len(pages) == 1 + 1 + 1 + 16
    assert stated_pages(content) == list(range(2, 19))
    for sheet, page in zip(sample.sheets, pages[3:], strict=True):
        assert "".join(sheet.title.split()) in page
        missing = [one.text for one in sheet.cells if "".join(one.text.split()) not in page]
        assert missing == []


def test_pages_are_numbered_after_the_cover(office, tmp_path):
    pages = office.pages(written(an_annex()), ".docx", tmp_path)
    numbers = [re.findall(r"—(\d+)—", page) for page in pages]
    assert numbers == [[], ["1"], ["2"], ["3"], ["4"]]
    assert re.findall(r"(甲项目|乙项目|汇总表)[.…]*(\d+)", pages[1]) == [
        ("汇总表", "2"),
        ("甲项目", "3"),
        ("乙项目", "4"),
    ]


def test_orientations_may_alternate_without_empty_pages(office, tmp_path):
    upright, wide = a_sheet("竖表"), across(a_sheet("横表"))
    whole = Annex(title="附件", sheets=(wide, upright, upright, wide, wide, upright))
    pdf = office.convert(written(whole), ".docx", "pdf", tmp_path)
    expected = [ACROSS, UPRIGHT, UPRIGHT, ACROSS, ACROSS, UPRIGHT]
    assert sizes_of_pages(pdf) == expected
    words = words_of_pages(pdf)
    assert all("部门项目支出预算绩效目标表" in page for page in words)
    assert [page[-3:] for page in words] == [f"—{number}—" for number in range(1, 7)]


def plain(rows: int, name: str) -> Sheet:
    cells = [
        SheetCell(row=row, column=column, text=f"{row}行", role=CellRole.VALUE)
        for row in range(rows)
        for column in range(2)
    ]
    return Sheet(name=name, title=name, grid=(85.0, 85.0), height=rows, cells=tuple(cells))


def test_a_table_that_fills_its_page_is_followed_by_no_empty_page(office, tmp_path):
    """Around the number of rows one page holds: the last paragraph must find room."""
    sheets = tuple(plain(rows, f"共{rows}行之表") for rows in range(27, 33))
    whole = Annex(
        title="附件",
        contents=True,
        sheets=tuple(one for sheet in sheets for one in (sheet, across(plain(3, "横表")))),
    )
    content = written(whole)
    pages = office.pages(content, ".docx", tmp_path)
    assert all(re.search(r"\d行", page) for page in pages[1:])
    begin = [number for number, page in enumerate(pages, start=1) if "之表" in page and number > 1]
    assert begin == stated_pages(content)[::2]


def test_the_heading_stands_on_every_page_of_a_long_form(office, tmp_path):
    pages = office.pages(
        written(Annex(title="附件", sheets=(a_sheet(rows=rows_of(9)),))), ".docx", tmp_path
    )
    assert len(pages) >= 3
    assert [page.count(HEADING) for page in pages] == [1] * len(pages)
    text = "".join(pages)
    assert all(text.count("".join(row[2].split())) == 1 for row in rows_of(9))


def test_a_heading_merged_with_the_rows_below_stands_on_every_page_too(office, tmp_path):
    sheet = a_sheet(rows=rows_of(6))
    label = next(cell for cell in sheet.cells if cell.text == "绩效指标")
    merged = replace(label, row=6, rows=label.rows + 1)
    corner = next(cell for cell in sheet.cells if (cell.row, cell.column) == (6, 0))
    cells = [one for one in sheet.cells if one not in (label, corner)]
    sheet = replace(
        sheet, cells=tuple(sorted([*cells, merged], key=lambda one: (one.row, one.column)))
    )
    pages = office.pages(written(Annex(title="附件", sheets=(sheet,))), ".docx", tmp_path)
    assert len(pages) >= 2
    assert all(HEADING in page for page in pages)
    assert all("".join(row[2].split()) in "".join(pages) for row in rows_of(6))


def test_a_text_higher_than_a_page_goes_on_over_pages_and_is_whole(office, tmp_path):
    goal = "".join(f"第{number:04d}项工作任务按时完成；" for number in range(2_300))
    assert len(goal) > 32_000
    content = written(
        Annex(title="附件", sheets=(a_sheet("甲", goal=goal), a_sheet("乙")), contents=True)
    )
    pages = office.pages(content, ".docx", tmp_path)
    text = "".join(pages)
    numbers = [int(number) for number in re.findall(r"第(\d{4})项", text)]
    assert numbers == list(range(2_300))
    last = len(pages) - 1
    assert abs(stated_pages(content)[1] - last) <= 1


def test_a_very_long_form_keeps_its_page_numbers(office, tmp_path):
    sheets = [
        a_sheet(f"第{n}个项目", rows=rows_of(n), goal="改善居民居住环境。" * 7 * n)
        for n in range(1, 9)
    ]
    whole = Annex(title="附件", sheets=tuple(sheets), contents=True)
    content = written(whole)
    pages = office.pages(content, ".docx", tmp_path)
    begin = [
        number for number, page in enumerate(pages, start=1) if "部门项目支出预算绩效目标表" in page
    ]
    assert begin == stated_pages(content)
