"""HTML: exact spans, what is seen and what is not, pages built from tables."""

import time
from pathlib import Path

import pytest

from jixiao.intake.document import SourceFile, Table
from jixiao.intake.readers.html import READER

CORPUS = Path(__file__).parents[4] / "shared/corpus"


def source(markup, name="表.html", encoding="utf-8"):
    content = markup if isinstance(markup, bytes) else markup.encode(encoding)
    return SourceFile(name=name, content=content)


def blocks(markup):
    return READER.read(source(f"<html><body>{markup}")).blocks


def outline(markup):
    return [block.texts if isinstance(block, Table) else block.text for block in blocks(markup)]


BIDS = {
    "binary": (b"\x00\x01\x02<table><td>" * 50, "表.html", 0),
    "plain text": ("甲\t乙", "表.txt", 0),
    "less-than sign in text": ("人数<90%", "表.txt", 0),
    "plain text under the name": ("甲\t乙", "表.html", 10),
    "web archive": ("MIME-Version: 1.0\n<html><td>", "表.html", 0),
    "fragment in a text": ("见下：<table><tr><td>甲", "表.txt", 55),
    "fragment under the name": ("<table><tr><td>甲", "表.htm", 75),
    "page under another name": ("<!DOCTYPE html><table>", "表.xls", 85),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BIDS.items()])
def test_bid(case):
    content, name, expected = case
    assert READER.bid(source(content, name)) == expected


LINES = {
    "nothing": ("", []),
    "script and style": ("<script>甲</script><style>乙</style><template>丙</template>", []),
    "hidden": ("<p style='display: none'>甲<p hidden>乙<p style='mso-hide:all'>丙", []),
    "comment": ("<!-- 甲 -->乙", ["乙"]),
    "deleted in a tracked change": ("<p>甲<del>乙</del><ins>丙</ins>", ["甲丙"]),
    "blocks and breaks": (
        "<h1>甲<br>乙</h1><div>丙<p>丁</p>戊</div>",
        ["甲", "乙", "丙", "丁", "戊"],
    ),
    "inline marks": ("<p>年<b>度</b><span>目</span>标", ["年度目标"]),
    "white space": ("<p>  甲\n   乙 </p>", ["甲 乙"]),
    "entities": ("<p>&nbsp;甲&nbsp;乙&lt;90%&#8805;", ["甲 乙<90%≥"]),
    "preformatted": ("<pre>甲\n乙</pre>", ["甲", "乙"]),
    "list": ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
    "hidden input": ("<input type=hidden value=甲><input type=submit value=乙>", []),
    "shown input": ("<p>值<input value=甲>", ["值甲"]),
    "ticked": ("<p><input type=checkbox checked>是<input type=radio>否", ["☑是☐否"]),
    "chosen option": ("<select><option>甲<option selected>乙</select>", ["乙"]),
    "first option": ("<select><option>甲<option>乙</select>", ["甲"]),
    "placeholder option": ("<select><option value=''>请选择<option>乙</select>", []),
    "text area": ("<textarea>甲\n乙</textarea>", ["甲", "乙"]),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in LINES.items()])
def test_lines(case):
    markup, expected = case
    assert outline(markup) == expected


GRIDS = {
    "rowspan and colspan": (
        "<tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁",
        [["甲", "乙", ""], ["", "丙", "丁"]],
        {(0, 0): (2, 1), (0, 1): (1, 2)},
    ),
    "rowspan of 0 runs to the end of its group": (
        "<tbody><tr><td rowspan=0>甲<td>乙<tr><td>丙<tbody><tr><td>丁<td>戊",
        [["甲", "乙"], ["", "丙"], ["丁", "戊"]],
        {(0, 0): (2, 1)},
    ),
    "rowspan too large is cut": (
        "<tr><td rowspan=99>甲<td>乙<tr><td>丙",
        [["甲", "乙"], ["", "丙"]],
        {(0, 0): (2, 1)},
    ),
    "title of a hundred columns": (
        "<tr><td colspan=100>题<tr><td>甲<td>乙<tr><td>丙<td>丁",
        [["题", ""], ["甲", "乙"], ["丙", "丁"]],
        {(0, 0): (1, 2)},
    ),
    "last cells all of two columns keep them": (
        "<tr><td>甲<td colspan=2>乙<tr><td>丙<td colspan=2>丁",
        [["甲", "乙", ""], ["丙", "丁", ""]],
        {(0, 1): (1, 2), (1, 1): (1, 2)},
    ),
    "overlapping spans do not overlap": (
        "<tr><td>甲<td rowspan=2>乙<tr><td colspan=2>丙",
        [["甲", "乙"], ["丙", ""]],
        {(0, 1): (2, 1)},
    ),
    "missing cells are blank": (
        "<tr><td>甲<td>乙<td>丙<tr><td>丁",
        [["甲", "乙", "丙"], ["丁", "", ""]],
        {},
    ),
    "senseless spans": (
        "<tr><td rowspan=-3 colspan=abc>甲<td colspan=0>乙<tr><td>丙<td>丁",
        [["甲", "乙"], ["丙", "丁"]],
        {},
    ),
    "head first and foot last": (
        "<tfoot><tr><td>尾<td>1<tbody><tr><td>甲<td>2<thead><tr><th>头<th>3",
        [["头", "3"], ["甲", "2"], ["尾", "1"]],
        {},
    ),
    "breaks and blocks in a cell": (
        "<tr><td>甲<br>乙<p>丙</p>丁<td>戊",
        [["甲\n乙\n丙\n丁", "戊"]],
        {},
    ),
    "hidden rows and cells": (
        "<tr style='display:none'><td>无<td>无<tr><td>甲<td style='display:none'>无<td>乙",
        [["甲", "乙"]],
        {},
    ),
    "a box around a text is part of the cell": (
        "<tr><td>甲<td>乙<table><tr><td>丙</table>",
        [["甲", "乙\n丙"]],
        {},
    ),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in GRIDS.items()])
