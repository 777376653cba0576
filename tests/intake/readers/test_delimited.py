"""CSV and its kin."""

import pytest

from jixiao.intake.document import SourceFile
from jixiao.intake.readers.delimited import READER


def read(text, name="表.csv", encoding="utf-8"):
    return READER.read(SourceFile(name=name, content=text.encode(encoding)))


def texts(text, **options):
    blocks = read(text, **options).blocks
    return blocks[0].texts if blocks else []


BIDS = {
    "binary": (b"\x00\x01,,\n" * 50, "表.csv", 0),
    "by its name": ("甲".encode(), "表.csv", 60),
    "prose with commas": ("甲, 乙\n丙\n丁, 戊, 己".encode(), "表.txt", 0),
    "two columns could be prose": (b"a, b\nc, d\ne, f", "x.txt", 0),
    "even commas": (b"a,b,c\n1,2,3\n4,5,6\n", "x.txt", 40),
    "even commas and tabs": (b"a,b,c\t\n1,2,3\n4,5,6\n", "x.txt", 0),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in BIDS.items()])
def test_bid(case):
    content, name, expected = case
    assert READER.bid(SourceFile(name=name, content=content)) == expected


TABLES = {
    "nothing": ("\n\n", []),
    "uneven rows": ("题\n甲,乙\n丙,丁,戊", [["题", "", ""], ["甲", "乙", ""], ["丙", "丁", "戊"]]),
    "quotes, commas and breaks": (
        '"1,200","目标1\n目标2"\n"甲""乙",丙',
        [["1,200", "目标1\n目标2"], ['甲"乙', "丙"]],
    ),
    "outer blanks": (" 甲 ,\u3000乙\n丙 丁,", [["甲", "乙"], ["丙 丁", ""]]),
    "semicolons": ("甲;乙, 丙\n丁;戊", [["甲", "乙, 丙"], ["丁", "戊"]]),
    "tabs": ("甲\t乙, 丙, 丁\n戊\t己", [["甲", "乙, 丙, 丁"], ["戊", "己"]]),
    "pipes": ("甲|乙\n丙|丁", [["甲", "乙"], ["丙", "丁"]]),
    "Excel names its delimiter": ("sep=;\n甲;乙,\n丙,;丁", [["甲", "乙,"], ["丙,", "丁"]]),
    "returns only": ("甲,乙\r丙,丁", [["甲", "乙"], ["丙", "丁"]]),
    "quotes inside a cell": ('甲,做好"三农"工作\n乙,1', [["甲", '做好"三农"工作'], ["乙", "1"]]),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in TABLES.items()])
def test_table(case):
    text, expected = case
    assert texts(text) == expected
    assert read(text).problems == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encodings(encoding):
    assert texts("项目名称,≥95%\n甲,乙", encoding=encoding) == [["项目名称", "≥95%"], ["甲", "乙"]]


UNCLOSED = {
    "at the start": ('"甲,乙\n丙,丁\n戊,己', 1, [['"甲', "乙"], ["丙", "丁"], ["戊", "己"]][1:]),
    "in the middle": ('甲,乙\n丙,"丁\n戊,己', 2, [["戊", "己"]]),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in UNCLOSED.items()])
def test_unclosed_quote_does_not_swallow_the_rest(case):
    text, line, last_rows = case
    document = read(text)
    (problem,) = document.problems
    assert (problem.code, problem.source.line) == ("INT026", line)
    assert document.blocks[0].texts[-len(last_rows) :] == last_rows


def test_quote_that_opens_for_hundreds_of_lines_is_an_error():
    text = '甲,"乙\n' + "丙,丁\n" * 400 + '戊,己"\n'
    document = read(text)
    assert len(document.blocks[0].texts) == 402
    assert [problem.code for problem in document.problems] == ["INT026"]


def test_places_are_row_and_line():
    table = read('题\n\n甲,"乙\n丙"\n丁,戊').blocks[0]
    assert [(place.row, place.line) for place in table.places] == [(1, 1), (2, 3), (3, 5)]


def test_cell_longer_than_the_csv_module_takes():
    assert texts("甲," + "乙" * 200_000 + "\n丙,丁")[1] == ["丙", "丁"]


def test_tab_separated_has_its_own_media_type():
    assert read("甲\t乙", name="表.tsv").media_type == "text/tab-separated-values"
