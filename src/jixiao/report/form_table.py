"""From a form to its official table: header, money, goal, tasks, indicators, in that order."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form
from jixiao.form.header import Header, LabelledField
from jixiao.form.indicator import Indicator
from jixiao.form.narrative import Narrative, Task
from jixiao.foundation.location import SourceRef
from jixiao.report.indicator_columns import IndicatorColumn, indicator_columns
from jixiao.report.indicator_rows import indicator_rows
from jixiao.report.money_rows import money_rows
from jixiao.report.table_view import (
    FIRST,
    WHOLE,
    Row,
    TableCell,
    TableView,
    heading_cell,
    label_cell,
    shown,
    split_evenly,
)

_MIDDLE, _SECOND_LABEL = 480, 125
_LONG_TEXT = 34
_HEADER = {
    "project_name": "项目名称",
    "project_code": "项目编码",
    "project_category": "项目类别",
    "supervising_department": "主管部门",
    "implementing_unit": "实施单位",
    "project_attribute": "项目属性",
    "project_period": "项目期",
    "start_date": "开始日期",
    "end_date": "结束日期",
}
#: Fields without a place in the model keep the name of their role; people read these words.
_ROLES = {
    **_HEADER,
    "project_name_and_code": "项目名称及编码",
    "central_department": "中央主管部门",
    "finance_department": "财政部门",
    "department_code": "部门编码",
    "unit_code": "单位编码",
    "budget_year": "年度",
    "money_unit": "金额单位",
    "goal": "年度总体目标",
    "adjusted_goal": "调整后绩效目标",
    "long_term_goal": "中长期目标",
    "achieved": "目标完成情况",
}
_TASK_COLUMNS = {
    "name": ("任务名称", 200),
    "content": ("主要内容", 300),
    "amount": ("预算金额", 110),
    "fiscal": ("财政拨款", 110),
    "other": ("其他资金", 110),
    "expected": ("期望达到的目标", 250),
}


def form_table(form: Form) -> TableView:
    """The table of a form."""
    end = _end(form.indicators)
    columns = indicator_columns(form.columns, form.indicators)
    middle = _middle(columns)
    above = [one for one in form.header.others if not _after(one.at, end)]
    below = [one for one in form.header.others if _after(one.at, end)]
    rows = [*_beside_one_another([*_header(form.header), *_others(above)], middle)]
    rows += money_rows(form.funding, middle)
    rows += _goals(form.narrative)
    rows += _tasks(form.narrative.tasks)
    rows += indicator_rows(form)
    rows += _beside_one_another(_others(below), middle)
    title = "" if form.title is None else shown(form.title.raw)
    year = "" if form.year_entry is None else shown(form.year_entry.raw)
    return TableView(
        title=title or "（没有表题）", year="" if year and year in title else year, rows=tuple(rows)
    )


def _end(rows: Sequence[Indicator]) -> SourceRef | None:
    return rows[-1].at if rows else None


def _after(at: SourceRef, end: SourceRef | None) -> bool:
    """Whether a field stands below the indicators, as names and dates of signing do."""
    if end is None:
        return False
    return _height(at) > _height(end)


def _height(at: SourceRef) -> tuple[int, int, int]:
    return (at.page or 0, at.table or 0, at.row or at.line or 0)


def _middle(columns: Sequence[IndicatorColumn]) -> int:
    """The edge that header and money share with the indicators: where their names begin."""
    extents = split_evenly(FIRST, WHOLE, [column.weight for column in columns])
    for (left, _), column in zip(extents, columns, strict=True):
        if "name" in column.fields and 250 <= left <= 600:
            return left
    return _MIDDLE


def _text(entry: Entry[str] | Entry[Coded], left: int, right: int, *paths: str) -> TableCell:
    return TableCell(text=shown(entry.raw), left=left, right=right, paths=paths)


class _Field(Struct, frozen=True):
    """A label with what stands beside it."""

    label: str
    entry: Entry[str] | Entry[Coded]
    path: str

    @property
    def is_long(self) -> bool:
        return len(self.entry.raw) > _LONG_TEXT or "\n" in self.entry.raw.strip()


def _header(header: Header) -> list[_Field]:
    found = []
    for field, label in _HEADER.items():
        entry: Entry[str] | Entry[Coded] | None = getattr(header, field)
        if entry is not None:
            coded = isinstance(entry.value, Coded) and entry.value.code is not None
            with_code = coded and field == "supervising_department"
            shown_label = f"{label}及代码" if with_code else label
            found.append(_Field(shown_label, entry, f"header.{field}"))
    return found


def _others(fields: Sequence[LabelledField]) -> list[_Field]:
    """Fields the model has no name for."""
    return [
        _Field(
            _ROLES.get(one.label, shown(one.label)),
            Entry(one.raw, one.at),
            f"header.others.{one.label}",
        )
        for one in fields
    ]


def _beside_one_another(fields: Sequence[_Field], middle: int) -> Iterator[Row]:
    """The fields in the order of the form, two in a row where the form has two in a row."""
    ordered = sorted(fields, key=lambda field: _height(field.entry.at))
    for _, group in groupby(ordered, key=lambda field: _height(field.entry.at)):
        waiting: list[_Field] = []
        for field in group:
            if field.is_long or field.path == "header.project_name":
                yield from _pairs(waiting, middle)
                waiting = []
                yield _line(field)
            else:
                waiting.append(field)
        yield from _pairs(waiting, middle)


def _line(field: _Field) -> Row:
    return (label_cell(field.label, 0, FIRST), _text(field.entry, FIRST, WHOLE, field.path))


def _pairs(fields: Sequence[_Field], middle: int) -> Iterator[Row]:
    for first, second in zip(fields[::2], fields[1::2], strict=False):
        yield (
            label_cell(first.label, 0, FIRST),
            _text(first.entry, FIRST, middle, first.path),
            label_cell(second.label, middle, middle + _SECOND_LABEL),
            _text(second.entry, middle + _SECOND_LABEL, WHOLE, second.path),
        )
    if len(fields) % 2:
        yield _line(fields[-1])


def _goals(narrative: Narrative) -> Iterator[Row]:
    if narrative.long_term_goal is not None:
        yield (
            label_cell("中长期目标", 0, FIRST),
            _text(narrative.long_term_goal, FIRST, WHOLE, "narrative.long_term_goal"),
        )
    goal, achieved = narrative.goal, narrative.achieved
    if achieved is None:
        if goal is not None:
            yield (
                label_cell("年度总体目标", 0, FIRST),
                _text(goal, FIRST, WHOLE, "narrative.goal"),
            )
        return
    half = (FIRST + WHOLE) // 2
    yield (
        label_cell("年度总体目标", 0, FIRST, rowspan=2),
        heading_cell("预期目标", (FIRST, half)),
        heading_cell("实际完成情况", (half, WHOLE)),
    )
    expected = Entry("", achieved.at) if goal is None else goal
    yield (
        _text(expected, FIRST, half, "narrative.goal"),
        _text(achieved, half, WHOLE, "narrative.achieved"),
    )


def _tasks(tasks: Sequence[Task]) -> Iterator[Row]:
    if not tasks:
        return
    used = [n for n in _TASK_COLUMNS if any(getattr(task, n) is not None for task in tasks)]
    extents = split_evenly(FIRST, WHOLE, [_TASK_COLUMNS[name][1] for name in used])
    heads = [
        heading_cell(_TASK_COLUMNS[name][0], extent)
        for name, extent in zip(used, extents, strict=True)
    ]
    yield (label_cell("年度主要任务", 0, FIRST, "narrative.tasks", rowspan=len(tasks) + 1), *heads)
    for number, task in enumerate(tasks):
        row = []
        for name, (left, right) in zip(used, extents, strict=True):
            entry = getattr(task, name)
            own = f"narrative.tasks[{number}]"
            row.append(
                TableCell(
                    text="" if entry is None else shown(entry.raw),
                    left=left,
                    right=right,
                    paths=(f"{own}.{name}", own) if name == "name" else (f"{own}.{name}",),
                )
            )
        yield tuple(row)
