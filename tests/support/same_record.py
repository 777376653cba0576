"""Whether two forms say the same: every text, mark and number, wherever it stands on the paper.

Places, evidence, the printed title and the wording of labels belong to the paper, not to the
record. A field a table does not show and a blank one are the same here: a table that has the
field shows its place blank.
"""

from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form
from jixiao.form.indicator import Indicator
from jixiao.form.review import Review
from jixiao.foundation.text import fold
from jixiao.official.amounts import factor
from jixiao.official.answers import (
    AMOUNTS,
    HEADER,
    LINE_COLUMNS,
    NARRATIVE,
    REVIEW,
    other_name,
)
from jixiao.official.boxes import ticked
from jixiao.official.sums import SUM_LABELS

_ROW_TEXTS = (
    *("level1", "level2", "name", "target", "operator_cell", "value_cell", "unit_cell"),
    *("direction", "core", "weight", "long_term_target", "adjusted_target", "actual", "forecast"),
    *("score", "likelihood", "deviation_cause", "improvement"),
)
_SUMS = frozenset(map(other_name, SUM_LABELS))
_ITEM_TEXTS = ("aspect", "item", "question", "points", "grade", "score", "opinion")
#: What tables print where a line of money has no points of its own.
_NO_POINTS = frozenset({"", "—", "/"})
_TASK_TEXTS = ("name", "content", "expected")
_TASK_AMOUNTS = ("amount", "fiscal", "other")


class Difference(NamedTuple):
    """One field that does not say the same."""

    where: str
    first: object
    second: object


def differences(first: Form, second: Form, *, layout: bool = True) -> list[Difference]:
    """Every field in which the two differ. Amounts compare in 元 where both state a unit."""
    left, right = dict(_said(first, layout=layout)), dict(_said(second, layout=layout))
    for printed in (_is_sum, _is_number_of_the_table, _is_points_of_the_money):
        _leave_out(printed, left, right)
    _leave_out_parts(left, right)
    return [
        Difference(where, left.get(where), right.get(where))
        for where in (*left, *(key for key in right if key not in left))
        if left.get(where) != right.get(where)
    ]


def _is_sum(where: str) -> bool:
    return where.partition("#")[0] in _SUMS


def _is_number_of_the_table(where: str) -> bool:
    return where.startswith("other.报表编号")


def _is_points_of_the_money(where: str) -> bool:
    return where == "funding.total#1.points"


def _leave_out(
    printed: Callable[[str], bool], left: dict[str, object], right: dict[str, object]
) -> None:
    """What a table prints by itself, the record behind it need not state."""
    found = [{where for where in said if printed(where)} for said in (left, right)]
    if not all(found):
        for said, keys in zip((left, right), found, strict=True):
            for key in keys:
                del said[key]


def _leave_out_parts(*sides: dict[str, object]) -> None:
    """Sign, number and unit say no more than the value: they count where both have the columns."""
    rows = [{where.rpartition(".")[0] for where in said if _is_part(where)} for said in sides]
    for said in sides:
        for where in [w for w in said if _is_part(w)]:
            if not all(where.rpartition(".")[0] in own for own in rows):
                del said[where]


def _is_part(where: str) -> bool:
    return where.endswith(("operator_cell", "value_cell", "unit_cell"))


def _said(form: Form, *, layout: bool) -> Iterator[tuple[str, object]]:
    """What a form says, by name; blank and absent fields are left out."""
    yield "kind", form.kind.value
    yield "year", form.budget_year
    if layout:
        yield "layout", form.layout
    for field, (attribute, _) in HEADER.items():
        yield from _text(f"header.{field}", getattr(form.header, attribute))
    for field in NARRATIVE:
        yield from _text(f"narrative.{field}", getattr(form.narrative, field))
    counted: dict[str, int] = {}
    for one in form.header.others:
        if ticked(one.raw).strip():
            name = other_name(one.label)
            counted[name] = counted.get(name, 0) + 1
            yield f"{name}#{counted[name]}", ticked(one.raw)
    yield from _money(form)
    yield from _tasks(form)
    yield from _review(form.review)
    for block in ("indicators", "long_term_indicators"):
        rows: tuple[Indicator, ...] = getattr(form, block)
        for number, row in enumerate(rows):
            yield from _row(f"{block}[{number}]", row)


def _text(where: str, entry: Entry[Any] | None) -> Iterator[tuple[str, object]]:
    if entry is None or not entry.raw.strip():
        return
    yield where, entry.raw
    if isinstance(entry.value, Coded):
        yield f"{where}.coded", (entry.value.code, entry.value.name)


def _money(form: Form) -> Iterator[tuple[str, object]]:
    funding = form.funding
    if funding is None:
        return
    counted: dict[str | None, int] = {}
    for line in funding.lines:
        counted[line.key] = counted.get(line.key, 0) + 1
        where = f"funding.{line.key or fold(line.label.raw)}#{counted[line.key]}"
        for column in LINE_COLUMNS:
            entry: Entry[Decimal] | None = getattr(line, column)
            if entry is None or entry.raw.strip() in _NO_POINTS:
                continue
            yield (
                f"{where}.{column}",
                _amount(entry, funding.unit) if column in AMOUNTS else entry.raw,
            )


def _amount(entry: Entry[Decimal], unit: str | None) -> object:
    """The amount in 元 where that is known, else as it was written."""
    by = factor(unit, "元")
    if entry.value is None or (by is None and unit != "元"):
        return entry.raw
    return (entry.value * (by or 1)).normalize()


def _tasks(form: Form) -> Iterator[tuple[str, object]]:
    unit = None if form.funding is None else form.funding.unit
    for number, task in enumerate(form.narrative.tasks):
        for field in _TASK_TEXTS:
            yield from _text(f"tasks[{number}].{field}", getattr(task, field))
        for field in _TASK_AMOUNTS:
            entry: Entry[Decimal] | None = getattr(task, field)
            if entry is not None and entry.raw.strip():
                yield f"tasks[{number}].{field}", _amount(entry, unit)


def _review(review: Review | None) -> Iterator[tuple[str, object]]:
    if review is None:
        return
    for field in REVIEW:
        yield from _choice(f"review.{field}", getattr(review, field))
    for number, item in enumerate(review.items):
        for field in _ITEM_TEXTS:
            yield from _choice(f"review.items[{number}].{field}", getattr(item, field))


def _choice(where: str, entry: Entry[Any] | None) -> Iterator[tuple[str, object]]:
    """A word with a tick at its box is that word; boxes without a tick say nothing."""
    if entry is not None and (said := ticked(entry.raw).strip()):
        yield where, said


def _row(where: str, row: Indicator) -> Iterator[tuple[str, object]]:
    for field in _ROW_TEXTS:
        yield from _text(f"{where}.{field}", getattr(row, field))
    yield f"{where}.category", row.category
    yield f"{where}.marks", (row.required, row.required_numeric)
    for remark in row.remarks:
        if remark.entry.raw.strip():
            yield f"{where}.remark.{fold(remark.label)}", remark.entry.raw
