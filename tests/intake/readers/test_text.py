"""Plain text: what is a table, what is a line, and where each of them stood."""

import time
from pathlib import Path

import pytest

from jixiao.intake.document import Line, RowPlace, SourceFile, Table
from jixiao.intake.readers.text import READER

SEED = Path(__file__).parents[3] / "src/jixiao/sample/taole-2022.txt"


def read(text):
    return READER.read(SourceFile(name="表.txt", content=text.encode()))


def outline(text):
    """Tables as lists of rows, lines as strings."""
    return [block.texts if isinstance(block, Table) else block.text for block in read(text).blocks]


NO_TABLE = {
    "nothing": ("", []),
    "blank lines": ("\n \n\u3000\n", []),
    "prose": ("第一段\n\n第二段", ["第一段", "第二段"]),
    "indented with tabs": ("\t一、概况\n\t二、职责", ["一、概况", "二、职责"]),
    "title with stray tabs": ("绩效目标表\t\t\t\n", ["绩效目标表"]),
    "one signature line": ("负责人：    经办人：    电话：", ["负责人：    经办人：    电话："]),
    "one menu line": ("首页 | 公开 | 互动", ["首页 | 公开 | 互动"]),
    "two lines that happen to have gaps": ("甲    乙\n丙  丁", ["甲    乙", "丙  丁"]),
    "full-width indents": ("　　保障运转。\n　　提高效率。", ["保障运转。", "提高效率。"]),
    "a rule of dashes": ("甲\n------\n乙", ["甲", "------", "乙"]),
    "inner text stays": ("金额 （元）：  5", ["金额 （元）：  5"]),
}

TABBED = {
    "padded to one width": ("甲\t乙\n丙\t丁\t戊", [[["甲", "乙", ""], ["丙", "丁", "戊"]]]),
    "first cell only is a row": ("甲\t乙\n丙\t", [[["甲", "乙"], ["丙", ""]]]),
    "blank line is a page break": ("甲\t乙\n\n\t丁", [[["甲", "乙"], ["", "丁"]]]),
    "loose line ends the table": ("甲\t乙\n题\n丙\t丁", [[["甲", "乙"]], "题", [["丙", "丁"]]]),
    "outer blanks of cells go": (
        " 甲 \t\u3000乙\xa0\n丙\t丁 戊",
        [[["甲", "乙"], ["丙", "丁 戊"]]],
    ),
    "soft break inside a cell": ("甲\t乙\v丙", [[["甲", "乙\n丙"]]]),
    "cell with line breaks in quotes": (
        '目标\t"目标1：甲\n目标2：""乙"""\t尾\n丙\t丁\t戊',
        [[["目标", '目标1：甲\n目标2："乙"', "尾"], ["丙", "丁", "戊"]]],
    ),
    "amount in quotes": ('金额\t"1,200.00"', [[["金额", "1,200.00"]]]),
    "quotes a person wrote": ('项目\t"三支一扶"', [[["项目", '"三支一扶"']]]),
    "quote that never closes": ('甲\t"乙\n丙\t丁', [[["甲", '"乙'], ["丙", "丁"]]]),
}

PIPED = {
    "no outer pipes": ("甲 | 乙\n丙 | 丁", [[["甲", "乙"], ["丙", "丁"]]]),
    "outer pipes": ("|甲|乙|\n|丙||", [[["甲", "乙"], ["丙", ""]]]),
    "rule under the heading": ("|甲|乙|\n|--|:-:|\n|丙|丁|", [[["甲", "乙"], ["丙", "丁"]]]),
    "full-width pipes": ("甲｜乙\n丙｜丁", [[["甲", "乙"], ["丙", "丁"]]]),
    "uneven rows": ("甲|乙|丙\n丁|戊", [[["甲", "乙", "丙"], ["丁", "戊", ""]]]),
}

ALIGNED = {
    "two spaces": (
        "甲甲  乙    丙\n丁    戊    己\n庚    辛    壬",
        [[["甲甲", "乙", "丙"], ["丁", "戊", "己"], ["庚", "辛", "壬"]]],
    ),
    "blank first column": (
        "产出  数量  3\n产出  质量  4\n      时效  5",
        [[["产出", "数量", "3"], ["产出", "质量", "4"], ["", "时效", "5"]]],
    ),
    "full-width spaces": (
        "甲　乙\n丙　丁\n戊　己",
        [[["甲", "乙"], ["丙", "丁"], ["戊", "己"]]],
    ),
    "a line that disagrees stays a line": (
        "甲    乙\n丙    丁\n戊    己\n负  责  人：",
        [[["甲", "乙"], ["丙", "丁"], ["戊", "己"]], "负  责  人："],
    ),
}


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, id=name) for name, case in NO_TABLE.items()],
)
def test_no_table(case):
    text, expected = case
    assert outline(text) == expected


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{kind}: {name}")
        for kind, cases in (("tabs", TABBED), ("pipes", PIPED), ("aligned", ALIGNED))
        for name, case in cases.items()
    ],
)
def test_table(case):
    text, expected = case
    assert outline(text) == expected
    assert not any(block.merges_known for block in read(text).blocks if isinstance(block, Table))


