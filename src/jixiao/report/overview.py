"""What was read, as plain tables for a terminal: one block per form."""

import unicodedata
from typing import BinaryIO

from jixiao.form.forms import Form
from jixiao.intake.result import IntakeResult
from jixiao.report.records import form_record

_NAME_WIDTH, _VALUE_WIDTH, _LEVEL_WIDTH = 44, 34, 18


def write_overview(results: tuple[IntakeResult, ...], stream: BinaryIO) -> None:
    """The forms of these documents with their indicators."""
    lines: list[str] = []
    for result in results:
        rows = sum(len(form.indicators) for form in result.forms)
        lines.append(f"{result.file}  {len(result.forms)} 张表 · {rows} 条指标")
        for form in result.forms:
            lines.extend(_form(form))
        lines.append("")
    stream.write(("\n".join(lines) + "\n").encode())


def _form(form: Form) -> list[str]:
    record = form_record(form)
    funding = record.funding
    name = record.project.name or record.supervising_department.name or "（未填名称）"
    year = f"{record.budget_year}年" if record.budget_year is not None else "年度未知"
    total = (
        "金额未填"
        if funding.total is None
        else f"{funding.total:,f} {funding.unit or '（单位未知）'}"
    )
    lines = ["", f"{form.index + 1}. {name}  [{year} · {total}]"]
    if record.goal:
        lines.append(f"   目标：{_cut(record.goal, 90)}")
    level = None
    for row, indicator in zip(record.indicators, form.indicators, strict=True):
        shown = row.level2 or row.level1 or ""
        first = "" if shown == level else shown
        level = shown
        cells = (
            _padded(first, _LEVEL_WIDTH),
            _padded(row.name or "（空）", _NAME_WIDTH),
            flowing_value(indicator.target.raw),
        )
        actual = "" if row.actual is None else f"  → {flowing_value(row.actual.raw)}"
        lines.append(f"   {' '.join(cells)}{actual}{'  存疑' if row.target.doubtful else ''}")
    return lines


def flowing_value(raw: str) -> str:
    return " ".join(raw.split()) or "（空）"


def width(text: str) -> int:
    """Columns a text takes on a terminal: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def _cut(text: str, limit: int) -> str:
    if width(text) <= limit:
        return text
    kept = ""
    for character in text:
        if width(kept) + width(character) > limit - 2:
            break
        kept += character
    return f"{kept}…"


def _padded(text: str, size: int) -> str:
    text = _cut(text.replace("\n", ""), size)
    return text + " " * (size - width(text))
