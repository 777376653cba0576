"""Corrections in text files: only the cell's bytes change, everything doubtful is refused."""

import pytest

from jixiao.report.patch import PATCHES
from tests.report.patches.places import change, reasons

TEXT, CSV, MARKDOWN = PATCHES["text"], PATCHES["delimited"], PATCHES["markdown"]
#: Enough words to tell in which encoding a file is.
TAIL = "\n\n本表由预算单位填写，绩效目标应当明确、具体，可以衡量和考核。\n"
BROKEN = "甲\t乙\n".encode("utf-16-le") + b"\x00\xd8\n"

REFUSED = [
    (TEXT, "甲\t90%\n".encode(), change("80%", "≥80%", line=1, column=2), "已经不是这样"),
    (TEXT, "甲\t90%\n".encode(), change("90%", "≥90%", line=3, column=2), "没有这一行"),
    (TEXT, "甲\t90%\n".encode(), change("90%", "≥90%", line=1, column=3), "没有这一列"),
    (TEXT, "甲\t90%\n".encode(), change("90%", "≥90%", row=1, column=2), "没有行号"),
    (TEXT, "甲\t90%\n".encode(), change("90%", "9\t0%", line=1, column=2), "制表符"),
    (TEXT, b"90%  90%\n", change("90%", "≥90%", line=1, column=2), "几段相同"),
    (TEXT, "甲 │  │ 乙\n".encode(), change("", "0", line=1, column=2), "空白的地方"),
    (TEXT, "甲\t５％".encode("gbk"), change("５％", "5㎝²", line=1, column=2), "文字编码里没有"),
    (TEXT, BROKEN, change("乙", "丙", line=1, column=2), ""),
    (CSV, "甲,90%\n".encode(), change("90%", "≥90%", line=1, column=3), "没有这一列"),
    (CSV, "甲,90%\n".encode(), change("80%", "≥80%", line=1, column=2), "已经不是这样"),
    (MARKDOWN, "|甲|5%|\n".encode(), change("5%", "≥5%", table=1, line=1, column=4), "没有这一列"),
    (MARKDOWN, "|甲|5%|\n".encode(), change("5%", "5\n%", table=1, line=1, column=2), "换行"),
]


@pytest.mark.parametrize(("patcher", "content", "wanted", "why"), REFUSED)
def test_refused_with_a_reason_and_without_a_touch(patcher, content, wanted, why):
    patched = patcher.apply(content, (wanted,))
    if not why:  # bytes that are no text are carried along, or all is refused; never lost
        assert patched.content.endswith(b"\x00\xd8\n")
        return
    assert patched.content == content
    assert patched.done == ()
    assert why in reasons(patched)[0]


