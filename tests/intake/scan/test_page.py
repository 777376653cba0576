"""Whole pages: tables with their merges, doubts where something is in the way, nothing invented."""

import numpy as np
import pytest

from jixiao.foundation.text import fold
from jixiao.intake.choose import open_document
from jixiao.intake.document import Line, SourceFile, Table
from jixiao.intake.readers import pdf
from jixiao.intake.scan.page import PageState, read_scan
from tests.support.office_files import Grid
from tests.support.pdf_files import HORIZONTAL, Printed, Words, pdf_of
from tests.support.raw_pdf import raw_pdf, stream
from tests.support.scans import (
    Picture,
    blurred,
    image_of,
    noisy,
    pages_of,
    pdf_of_pictures,
    shaded,
    skewed,
    squeezed,
    stamped,
    tilted,
    turned,
)

FORM = Grid(
    [
        ["一级指标", "二级指标", "三级指标", "指标值"],
        ["产出指标", "数量指标", "发放补贴人数", "1200人"],
        ["", "质量指标", "补贴发放准确率", "≥95%"],
        ["满意度指标", "", "群众满意度", ""],
    ],
    {(1, 0): (2, 1), (3, 0): (1, 2)},
)
WIDTHS = (1, 1, 2, 1)


def sheet(form=FORM, **look) -> Picture:
    blocks = [
        Words("项目支出绩效目标表", size=16, centred=True),
        Words("（2024年度）", centred=True),
        Printed(form, widths=WIDTHS, **look),
        Words("填报人：张三"),
    ]
    return pages_of(pdf_of(blocks))[0][:900]


def bare(text: str) -> str:
    return fold(text).replace(" ", "").replace("\n", "")


def table_of(page) -> Table:
    (table,) = [block for block in page.blocks if isinstance(block, Table)]
    return table


def texts_of(table: Table) -> list[list[str]]:
    return [[bare(text) for text in row] for row in table.texts]


EXPECTED = [[bare(text) for text in row] for row in FORM.texts]


# Refusals first


@pytest.mark.parametrize("shade", [255, 200, 30])
def test_an_empty_sheet_is_blank_whatever_its_shade(shade):
    page = read_scan(np.full((900, 700, 3), shade, np.uint8), 1)
    assert (page.state, page.blocks) == (PageState.BLANK, [])


def test_what_cannot_be_made_out_is_not_made_up():
    page = read_scan(blurred(sheet(), 7), 1)
    assert page.state in (PageState.UNREADABLE, PageState.BLANK)
    assert page.blocks == []


def test_grain_alone_makes_no_text():
    page = read_scan(noisy(np.full((900, 700, 3), 250, np.uint8), 14, 0.002), 1)
    assert [block for block in page.blocks if isinstance(block, Table)] == []


# Damage of every kind


@pytest.mark.parametrize(
    ("name", "damage"),
    [
        ("turned on the glass", lambda picture: noisy(skewed(picture, 6))),
        ("upside down", lambda picture: turned(picture, 2)),
        ("photographed askew in a shadow", lambda p: squeezed(shaded(tilted(p)), 70)),
    ],
)
def test_a_damaged_page_is_read_like_a_clean_one(name, damage):
    table = table_of(read_scan(damage(sheet()), 1))
    assert texts_of(table) == EXPECTED, name
    assert table.spans == FORM.spans, name


def test_a_sheet_fed_sideways_keeps_its_places_on_the_picture():
    picture = turned(sheet(), 1)
    page = read_scan(picture, 1, 200 / 72)
    table = table_of(page)
    assert texts_of(table) == EXPECTED
    left, top, right, bottom = table.boxes[0, 0]
    # What was at the left top stands at the right top of a sheet turned clockwise.
    assert left > picture.shape[1] * 36 / 200
    assert bottom - top > right - left


