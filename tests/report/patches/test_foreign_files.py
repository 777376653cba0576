"""Files that other programs wrote: corrected, nothing else touched, and understood by them again."""

import io
import zipfile
from datetime import date

import docx
import openpyxl
import pytest
import xlsxwriter

from jixiao.intake.document import SourceFile
from jixiao.report.filling import fill
from jixiao.report.patch import Revision
from tests.report.patches.places import places_of
from tests.report.patches.revisions import looks_of, rejected, root_of
from tests.report.patches.test_zip_members import _stored
from tests.support import office_program
from tests.support.office_files import Grid, Sheet, docx_of, xlsx_of

office = office_program.office
TEXTS = [["项目名称", "农村公路养护"], ["指标值", "≧ 30公里"], ["再一个", "≧ 30公里"]]
OLD, NEW = "≧ 30公里", "≥35公里"
BY = Revision(day=date(2022, 6, 30))
UTF_8_CSV = "csv:Text - txt - csv (StarCalc):44,34,76"


def _python_docx() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=3, cols=2)
    for row, line in enumerate(TEXTS):
        for column, text in enumerate(line):
            table.cell(row, column).text = text
    return _saved(document.save)


def _openpyxl() -> bytes:
    book = openpyxl.Workbook()
    for line in TEXTS:
        book.active.append(line)
    book.active["D1"] = "=1+1"
    return _saved(book.save)


def _xlsxwriter() -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("目标")
    bold = book.add_format({"bold": True, "num_format": "0.00"})
    for row, line in enumerate(TEXTS):
        sheet.write_row(row, 0, line, bold)
    sheet.write_formula("D1", "=1+1", bold, 2)
    book.close()
    return buffer.getvalue()


def _saved(save) -> bytes:
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def _packed(content: bytes, **how) -> bytes:
    """The same members as another zip program would lay them down."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(buffer, "w") as new:
        new.comment = how.pop("comment", b"")
        for number, name in enumerate(reversed(old.namelist())):
            info = zipfile.ZipInfo(name, (2001 + number, 2, 3, 4, 5, 6))
            info.compress_type = zipfile.ZIP_STORED if number % 2 else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            info.comment = f"注{number}".encode()
            with new.open(info, "w", **how) as stream:
                stream.write(old.read(name))
    return buffer.getvalue()


DOCX, XLSX = docx_of([Grid(TEXTS)]), xlsx_of([Sheet("目标", Grid(TEXTS))])
FILES = {
    "python-docx.docx": _python_docx(),
    "openpyxl.xlsx": _openpyxl(),
    "xlsxwriter.xlsx": _xlsxwriter(),
    "commented.docx": _packed(DOCX, comment="整包的注".encode()),
    "commented.xlsx": _packed(XLSX, comment="整包的注".encode()),
    "zip64.docx": _packed(DOCX, force_zip64=True),
    "zip64.xlsx": _packed(XLSX, force_zip64=True),
}


def _filled(name: str, content: bytes, revision: Revision | None = None):
    source = SourceFile(name=name, content=content)
    at = [at for at in places_of(source) if at.quote == OLD][-1]
    filling = fill(source, {at: NEW}, revision)
    assert [item.reason for item in filling.left] == []
    return filling.content


def _only_one_member_differs(before: bytes, after: bytes) -> str:
    """The directory says the same of all others, and their packed bytes are the same."""
    with (
        zipfile.ZipFile(io.BytesIO(before)) as first,
        zipfile.ZipFile(io.BytesIO(after)) as second,
    ):
        assert second.testzip() is None
        assert first.namelist() == second.namelist()
        assert first.comment == second.comment
        differing = []
        for one, other in zip(first.infolist(), second.infolist(), strict=True):
            kept = ("date_time", "compress_type", "comment", "external_attr", "create_version")
            assert [getattr(one, key) for key in kept] == [getattr(other, key) for key in kept]
            if _stored(before, one.filename) != _stored(after, one.filename):
                differing.append(one.filename)
            else:
                assert (one.extra, one.flag_bits) == (other.extra, other.flag_bits)
    assert len(differing) == 1
    return differing[0]


@pytest.mark.parametrize("name", FILES)
def test_one_cell_changes_and_one_member(name):
    after = _filled(name, FILES[name])
    changed = _only_one_member_differs(FILES[name], after)
    if name.endswith(".docx"):
        assert changed == "word/document.xml"
        rows = docx.Document(io.BytesIO(after)).tables[0].rows
        shown = [[cell.text for cell in row.cells] for row in rows]
    else:
        assert changed.startswith("xl/worksheets/sheet")
        book = openpyxl.load_workbook(io.BytesIO(after))
        shown = [[cell.value for cell in row[:2]] for row in book.worksheets[0].iter_rows()]
    assert shown == [*TEXTS[:2], ["再一个", NEW]]


@pytest.mark.parametrize("name", ["openpyxl.xlsx", "xlsxwriter.xlsx"])
def test_formulas_and_formats_of_a_workbook_stay(name):
    before = openpyxl.load_workbook(io.BytesIO(FILES[name])).worksheets[0]
    after = openpyxl.load_workbook(io.BytesIO(_filled(name, FILES[name]))).worksheets[0]
    assert after["D1"].value == before["D1"].value == "=1+1"
    for cell in ("A1", "B3", "D1"):
        assert after[cell].number_format == before[cell].number_format
        assert after[cell].font.b == before[cell].font.b


@pytest.mark.parametrize("name", [name for name in FILES if name.endswith(".docx")])
def test_tracked_changes_in_it_can_be_rejected(name):
    after = _filled(name, FILES[name], BY)
    assert _only_one_member_differs(FILES[name], after) == "word/document.xml"
    assert looks_of(rejected(after)) == looks_of(root_of(FILES[name]))


def test_an_office_program_sees_the_revisions_and_their_author(office, tmp_path):
    """Written by that program, tracked by us, opened by it again."""
    content = office.convert(DOCX, ".docx", "docx:MS Word 2007 XML", tmp_path)
    after = _filled("a.docx", content, BY)
    assert _only_one_member_differs(content, after) == "word/document.xml"
    assert looks_of(rejected(after)) == looks_of(rejected(content))
    text = office.convert(after, ".docx", "fodt", tmp_path).decode()
    tracked = text.partition("<text:tracked-changes")[2].partition("</text:tracked-changes>")[0]
    assert tracked.count("<text:insertion>") == 2
    assert tracked.count("<text:deletion>") == 2
    assert tracked.count("<dc:creator>jixiao</dc:creator>") == 4
    assert tracked.count("<dc:date>2022-06-30") == 4


def test_an_office_program_opens_the_corrected_workbook(office, tmp_path):
    content = office.convert(XLSX, ".xlsx", "xlsx:Calc MS Excel 2007 XML", tmp_path)
    after = _filled("a.xlsx", content)
    assert _only_one_member_differs(content, after).startswith("xl/worksheets/sheet")
    lines = office.convert(after, ".xlsx", UTF_8_CSV, tmp_path).decode().splitlines()
    assert lines == [f"{one},{two}" for one, two in (*TEXTS[:2], ["再一个", NEW])]
