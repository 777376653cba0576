"""The list of filings as a workbook or a text file: what is seen, with cells that run nothing.

Headings, states and grades are in the language of the page; what people wrote stays as it is.
"""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import BinaryIO

from django.utils import timezone

from jixiao.lifecycle.grading import GRADES
from jixiao.official.workbook.styles import SONG
from jixiao.report.cells import printable, safe_cell
from jixiao.web.filings.models import Filing
from jixiao.web.filings.numbering import number_of
from jixiao.web.ui.sentences import said

Cell = str | int | Decimal | None
_NAME = "申报列表"
_HEADINGS = (
    "项目名称", "项目编码", "单位", "年度", "状态", "年度资金总额（元）", "指标数", "错误", "警告",
    "审核等级", "应办结日期", "更新时间", "申报编号",
)  # fmt: skip
_WIDTHS = (44, 16, 26, 8, 16, 18, 8, 8, 8, 10, 13, 18, 22)


def name_of(day: date, to: str) -> str:
    """What the file is called."""
    return f"{said(_NAME)}-{day:%Y%m%d}.{to}"


def rows(filings: Iterable[Filing], labels: Mapping[str, str]) -> Iterator[tuple[Cell, ...]]:
    """One line a filing; `labels` are the words for states, said in the language of the page."""
    # At once: the lines are asked for when the request, and its language, is over.
    states = {code: said(label) for code, label in labels.items()}
    grades = {grade: said(grade) for grade in GRADES}
    return _rows(filings, states, grades)


def _rows(
    filings: Iterable[Filing], states: Mapping[str, str], grades: Mapping[str, str]
) -> Iterator[tuple[Cell, ...]]:
    for one in filings:
        yield (
            one.project_name,
            one.project_code,
            one.agency.name,
            one.budget_year,
            states.get(one.state, one.state),
            one.total,
            one.indicator_count,
            one.errors,
            one.warnings,
            grades.get(one.grade, one.grade),
            "" if one.due_on is None else one.due_on.isoformat(),
            timezone.localtime(one.updated_at).strftime("%Y-%m-%d %H:%M"),
            number_of(one),
        )


def write_csv(
    lines: Iterable[tuple[Cell, ...]], headings: tuple[str, ...] = _HEADINGS
) -> Iterator[bytes]:
    """The list line by line, with the mark by which Excel knows UTF-8."""
    heading = "\ufeff".encode() + _csv_line(map(said, headings))
    return chain((heading,), map(_csv_line, lines))


def _csv_line(line: Iterable[Cell]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(
        safe_cell(cell) if isinstance(cell, str) else "" if cell is None else str(cell)
        for cell in line
    )
    return stream.getvalue().encode()


def write_workbook(lines: Iterable[tuple[Cell, ...]], stream: BinaryIO) -> None:
    """The list as one sheet; see `write_table`."""
    write_table(_NAME, _HEADINGS, _WIDTHS, lines, stream)


def write_table(
    name: str,
    headings: tuple[str, ...],
    widths: tuple[int, ...],
    lines: Iterable[tuple[Cell, ...]],
    stream: BinaryIO,
) -> None:
    """One sheet with a heading that stays and a filter; text is text, never a formula.

    Its name and headings are said in the language of the page.
    """
    import xlsxwriter  # noqa: PLC0415  only who exports pays for it

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        plain = {"font_name": SONG, "font_size": 10, "valign": "top", "border": 1}
        text = book.add_format({**plain, "text_wrap": True, "quote_prefix": True})
        money = book.add_format({**plain, "num_format": "#,##0.00"})
        head = book.add_format({**plain, "bold": True, "bg_color": "#E4EAF1"})
        sheet = book.add_worksheet(said(name))
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            sheet.write_string(0, column, said(heading), head)
        row = 0
        for row, line in enumerate(lines, start=1):
            for column, cell in enumerate(line):
                if isinstance(cell, Decimal):
                    sheet.write_number(row, column, float(cell), money)
                elif isinstance(cell, int):
                    sheet.write_number(row, column, cell, text)
                else:
                    sheet.write_string(row, column, printable(cell or ""), text)
        sheet.autofilter(0, 0, row, len(headings) - 1)