def test_title_year_and_signature_around_the_table_are_lines():
    page = read_scan(sheet(), 1)
    lines = [bare(block.text) for block in page.blocks if isinstance(block, Line)]
    assert lines == ["项目支出绩效目标表", "(2024年度)", "填报人:张三"]


@pytest.mark.parametrize(
    "look", [{"stroke": 0.25}, {"stroke": 2.0}, {"rules": HORIZONTAL}], ids=["hair", "fat", "open"]
)
def test_rulings_of_every_kind(look):
    table = table_of(read_scan(sheet(**look), 1))
    assert texts_of(table)[2][-2:] == EXPECTED[2][-2:]


def test_a_cell_under_a_seal_is_doubtful_and_others_are_not():
    clean = table_of(read_scan(sheet(), 1, 200 / 72))
    x0, y0, _, y1 = (side * 200 / 72 for side in clean.boxes[1, 3])
    picture = stamped(sheet(), (int(x0 + 60), int((y0 + y1) / 2) - 90), 92)
    table = table_of(read_scan(picture, 1))
    assert (1, 3) in table.doubtful
    assert (0, 0) not in table.doubtful
    assert texts_of(table)[0] == EXPECTED[0]


# Files


def test_a_scanned_page_between_digital_ones_is_read_with_its_number():
    document = pdf.read(SourceFile(name="扫描.pdf", content=pdf_of_pictures([sheet()])))
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert texts_of(table) == EXPECTED
    assert table.at(2, 3).page == 1
    assert {problem.code for problem in document.problems} <= {"INT017"}


def test_a_blank_page_beside_others_is_said_and_harmless():
    white = np.full((900, 700, 3), 255, np.uint8)
    content = pdf_of_pictures([white, sheet()])
    document = pdf.read(SourceFile(name="扫描.pdf", content=content))
    assert [repair.message for repair in document.repairs] == ["第 1 页是空白页，没有可读的内容。"]
    assert {problem.code for problem in document.problems} <= {"INT017"}
    assert {block.at(0, 0).page for block in document.blocks if isinstance(block, Table)} == {2}


def test_without_the_extra_a_scan_is_named_and_not_read(monkeypatch):
    monkeypatch.setattr(pdf, "is_installed", lambda: False)
    document = pdf.read(SourceFile(name="扫描.pdf", content=pdf_of_pictures([sheet()])))
    assert [problem.code for problem in document.problems] == ["INT010"]
    assert "jixiao[ocr]" in document.problems[0].message


HIDDEN = "q 595 0 0 842 0 0 cm /I Do Q BT 3 Tr /F1 10 Tf 100 700 Td (" + "as seen by a scanner " * 3
LAYERED = raw_pdf(
    [HIDDEN + ") Tj ET"],
    resources="/XObject << /I 100 0 R >>",
    extra={
        100: stream(
            b"\xff",
            "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8"
            " /ColorSpace /DeviceGray",
        )
    },
)


def test_the_hidden_text_of_a_scanner_is_kept_and_said_where_nothing_better_is(monkeypatch):
    monkeypatch.setattr(pdf, "is_installed", lambda: False)
    document = pdf.read(SourceFile(name="扫描.pdf", content=LAYERED))
    assert [problem.code for problem in document.problems] == ["INT017"]
    assert "扫描软件" in document.problems[0].message
    assert "as seen by a scanner" in document.blocks[0].text


def test_a_photo_is_a_document_like_any_other():
    document = open_document(SourceFile(name="照片.jpg", content=image_of(sheet(), ".jpg")))
    assert (document.media_type, document.unreadable) == ("image/jpeg", False)
    assert any(isinstance(block, Table) for block in document.blocks)


def test_where_the_picture_is_poor_the_whole_table_is_doubtful():
    small = pages_of(pdf_of([Printed(FORM, widths=WIDTHS)]), 120)[0][:500]
    page = read_scan(squeezed(noisy(blurred(small, 1.2), 18, 0.002), 40), 1)
    for block in page.blocks:
        if isinstance(block, Table):
            assert block.doubtful == set(block.boxes)