BOXES = {
    "wrapped cell and merges": (
        """
┌────────┬────────┬────────┐
│一级指标│二级指标│指标值  │
├────────┼────────┼────────┤
│产出指标│数量指标│95      │
│        │        │（每年）│
│        ├────────┼────────┤
│        │质量指标│合格    │
├────────┼────────┴────────┤
│目标    │保障机构正常运转 │
└────────┴─────────────────┘
""",
        [
            ["一级指标", "二级指标", "指标值"],
            ["产出指标", "数量指标", "95\n（每年）"],
            ["", "质量指标", "合格"],
            ["目标", "保障机构正常运转", ""],
        ],
        {(1, 0): (2, 1), (3, 1): (1, 2)},
    ),
    "strokes of double width": (
        """
┌──┬──┐
│项目│数值│
├──┼──┤
│甲乙│≥９│
├──┼──┤
│丙丁│12  │
└──┴──┘
""",
        [["项目", "数值"], ["甲乙", "≥９"], ["丙丁", "12"]],
        {},
    ),
    "text in the middle of a merged cell": (
        """
+------+----+
|甲    |乙  |
+------+----+
|      |丙  |
|产出  +----+
|      |丁  |
+------+----+
""",
        [["甲", "乙"], ["产出", "丙"], ["", "丁"]],
        {(1, 0): (2, 1)},
    ),
    "slipped strokes are cut by count": (
        """
+------+------+
| 名称 | 值 |
+------+------+
| 甲 | 一
 二 |
+------+------+
| 丙 | 三 |
+------+------+
""".replace("一\n 二", "一"),
        [["名称", "值"], ["甲", "一"], ["丙", "三"]],
        {},
    ),
    "heading rule only: each line is a row": (
        """
 甲 | 乙
----+----
 丙 | 丁
 戊 | 己
""",
        [["甲", "乙"], ["丙", "丁"], ["戊", "己"]],
        {},
    ),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BOXES.items()])
def test_drawn_table(case):
    text, texts, spans = case
    (table,) = read(text).blocks
    assert table.texts == texts
    assert table.spans == spans


LINE_ENDS = ["\n", "\r\n", "\r", "\x85", "\u2028", "\r\r\n"]


@pytest.mark.parametrize("end", LINE_ENDS, ids=ascii)
def test_every_line_end_counts_one_line(end):
    blocks = read(end.join(["题", "", "甲\t乙", "丙\t丁", ""])).blocks
    assert [blocks[0].place, *blocks[1].places] == [
        RowPlace(line=1),
        RowPlace(line=3),
        RowPlace(line=4),
    ]


def test_form_feed_begins_a_page_and_no_new_table():
    (title, table) = read("题\n甲\t乙\n\f丙\t丁\n\f").blocks
    assert title.place == RowPlace(page=1, line=1)
    assert table.places == [RowPlace(page=1, line=2), RowPlace(page=2, line=3)]


def test_end_of_file_sign_of_old_systems_is_no_line():
    assert outline("甲\n\x1a") == ["甲"]


def test_one_table_cell_knows_its_place():
    table = read("题\n甲\t乙\n丙\t丁").blocks[1]
    place = table.at(1, 1)
    assert (place.quote, place.line, place.column, place.cell) == ("丁", 3, 2, None)


def test_seed_keeps_every_cell():
    content = SEED.read_bytes()
    blocks = READER.read(SourceFile(name=SEED.name, content=content)).blocks
    tables = [block for block in blocks if isinstance(block, Table)]
    cells = [cell for table in tables for row in table.texts for cell in row if cell]
    lines = [block.text for block in blocks if isinstance(block, Line)]
    expected = [cell.strip() for cell in content.decode().replace("\n", "\t").split("\t")]
    assert sorted(cells + lines) == sorted(filter(None, expected))
    assert len(tables) == 16


SLOW_INPUTS = {
    "opening quotes": '甲\t"乙\n' * 5000,
    "quotes in one line": "\t" + '"' * 50_000 + "\n甲\t乙",
    "pipes": "|" * 50_000 + "\n" + "|" * 50_000,
    "strokes": "├──┼" * 5000 + "\n" + "│甲" * 5000,
    "gaps": ("甲  " * 2000 + "\n") * 20,
    "tabs": "\t" * 200_000 + "甲\t乙",
}


@pytest.mark.parametrize("name", sorted(SLOW_INPUTS))
def test_no_input_takes_long(name):
    start = time.process_time()
    read(SLOW_INPUTS[name])
    assert time.process_time() - start < 15
