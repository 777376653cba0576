"""From one text to another by the fewest characters."""

import pytest

from jixiao.report.patch import CannotPatch
from jixiao.report.patching.alignment import Piece, combined, replaced, respelled, splices

REFUSED = [
    (["90%"], "80%", "≥80%", "已经不是这样"),
    (["90%，90%"], "90%", "≥90%", "几段相同"),
    (["共 5 人"], "", "0", "空白的地方"),
    (["a"], "a", "a\nb", "多出换行"),
]


@pytest.mark.parametrize(("texts", "old", "new", "why"), REFUSED)
def test_what_cannot_be_placed_is_refused(texts, old, new, why):
    with pytest.raises(CannotPatch, match=why):
        respelled([Piece(text) for text in texts], old, new)


def test_a_fixed_piece_is_never_altered():
    pieces = [Piece("前"), Piece("\n", fixed=True), Piece("后")]
    with pytest.raises(CannotPatch, match="换行"):
        respelled(pieces, "前\n后", "前后")
    with pytest.raises(CannotPatch, match="没有可以改写"):
        respelled([Piece("\n", fixed=True)], "", "0")


RESPELLED = [
    (["≧", " >", "90%"], "≧ >90%", "≥90%", ["≥", "", "90%"]),
    (["９", "５", "％"], "９５％", "95%", ["9", "5", "%"]),
    (["95%"], "95%", "≥95%", ["≥95%"]),
    (["6000", ""], "6000", "6000 元", ["6000 元", ""]),
    ([""], "", "0", ["0"]),
    (["  数量 ", "(必填) "], "数量 (必填)", "数量（必填）", ["  数量（", "必填） "]),
    (["项目名称：", "甲 (乙)"], "甲 (乙)", "甲（乙）", ["项目名称：", "甲（乙）"]),
    (["甲, ", "乙, 丙"], "甲, 乙, 丙", "甲，乙，丙", ["甲，", "乙，丙"]),
]


@pytest.mark.parametrize(("texts", "old", "new", "expected"), RESPELLED)
def test_only_the_pieces_that_change_are_written(texts, old, new, expected):
    assert respelled([Piece(text) for text in texts], old, new) == expected


def test_splices_make_the_new_text():
    for old, new in [("abc", "xbz"), ("", "a"), ("a", ""), ("人 1，2", "人1、2"), ("同", "同")]:
        made = old
        for splice in reversed(splices(old, new)):
            made = made[: splice.start] + splice.text + made[splice.end :]
        assert made == new


COMBINED = [
    ("(a) >=5", "（a）>=5", "(a) ≥5", "（a）≥5"),
    ("ab", "xb", "xb", "xb"),
    ("ab", "xb", "yb", None),
    ("ab", "a1b", "a2b", None),
    ("≧ >9", "≧>9", "≥9", None),
]


@pytest.mark.parametrize(("old", "first", "second", "expected"), COMBINED)
def test_two_changes_are_combined_only_where_they_do_not_touch(old, first, second, expected):
    assert combined(old, first, second) == expected


def test_a_part_of_a_cell_is_replaced_where_it_is_unique():
    assert replaced("名称：甲 (乙)", "甲 (乙)", "甲（乙）") == "名称：甲（乙）"
    assert replaced(" 甲 ", "甲", "乙") == " 乙 "
