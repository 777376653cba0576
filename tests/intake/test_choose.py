"""Who reads a file, and what is said when nobody can or its name lies."""

import io
import zipfile

import pytest

from jixiao.intake import conversion
from jixiao.intake.choose import READERS, choose, open_document, suffix_of
from jixiao.intake.document import SourceFile, Table
from jixiao.intake.readers import image
from tests.fuzz.seeds import SEEDS, docx, html, json_tables, markdown, tabbed, xlsx
from tests.story.ole_files import compound_file, protected_package


@pytest.fixture(autouse=True)
def without_libreoffice(monkeypatch):
    """What is read by conversion is refused here as on a machine that cannot convert."""
    monkeypatch.setattr(conversion, "program", lambda: None)


@pytest.fixture(autouse=True)
def without_recogniser(monkeypatch):
    """Pictures are refused here as in an installation without the optional part."""
    monkeypatch.setattr(image, "is_installed", lambda: False)


def opened(content, name):
    return open_document(SourceFile(name=name, content=content))


def codes(document):
    return [problem.code for problem in document.problems]


def zipped(*names):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, "内容")
    return buffer.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504
JUNK = bytes(range(256)) * 4

ODF = b"mimetypeapplication/vnd.oasis.opendocument"

REFUSED = {
    "empty": (b"", "表.docx", "INT001", "空"),
    "blanks": (b" \r\n\t ", "表.txt", "INT001", "空"),
    "zeros": (b"\x00" * 4096, "表.docx", "INT003", "空字节"),
    "png": (b"\x89PNG\r\n\x1a\n" + JUNK, "扫描.png", "INT015", "jixiao[ocr]"),
    "jpg": (b"\xff\xd8\xff\xe0" + JUNK, "照片.jpg", "INT015", "jixiao[ocr]"),
    "gif": (b"GIF89a" + JUNK, "图.gif", "INT015", "jixiao[ocr]"),
    "bmp": (b"BM\x00\x10\x00\x00\x00\x00\x00\x00" + JUNK, "图.bmp", "INT015", "jixiao[ocr]"),
    "tiff": (b"II*\x00" + JUNK, "图.tif", "INT015", "jixiao[ocr]"),
    "webp": (b"RIFF\x00\x10\x00\x00WEBP" + JUNK, "图.webp", "INT015", "jixiao[ocr]"),
    "heic": (b"\x00\x00\x00\x18ftypheic" + JUNK, "图.heic", "INT015", "jixiao[ocr]"),
    "photo under another name": (b"\xff\xd8\xff\xe0" + JUNK, "表.txt", "INT015", "JPEG"),
    "old Word, all but its head lost": (OLE, "表.doc", "INT003", ".docx"),
    "old WPS, all but its head lost": (OLE, "表.et", "INT003", ".xlsx"),
    "old office under no name": (OLE, "表.bak", "INT002", "OLE"),
    "old slides": (
        compound_file({"PowerPoint Document": JUNK}),
        "表.ppt",
        "INT002",
        "演示文稿",
    ),
    "old slides under the name of a document": (
        compound_file({"PowerPoint Document": JUNK}),
        "表.doc",
        "INT002",
        "演示文稿",
    ),
    "mail": (compound_file({"__properties_version1.0": JUNK}), "表.msg", "INT002", "附件"),
    "another program's file": (compound_file({"CONTENTS": JUNK}), "表.wps", "INT002", ".docx"),
    "installer": (
        compound_file({"a": b"\x84\x10\x0c\0\0\0\0\0\xc0\0\0\0\0\0\0\x46"}),
        "表.msi",
        "INT002",
        "安装程序",
    ),
    "protected package": (protected_package(), "表.docx", "INT004", "密码"),
    "protected package under an old name": (protected_package(), "表.doc", "INT004", "密码"),
    "protected package under no name": (protected_package(), "表.bak", "INT004", "密码"),
    "rights management": (
        compound_file({"WordDocument": JUNK, "\x09DRMContent": JUNK}),
        "表.doc",
        "INT003",
        "权限",
    ),
    "open text": (b"PK\x03\x04" + bytes(26) + ODF + b".text", "表.odt", "INT002", "LibreOffice"),
    "open sheet": (
        b"PK\x03\x04" + bytes(26) + ODF + b".spreadsheet",
        "表.ods",
        "INT002",
        "LibreOffice",
    ),
    "ofd": (zipped("OFD.xml"), "表.ofd", "INT003", "OFD"),
    "slides": (
        zipped("[Content_Types].xml", "ppt/presentation.xml"),
        "表.pptx",
        "INT002",
        "演示文稿",
    ),
    "rtf": (b"{\\rtf1\\ansi text}", "表.rtf", "INT002", "RTF"),
    "web archive": (b"MIME-Version: 1.0\r\n\r\n<html><table>", "表.mht", "INT002", ".html"),
    "XML workbook": (
        b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?><Workbook>',
        "表.xml",
        "INT002",
        ".xlsx",
    ),
    "zip": (zipped("a.txt"), "表.zip", "INT002", "解压"),
    "rar": (b"Rar!\x1a\x07\x01\x00" + JUNK, "表.rar", "INT002", "解压"),
    "program": (b"MZ\x90\x00" + b"\x00" * 60 + b"PE\x00\x00" + JUNK, "表.exe", "INT002", "程序"),
    "unknown": (JUNK, "表.xyz", "INT002", "无法识别"),
    "unknown without a suffix": (JUNK, "表", "INT002", "无法识别"),
    "first letter of a package": (b"P", "表.xlsx", "INT003", ".xlsx"),
    "first letters of a PDF": (b"%PD", "表.pdf", "INT003", ".pdf"),
    "junk that promises text": (JUNK, "表.csv", "INT003", ".csv"),
    "junk that promises a picture": (JUNK, "表.png", "INT003", ".png"),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in REFUSED.items()])
