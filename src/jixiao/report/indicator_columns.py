"""The columns of an indicator table as its form prints them.

The form's own headings decide the order and the words. A field that has content but no heading
(the table was cut, or its heading could not be read) gets a usual one, so that nothing is lost.
"""

from collections.abc import Callable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.indicator import Indicator
from jixiao.report.table_view import CellRole

Reader = Callable[[Indicator], str | None]


class IndicatorColumn(Struct, frozen=True, kw_only=True):
    """One column: `fields` are the names of the indicator's fields that it shows.

    `number` is its place among the headings of the form, None where the form has no heading.
    """

    heading: str
    number: int | None = None
    weight: int
    fields: tuple[str, ...]
    read: Reader
    role: CellRole = CellRole.VALUE
    merges: bool = False


class _Usual(Struct, frozen=True):
    """What a role of column is usually called and how wide it usually is."""

    heading: str
    weight: int
    fields: tuple[str, ...]
    role: CellRole = CellRole.VALUE
    always: bool = False


_USUAL = {
    "level1": _Usual("一级指标", 115, ("level1",), CellRole.LEVEL),
    "level2": _Usual("二级指标", 150, ("level2",), CellRole.LEVEL),
    "name": _Usual("三级指标", 240, ("name",), CellRole.TEXT, always=True),
    "operator": _Usual("指标性质", 70, ("operator_cell",)),
    "target": _Usual("指标值", 200, ("target", "value_cell"), always=True),
    "unit": _Usual("计量单位", 70, ("unit_cell",)),
    "long_term_target": _Usual("中长期指标值", 130, ("long_term_target",)),
    "adjusted_target": _Usual("调整后指标值", 130, ("adjusted_target",)),
    "direction": _Usual("指标方向", 70, ("direction",)),
    "core": _Usual("是否核心指标", 60, ("core",)),
    "actual": _Usual("实际完成值", 140, ("actual",)),
    "forecast": _Usual("全年预计完成情况", 130, ("forecast",)),
    "weight": _Usual("分值", 60, ("weight",)),
    "score": _Usual("得分", 60, ("score",)),
    "likelihood": _Usual("完成目标可能性", 80, ("likelihood",)),
    "deviation_cause": _Usual("偏差原因分析", 150, ("deviation_cause",), CellRole.TEXT),
    "improvement": _Usual("改进措施", 140, ("improvement",), CellRole.TEXT),
}
_REMARK_WEIGHT = 130


def indicator_columns(
    headings: Sequence[Entry[str]], rows: Sequence[Indicator]
) -> tuple[IndicatorColumn, ...]:
    """The columns of these rows, in the order of the form."""
    labels = _remark_labels(rows)
    found: dict[str, IndicatorColumn] = {}
    for number, heading in enumerate(headings):
        word = " ".join(heading.raw.split())
        role = heading.value or ""
        if role in _USUAL and role not in found and (_USUAL[role].always or _filled(role, rows)):
            found[role] = replace(_column(role, word), number=number)
        elif heading.raw in labels and f"remark {heading.raw}" not in found:
            found[f"remark {heading.raw}"] = replace(_remark(heading.raw), number=number)
    columns = _with_missing(found, rows)
    columns += [_remark(label) for label in labels if f"remark {label}" not in found]
    return tuple(columns)


def _with_missing(
    found: dict[str, IndicatorColumn], rows: Sequence[Indicator]
) -> list[IndicatorColumn]:
    """The columns with those put in, at their usual place, that have content but no heading."""
    order = list(found)
    before: str | None = None
    for role, usual in _USUAL.items():
        if role not in found and (usual.always or _filled(role, rows)):
            found[role] = _column(role, usual.heading)
            order.insert(0 if before is None else order.index(before) + 1, role)
        if role in found:
            before = role
    return [found[role] for role in order]


def _filled(role: str, rows: Sequence[Indicator]) -> bool:
    fields = _USUAL[role].fields
    return any(getattr(row, field) is not None for row in rows for field in fields)


def _column(role: str, heading: str) -> IndicatorColumn:
    usual = _USUAL[role]
    return IndicatorColumn(
        heading=heading or usual.heading,
        weight=usual.weight,
        fields=usual.fields,
        read=_target if role == "target" else _reader(usual.fields[0]),
        role=usual.role,
        merges=usual.role is CellRole.LEVEL,
    )


def _reader(field: str) -> Reader:
    def read(row: Indicator) -> str | None:
        entry: Entry[object] | None = getattr(row, field)
        return None if entry is None else entry.raw

    return read


def _target(row: Indicator) -> str:
    """The value's own cell where operator and unit stand in columns of their own."""
    return row.target.raw if row.value_cell is None else row.value_cell.raw


def _remark_labels(rows: Sequence[Indicator]) -> list[str]:
    return list(dict.fromkeys(remark.label for row in rows for remark in row.remarks))


def _remark(label: str) -> IndicatorColumn:
    def read(row: Indicator) -> str:
        return "\n".join(one.entry.raw for one in row.remarks if one.label == label)

    return IndicatorColumn(
        heading=" ".join(label.split()),
        weight=_REMARK_WEIGHT,
        fields=("remarks",),
        read=read,
        role=CellRole.TEXT,
    )
