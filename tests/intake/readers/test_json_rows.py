"""JSON rows and tables as extractors write them."""

import json
from pathlib import Path

import pytest

from jixiao.intake.document import RowPlace, SourceFile, Table
from jixiao.intake.readers.json_rows import READER, spans_from_nulls

CORPUS = Path(__file__).parents[4] / "shared/corpus"


def read(value, name="表.json"):
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return READER.read(SourceFile(name=name, content=text.encode()))


def outline(value):
    return [block.texts if isinstance(block, Table) else block.text for block in read(value).blocks]


BIDS = {
    "binary": (b"[\x00\x01\x02", "表.json", 0),
    "text in brackets": ("[附件1] 绩效目标表".encode(), "表.txt", 0),
    "half a value": (b'[["a", 1', "表.txt", 0),
    "half a value under the name": (b'[["a", 1', "表.json", 80),
    "whole value": (b'\xef\xbb\xbf\n[["a", 1]]', "表.txt", 90),
    "lines": (b'["a"]\n["b"]\n', "表", 90),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BIDS.items()])
def test_bid(case):
    content, name, expected = case
    assert READER.bid(SourceFile(name=name, content=content)) == expected


NO_TABLE = [{}, [], "[1, 2]", "7", {"a": 1, "b": "x"}, ["甲", "乙"], [[]], {"name": {"a": [1]}}]


@pytest.mark.parametrize("value", NO_TABLE, ids=str)
def test_no_table(value):
    document = read(value)
    assert (document.blocks, document.problems, document.unreadable) == ((), (), False)


TRUNCATED = ['[["甲", "乙"], ["丙"', "", "{", '["甲"]\n["乙"\n["丙"\n["丁"', "[" * 100_000]


@pytest.mark.parametrize("text", TRUNCATED, ids=lambda text: text[:20])
def test_truncated(text):
    document = read(text)
    assert document.unreadable
    assert [problem.code for problem in document.problems] == ["INT003"]


ROWS = [["甲", "乙"], ["丙", ""]]
SHAPES = {
    "rows": ROWS,
    "tables": [ROWS],
    "under a key": {"tables": [ROWS]},
    "by page": [{"page": 1, "tables": [ROWS]}],
    "sheets": {"sheets": [{"rows": ROWS}]},
    "deep": {"a": {"b": [{"c": [ROWS]}]}},
    "records": [{"甲": "丙", "乙": ""}],
    "uneven": [["甲", "乙"], ["丙"]],
    "lines": '["甲", "乙"]\n\n["丙", ""]\n',
}


@pytest.mark.parametrize("name", sorted(SHAPES))
def test_shapes(name):
    (table,) = read(SHAPES[name]).blocks
    assert (table.texts, table.spans, table.merges_known) == (ROWS, {}, False)


VALUES = {
    "numbers as printed": (
        "[[1.50, 10891.615675, 0, 1e3, -0.0]]",
        ["1.50", "10891.615675", "0", "1e3", "-0.0"],
    ),
    "booleans": ("[[true, false]]", ["true", "false"]),
    "outer blanks": ('[[" 甲\\n乙 ", ""]]', ["甲\n乙", ""]),
    "half a character": ('[["甲\\ud800", "乙"]]', ["甲\ufffd", "乙"]),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in VALUES.items()])
def test_values(case):
    text, expected = case
    assert read(text).blocks[0].texts == [expected]


N = None
SPANS = {
    "right": ([["题", N, N], ["a", "b", "c"]], {(0, 0): (1, 3)}),
    "below": ([["a", "b"], [N, "c"], [N, "d"]], {(0, 0): (3, 1)}),
    "block": ([["a", N, "b"], [N, N, "c"]], {(0, 0): (2, 2)}),
    "right before below": ([["a", "b"], ["c", N]], {(1, 0): (1, 2)}),
    "two levels below": (
        [["一", "二", "三"], [N, N, "四"], [N, "五", "六"]],
        {(0, 0): (3, 1), (0, 1): (2, 1)},
    ),
    "a wide cell above does not fit the gap": ([["题", N], [N, "b"]], {(0, 0): (1, 2)}),
    "short rows": ([["a", N, "b"], [N]], {(0, 0): (1, 2)}),
    "only nulls": ([[N, N]], {}),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in SPANS.items()])
def test_spans_from_nulls(case):
    rows, expected = case
    assert spans_from_nulls(rows) == expected


def test_merges_are_known_where_nulls_show_them():
    (table,) = read([["题", None], ["a", ""]]).blocks
    assert table.merges_known
    assert table.texts == [["题", ""], ["a", ""]]


def test_titles_pages_and_places():
    document = read(
        [{"page": 31, "title": "表一", "tables": [ROWS, ROWS]}, {"page": 32, "tables": [ROWS]}]
    )
    title, *tables = document.blocks
    assert (title.text, title.place.page) == ("表一", 31)
    assert [table.places[1] for table in tables] == [
        RowPlace(page=31, table=1, row=2),
        RowPlace(page=31, table=2, row=2),
        RowPlace(page=32, table=3, row=2),
    ]


def test_broken_line_among_lines_is_a_problem():
    document = read('["甲", "乙"]\n["丙", \n["丁", "戊"]\n')
    assert document.blocks[0].texts == [["甲", "乙"], ["丁", "戊"]]
    assert [problem.code for problem in document.problems] == ["INT003"]


def test_real_extraction_of_a_pdf():
    path = CORPUS / "101-shanghai-wanli-2023-pdf/derived.pdfplumber-tables.json"
    if not path.exists():
        pytest.skip(f"no corpus at {CORPUS}")
    tables = READER.read(SourceFile(name=path.name, content=path.read_bytes())).blocks
    assert [table.places[0].page for table in tables] == [31, 32, 33, 34, 35]
    assert tables[0].texts[12][:4] == ["绩效指标", "产出指标", "数量指标", "规划建筑面积"]
    assert [tables[0].spans[at] for at in [(0, 0), (5, 0), (12, 0), (12, 1)]] == [
        (1, 8),
        (4, 2),
        (5, 1),
        (3, 1),
    ]
