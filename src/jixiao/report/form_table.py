"""From a form to its official table: header, money, goal, tasks, indicators, in that order."""

from collections.abc import Iterator, Sequence
from itertools import count, groupby

from msgspec import Struct

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form
from jixiao.form.funding import Funding, FundingLine
from jixiao.form.header import Header, LabelledField
from jixiao.form.indicator import Indicator
from jixiao.form.narrative import Narrative, Task
from jixiao.foundation.location import SourceRef
from jixiao.report.indicator_columns import IndicatorColumn, indicator_columns
from jixiao.report.table_view import (
    WHOLE,
    CellRole,
    TableCell,
    TableView,
    shown,
    split_evenly,
)

Row = tuple[TableCell, ...]
#: Right edge of the first column, which holds the labels.
_FIRST = 145
_MIDDLE, _SECOND_LABEL = 480, 125
_LONG_TEXT = 34
_SHORT_UNIT = 16
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
_AMOUNTS = {
    "amount": "预算数",
    "initial": "年初预算数",
    "adjusted": "全年预算数",
    "executed": "全年执行数",
    "expected": "全年预计执行数",
    "points": "分值",
    "rate": "执行率",
    "score": "得分",
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
    rows += _funding(form.funding, middle)
    rows += _goals(form.narrative)
    rows += _tasks(form.narrative.tasks)
    rows += _indicators("中长期绩效指标", "long_term_indicators", form.long_term_indicators, form)
    rows += _indicators("绩效指标", "indicators", form.indicators, form)
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
    extents = split_evenly(_FIRST, WHOLE, [column.weight for column in columns])
    for (left, _), column in zip(extents, columns, strict=True):
        if "name" in column.fields and 250 <= left <= 600:
            return left
    return _MIDDLE


def _label(text: str, left: int, right: int, *paths: str, rowspan: int = 1) -> TableCell:
    return TableCell(
        text=text, left=left, right=right, role=CellRole.LABEL, rowspan=rowspan, paths=paths
    )


def _text(entry: Entry[str] | Entry[Coded], left: int, right: int, *paths: str) -> TableCell:
    return TableCell(text=shown(entry.raw), left=left, right=right, paths=paths)


class _Field(Struct, frozen=True):
    """A label with what stands beside it."""

    label: str
    entry: Entry[str]
    path: str

    @property
    def is_long(self) -> bool:
        return len(self.entry.raw) > _LONG_TEXT or "\n" in self.entry.raw.strip()


def _header(header: Header) -> list[_Field]:
    found = []
    for field, label in _HEADER.items():
        entry: Entry[str] | None = getattr(header, field)
        if entry is not None:
            coded = isinstance(entry.value, Coded) and entry.value.code is not None
            with_code = coded and field == "supervising_department"
            shown_label = f"{label}及代码" if with_code else label
            found.append(_Field(shown_label, entry, f"header.{field}"))
    return found


def _others(fields: Sequence[LabelledField]) -> list[_Field]:
    """Fields the model has no name for."""
    return [
        _Field(shown(one.label), Entry(one.raw, one.at), f"header.others.{one.label}")
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
    return (_label(field.label, 0, _FIRST), _text(field.entry, _FIRST, WHOLE, field.path))


def _pairs(fields: Sequence[_Field], middle: int) -> Iterator[Row]:
    for first, second in zip(fields[::2], fields[1::2], strict=False):
        yield (
            _label(first.label, 0, _FIRST),
            _text(first.entry, _FIRST, middle, first.path),
            _label(second.label, middle, middle + _SECOND_LABEL),
            _text(second.entry, middle + _SECOND_LABEL, WHOLE, second.path),
        )
    if len(fields) % 2:
        yield _line(fields[-1])


def _funding(funding: Funding | None, middle: int) -> Iterator[Row]:
    if funding is None or not funding.lines:
        return
    used = [name for name in _AMOUNTS if any(getattr(x, name) is not None for x in funding.lines)]
    several = len(used) > 1
    rows: list[list[TableCell]] = []
    if several:
        extents = split_evenly(middle, WHOLE, [1] * len(used))
        heads = [
            TableCell(text=_AMOUNTS[name], left=left, right=right, role=CellRole.HEADING)
            for name, (left, right) in zip(used, extents, strict=True)
        ]
        rows.append([TableCell(text="", left=_FIRST, right=middle, role=CellRole.HEADING), *heads])
    lines = _once(funding.lines)
    for number, line in lines:
        rows.append(_money(line, number, used or ["amount"], middle))
    block = _label(_money_title(funding), 0, _FIRST, "funding", "funding.unit", rowspan=len(rows))
    rows[0].insert(0, block)
    yield from map(tuple, rows)


def _once(lines: Sequence[FundingLine]) -> list[tuple[int, FundingLine]]:
    """The lines with their numbers; one that was read twice from one place stands once."""
    seen: set[tuple[str, str | None, SourceRef | None]] = set()
    kept = []
    for number, line in enumerate(lines):
        at = None if line.amount is None else line.amount.at
        key = (line.label.raw, line.key, at)
        if key not in seen:
            kept.append((number, line))
        seen.add(key)
    return kept


def _money(line: FundingLine, number: int, used: Sequence[str], middle: int) -> list[TableCell]:
    cells = [_label(shown(line.label.raw), _FIRST, middle)]
    extents = split_evenly(middle, WHOLE, [1] * len(used))
    for name, (left, right) in zip(used, extents, strict=True):
        entry = getattr(line, name)
        paths = [f"funding.lines[{number}].{name}"]
        if name == used[0]:
            paths += [f"funding.lines[{number}]", *([f"funding.{line.key}"] if line.key else [])]
        cells.append(
            TableCell(
                text="" if entry is None else shown(entry.raw),
                left=left,
                right=right,
                role=CellRole.VALUE if len(used) > 1 else CellRole.TEXT,
                paths=tuple(paths),
            )
        )
    return cells


def _money_title(funding: Funding) -> str:
    printed = "" if funding.unit_at is None else shown(funding.unit_at.quote)
    if "资金" in printed and len(printed) <= _SHORT_UNIT:
        return printed
    return f"项目资金（{funding.unit}）" if funding.unit else "项目资金"


def _goals(narrative: Narrative) -> Iterator[Row]:
    if narrative.long_term_goal is not None:
        yield (
            _label("中长期目标", 0, _FIRST),
            _text(narrative.long_term_goal, _FIRST, WHOLE, "narrative.long_term_goal"),
        )
    goal, achieved = narrative.goal, narrative.achieved
    if achieved is None:
        if goal is not None:
            yield (
                _label("年度总体目标", 0, _FIRST),
                _text(goal, _FIRST, WHOLE, "narrative.goal"),
            )
        return
    half = (_FIRST + WHOLE) // 2
    yield (
        _label("年度总体目标", 0, _FIRST, rowspan=2),
        TableCell(text="预期目标", left=_FIRST, right=half, role=CellRole.HEADING),
        TableCell(text="实际完成情况", left=half, right=WHOLE, role=CellRole.HEADING),
    )
    expected = Entry("", achieved.at) if goal is None else goal
    yield (
        _text(expected, _FIRST, half, "narrative.goal"),
        _text(achieved, half, WHOLE, "narrative.achieved"),
    )


def _tasks(tasks: Sequence[Task]) -> Iterator[Row]:
    if not tasks:
        return
    used = [n for n in _TASK_COLUMNS if any(getattr(task, n) is not None for task in tasks)]
    extents = split_evenly(_FIRST, WHOLE, [_TASK_COLUMNS[name][1] for name in used])
    heads = [
        TableCell(text=_TASK_COLUMNS[name][0], left=left, right=right, role=CellRole.HEADING)
        for name, (left, right) in zip(used, extents, strict=True)
    ]
    yield (_label("年度主要任务", 0, _FIRST, "narrative.tasks", rowspan=len(tasks) + 1), *heads)
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


def _indicators(label: str, path: str, rows: Sequence[Indicator], form: Form) -> Iterator[Row]:
    if not rows:
        return
    columns = indicator_columns(form.columns, rows)
    extents = split_evenly(_FIRST, WHOLE, [column.weight for column in columns])
    first = _label(label, 0, _FIRST, path, "columns", rowspan=len(rows) + 1)
    yield (
        first,
        *(
            TableCell(
                text=column.heading,
                left=left,
                right=right,
                role=CellRole.HEADING,
                paths=() if column.number is None else (f"columns[{column.number}]",),
            )
            for column, (left, right) in zip(columns, extents, strict=True)
        ),
    )
    spans = _spans(columns, rows)
    for number, row in enumerate(rows):
        yield tuple(
            TableCell(
                text=shown(column.read(row) or ""),
                left=left,
                right=right,
                role=column.role,
                rowspan=spans[place, number],
                paths=_paths(column, path, range(number, number + spans[place, number])),
            )
            for place, column, (left, right) in zip(count(), columns, extents, strict=False)
            if (place, number) in spans
        )


def _paths(column: IndicatorColumn, path: str, covered: range) -> tuple[str, ...]:
    paths = [f"{path}[{number}].{field}" for number in covered for field in column.fields]
    if "name" in column.fields:
        paths += [f"{path}[{number}]" for number in covered]
    return tuple(paths)


def _spans(
    columns: Sequence[IndicatorColumn], rows: Sequence[Indicator]
) -> dict[tuple[int, int], int]:
    """How many rows each cell covers, by column and row; covered places are absent.

    A level name covers the rows below that bear the same one, but never goes over the end of the
    level to its left.
    """
    spans: dict[tuple[int, int], int] = {}
    breaks: set[int] = {0}
    for place, column in enumerate(columns):
        if not column.merges:
            spans.update({(place, number): 1 for number in range(len(rows))})
            continue
        start = 0
        for number in range(len(rows)):
            same = column.read(rows[number]) == column.read(rows[start])
            if number and (not same or number in breaks):
                start = number
                breaks = breaks | {number}
            spans[place, start] = spans.get((place, start), 0) + 1
    return spans
