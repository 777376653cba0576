"""Sheets taken by pattern give what the event reader gives."""

import pytest

from jixiao.intake.document import SourceFile
from jixiao.intake.office.plain_parts import plain_cells, plain_strings, without_references
from jixiao.intake.office.shared_strings import read_strings
from jixiao.intake.office.sheet_cells import _SheetListener, read_cells
from jixiao.intake.office.sheet_values import Book, SheetCells
from jixiao.intake.package_stream import listen
from jixiao.intake.packages import Package
from jixiao.intake.readers.xlsx import KIND
from tests.support.office_files import SHEET, Sheet, xlsx_of
from tests.support.seed_forms import seed_grids

CELL = '<c r="A1" s="1" t="s"><v>0</v></c>'
NOT_PLAIN = [
    "<a>" + CELL,
    CELL.replace("<c r", "<c  r"),
    '<c t="s" r="A1"><v>0</v></c>',
    "<c><v>0</v></c>",
    '<c r="A1" t="inlineStr"><is><t>甲</t></is></c>',
    f"<x:c xmlns:x='{SHEET}'/>",
    f"<!-- {CELL} -->",
    f"{CELL}<mergeCells><mergeCell a='' ref='A1:B1'/></mergeCells>",
    '<c r="A1"><f t="shared" si="0"/><v>1</v></c>',
]


@pytest.mark.parametrize("body", NOT_PLAIN)
def test_anything_unusual_is_left_to_the_exact_way(body):
    assert plain_cells(f"<s>{body}</s>".encode()) is None


def test_plain_cells():
    body = f'{CELL}<c r="B1"/><c r="C1"><f>A1</f><v></v></c><mergeCell ref="A1:B1"/>'
    cells = [("A", "1", "1", "s", "", "0"), ("C", "1", "", "", "<f>A1</f>", "")]
    assert plain_cells(f"<s>{body}</s>".encode()) == (cells, ["A1:B1"])


NO_PLAIN_STRINGS = [
    b"<sst><si><r><t>a</t></r></si></sst>",
    b"<sst><si/></sst>",
    b"<sst><si><t>a</t></si>",
    b"<sst><si><t>&unknown;</t></si></sst>",
    b"<sst><si><t>a\r\nb</t></si></sst>",
    "<?xml version='1.0' encoding='utf-16'?><sst/>".encode("utf-16"),
]


@pytest.mark.parametrize("content", NO_PLAIN_STRINGS)
def test_unusual_strings_are_left_to_the_exact_way(content):
    assert plain_strings(content) is None


REFERENCES = [
    ("甲", "甲"),
    ("&lt;5%&gt;", "<5%>"),
    ("&amp;lt;", "&lt;"),
    ("甲&#10;乙&#x0A;丙", "甲\n乙\n丙"),
    ("&quot;&apos;", "\"'"),
]


@pytest.mark.parametrize(("text", "expected"), REFERENCES)
def test_references(text, expected):
    assert without_references(text) == expected
    assert plain_strings(f"<sst><si><t>{text}</t></si></sst>".encode()) == [expected]


def test_both_ways_agree_on_the_seed():
    sheets = [Sheet(f"表{number}", grid) for number, grid in enumerate(seed_grids(), 1)]
    package = Package(SourceFile(name="a.xlsx", content=xlsx_of(sheets)), KIND)
    strings = read_strings(package, "xl/sharedStrings.xml")
    book = Book({str(number): text for number, text in enumerate(strings)}, {})
    for number in range(1, 17):
        part = f"xl/worksheets/sheet{number}.xml"
        exact = SheetCells()
        listen(package, part, _SheetListener(book, exact))
        quick = read_cells(package, part, book)
        assert plain_cells(package.read(part)) is not None
        assert (quick.rows, quick.merges) == (exact.rows, exact.merges)
