"""Poor pages: small letters, blur, rulings that were wiped out – everything on them is doubtful."""

import numpy as np
import pytest

from jixiao.intake.choose import open_document
from jixiao.intake.document import Line, SourceFile, Table
from jixiao.intake.ruled.grid import Cell
from jixiao.intake.ruled.grid import Grid as Ruled
from jixiao.intake.scan.page import read_scan
from jixiao.intake.scan.soundness import has_lost_rulings
from tests.support.office_files import Grid
from tests.support.pdf_files import Printed, Words, pdf_of
from tests.support.scans import Picture, blurred, image_of, noisy, pages_of, squeezed, stamped

FORM = Grid(
    [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "发放补贴人数", "1200人"],
        ["产出指标", "质量指标", "补贴发放准确率", "≥95%"],
        ["满意度指标", "服务对象满意度", "群众满意度", "≥90%"],
    ]
)


def sheet(dpi: int = 200) -> Picture:
    blocks = [Words("项目支出绩效目标表", size=16), Printed(FORM)]
    return pages_of(pdf_of(blocks), dpi)[0][: dpi * 4]


def tables_of(page) -> list[Table]:
    return [block for block in page.blocks if isinstance(block, Table)]


@pytest.mark.parametrize(
    "picture",
    [sheet(90), squeezed(noisy(blurred(sheet(110), 1.4), 14), 35)],
    ids=["small letters", "blurred"],
)
def test_on_a_poor_page_all_cells_and_lines_are_doubtful(picture):
    page = read_scan(picture, 1, None)
    for block in page.blocks:
        if isinstance(block, Table):
            assert block.doubtful == set(block.boxes)
        else:
            assert block.doubtful


@pytest.mark.parametrize("way", ["across", "down"])
def test_a_shadow_of_a_ruling_through_a_cell_is_found(way):
    picture = np.full((240, 300), 255, np.uint8)
    grid = Ruled(
        xs=np.array([10.0, 90.0, 130.0]),
        ys=np.array([10.0, 80.0]),
        cells=(Cell(0, 0, 1, 1), Cell(0, 1, 1, 1)),
        owner=np.array([[0, 1]]),
    )
    assert not has_lost_rulings(picture, [grid], 2.0)
    stroke = picture[:, 100:102].T if way == "down" else picture[90:92]
    stroke[:, ::2] = 200
    assert has_lost_rulings(picture, [grid], 2.0)


def test_lines_of_text_are_no_rulings():
    assert not read_scan(sheet(), 1).is_poor


def test_a_poor_page_is_named_once_and_its_table_still_handed_on():
    document = open_document(SourceFile(name="扫描.png", content=image_of(sheet(90))))
    assert not document.unreadable
    assert [problem.code for problem in document.problems] == ["INT016", "INT017"]
    assert "图像质量太差" in document.problems[0].message


def test_a_good_page_is_not_called_poor():
    page = read_scan(noisy(sheet(150), 6), 1)
    assert not page.is_poor
    assert [block.doubtful for block in page.blocks if isinstance(block, Line)] == [False]


def test_a_title_under_a_seal_is_doubtful():
    picture = sheet()
    title = next(block for block in read_scan(picture, 1).blocks if isinstance(block, Line))
    scale = max(picture.shape) / 841.9
    centre = int(title.box[0] * scale) + 30, int(title.box[3] * scale)
    page = read_scan(stamped(picture, centre, 90), 1)
    lines = [block for block in page.blocks if isinstance(block, Line)]
    assert any(line.doubtful for line in lines)
