"""CSV and workbook: complete, and nothing in them is a formula."""

import csv
from io import BytesIO, StringIO

import openpyxl
import pytest

from jixiao.audit.finding import Outcome, Severity
from jixiao.report.finding_table import COLUMNS
from tests.report.bundles import (
    FORMULAS,
    a_duty,
    a_finding,
    bundle_of,
    empty_bundle,
    tiny_form,
    written,
)


def table(bundle):
    raw = written("csv", bundle)
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(raw.decode("utf-8-sig"), newline="")))


def workbook(bundle):
    return openpyxl.load_workbook(BytesIO(written("xlsx", bundle)))


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_csv_is_a_formula(text):
    form = tiny_form(project=text)
    rows = table(bundle_of((a_finding(quote=text, message=text, file=text),), form=form))
    for cell in rows[1]:
        assert cell.lstrip()[:1] not in set("=+-@\t＝＋－＠"), cell


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_workbook_is_a_formula(text):
    form = tiny_form(project=text, file=text)
    bundle = bundle_of((a_finding(quote=text, message=text, file=text),), form=form)
    cells = [cell for sheet in workbook(bundle) for row in sheet.iter_rows() for cell in row]
    assert any(cell.value == text for cell in cells)
    assert all(cell.data_type != "f" for cell in cells)
    assert all(cell.quotePrefix for cell in cells if cell.value == text)


def test_a_finding_fills_its_row():
    rows = table(bundle_of((a_finding(),)))
    assert rows[0] == list(COLUMNS)
    row = dict(zip(rows[0], rows[1], strict=True))
    assert row["级别"] == "错误"
    assert row["项目"] == "道路维修"
    assert row["位置"] == "第 1 条指标 · 指标值"
    assert row["原文"] == "≧ >90%"
    assert row["规则"] == "VAL002"
    assert "未核实" in row["依据"]


def test_line_breaks_stay_within_their_cell():
    rows = table(bundle_of((a_finding(message='一\n"二",三'),)))
    assert len(rows) == 2
    assert rows[1][5] == '一\n"二",三'


def test_nothing_found_is_a_table_with_a_heading():
    assert table(empty_bundle()) == [list(COLUMNS)]


def test_the_workbook_has_its_three_sheets_ready_for_print():
    bundle = bundle_of(
        (a_finding(),), duties=(a_duty(reason="因为"), a_duty("VAL003", Outcome.PASS))
    )
    book = workbook(bundle)
    assert book.sheetnames == ["问题清单", "汇总", "核对记录"]
    findings = book["问题清单"]
    assert findings.freeze_panes == "A2"
    assert findings.auto_filter.ref == "A1:N2"
    assert findings.print_title_rows == "$1:$1"
    assert findings.page_setup.orientation == "landscape"
    assert findings["A2"].value == 1
    assert findings["F2"].alignment.wrap_text
    ledger = [[cell.value for cell in row] for row in book["核对记录"].iter_rows(min_row=2)]
    assert [(row[3], row[5]) for row in ledger] == [("VAL002", "有问题"), ("VAL003", "通过")]


def test_severities_can_be_told_apart_by_colour():
    bundle = bundle_of(tuple(a_finding(severity=severity) for severity in Severity))
    sheet = workbook(bundle)["问题清单"]
    colours = {sheet.cell(row, 2).fill.start_color.rgb for row in range(2, 6)}
    assert len(colours) == 4


def test_digits_of_the_document_stay_text():
    sheet = workbook(bundle_of((a_finding(quote="055"),)))["问题清单"]
    assert sheet["E2"].value == "055"


def test_the_summary_counts_each_form():
    sheet = workbook(bundle_of((a_finding(), a_finding(severity=Severity.INFO))))["汇总"]
    assert [cell.value for cell in sheet[6]][:9] == [
        1,
        "道路维修",
        2022,
        "100,000 元",
        1,
        1,
        0,
        0,
        1,
    ]
