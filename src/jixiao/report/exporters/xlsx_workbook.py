"""A workbook for handing on: the findings, a summary, and the ledger of what was checked."""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any, BinaryIO

from jixiao.audit.finding import Severity
from jixiao.report.bundle import Exporter, ReportBundle
from jixiao.report.cells import printable
from jixiao.report.finding_table import COLUMNS, rows
from jixiao.report.findings import (
    OUTCOMES,
    SEVERITIES,
    day_words,
    rule_title,
    severity_counts,
    verdict,
)
from jixiao.report.places import form_name, money_words

_WIDTHS = (6, 6, 26, 20, 26, 44, 44, 22, 10, 10, 13, 44, 24, 20)
_COLORS = {
    Severity.ERROR: ("#F8D7DA", "#8B1A1A"),
    Severity.WARNING: ("#FDEBC8", "#6B4200"),
    Severity.ADVICE: ("#DCEBFA", "#123F6D"),
    Severity.INFO: ("#EDEDED", "#404040"),
}
_LEDGER = ("项目", "文件", "表序号", "规则", "检查内容", "结果", "说明")
_LEDGER_WIDTHS = (34, 28, 8, 10, 52, 22, 60)
Line = Sequence[str | int]
#: A sheet ends at 1,048,576 rows; beyond this the rest is named, not written.
_MOST_ROWS = 1_000_000


def write(bundle: ReportBundle, stream: BinaryIO) -> None:
    import xlsxwriter  # noqa: PLC0415  the other formats do not pay for it

    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(stream, options) as book:
        # The day of the audit, not the clock: the same audit gives the same file.
        book.set_properties({"title": bundle.title, "created": _created(bundle.report.as_of)})
        pen = _Pen(book)
        _findings_sheet(pen, bundle)
        _summary_sheet(pen, bundle)
        _ledger_sheet(pen, bundle)


def _created(day: date) -> datetime:
    known = day if day != date.max else date(2000, 1, 1)
    return datetime(known.year, known.month, known.day, tzinfo=UTC).replace(tzinfo=None)


class _Pen:
    """A workbook with its formats. Text is always written as text, never as a formula."""

    def __init__(self, book: Any) -> None:
        self._book = book
        plain = {"font_name": "宋体", "font_size": 10, "valign": "top", "quote_prefix": True}
        cell = {**plain, "text_wrap": True, "border": 1, "border_color": "#B8B8B8"}
        self.text = book.add_format(cell)
        self.number = book.add_format({**cell, "quote_prefix": False, "align": "center"})
        self.head = book.add_format(
            {**cell, "bold": True, "bg_color": "#E4EAF1", "align": "center", "valign": "vcenter"}
        )
        self.title = book.add_format({**plain, "font_size": 15, "bold": True})
        self.note = book.add_format({**plain, "font_color": "#404040"})
        self.severities = {
            SEVERITIES[severity]: book.add_format(
                {**cell, "bold": True, "bg_color": paper, "font_color": ink, "align": "center"}
            )
            for severity, (paper, ink) in _COLORS.items()
        }

    def sheet(self, name: str, widths: Sequence[int]) -> Any:
        sheet = self._book.add_worksheet(name)
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页，共 &N 页")
        return sheet

    def table(
        self, sheet: Any, columns: Sequence[str], lines: Iterable[Sequence[str | int]]
    ) -> None:
        """A whole sheet as one table: header frozen and repeated, with a filter."""
        self.row(sheet, 0, columns, self.head)
        count = 0
        for count, line in enumerate(lines, start=1):
            if count > _MOST_ROWS:
                sheet.write_string(count, 0, "表格行数已到上限，其余内容请用 CSV 格式导出。")
                break
            self.row(sheet, count, line, None)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.autofilter(0, 0, count, len(columns) - 1)

    def row(self, sheet: Any, number: int, cells: Line, style: Any) -> None:
        """Our own counts are numbers; everything else, codes included, stays text."""
        for column, cell in enumerate(cells):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell, self.number)
            else:
                shown = style or self.severities.get(cell) or self.text
                sheet.write_string(number, column, printable(cell), shown)


def _findings_sheet(pen: _Pen, bundle: ReportBundle) -> None:
    lines: Iterable[Line] = ((int(cells[0]), *cells[1:]) for cells in rows(bundle))
    pen.table(pen.sheet("问题清单", _WIDTHS), COLUMNS, lines)


def _ledger_sheet(pen: _Pen, bundle: ReportBundle) -> None:
    names = {(one.form.file, one.form.index): form_name(one.form) for one in bundle.forms}
    lines = (
        (
            names.get((duty.file, duty.form), ""),
            duty.file,
            duty.form + 1,
            duty.code,
            rule_title(duty.code),
            OUTCOMES[duty.outcome],
            duty.reason,
        )
        for duty in bundle.report.duties
    )
    pen.table(pen.sheet("核对记录", _LEDGER_WIDTHS), _LEDGER, lines)


def _summary_sheet(pen: _Pen, bundle: ReportBundle) -> None:
    sheet = pen.sheet("汇总", (8, 44, 10, 18, 10, 8, 8, 8, 8, 40))
    report = bundle.report
    sheet.write_string(0, 0, printable(bundle.title), pen.title)
    sheet.write_string(1, 0, verdict(bundle), pen.note)
    how = f"口径 {report.profile or '—'} · 适用日期 {day_words(report.as_of)}"
    sheet.write_string(2, 0, f"{how} · 程序版本 {report.engine_version}", pen.note)
    heads = ("序号", "项目", "年度", "资金总额", "指标数", *SEVERITIES.values(), "文件")
    pen.row(sheet, 4, heads, pen.head)
    line = 4
    for line, audited in enumerate(bundle.forms, start=5):
        counts = [count for _, count in severity_counts(audited.findings)]
        form, year = audited.form, audited.form.budget_year
        cells: list[str | int] = [audited.number, form_name(form), "" if year is None else year]
        cells += [money_words(form), len(form.indicators), *counts, form.file]
        pen.row(sheet, line, cells, None)
    line = _by_rule(pen, sheet, line + 2, bundle)
    _problems(pen, sheet, line + 2, bundle)


def _by_rule(pen: _Pen, sheet: Any, line: int, bundle: ReportBundle) -> int:
    pen.row(sheet, line, ("规则", "检查内容", "问题数"), pen.head)
    for code, count in bundle.report.by_code().items():
        line += 1
        pen.row(sheet, line, (code, rule_title(code), count), None)
    return line


def _problems(pen: _Pen, sheet: Any, line: int, bundle: ReportBundle) -> None:
    if not bundle.problems:
        return
    pen.row(sheet, line, ("编号", "读取问题"), pen.head)
    for number, problem in enumerate(bundle.problems, start=line + 1):
        pen.row(sheet, number, (problem.code, f"{problem.file}：{problem.message}"), None)


EXPORTER = Exporter(
    code="xlsx",
    label="Excel 工作簿",
    media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    suffix=".xlsx",
    write=write,
)
