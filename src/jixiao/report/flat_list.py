"""Forms as one flat list: a row for each indicator, with its project and money beside it.

For filters and pivot tables; the reader of delimited text makes the same forms of it again.
"""

import csv
from collections.abc import Callable, Iterator, Sequence
from io import StringIO
from typing import BinaryIO

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form
from jixiao.form.indicator import Indicator
from jixiao.report.cells import safe_cell

_HEADER = {
    "主管部门": "supervising_department",
    "实施单位": "implementing_unit",
    "项目名称": "project_name",
    "项目编码": "project_code",
    "项目属性": "project_attribute",
    "项目期": "project_period",
}
_MONEY = {
    "年度资金总额": "total",
    "财政拨款": "fiscal",
    "上年结转": "carry_over",
    "其他资金": "other",
}
_LEVELS = {"一级指标": "level1", "二级指标": "level2", "三级指标": "name", "指标值": "target"}
_FURTHER = {
    "调整后指标值": "adjusted_target",
    "权重": "weight",
    "实际完成值": "actual",
    "全年预计完成情况": "forecast",
    "得分": "score",
    "偏差原因分析": "deviation_cause",
    "改进措施": "improvement",
}
_ALWAYS = frozenset({"主管部门", "实施单位", "项目名称", *_MONEY, *_LEVELS})
Column = Callable[[Form, Indicator], str]


def write_flat_list(forms: Sequence[Form], stream: BinaryIO) -> None:
    """CSV for Excel: with a byte-order mark, and no cell that could be a formula."""
    columns = {name: read for name, read in _columns().items() if _is_used(name, read, forms)}
    text = StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(columns)
    for form in forms:
        for row in form.indicators:
            table.writerow([safe_cell(read(form, row)) for read in columns.values()])
    stream.write(text.getvalue().encode("utf-8-sig"))


def _columns() -> dict[str, Column]:
    columns: dict[str, Column] = {
        "年度": lambda form, _: "" if form.budget_year is None else str(form.budget_year)
    }
    columns |= {name: _header(field) for name, field in _HEADER.items()}
    columns["金额单位"] = lambda form, _: (form.funding.unit or "") if form.funding else ""
    columns |= {name: _amount(key) for name, key in _MONEY.items()}
    columns["年度总体目标"] = lambda form, _: _raw(form.narrative.goal)
    columns |= {name: _cell(field) for name, field in (_LEVELS | _FURTHER).items()}
    return columns


def _header(field: str) -> Column:
    return lambda form, _: _raw(getattr(form.header, field))


def _amount(key: str) -> Column:
    return lambda form, _: "" if form.funding is None else _raw(getattr(form.funding, key))


def _cell(field: str) -> Column:
    return lambda _, row: _raw(getattr(row, field))


def _raw(entry: Entry[str] | Entry[Coded] | None) -> str:
    return "" if entry is None else entry.raw


def _is_used(name: str, read: Column, forms: Sequence[Form]) -> bool:
    return name in _ALWAYS or any(_texts(read, forms))


def _texts(read: Column, forms: Sequence[Form]) -> Iterator[str]:
    return (read(form, row).strip() for form in forms for row in form.indicators)