def test_grid(case):
    rows, texts, spans = case
    (table,) = blocks(f"<table>{rows}</table>")
    assert (table.texts, table.spans, table.merges_known) == (texts, spans, True)


NESTED = {
    "inner table becomes a block of its own": (
        "<table><tr><td>甲<td>乙<table><tr><td>丙<td>丁</table></table>",
        [[["甲", "乙"]], [["丙", "丁"]]],
    ),
    "layout around a form": (
        "<table><tr><td>导航<td><table><tr><td>甲<td>乙</table></table>",
        ["导航", [["甲", "乙"]]],
    ),
    "layout in layout, with text before and after": (
        "<table><tr><td><table><tr><td>题<p>副题<tr><td><table><tr><td>甲<td>乙</table>注</table></table>尾",
        ["题", "副题", [["甲", "乙"]], "注", "尾"],
    ),
    "one cell around text": ("<table><tr><td>甲<p>乙</table>", ["甲", "乙"]),
    "empty table": ("<table><tr><td> <td></table>甲", ["甲"]),
    "caption": ("<table><caption>表一</caption><tr><td>甲<td>乙</table>", ["表一", [["甲", "乙"]]]),
    "text put into a table by mistake": (
        "<table>题<tr><td>甲<td>乙</table>",
        ["题", [["甲", "乙"]]],
    ),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in NESTED.items()])
def test_nested(case):
    markup, expected = case
    assert outline(markup) == expected


def test_places_are_table_and_row():
    table = blocks(
        "<table><tr><td>甲<td>乙</table><table><tr><td>丙<td>丁<tr><td>戊<td>己</table>"
    )[1]
    place = table.at(1, 1)
    assert (place.table, place.row, place.column, place.quote) == (2, 2, 2, "己")


LABELS = [("gb2312", "gbk"), ("gb2312", "utf-8"), ("utf-8", "gb18030"), ("", "gbk"), ("", "utf-16")]


@pytest.mark.parametrize(("label", "encoding"), LABELS)
def test_content_outweighs_the_declared_charset(label, encoding):
    markup = f"<html><meta charset='{label}'><table><tr><td>绩效目标<td>≥95%</table>"
    document = READER.read(source(markup, encoding=encoding))
    assert document.blocks[0].texts == [["绩效目标", "≥95%"]]
    assert document.problems == ()


def test_fragment_keeps_the_line_ends_of_a_dump():
    document = READER.read(source("绩效目标表\n（2022年度）\n<table><tr><td>甲<td>乙</table>\n注"))
    shown = [block.texts if isinstance(block, Table) else block.text for block in document.blocks]
    assert shown == ["绩效目标表", "（2022年度）", [["甲", "乙"]], "注"]


def test_too_many_columns_are_cut_and_said():
    document = READER.read(source("<html><table><tr>" + "<td>甲" * 1500 + "</table>"))
    assert document.blocks[0].width == 1000
    assert [problem.code for problem in document.problems] == ["INT009"]


SLOW_PAGES = {
    "open blocks": "<div>" * 100_000 + "甲",
    "open styles": "".join(f"<b id={n}><p>" for n in range(20_000)) + "甲",
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">甲",
    "tables in tables": "<table><tr><td>" * 20_000 + "甲",
    "tables in real tables": "<table><tr><td>一<td>二<td>" * 300 + "甲",
    "wide spans": ("<table>" + "<tr><td rowspan=60000 colspan=1000>甲" * 5000),
}


@pytest.mark.parametrize("name", sorted(SLOW_PAGES))
def test_no_page_takes_long(name):
    start = time.process_time()
    document = READER.read(source("<html>" + SLOW_PAGES[name]))
    assert time.process_time() - start < 20
    assert document.blocks


def test_real_form_as_html():
    path = CORPUS / "102-guangdong-zhanjiang-2024-dept/source.html"
    if not path.exists():
        pytest.skip(f"no corpus at {CORPUS}")
    (table,) = READER.read(SourceFile(name=path.name, content=path.read_bytes())).blocks
    assert (table.width, len(table.texts)) == (5, 36)
    assert table.texts[35][3:] == ["服务单位对“三支一扶”人员满意度", "≥90%"]
    assert table.spans[14, 0] == (22, 1)
