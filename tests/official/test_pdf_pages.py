"""Pages of the PDF writer: rows that repeat, rows that are torn or kept, heights, long words."""

from itertools import pairwise

import pypdfium2
import pytest
from msgspec.structs import replace

from jixiao.intake.document import SourceFile, Table
from jixiao.intake.readers.pdf import READER
from jixiao.official.sheet import Annex, CellRole, Sheet, SheetCell
from jixiao.official.typeset.engine import pdf_of
from jixiao.official.typeset.letters import balanced, breakable, width
from jixiao.official.typeset.table import LOWEST
from tests.support.sheets import ROWS, a_sheet

HEADINGS = ["一级指标", "二级指标", "三级指标", "指标值"]


def rows_of(count: int) -> list[tuple[str, str, str, str]]:
    return [
        ("产出指标", "数量指标", f"第{at}项指标，名称稍长以便占两行", f"≥{at}个")
        for at in range(count)
    ]


def read(*sheets: Sheet) -> list[Table]:
    content = pdf_of(Annex(title="附件", sheets=sheets))
    blocks = READER.read(SourceFile(name="附件.pdf", content=content)).blocks
    return [block for block in blocks if isinstance(block, Table)]


def grid(texts: list[list[str]], **named: object) -> Sheet:
    cells = tuple(
        SheetCell(row=row, column=column, text=text)
        for row, line in enumerate(texts)
        for column, text in enumerate(line)
    )
    sheet = Sheet(
        name="甲", title="甲", grid=(170 / len(texts[0]),) * len(texts[0]), height=len(texts),
        cells=cells,
    )  # fmt: skip
    return replace(sheet, **named)


