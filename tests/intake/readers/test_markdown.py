"""Markdown: pipe tables, HTML tables between them, text without its marks."""

import time

import pytest

from jixiao.intake.document import SourceFile, Table
from jixiao.intake.readers.markdown import READER


def read(text):
    return READER.read(SourceFile(name="表.md", content=text.encode()))


def outline(text):
    return [block.texts if isinstance(block, Table) else block.text for block in read(text).blocks]


BIDS = {
    "binary": (b"\x00\x01|--|" * 50, "表.md", 0),
    "plain text": ("甲\t乙".encode(), "表.txt", 0),
    "pipes without a rule": ("甲|乙\n丙|丁".encode(), "表.txt", 0),
    "by its name": ("甲".encode(), "表.md", 80),
    "rule under a heading": ("|甲|乙|\n|--|--|".encode(), "表.txt", 58),
    "heading and HTML table": ("# 题\n<table><tr><td>甲".encode(), "表", 58),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BIDS.items()])
def test_bid(case):
    content, name, expected = case
    assert READER.bid(SourceFile(name=name, content=content)) == expected


LINES = {
    "nothing": ("", []),
    "rules, fences and comments": ("---\n***\n```\n<!-- 甲 -->\n~~~", []),
    "headings": ("# 题\n### 二 ##\n#非标题", ["题", "二", "#非标题"]),
    "emphasis": ("**甲**乙*丙* __丁__ `戊`", ["甲乙*丙* 丁 戊"]),
    "stars of a product": ("尺寸 5*3*2 米", ["尺寸 5*3*2 米"]),
    "underscore of a name": ("本级_津贴补贴_奖金", ["本级_津贴补贴_奖金"]),
    "quotation": ("> 甲", ["甲"]),
    "a value is no quotation": (">90%\n> 90%", [">90%", "> 90%"]),
    "list": ("- 甲\n* 乙\n1. 丙\n-5 度", ["甲", "乙", "1. 丙", "-5 度"]),
    "link and image": ("[甲](http://x.cn/a)乙![丙](a.png)[1]", ["甲乙[1]"]),
    "escapes": (r"\# 甲\_乙 \> 丙", ["# 甲_乙 > 丙"]),
    "break and tags": ("甲<br>乙<span>丙</span> 丁<90%", ["甲", "乙丙 丁<90%"]),
    "entities": ("甲&nbsp;&lt;5 &amp; A&B", ["甲 <5 & A&B"]),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in LINES.items()])
def test_lines(case):
    text, expected = case
    assert outline(text) == expected


TABLES = {
    "outer pipes": ("|甲|乙|\n|--|--|\n|丙|丁|", [[["甲", "乙"], ["丙", "丁"]]]),
    "no outer pipes": ("甲 | 乙\n-- | :-:\n丙 | 丁", [[["甲", "乙"], ["丙", "丁"]]]),
    "escaped pipe and break": (
        "|甲|乙|\n|--|--|\n|a\\|b|丙<br>丁|",
        [[["甲", "乙"], ["a|b", "丙\n丁"]]],
    ),
    "uneven rows": ("|甲|乙|丙|\n|--|--|--|\n|丁|", [[["甲", "乙", "丙"], ["丁", "", ""]]]),
    "empty heading row": ("| | |\n|--|--|\n|甲|乙|", [[["甲", "乙"]]]),
    "blank line ends the table": (
        "|甲|乙|\n|--|--|\n|丙|丁|\n\n注",
        [[["甲", "乙"], ["丙", "丁"]], "注"],
    ),
    "two tables with a title": (
        "|甲|乙|\n|--|--|\n\n## 题\n|丙|丁|\n|--|--|\n|戊|己|",
        [[["甲", "乙"]], "题", [["丙", "丁"], ["戊", "己"]]],
    ),
    "pipes without a rule": ("甲|乙\n丙|丁", [[["甲", "乙"], ["丙", "丁"]]]),
    "tabs inside": ("题\n甲\t乙\n丙\t丁", ["题", [["甲", "乙"], ["丙", "丁"]]]),
    "pasted in a fence": ("```\n甲|乙\n丙|丁\n```", [[["甲", "乙"], ["丙", "丁"]]]),
    "HTML over several lines": (
        "题\n<table>\n<tr><td>甲<td>乙\n\n<tr><td>丙<td>丁\n</table>\n注",
        ["题", [["甲", "乙"], ["丙", "丁"]], "注"],
    ),
    "HTML that never closes": ("<table><tr><td>甲<td>乙\n丙", [[["甲", "乙 丙"]]]),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in TABLES.items()])
def test_tables(case):
    text, expected = case
    assert outline(text) == expected


def test_pipe_tables_do_not_know_merges_and_html_tables_do():
    blocks = read("|甲|乙|\n|--|--|\n\n<table><tr><td rowspan=2>丙<td>丁<tr><td>戊</table>").blocks
    assert [block.merges_known for block in blocks] == [False, True]
    assert blocks[1].spans == {(0, 0): (2, 1)}


def test_places_are_table_and_line():
    (_, table) = read("题\n\n|甲|乙|\n|--|--|\n|丙|丁|").blocks
    place = table.at(1, 0)
    assert (place.table, place.line, place.column) == (1, 5, 1)


@pytest.mark.parametrize("marks", ["*", "[", "**a ", "__a", "[a](b", "![a", "<a ", "&#1", "# "])
def test_line_of_nothing_but_marks_is_read_in_time(marks):
    started = time.process_time()
    read(marks * 30_000)
    assert time.process_time() - started < 20
