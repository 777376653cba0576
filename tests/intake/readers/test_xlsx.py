"""The .xlsx reader: what it refuses, and that cells arrive as shown."""

import csv
import re
from pathlib import Path

import pytest

from jixiao.intake.document import SourceDocument, SourceFile, Table
from jixiao.intake.readers.xlsx import READER
from tests.support.office_files import (
    SHEET,
    Grid,
    Sheet,
    package,
    style_sheet,
    xlsx_around,
    xlsx_of,
)
from tests.support.seed_forms import seed_grids

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def read(content: bytes, name: str = "目标表.xlsx") -> SourceDocument:
    return READER.read(SourceFile(name=name, content=content))


def read_sheet(
    body: str, strings: str = "", styles: str = "", workbook: str = ""
) -> SourceDocument:
    return read(xlsx_around({"表一": body}, strings, styles, workbook))


def rows(*rows: str) -> str:
    return f"<sheetData>{''.join(rows)}</sheetData>"


def only(document: SourceDocument) -> Table:
    (block,) = document.blocks
    assert isinstance(block, Table)
    return block


def codes(document: SourceDocument) -> list[str]:
    return [problem.code for problem in document.problems]


WHOLE = xlsx_of([Sheet("表一", Grid([["甲", "乙"], ["丙", "丁"]]))])
LAUGHS = (
    "<!DOCTYPE a [<!ENTITY b0 'ha'>"
    + "".join(f"<!ENTITY b{n + 1} '{f'&b{n};' * 10}'>" for n in range(9))
    + "]>"
)
REFUSALS = [
    ("truncated", WHOLE[: len(WHOLE) // 2], "INT003", "损坏或不完整"),
    ("not a package at all", b"\x00\x01\x02", "INT003", "损坏或不完整"),
    ("no workbook", package({"xl/styles.xml": "<a/>"}), "INT003", "缺少部件 xl/workbook.xml"),
    (
        "workbook without sheets",
        package({"xl/workbook.xml": f'<workbook xmlns="{SHEET}"/>'}),
        "INT003",
        "没有工作表",
    ),
    ("broken workbook", package({"xl/workbook.xml": "<workbook>"}), "INT003", "不是合格的 XML"),
    ("password", ENCRYPTED, "INT004", "取消密码"),
    (
        "macro",
        xlsx_around({"a": ""}, extra={"xl/vbaProject.bin": b"x"}),
        "INT006",
        "不含宏的 .xlsx",
    ),
    (
        "old macro sheet",
        xlsx_around({"a": ""}, extra={"xl/macrosheets/sheet1.xml": "<a/>"}),
        "INT006",
        "不含宏的 .xlsx",
    ),
    (
        "bomb in the workbook",
        package({"xl/workbook.xml": "<a>" + " " * 60_000_000 + "</a>"}),
        "INT007",
        "压缩比",
    ),
    (
        "entities in the workbook",
        package({"xl/workbook.xml": LAUGHS + "<a>&b9;</a>"}),
        "INT008",
        "实体",
    ),
    (
        "entities in the texts of all sheets",
        xlsx_around(
            {"a": rows('<row><c t="s"><v>0</v></c></row>')},
            extra={"xl/sharedStrings.xml": LAUGHS + "<sst><si><t>&b9;</t></si></sst>"},
        ),
        "INT008",
        "实体",
    ),
]


@pytest.mark.parametrize(
    ("case", "content", "code", "words"), REFUSALS, ids=[c[0] for c in REFUSALS]
)
def test_refuses(case, content, code, words):
    document = read(content)
    (problem,) = document.problems
    assert (document.unreadable, problem.code) == (True, code)
    assert words in problem.message
    assert "“目标表.xlsx”" in problem.message
    assert problem.message.endswith("后再读。")


def test_refuses_macro_suffix():
    assert read(WHOLE, "目标表.xlsm").problems[0].code == "INT006"


BIDS = [
    ("a.xlsx", WHOLE, 100),
    ("a.docx", WHOLE, 100),
    ("a.xlsx", ENCRYPTED, 90),
    ("a.docx", ENCRYPTED, 0),
    ("a.xlsx", WHOLE[: len(WHOLE) // 2], 50),
    ("a.csv", b"1,2", 0),
    ("a.xlsb", package({"xl/workbook.bin": b"", "xl/theme/theme1.xml": "<a/>"}), 0),
]


@pytest.mark.parametrize(("name", "content", "expected"), BIDS)
def test_bid(name, content, expected):
    assert READER.bid(SourceFile(name=name, content=content)) == expected


BAD_SHEETS = [
    (
        "cut in the middle",
        rows('<row r="1"><c r="A1" t="inlineStr"><is><t>好</t></is></c></row>') + "<a>",
        "INT003",
        "不是合格的 XML",
        [["好"]],
    ),
    ("not XML", "<<<", "INT003", "不是合格的 XML", None),
    ("a bomb", " " * 60_000_000, "INT007", "压缩比", None),
]


@pytest.mark.parametrize(
    ("case", "body", "code", "words", "texts"), BAD_SHEETS, ids=[c[0] for c in BAD_SHEETS]
)
def test_one_bad_sheet_does_not_hide_the_others(case, body, code, words, texts):
    good = rows('<row r="1"><c r="A1"><v>5</v></c></row>')
    document = read(xlsx_around({"坏表": body, "好表": good}))
    (problem,) = document.problems
    assert (problem.code, document.unreadable) == (code, False)
    assert problem.message.startswith("工作表“坏表”没有读全：文件“目标表.xlsx”")
    assert words in problem.message
    assert problem.source is not None
    assert problem.source.sheet == "坏表"
    expected = [[["5"]]] if texts is None else [texts, [["5"]]]
    assert [block.texts for block in document.blocks if isinstance(block, Table)] == expected


def test_unknown_encoding_of_a_sheet():
    part = b"<?xml version='1.0' encoding='nonsense'?><!-- --><a/>"
    document = read(xlsx_around({"表一": ""}, extra={"xl/worksheets/sheet1.xml": part}))
    assert codes(document) == ["INT003"]
    assert "编码无法识别" in document.problems[0].message


def test_damage_inside_a_large_sheet_keeps_what_came_before():
    lines = "".join(
        f"<row><c><v>{n}</v></c><c><v>0.5</v></c></row>" + " " * 120 for n in range(30_000)
    )
    document = read_sheet(rows(lines) + "<a>")
    assert (len(only(document).texts), codes(document)) == (30_000, ["INT003"])


def test_entities_in_a_sheet():
    content = xlsx_around({"表一": ""}, extra={"xl/worksheets/sheet1.xml": LAUGHS + "<a>&b9;</a>"})
    document = read(content)
    assert (codes(document), document.unreadable) == (["INT008"], True)


def test_missing_sheet_part():
    workbook = (
        f'<workbook xmlns="{SHEET}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        '<sheets><sheet name="没有的表" r:id="rId7"/></sheets></workbook>'
    )
    document = read(package({"xl/workbook.xml": workbook}))
    assert (codes(document), document.unreadable) == (["INT003"], True)
    assert "缺少工作表“没有的表”的部件" in document.problems[0].message


def test_external_relationships_are_not_followed():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="rId1" Type="x/worksheet" TargetMode="External" Target="http://127.0.0.1:9/"/></Relationships>'
    )
    document = read(xlsx_around({"表一": ""}, extra={"xl/_rels/workbook.xml.rels": relations}))
    assert codes(document) == ["INT003"]


def test_missing_shared_strings_are_named():
    document = read_sheet(
        rows('<row r="3"><c r="B3" t="s"><v>9</v></c><c r="C3"><v>1</v></c></row>')
    )
    assert only(document).texts == [["1"]]
    assert codes(document) == ["INT003"]
    assert "B3 文字在文件中缺失" in document.problems[0].message


def test_uncached_formulas_are_named():
    cells = "".join(f'<row r="{n}"><c r="B{n}"><f>A1*2</f><v></v></c></row>' for n in range(2, 9))
    document = read_sheet(rows('<row r="1"><c r="A1"><v>1</v></c></row>', cells))
    (problem,) = document.problems
    assert problem.code == "INT026"
    assert "B2、B3、B4、B5、B6 等 7 个单元格公式没有缓存值" in problem.message
    assert "请用 Excel 或 WPS 打开并保存一次" in problem.message
    assert problem.source is not None
    assert (problem.source.sheet, problem.source.cell) == ("表一", "B2")


CELLS = [
    ("number", '<c r="A1"><v>737</v></c>', "737"),
    ("number as stated", '<c r="A1" t="n"><v> 737 </v></c>', "737"),
    ("shared string", '<c r="A1" t="s"><v>0</v></c>', "甲"),
    ("rich shared string without readings", '<c r="A1" t="s"><v>1</v></c>', "数 量\n指标"),
    ("inline", '<c r="A1" t="inlineStr"><is><t>乙</t></is></c>', "乙"),
    (
        "inline runs",
        '<c r="A1" t="inlineStr"><is>\n <r><t>数</t></r>\n <r><t>量</t></r><rPh><t>ㄌ</t></rPh></is></c><c r="B1" t="inlineStr"><is><t>乙</t></is></c>',
        "数量",
    ),
    ("formula with text", '<c r="A1" t="str"><f>A2</f><v>甲</v></c>', "甲"),
    ("formula with number", '<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
    ("pretty printed", '<c r="A1">\n  <f>1+1</f>\n  <v>2</v>\n</c>', "2"),
    ("yes", '<c r="A1" t="b"><v>1</v></c>', "TRUE"),
    ("no", '<c r="A1" t="b"><v>0</v></c>', "FALSE"),
    ("error", '<c r="A1" t="e"><v>#REF!</v></c>', "#REF!"),
    ("percent", '<c r="A1" s="1"><v>0.95</v></c>', "95%"),
    ("code", '<c r="A1" s="2"><v>55</v></c>', "055"),
    ("text with added words", '<c r="A1" s="3" t="s"><v>0</v></c>', "甲元"),
    ("date", '<c r="A1" s="4"><v>44562</v></c>', "2022年1月1日"),
    ("ISO date", '<c r="A1" s="4" t="d"><v>2022-01-01</v></c>', "2022年1月1日"),
    ("ISO date that is none", '<c r="A1" t="d"><v>2022年</v></c>', "2022年"),
    ("unknown style", '<c r="A1" s="99"><v>0.5</v></c>', "0.5"),
    ("escaped control character", '<c r="A1" t="str"><v>甲_x000D_\n乙</v></c>', "甲\n乙"),
    (
        "escapes that are no text",
        '<c r="A1" t="str"><v>甲_xD800__x0001_乙_x005F_x000D_</v></c>',
        "甲_xD800_乙_x000D_",
    ),
    ("unknown type", '<c r="A1" t="zz"><v>甲</v></c>', "甲"),
]
STRINGS = (
    "<si><t>甲</t></si>"
    '<si>\n <r><rPr><b/></rPr><t xml:space="preserve">数 </t></r>\n <r><t>量\n指标</t></r><rPh sb="0" eb="1"><t>ㄕㄨ</t></rPh><phoneticPr fontId="1"/>\n</si>'
)


@pytest.mark.parametrize(("case", "cell", "expected"), CELLS, ids=[c[0] for c in CELLS])
def test_cell(case, cell, expected):
    styles = style_sheet("0%", "000", '@"元"', 'yyyy"年"m"月"d"日"')
    document = read_sheet(rows(f'<row r="1">{cell}</row>'), STRINGS, styles)
    assert (only(document).texts[0][0], document.problems) == (expected, ())


def test_dates_of_1904():
    document = read_sheet(
        rows('<row r="1"><c r="A1" s="1"><v>43100</v></c></row>'),
        "",
        style_sheet("yyyy/m/d"),
        '<workbookPr date1904="1"/>',
    )
    assert only(document).texts == [["2022/1/1"]]


POSITIONS = [
    ("stated", '<row r="3"><c r="C3"><v>1</v></c></row>', ("C3", [["1"]])),
    ("none stated", "<row/><row><c/><c><v>1</v></c><c><v>2</v></c></row>", ("B2", [["1", "2"]])),
    ("first cell without", "<row><c><v>1</v></c></row>", ("A1", [["1"]])),
    ("some stated", '<row r="5"><c r="D5"/><c><v>1</v></c></row>', ("E5", [["1"]])),
    ("far columns", '<row r="1"><c r="AB1"><v>1</v></c></row>', ("AB1", [["1"]])),
    (
        "rows in disorder",
        '<row r="2"><c r="A2"><v>2</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        ("A1", [["1"], ["2"]]),
    ),
    (
        "senseless addresses",
        '<row r="x"><c r="?"><v>1</v></c><c r="!"><v>2</v></c></row>',
        ("A1", [["1", "2"]]),
    ),
    (
        "blank cells around",
        '<row r="1"><c r="A1" s="1"/></row><row r="2"><c r="B2"><v>1</v></c><c r="C2" t="str"><v> </v></c></row>',
        ("B2", [["1"]]),
    ),
    ("prefixed names", None, ("A1", [["1"]])),
]


@pytest.mark.parametrize(("case", "body", "expected"), POSITIONS, ids=[c[0] for c in POSITIONS])
def test_positions(case, body, expected):
    if body is None:
        part = f'<x:worksheet xmlns:x="{SHEET}"><x:sheetData><x:row><x:c><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>'
        document = read(xlsx_around({"表一": ""}, extra={"xl/worksheets/sheet1.xml": part}))
    else:
        document = read_sheet(rows(body))
    block = only(document)
    assert (block.at(0, 0).cell, block.texts) == expected
    assert block.at(0, 0).sheet == "表一"


def merged(*areas: str) -> str:
    return (
        "<mergeCells>" + "".join(f'<mergeCell ref="{area}"/>' for area in areas) + "</mergeCells>"
    )


SQUARE = rows(
    *(
        f'<row r="{n}">' + "".join(f'<c r="{c}{n}"><v>{n}</v></c>' for c in "BCD") + "</row>"
        for n in (2, 3, 4)
    )
)
MERGES = [
    ("none", "", {}, [["2", "2", "2"], ["3", "3", "3"], ["4", "4", "4"]]),
    (
        "across",
        merged("B2:D2"),
        {(0, 0): (1, 3)},
        [["2", "", ""], ["3", "3", "3"], ["4", "4", "4"]],
    ),
    ("down", merged("C2:C4"), {(0, 1): (3, 1)}, [["2", "2", "2"], ["3", "", "3"], ["4", "", "4"]]),
    (
        "clipped to what holds text",
        merged("D4:Z99"),
        {},
        [["2", "2", "2"], ["3", "3", "3"], ["4", "4", "4"]],
    ),
    (
        "clipped right",
        merged("C2:Z2"),
        {(0, 1): (1, 2)},
        [["2", "2", ""], ["3", "3", "3"], ["4", "4", "4"]],
    ),
    ("outside", merged("F9:G10", "A1:A1"), {}, [["2", "2", "2"], ["3", "3", "3"], ["4", "4", "4"]]),
    ("senseless", merged("??", "", "B2"), {}, [["2", "2", "2"], ["3", "3", "3"], ["4", "4", "4"]]),
]


@pytest.mark.parametrize(("case", "merges", "spans", "texts"), MERGES, ids=[c[0] for c in MERGES])
def test_merges(case, merges, spans, texts):
    document = read_sheet(SQUARE + merges)
    block = only(document)
    assert (block.spans, block.texts, block.first_column, document.problems) == (
        spans,
        texts,
        2,
        (),
    )


def test_overlapping_merges():
    document = read_sheet(SQUARE + merged("B2:C3", "C3:D4"))
    assert only(document).spans == {(0, 0): (2, 2)}
    assert codes(document) == ["INT026"]


def test_sheets_in_order_hidden_ones_too_and_empty_ones_not():
    bodies = {
        "一": rows("<row><c><v>1</v></c></row>"),
        "空": rows("<row><c/></row>"),
        "二": rows('<row hidden="1"><c><v>2</v></c></row>'),
    }
    document = read(xlsx_around(bodies))
    assert [
        (block.places[0].sheet, block.texts)
        for block in document.blocks
        if isinstance(block, Table)
    ] == [("一", [["1"]]), ("二", [["2"]])]
    assert document.problems == ()


def test_a_stray_word_far_below_does_not_make_a_million_rows():
    document = read_sheet(
        rows(
            '<row r="1"><c r="A1"><v>1</v></c></row>',
            '<row r="1048576"><c r="B1048576"><v>2</v></c></row>',
        )
        + merged("A1:A1048576")
    )
    block = only(document)
    assert len(block.texts) < 100
    assert block.at(len(block.texts) - 1, 1).cell == "B1048576"
    assert block.spans == {(0, 0): (len(block.texts), 1)}


def test_stray_formatted_rows_cost_nothing():
    stray = "".join(
        f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(2, 60_000)
    )
    document = read_sheet(rows('<row r="1"><c r="A1"><v>1</v></c></row>', stray))
    assert (only(document).texts, document.problems) == ([["1"]], ())


def test_too_many_columns_are_cut_and_named():
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(100_000))
    document = read(
        xlsx_around(
            {"宽表": rows(f"<row>{cells}</row>"), "好表": rows("<row><c><v>1</v></c></row>")}
        )
    )
    wide, good = document.blocks
    assert isinstance(wide, Table)
    assert isinstance(good, Table)
    assert (wide.width, good.texts, codes(document)) == (1000, [["1"]], ["INT009"])
    assert document.problems[0].message.startswith("工作表“宽表”")


def test_too_large_a_used_area_is_cut_and_named():
    lines = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 2_100))
    document = read_sheet(rows('<row r="1"><c r="ALL1"><v>1</v></c></row>', lines))
    block = only(document)
    assert (len(block.texts) * block.width <= 2_000_000, codes(document)) == (True, ["INT009"])


def test_seed_forms_come_back_whole():
    grids = seed_grids()
    document = read(xlsx_of([Sheet(f"表{number}", grid) for number, grid in enumerate(grids, 1)]))
    assert len(document.blocks) == 16
    for grid, block in zip(grids, document.blocks, strict=True):
        assert isinstance(block, Table)
        assert block.texts == grid.texts
        assert block.spans == {at: span for at, span in grid.spans.items() if span != (1, 1)}


@pytest.mark.skipif(
    not CORPUS.is_dir(), reason="the corpus stands beside the project and is not here"
)
def test_published_workbook_is_read_as_it_shows():
    folder = next(CORPUS.glob("102-*"))
    document = read((folder / "source.xlsx").read_bytes())
    with (folder / "derived.tsv").open(encoding="utf-8", newline="") as file:
        expected = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    texts = only(document).texts
    assert document.problems == ()
    assert [_bare(row) for row in texts] == [_bare([*row, *[""] * 5][:5]) for row in expected]


def _bare(row: list[str]) -> list[str]:
    return [re.sub(r"\s+", "", text) for text in row]
