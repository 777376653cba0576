"""How corrections are shown."""

import pytest

from jixiao.report.changes import ONLY_UNSAFE
from jixiao.report.diff import diff_lines, left_out_lines, where_words
from jixiao.report.patch import LeftOut
from tests.report.patches.places import change

PLACES = [
    ({"line": 3, "column": 5}, "第 3 行第 5 列"),
    ({"line": 3}, "第 3 行"),
    ({"page": 2, "line": 3, "column": 1}, "第 2 页 · 第 3 行第 1 列"),
    ({"table": 1, "row": 2, "column": 3}, "第 1 个表格 · 第 2 行第 3 列"),
    ({"sheet": "目标", "cell": "C5", "row": 5, "column": 3}, "工作表“目标” · 单元格 C5"),
    ({}, "全文"),
]


@pytest.mark.parametrize(("place", "words"), PLACES)
def test_places_are_said_as_people_count_them(place, words):
    assert where_words(change("甲", "乙", **place)) == words


def test_a_difference_is_laid_out_like_a_unified_diff():
    changes = [
        change("≧ >90%", "≥90%", safe=False, codes=("VAL002",), line=3, column=5),
        change("(一)\n(二)", "（一）\n（二）", codes=("FMT001", "FMT002"), line=4),
    ]
    assert list(diff_lines("a.txt", changes)) == [
        "--- a.txt",
        "+++ a.txt（改正后）",
        "@@ 第 3 行第 5 列 @@ VAL002 改（请人工确认）",
        "-≧ >90%",
        "+≥90%",
        "@@ 第 4 行 @@ FMT001、FMT002 改",
        "-(一)",
        "-(二)",
        "+（一）",
        "+（二）",
    ]


def test_nothing_changed_gives_no_lines():
    assert list(diff_lines("a.txt", [])) == []


def test_what_a_document_holds_cannot_steer_the_terminal():
    lines = "".join(diff_lines("a\x1b[2J.txt", [change("\x1b[31m甲", "\u202e乙", line=1)]))
    assert "\x1b" not in lines
    assert "\u202e" not in lines


def test_blanks_of_any_width_are_shown_as_they_are():
    assert "-甲\u3000乙\xa0丙" in list(
        diff_lines("a", [change("甲\u3000乙\xa0丙", "甲乙丙", line=1)])
    )


def test_what_waits_for_a_person_is_counted_and_the_rest_is_listed():
    waiting = LeftOut(change=change("5", "≥5", codes=("VAL003",), line=1), reason=ONLY_UNSAFE)
    refused = LeftOut(change=change("甲" * 60, "乙", line=2), reason="单元格是公式，不能改写")
    assert list(left_out_lines([waiting, refused, waiting])) == [
        f"未改：第 2 行 FMT001“{'甲' * 40}…”→“乙”：单元格是公式，不能改写。",
        "另有 2 处改法可能改变含义（VAL003 2 处），需要人确认，加 --unsafe 才改。",
    ]