MADE = [
    (TEXT, "甲\t ≧ >90% \t丙\r\n丁\r\n", "≧ >90%", "≥90%", 1, 2, "甲\t ≥90% \t丙\r\n丁\r\n"),
    (TEXT, "甲\t９５％\n", "９５％", "95%", 1, 2, "甲\t95%\n"),
    (TEXT, "甲\t\t乙", "", "0", 1, 2, "甲\t0\t乙"),
    (TEXT, "一\r二\t(乙)", "(乙)", "（乙）", 2, 2, "一\r二\t（乙）"),
    (TEXT, "(2022 年度)\n", "(2022 年度)", "（2022年度）", 1, None, "（2022年度）\n"),
    (TEXT, "\t\t(2022 年度)\t\n", "(2022 年度)", "（2022年度）", 1, None, "\t\t（2022年度）\t\n"),
    (
        TEXT,
        '甲\t"一, (二)\n三"\t丁',
        "一, (二)\n三",
        "一，（二）\n三",
        1,
        2,
        '甲\t"一，（二）\n三"\t丁',
    ),
    (TEXT, '甲\t"乙" (一)\t丁', '"乙" (一)', '"乙"（一）', 1, 2, '甲\t"乙"（一）\t丁'),
    (TEXT, "│ 甲 │ >=5人 │\n", ">=5人", "≥5人", 1, 2, "│ 甲 │ ≥5人 │\n"),
    (TEXT, "项目名称：甲 (乙)\t丙", "甲 (乙)", "甲（乙）", 1, 1, "项目名称：甲（乙）\t丙"),
    (CSV, "甲,>=5\r\n", ">=5", "≥5", 1, 2, "甲,≥5\r\n"),
    (CSV, '甲,"一, (二)",丁\n', "一, (二)", "一，（二）", 1, 2, '甲,"一，（二）",丁\n'),
    (
        CSV,
        '甲,"称""好""的 (二)",丁\n',
        '称"好"的 (二)',
        '称"好"的（二）',
        1,
        2,
        '甲,"称""好""的（二）",丁\n',
    ),
    (CSV, '甲,"一\r\n(二)"\r\n丙,>5', ">5", "≥5", 3, 2, '甲,"一\r\n(二)"\r\n丙,≥5'),
    (CSV, '甲,"一\r\n(二)"\r\n', "一\n(二)", "一\n（二）", 1, 2, '甲,"一\r\n（二）"\r\n'),
    (CSV, "甲,五\n", "五", "1,005", 1, 2, '甲,"1,005"\n'),
    (CSV, "sep=;\n甲;>=5\n", ">=5", "≥5", 2, 2, "sep=;\n甲;≥5\n"),
    (MARKDOWN, "| 甲 | >=5 |\n|--|--|\n", ">=5", "≥5", 1, 2, "| 甲 | ≥5 |\n|--|--|\n"),
    (MARKDOWN, "甲 | (乙) \n", "(乙)", "（乙）", 1, 2, "甲 | （乙） \n"),
    (MARKDOWN, r"| a\|b | **>=5** |", ">=5", "≥5", 1, 2, r"| a\|b | **≥5** |"),
    (MARKDOWN, "| 甲 | |\n", "", "0", 1, 2, "| 甲 | 0 |\n"),
    (MARKDOWN, "| 甲 |一|\n", "一", "一|二", 1, 2, "| 甲 |一\\|二|\n"),
]


@pytest.mark.parametrize(("patcher", "before", "old", "new", "line", "column", "after"), MADE)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_only_the_text_of_the_cell_changes(
    patcher, before, old, new, line, column, after, encoding
):
    table = 1 if patcher is MARKDOWN else None
    wanted = change(old, new, table=table, line=line, column=column)
    patched = patcher.apply((before + TAIL).encode(encoding), (wanted,))
    assert reasons(patched) == []
    assert patched.content == (after + TAIL).encode(encoding)


def test_bytes_that_are_no_text_are_carried_along():
    before = "甲\t>=5\n".encode() + "乙丙丁戊己庚辛壬癸子丑\n".encode() + b"\xff\xfe\t\xe4\n"
    patched = TEXT.apply(before, (change(">=5", "≥5", line=1, column=2),))
    assert patched.content == before.replace(b">=5", "≥5".encode())


def test_changes_of_one_line_do_not_disturb_one_another():
    before = "(甲) │ >=5 │ (丙)\n".encode()
    wanted = (
        change("(甲)", "（甲）", line=1, column=1),
        change(">=5", "≥5", line=1, column=2),
        change("(丙)", "（丙）", line=1, column=3),
    )
    patched = TEXT.apply(before, wanted)
    assert patched.content.decode() == "（甲） │ ≥5 │ （丙）\n"
    assert patched.done == wanted


def test_of_two_changes_of_one_cell_the_second_is_refused():
    wanted = (change("5", "6", line=1, column=2), change("5", "7", line=1, column=2))
    patched = TEXT.apply(b"a\t5\n", wanted)
    assert patched.content == b"a\t6\n"
    assert reasons(patched) == ["同一处另有改动"]


def test_pages_of_a_text_are_parted_by_form_feeds():
    before = "甲\t(一)\f乙\t(一)\n".encode()
    patched = TEXT.apply(before, (change("(一)", "（一）", page=2, line=1, column=2),))
    assert patched.content.decode() == "甲\t(一)\f乙\t（一）\n"