def with_label_beside_headings(sheet: Sheet) -> Sheet:
    """The label of the rows begins beside their headings, as on many official tables."""
    cells = [
        replace(cell, row=6, rows=cell.rows + 1) if cell.text == "绩效指标" else cell
        for cell in sheet.cells
        if (cell.row, cell.column) != (6, 0)
    ]
    return replace(sheet, cells=tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


@pytest.mark.parametrize("beside", [False, True], ids=["own cell", "label beside headings"])
def test_headings_in_the_middle_of_a_table_stand_on_every_further_page(*, beside: bool) -> None:
    sheet = a_sheet(rows=rows_of(50))
    pages = read(with_label_beside_headings(sheet) if beside else sheet)
    assert len(pages) == 3
    assert pages[0].texts[0][:2] == ["项目名称", "镇区垃圾清运项目"]
    assert [page.texts[0][1:] for page in pages[1:]] == [HEADINGS] * 2


def test_a_label_that_begins_beside_the_headings_is_one_cell_and_printed_once() -> None:
    (table,) = read(with_label_beside_headings(a_sheet()))
    assert table.spans[6, 0] == (8, 1)
    assert table.texts[6][0] == "绩效指标"
    pages = read(with_label_beside_headings(a_sheet(rows=rows_of(50))))
    assert [page.spans.get((0, 0), (1, 1))[0] > 2 for page in pages[1:]] == [True] * 2
    assert sum(text == "绩效指标" for page in pages for row in page.texts for text in row) == 1


def test_a_label_around_the_headings_is_one_cell() -> None:
    label = SheetCell(row=0, column=0, rows=4, text="标签", role=CellRole.LABEL)
    others = tuple(SheetCell(row=row, column=1, text=f"第{row}行") for row in range(4))
    cells = tuple(sorted((label, *others), key=lambda cell: (cell.row, cell.column)))
    sheet = Sheet(name="甲", title="甲", grid=(40.0, 130.0), height=4, cells=cells, repeats=(1, 1))
    (table,) = read(sheet)
    assert table.spans == {(0, 0): (4, 1)}
    assert table.texts[0] == ["标签", "第0行"]


def test_no_row_is_torn_that_fits_on_a_page() -> None:
    long = "逐条落实，按期完成。" * 30
    pages = read(grid([[f"{number}", long] for number in range(12)]))
    found = {row[0]: "".join(row[1].split()) for page in pages for row in page.texts}
    assert len(pages) > 1
    assert found == {f"{number}": long for number in range(12)}


def test_a_row_higher_than_a_page_fills_the_rest_of_this_one() -> None:
    pages = read(grid([["1", "短"], ["2", "逐条落实，按期完成。" * 400]]))
    assert len(pages) > 2
    assert [row[0] for row in pages[0].texts] == ["1", "2"]


@pytest.mark.parametrize("lines", [12, 200])
def test_headings_too_high_to_repeat_are_printed_once(lines: int) -> None:
    sheet = grid([["标题\n" * lines, "乙"], *([f"{n}", "值"] for n in range(70))], repeats=(0, 1))
    pages = read(sheet)
    numbers = [row[0] for page in pages for row in page.texts if row[0].isdigit()]
    assert numbers == [f"{number}" for number in range(70)]
    printed = sum(row[0].count("标题") for page in pages for row in page.texts)
    assert printed == (lines if lines == 200 else lines * len(pages))


def test_rows_are_eight_millimetres_high_at_least() -> None:
    (table,) = read(grid([["短", ""], ["", ""], ["两行\n文字", "值"]]))
    heights = [box[3] - box[1] for at, box in sorted(table.boxes.items()) if at[1] == 0]
    assert heights[:2] == pytest.approx([LOWEST] * 2, abs=0.6)
    assert heights[2] > LOWEST + 5


def test_a_row_of_cells_that_all_reach_over_several_keeps_its_height() -> None:
    places = [(0, 0, 2), (0, 1, 1), (1, 1, 2), (2, 0, 2), (3, 1, 1)]
    cells = [SheetCell(row=r, column=c, rows=n, text=f"{r}{c}") for r, c, n in places]
    sheet = Sheet(name="甲", title="甲", grid=(80.0, 90.0), height=4, cells=tuple(cells))
    (table,) = read(sheet)
    assert {at: table.spans.get(at, (1, 1))[0] for at in table.boxes} == {
        (row, column): rows for row, column, rows in places
    }
    levels = sorted({side for box in table.boxes.values() for side in (box[1], box[3])})
    assert min(below - above for above, below in pairwise(levels)) > LOWEST - 1


@pytest.mark.parametrize(
    "word",
    ["x" * 200, "！" * 90, "1234567890" * 20, "https://" + "a" * 90, "清清清清清清清）））））——"],
)
def test_a_word_longer_than_its_cell_stays_in_it(word: str) -> None:
    (table,) = read(grid([["甲", word, "乙", "丙"], ["一", "二", "三", "四"]]))
    assert ["".join(text.split()) for text in table.texts[0]] == ["甲", word, "乙", "丙"]


@pytest.mark.parametrize(("count", "pages"), [(20, 1), (22, 1), (24, 1), (30, 2)])
def test_a_table_a_little_too_high_is_drawn_closer(count: int, pages: int) -> None:
    """Twenty rows of two lines fill a page, twenty-four of them close together."""
    rows = [[f"{number}", "逐条落实按期完成的任务"] for number in range(count)]
    sheet = grid(rows, grid=(134.0, 36.0))
    tables = read(sheet)
    assert len(tables) == pages
    assert [row[0] for table in tables for row in table.texts] == [row[0] for row in rows]


@pytest.mark.parametrize("above", range(26, 32))
def test_headings_that_do_not_fit_at_the_foot_of_a_page_move_whole(above: int) -> None:
    rows = [[f"{number}", "值"] for number in range(40)]
    rows[above], rows[above + 1] = ["标题", "甲"], ["标题", "乙"]
    pages = read(grid(rows, repeats=(above, 2)))
    texts = [row for page in pages for row in page.texts]
    assert [row for row in texts if row[0] != "标题"] == [r for r in rows if r[0] != "标题"]
    assert texts.count(["标题", "甲"]) == texts.count(["标题", "乙"]) >= 1


def test_marked_cells_are_shaded_and_their_marks_drawn() -> None:
    sheet = a_sheet()
    cells = tuple(replace(cell, marks=(3,) if cell.row == 0 else ()) for cell in sheet.cells)
    images = []
    for one in (sheet, replace(sheet, cells=cells)):
        content = pdf_of(Annex(title="附件", sheets=(one,)))
        images.append(pypdfium2.PdfDocument(content)[0].render(scale=2).to_pil().convert("RGB"))
    coloured = [
        sum(count for count, rgb in image.getcolors(1 << 24) or () if max(rgb) - min(rgb) > 20)
        for image in images
    ]
    assert coloured[0] == 0
    assert coloured[1] > 10_000


@pytest.mark.parametrize(
    ("label", "room", "lines"),
    [
        ("年度总体目标", 5.6, "年度总/体目标"),
        ("主管部门及代码", 5.6, "主管部门/及代码"),
        ("社会效益指标（必填）", 8.5, "社会效益指标/（必填）"),
        ("其中：财政拨款", 6.1, "其中：/财政拨款"),
        ("服务对象满意度指标（必填）", 8.5, "服务对象满意度/指标（必填）"),
        ("数量指标 (必填硬性指标)", 8.5, "数量指标 (必填硬性指标)"),
        ("项目名称", 5.6, "项目名称"),
        ("项目资金\n（元）", 3.0, "项目资金\n（元）"),
        ("非常非常长的一个标签需要三行", 5.0, "非常非常长的一个标签需要三行"),
    ],
)
def test_labels_of_two_lines_turn_where_a_person_would(label: str, room: float, lines: str) -> None:
    assert balanced(label, room).replace("\x1e", "/") == lines


def test_only_words_longer_than_the_cell_are_loosened() -> None:
    assert breakable("abc defg 中文，标点", 6) == "abc defg 中文，标点"
    assert breakable("甲abcdefghijkl乙", 6).replace("\x1f", "|") == "甲|a|b|c|d|e|f|g|h|i|j|k|l|乙"


def test_widths_are_judged_rather_too_wide() -> None:
    assert width("绩效目标，（一）") == 8
    assert 3 < width("abcdef") < 4
    assert width("WWW") > width("iii")


def test_the_sample_rows_fit_on_one_page() -> None:
    assert len(read(a_sheet(rows=ROWS))) == 1
