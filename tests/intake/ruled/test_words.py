"""Characters to texts: order, lines, blanks, and glyphs drawn twice."""

import numpy as np
import pytest

from jixiao.intake.ruled.words import Glyphs, free_lines, texts_by_group

EM = 10.0


def glyphs(*placed: tuple[float, float, str], turned=None):
    """Words set from a place to the right; Chinese one em, the rest half an em wide."""
    codes, boxes = [], []
    for left, top, words in placed:
        x = left
        for character in words:
            width = EM if ord(character) >= 0x2E80 else EM / 2
            codes.append(ord(character))
            boxes.append([x, top, x + width, top + EM])
            x += width
    return Glyphs(
        codes=np.array(codes, dtype=np.uint32), boxes=np.array(boxes, dtype=float), turned=turned
    )


def in_one_cell(*placed: tuple[float, float, str]) -> str:
    found = glyphs(*placed)
    return texts_by_group(found, np.zeros(len(found), dtype=np.intp))[0]


@pytest.mark.parametrize(
    ("expected", "placed"),
    [
        ("数量指标", [(0, 0, "数量指标")]),
        ("数量\n指标", [(0, 12, "指标"), (0, 0, "数量")]),
        ("≥95%", [(5, 0, "95%"), (0, 0, "≥")]),
        # Justified text is stretched: that is no blank.
        ("数量", [(0, 0, "数"), (13, 0, "量")]),
        ("数 量", [(0, 0, "数"), (17, 0, "量")]),
        ("A B", [(0, 0, "A"), (8, 0, "B")]),
        ("AB", [(0, 0, "A"), (6, 0, "B")]),
        ("2022 年", [(0, 0, "2022 年")]),
        # A smaller figure beside the text stands on its line.
        ("面积m2", [(0, 0, "面积m"), (25, 2, "2")]),
        # Fake bold: the glyph drawn again a little to the right.
        ("总额", [(0, 0, "总额"), (0.4, 0, "总额")]),
        # The same character twice in a word is not fake bold.
        ("天天", [(0, 0, "天天")]),
        ("11", [(0, 0, "11")]),
        ("绩\n效", [(0, 0, "绩"), (0, 12, "效")]),
    ],
)
def test_one_cell(expected, placed):
    assert in_one_cell(*placed) == expected


def test_cells_do_not_mix():
    found = glyphs((0, 0, "甲"), (10, 0, "乙"))
    assert texts_by_group(found, np.array([0, 1])) == {0: "甲", 1: "乙"}


def test_no_characters():
    assert texts_by_group(glyphs().only(np.zeros(0, dtype=bool)), np.zeros(0, dtype=np.intp)) == {}


@pytest.mark.parametrize(("turn", "tops"), [(3, (20, 10, 0)), (1, (0, 10, 20))])
def test_a_label_set_on_its_side_is_one_line(turn, tops):
    placed = [(0, top, word) for top, word in zip(tops, "效益值", strict=True)]
    found = glyphs(*placed, turned=np.array([turn] * 3, dtype=np.int8))
    assert texts_by_group(found, np.zeros(3, dtype=np.intp)) == {0: "效益值"}


def test_free_lines_are_cut_at_wide_gaps_only():
    lines = free_lines(glyphs((0, 0, "单位"), (60, 0, "万元"), (0, 20, "一行正文")))
    assert [line.text for line in lines] == ["单位\t万元", "一行正文"]
    assert lines[0].box == (0, 0, 80, 10)