def test_refused_with_reason_and_way_out(case):
    content, name, code, words = case
    document = opened(content, name)
    assert (document.unreadable, document.blocks, codes(document)) == (True, (), [code])
    assert name in document.problems[0].message
    assert words in document.problems[0].message
    assert document.problems[0].message.endswith("。")


@pytest.mark.parametrize("name", sorted(SEEDS))
def test_each_format_goes_to_its_reader(name):
    source = SourceFile(name=name, content=SEEDS[name])
    reader = choose(source)
    document = open_document(source)
    assert suffix_of(name) in reader.suffixes
    assert document.media_type == reader.media_type
    assert document.problems == ()


NAMELESS = {
    "docx": (docx(), "docx"),
    "xlsx": (xlsx(), "xlsx"),
    "html": (html(), "html"),
    "markdown": (markdown(), "markdown"),
    "json": (json_tables(), "json-rows"),
    "text": (tabbed(), "text"),
}


@pytest.mark.parametrize("name", sorted(NAMELESS))
@pytest.mark.parametrize("shown", ["表", "表.bak", "2022.绩效目标"])
def test_content_is_enough(name, shown):
    content, code = NAMELESS[name]
    assert choose(SourceFile(name=shown, content=content)).code == code
    assert codes(opened(content, shown)) == []


WRONG_NAMES = {
    "page as old workbook": (html(), "表.xls", ".xls", "网页"),
    "workbook as document": (xlsx(), "表.docx", ".docx", "电子表格"),
    "document as text": (docx(), "表.txt", ".txt", "Word"),
    "text as page": (tabbed(), "表.HTML", ".html", "纯文本"),
    "page as text": (html(), "表.csv", ".csv", "网页"),
    "text as PDF": (tabbed(), "表.pdf", ".pdf", "纯文本"),
}


@pytest.mark.parametrize(
    "case", [pytest.param(case, id=name) for name, case in WRONG_NAMES.items()]
)
def test_wrong_suffix_is_said_and_content_read(case):
    content, name, suffix, label = case
    document = opened(content, name)
    (problem,) = document.problems
    assert problem.code == "INT005"
    assert suffix in problem.message
    assert label in problem.message
    assert any(isinstance(block, Table) for block in document.blocks)
    assert "按内容读取" in problem.message


NOT_WRONG = {
    "markdown in a text file": (markdown(), "表.txt"),
    "JSON in a text file": (json_tables(), "表.txt"),
    "page in a text file": (html(), "表.txt"),
    "new package under the old WPS name": (docx(), "表.wps"),
    "new workbook under the old WPS name": (xlsx(), "表.et"),
}


@pytest.mark.parametrize("case", [pytest.param(case, id=name) for name, case in NOT_WRONG.items()])
def test_names_that_keep_their_promise(case):
    content, name = case
    assert codes(opened(content, name)) == []


def test_every_reader_declares_what_it_owes():
    for reader in READERS:
        assert reader.label
        assert reader.media_type.count("/") == 1
        assert all(suffix == suffix.lower() and suffix[0] == "." for suffix in reader.suffixes)


def test_no_suffix_belongs_to_two_readers():
    suffixes = [suffix for reader in READERS for suffix in reader.suffixes]
    assert sorted(suffixes) == sorted(set(suffixes))


SUFFIXES = [
    ("表.DOCX", ".docx"),
    ("a.zip/目录/表.txt", ".txt"),
    ("a.b\\表", ""),
    ("表", ""),
    (".x", ""),
]


@pytest.mark.parametrize(("name", "expected"), SUFFIXES)
def test_suffix(name, expected):
    assert suffix_of(name) == expected
