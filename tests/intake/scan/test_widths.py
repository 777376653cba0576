"""Wide and narrow signs as printed: told by the white around them, whatever was recognised."""

import pytest

from jixiao.intake.document import Table
from jixiao.intake.scan.page import read_scan
from tests.support.office_files import Grid
from tests.support.pdf_files import Printed, pdf_of
from tests.support.scans import Picture, noisy, pages_of, skewed

WIDE = [["数量指标（必填）", "资金：其中，补贴；工资"], ["完成率", "（二）一级指标（必填）合计"]]
NARROW = [["数量指标(必填)", "资金:其中,补贴;工资"], ["完成率", "(二)一级指标(必填)合计"]]
MIXED = [["数量指标（必填）", "项目资金(元)"], ["质量，数量", "成本,效益"]]
DIGITS = [["补贴人数", "１２３４５"], ["补贴资金", "12345"]]


def sheet(texts: list[list[str]], font: str, size: float, dpi: int) -> Picture:
    printed = Printed(Grid(texts), size=size)
    picture = pages_of(pdf_of([printed], font=font), dpi)[0]
    return noisy(skewed(picture, 1.1), 6)


def texts_of(picture: Picture) -> list[list[str]]:
    (table,) = [block for block in read_scan(picture, 1).blocks if isinstance(block, Table)]
    return [["".join(text.split()) for text in row] for row in table.texts]


@pytest.mark.parametrize("font", ["Noto Sans SC", "Noto Serif SC"])
@pytest.mark.parametrize(("size", "dpi"), [(9, 200), (14, 150), (10.5, 300)])
@pytest.mark.parametrize("texts", [WIDE, NARROW, MIXED], ids=["wide", "narrow", "mixed"])
def test_signs_are_as_wide_as_printed(texts, font, size, dpi):
    assert texts_of(sheet(texts, font, size, dpi)) == texts


def test_digits_in_a_row_are_as_wide_as_printed():
    assert texts_of(sheet(DIGITS, "Noto Serif SC", 10.5, 200)) == DIGITS


def test_a_sign_nothing_can_be_measured_by_stays_as_recognised():
    # One bracket at either end, and no other of its kind on the page to hold it against.
    (row,) = texts_of(sheet([["(必填)", "无"]], "Noto Sans SC", 10.5, 200))
    assert row[0].replace("（", "(").replace("）", ")") == "(必填)"
