"""The .docx reader: what it refuses, how it bids, what it shows of paragraphs and whole documents."""

import io
import zipfile

import pytest

from jixiao.intake.document import Line, SourceDocument, SourceFile, Table
from jixiao.intake.readers.docx import READER
from tests.support.office_files import Grid, docx_around, docx_of, package
from tests.support.seed_forms import seed_grids

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600


def read(content: bytes, name: str = "目标表.docx") -> SourceDocument:
    return READER.read(SourceFile(name=name, content=content))


def read_body(body: str) -> SourceDocument:
    return read(docx_around(body))


def shown(document: SourceDocument) -> list[str | list[list[str]]]:
    return [block.texts if isinstance(block, Table) else block.text for block in document.blocks]


def with_document(xml: str | bytes) -> bytes:
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": xml})


def cell(text: str = "", properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(run(text))}</w:tc>"


def paragraph(*runs: str) -> str:
    return f"<w:p>{''.join(runs)}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def row(*cells: str, properties: str = "") -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


WHOLE = docx_of(["标题", Grid([["甲", "乙"], ["丙", "丁"]])])

REFUSALS = [
    ("truncated", WHOLE[: len(WHOLE) // 2], "INT003", "损坏或不完整"),
    ("only the signature", b"PK\x03\x04", "INT003", "损坏或不完整"),
    ("not a package at all", b"\x00\x01\x02", "INT003", "损坏或不完整"),
    (
        "a flipped byte in the packed text",
        WHOLE.replace(WHOLE[700:704], b"\xff\xff\xff\xff"),
        "INT003",
        "部件 word/document.xml",
    ),
    ("no main part", package({"word/styles.xml": "<a/>"}), "INT003", "缺少部件 word/document.xml"),
    ("no body", with_document("<a/>"), "INT003", "没有正文"),
    ("broken XML", with_document("<a><b></a>"), "INT003", "第 1 行"),
    ("empty main part", with_document(b""), "INT003", "不是合格的 XML"),
    ("deeply nested", with_document("<a>" * 5000 + "</a>" * 5000), "INT003", "嵌套层数过多"),
    ("password", ENCRYPTED, "INT004", "取消密码"),
    ("macro", docx_around("", {"word/vbaProject.bin": b"x"}), "INT006", "不含宏的 .docx"),
    ("bomb", with_document("<a>" + " " * 60_000_000 + "</a>"), "INT007", "压缩比"),
    ("entity", with_document('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "INT008", "实体"),
    (
        "external entity",
        with_document('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
        "INT008",
        "实体",
    ),
    (
        "external document type",
        with_document('<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd"><a/>'),
        "INT008",
        "实体",
    ),
    (
        "billion laughs",
        with_document(
            "<!DOCTYPE a [<!ENTITY b0 'ha'>"
            + "".join(f"<!ENTITY b{n + 1} '{f'&b{n};' * 10}'>" for n in range(9))
            + "]><a x='&b9;'>&b9;</a>"
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
    assert "“目标表.docx”" in problem.message
    assert problem.message.endswith("后再读。")


def test_refuses_macro_suffix():
    assert read(WHOLE, "目标表.docm").problems[0].code == "INT006"


BIDS = [
    ("a.docx", WHOLE, 100),
    ("a.txt", WHOLE, 100),
    ("a.docx", ENCRYPTED, 90),
    ("a.xlsx", ENCRYPTED, 0),
    ("a.docx", OLE + b"\0" * 600, 0),
    ("a.docx", WHOLE[:500], 50),
    ("a.docx", b"PK\x03\x04", 30),
    ("a.docx", "项目名称".encode(), 0),
    ("a.docx", package({"[Content_Types].xml": "<a/>"}), 20),
    ("a.docx", package({"[Content_Types].xml": "<a/>", "ppt/presentation.xml": "<a/>"}), 0),
    ("a.txt", "项目名称".encode(), 0),
    ("a.zip", package({"a.txt": "b"}), 0),
    ("a.docx", package({"xl/workbook.xml": "<a/>"}), 0),
]


@pytest.mark.parametrize(("name", "content", "expected"), BIDS)
def test_bid(name, content, expected):
    assert READER.bid(SourceFile(name=name, content=content)) == expected


PARAGRAPHS = [
    ("runs joined", run("不低") + run("于95%"), "不低于95%"),
    (
        "tab, breaks, hyphen",
        "<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:br/><w:t>丙</w:t><w:cr/><w:t>丁</w:t><w:noBreakHyphen/></w:r>",
        "甲\t乙\n丙\n丁-",
    ),
    (
        "tab stops are no tabs",
        '<w:pPr><w:tabs><w:tab w:val="left" w:pos="3"/></w:tabs></w:pPr>' + run("甲"),
        "甲",
    ),
    (
        "tracked insertion and deletion",
        "<w:ins>"
        + run("新")
        + "</w:ins><w:del><w:r><w:delText>旧</w:delText></w:r></w:del>"
        + run("文"),
        "新文",
    ),
    (
        "moved once",
        "<w:moveFrom>"
        + run("甲")
        + "</w:moveFrom>"
        + run("乙")
        + "<w:moveTo>"
        + run("甲")
        + "</w:moveTo>",
        "乙甲",
    ),
    ("hyperlink", "<w:hyperlink>" + run("链接") + "</w:hyperlink>", "链接"),
    ("hidden", run("甲") + run("乙", "<w:vanish/>") + run("丙", '<w:vanish w:val="0"/>'), "甲丙"),
    (
        "field result",
        field("begin")
        + "<w:r><w:instrText>DATE</w:instrText></w:r>"
        + field("separate")
        + run("2022")
        + field("end")
        + run("年"),
        "2022年",
    ),
    (
        "field inside an instruction",
        field("begin")
        + field("begin")
        + field("separate")
        + run("内")
        + field("end")
        + field("separate")
        + run("外")
        + field("end"),
        "外",
    ),
    ("simple field", '<w:fldSimple w:instr="DATE">' + run("2022") + "</w:fldSimple>", "2022"),
    ("stray field end", field("end") + run("甲"), "甲"),
    (
        "ticked form field",
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/><w:checked/></w:checkBox></w:ffData></w:fldChar></w:r>'
        + field("end")
        + run("是"),
        "☑是",
    ),
    (
        "empty form field",
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        + field("end")
        + run("否"),
        "☐否",
    ),
    (
        "check box control",
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        + run("☑")
        + "</w:sdtContent></w:sdt>"
        + run("是"),
        "☑是",
    ),
    (
        "prompt of an empty control",
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>"
        + run("单击此处输入文字")
        + "</w:sdtContent></w:sdt>"
        + run("甲"),
        "甲",
    ),
    ("symbol font sign", '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>95%</w:t></w:r>', "≥95%"),
    ("tick picture", '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
    (
        "unknown picture",
        '<w:r><w:sym w:font="Webdings" w:char="F021"/><w:sym w:font="Symbol" w:char="zz"/><w:t>是</w:t></w:r>',
        "是",
    ),
    ("text in a symbol font", run("\uf0b395%", '<w:rFonts w:ascii="Symbol"/>'), "≥95%"),
    ("private character in another font", run("\uf0b395%"), "\uf0b395%"),
    ("formula", "<m:oMath><m:r><m:t>≥</m:t></m:r></m:oMath>" + run("5"), "≥5"),
    (
        "reading above characters",
        "<w:r><w:ruby><w:rt>"
        + run("xiao")
        + "</w:rt><w:rubyBase>"
        + run("效")
        + "</w:rubyBase></w:ruby></w:r>",
        "效",
    ),
    ("comment inside a text", "<w:r><w:t>甲<!-- 注 -->乙</w:t></w:r>", "甲乙"),
    ("inner blanks stay", run(" 甲  乙 "), "甲  乙"),
]


@pytest.mark.parametrize(("case", "runs", "expected"), PARAGRAPHS, ids=[c[0] for c in PARAGRAPHS])
def test_paragraph(case, runs, expected):
    assert shown(read_body(paragraph(runs))) == [expected]
    assert shown(read_body(table(row("<w:tc>" + paragraph(runs) + "</w:tc>")))) == [[[expected]]]


def test_deleted_paragraph_mark_joins_the_next():
    first = paragraph("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>", run("项目"))
    assert shown(read_body(first + paragraph(run("名称")))) == ["项目名称"]
    assert shown(read_body(table(row("<w:tc>" + first + paragraph(run("名称")) + "</w:tc>")))) == [
        [["项目名称"]]
    ]


def test_lines_count_all_paragraphs():
    lines = read_body(paragraph(run("一")) + paragraph() + paragraph(run("三"))).blocks
    assert [(line.text, line.place.line) for line in lines if isinstance(line, Line)] == [
        ("一", 1),
        ("三", 3),
    ]


BOX = "<w:txbxContent>" + paragraph(run("盒")) + "</w:txbxContent>"
DRAWN = (
    f'<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>{BOX}</wps:txbx></mc:Choice>'
    f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
)
BOXES = [
    (
        "drawn twice, read once",
        paragraph(run("甲"), f"<w:r>{DRAWN}</w:r>", run("乙")),
        ["甲乙", "盒"],
    ),
    ("old drawing", paragraph(f"<w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r>"), ["盒"]),
    (
        "in a cell",
        table(row("<w:tc>" + paragraph(run("甲"), f"<w:r>{DRAWN}</w:r>") + "</w:tc>", cell("乙"))),
        [[["甲", "乙"]], "盒"],
    ),
    (
        "a form inside a box",
        paragraph(
            "<w:r><w:pict><v:textbox><w:txbxContent>"
            + table(row(cell("甲"), cell("乙")))
            + "</w:txbxContent></v:textbox></w:pict></w:r>"
        ),
        [[["甲", "乙"]]],
    ),
]


@pytest.mark.parametrize(("case", "body", "expected"), BOXES, ids=[c[0] for c in BOXES])
def test_text_boxes(case, body, expected):
    assert shown(read_body(body)) == expected


def test_places_count_tables_and_rows():
    first, second = read(docx_of([Grid([["甲"], ["乙"]]), "间", Grid([["丙"]])])).blocks[::2]
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    at = first.at(1, 0)
    assert (at.quote, at.table, at.row, at.column, at.cell) == ("乙", 1, 2, 1, None)
    assert second.at(0, 0).table == 2


@pytest.mark.parametrize("span", ["100000", "99999999999999"])
def test_a_table_too_wide_is_left_out_and_named(span):
    document = read_body(
        table(row(cell("甲", f'<w:gridSpan w:val="{span}"/>'))) + paragraph(run("后"))
    )
    assert shown(document) == ["后"]
    assert [problem.code for problem in document.problems] == ["INT009"]
    assert "第 1 个表格" in document.problems[0].message


def test_strict_documents():
    content = docx_around(paragraph(run("甲")) + table(row(cell("乙", '<w:gridSpan w:val="2"/>'))))
    strict = package(
        {
            "word/document.xml": _unpacked(content).replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
        }
    )
    assert shown(read(strict)) == ["甲", [["乙", ""]]]


def test_main_part_under_another_name():
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="a" Type="x/officeDocument" TargetMode="External" Target="http://127.0.0.1:9/"/>'
        '<Relationship Id="b" Type="x/officeDocument" Target="/word/document2.xml"/></Relationships>'
    )
    content = package({"_rels/.rels": relations, "word/document2.xml": _unpacked(WHOLE)})
    assert shown(read(content)) == shown(read(WHOLE))
    assert READER.bid(SourceFile(name="a", content=content)) == 60


def test_names_with_backslashes_and_capitals():
    content = package({"Word\\Document.xml": _unpacked(WHOLE)})
    assert shown(read(content)) == shown(read(WHOLE))


def test_seed_forms_come_back_whole():
    grids = seed_grids()
    document = read(docx_of([part for grid in grids for part in ("平罗县", grid)]))
    tables = [block for block in document.blocks if isinstance(block, Table)]
    assert len(tables) == 16
    for grid, block in zip(grids, tables, strict=True):
        assert block.texts == grid.texts
        assert block.spans == {at: span for at, span in grid.spans.items() if span != (1, 1)}


def _unpacked(content: bytes) -> str:
    return zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml").decode()
