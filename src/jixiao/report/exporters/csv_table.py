"""The list of findings for Excel: with a byte-order mark, and no cell that could be a formula."""

import csv
from io import StringIO
from typing import BinaryIO

from jixiao.report.bundle import Exporter, ReportBundle
from jixiao.report.cells import safe_cell
from jixiao.report.finding_table import COLUMNS, rows


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    text = StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows([safe_cell(cell) for cell in row] for row in rows(bundle))
    # Without the mark Excel takes the file for the local code page.
    stream.write(text.getvalue().encode("utf-8-sig"))


EXPORTER = Exporter(
    code="csv", label="CSV 表格", media_type="text/csv; charset=utf-8", suffix=".csv", write=write
)
