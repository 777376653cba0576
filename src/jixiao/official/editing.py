"""A form changed cell by cell, as somebody types into the official table: pure, never in place.

A cell is named by the path of its field (`header.project_name`, `funding.fiscal`,
`indicators[3].target`), the same that findings use and a drawn sheet carries. What is typed is
kept as it stands and understood as the reader would; the place of a typed value is the path.
"""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.forms import Form
from jixiao.form.funding import Funding, FundingLine
from jixiao.form.header import LabelledField
from jixiao.form.indicator import Category, Indicator, Remark
from jixiao.form.narrative import Task
from jixiao.form.review import Review
from jixiao.foundation.location import SourceRef
from jixiao.foundation.money import read_amount
from jixiao.foundation.pattern import pattern
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.reading import read_quantity
from jixiao.intake.recognise.entries import coded
from jixiao.intake.recognise.reviews import graded
from jixiao.intake.recognise.rows import Levels, category_of
from jixiao.standards.labels import label_of, name_of

_ITEM = pattern(r"^([a-z_.]+)\[(\d+)\]\.(.+)$")
_LINE = pattern(r"^funding\.lines\[(\d+)\]\.([a-z]+)$")
_OTHER = pattern(r"^header\.others\[(\d+)\]$")
_CODED = frozenset({"project_attribute", "supervising_department", "implementing_unit"})
_QUANTITIES = frozenset({"target", "actual", "forecast", "long_term_target", "adjusted_target"})
_NUMBERS = frozenset({"weight", "score", "points", "total"})
_AMOUNTS = frozenset({"amount", "initial", "adjusted", "executed", "expected", "fiscal", "other"})
_PARTS = {"operator": "operator_cell", "value": "value_cell", "unit": "unit_cell"}
_CHIEF = frozenset({"total", "fiscal", "carry_over", "other"})
_COSTS = frozenset({Category.OUTPUT_COST, Category.COST_ECONOMIC})
BLOCKS = ("indicators", "long_term_indicators")


class UnknownPlace(KeyError):
    """A path that names no field of this form: wrong use, never what a person typed."""


def change(form: Form, path: str, text: str) -> Form:
    """The form with one cell's text replaced. Raises UnknownPlace."""
    item = _ITEM.match(path)
    if item is not None and item.group(1) in _ITEMS:
        return _ITEMS[item.group(1)](form, int(item.group(2)), item.group(3), path, text)
    section, _, field = path.partition(".")
    if section in _SECTIONS and field:
        return _SECTIONS[section](form, field, path, text)
    raise UnknownPlace(path)


def insert_row(form: Form, block: str, at: int) -> Form:
    """A blank indicator at position `at`; it stands under the headings of the row above."""
    rows: tuple[Indicator, ...] = getattr(form, _known(block))
    if not 0 <= at <= len(rows):
        raise UnknownPlace(f"{block}[{at}]")
    model = rows[at - 1] if at else (rows[0] if rows else None)
    return _with_rows(form, block, (*rows[:at], _blank_row(model), *rows[at:]))


def remove_row(form: Form, block: str, at: int) -> Form:
    """The form without one indicator."""
    rows: tuple[Indicator, ...] = getattr(form, _known(block))
    if not 0 <= at < len(rows):
        raise UnknownPlace(f"{block}[{at}]")
    return _with_rows(form, block, (*rows[:at], *rows[at + 1 :]))


def move_row(form: Form, block: str, at: int, to: int) -> Form:
    """One indicator moved; at its new place it keeps its own headings."""
    rows: list[Indicator] = list(getattr(form, _known(block)))
    if not (0 <= at < len(rows) and 0 <= to < len(rows)):
        raise UnknownPlace(f"{block}[{at}]")
    rows.insert(to, rows.pop(at))
    return _with_rows(form, block, tuple(rows))


def typed(text: str, path: str) -> Entry[str]:
    """A text as somebody typed it."""
    return Entry(text, _at(text, path), text.strip() or None)


def _at(text: str, path: str) -> SourceRef:
    return SourceRef(quote=text, cell=path)


def _known(block: str) -> str:
    if block not in BLOCKS:
        raise UnknownPlace(block)
    return block


def _with_rows(form: Form, block: str, rows: tuple[Indicator, ...]) -> Form:
    return replace(form, **{block: rows})


def _blank_row(model: Indicator | None) -> Indicator:
    empty: Entry[str] = Entry("", SourceRef(quote=""))
    blank = Entry("", SourceRef(quote=""), read_quantity(""))
    if model is None:
        return Indicator(name=empty, target=blank, at=empty.at)
    fields: dict[str, Any] = {
        field: None if getattr(model, field) is None else replace(empty, value=None)
        for field in ("operator_cell", "value_cell", "unit_cell", "direction", "core", "weight")
    }
    return Indicator(
        name=empty,
        target=blank,
        at=empty.at,
        level1=model.level1,
        level2=model.level2,
        category=model.category,
        required=model.required,
        required_numeric=model.required_numeric,
        remarks=tuple(Remark(label=one.label, entry=empty) for one in model.remarks),
        **fields,
    )


def _header(form: Form, field: str, path: str, text: str) -> Form:
    other = _OTHER.match(path)
    header = form.header
    if other is not None:
        number = int(other.group(1))
        if number >= len(header.others):
            raise UnknownPlace(path)
        old = header.others[number]
        new = LabelledField(label=old.label, raw=text, at=_at(text, path))
        others = (*header.others[:number], new, *header.others[number + 1 :])
        return replace(form, header=replace(header, others=others))
    if field.startswith("others."):
        return _new_other(form, field.removeprefix("others."), path, text)
    if field not in header.__struct_fields__ or field == "others":
        raise UnknownPlace(path)
    entry: Entry[Any] = typed(text, path)
    if field in _CODED:
        entry = Entry(text, entry.at, coded(text.strip()) if text.strip() else None)
    return replace(form, header=replace(header, **{field: entry}))


def _new_other(form: Form, name: str, path: str, text: str) -> Form:
    """A labelled field the form did not have; a role is stored under its usual label."""
    label = name_of(name)
    for number, one in enumerate(form.header.others):
        if one.label == label:
            return _header(form, "", f"header.others[{number}]", text)
    new = LabelledField(label=label, raw=text, at=_at(text, path))
    return replace(form, header=replace(form.header, others=(*form.header.others, new)))


def _narrative(form: Form, field: str, path: str, text: str) -> Form:
    if field not in ("goal", "long_term_goal", "achieved"):
        raise UnknownPlace(path)
    return replace(form, narrative=replace(form.narrative, **{field: typed(text, path)}))


def _review(form: Form, field: str, path: str, text: str) -> Form:
    if field not in ("grade", "total", "opinion"):
        raise UnknownPlace(path)
    review = form.review or Review()
    return replace(form, review=replace(review, **{field: _review_entry(field, path, text)}))


def _review_entry(field: str, path: str, text: str) -> Entry[Any]:
    if field in ("score", "points", "total"):
        return _number(path, text)
    return graded(typed(text, path)) if field == "grade" else typed(text, path)


def _review_item(form: Form, number: int, field: str, path: str, text: str) -> Form:
    review = form.review
    if review is None or number >= len(review.items):
        raise UnknownPlace(path)
    item = review.items[number]
    if field not in item.__struct_fields__:
        raise UnknownPlace(path)
    changed = replace(item, **{field: _review_entry(field, path, text)})
    items = (*review.items[:number], changed, *review.items[number + 1 :])
    return replace(form, review=replace(review, items=items))


def _task(form: Form, number: int, field: str, path: str, text: str) -> Form:
    tasks = list(form.narrative.tasks)
    if field not in Task.__struct_fields__ or number > len(tasks):
        raise UnknownPlace(path)
    if number == len(tasks):
        tasks.append(Task(name=Entry("", _at("", path))))
    entry = _amount(path, text) if field in _AMOUNTS else typed(text, path)
    tasks[number] = replace(tasks[number], **{field: entry})
    return replace(form, narrative=replace(form.narrative, tasks=tuple(tasks)))


def _funding(form: Form, field: str, path: str, text: str) -> Form:
    """`funding.fiscal`, `funding.fiscal.executed` or `funding.lines[2].executed`."""
    funding = form.funding or Funding()
    lines = list(funding.lines)
    numbered = _LINE.match(path)
    if numbered is not None:
        number, column = int(numbered.group(1)), numbered.group(2)
        if number >= len(lines):
            raise UnknownPlace(path)
    else:
        key, column = _line_and_column(field)
        number = next((at for at, line in enumerate(lines) if line.key == key), len(lines))
        if number == len(lines):
            label = name_of_line(key)
            lines.append(FundingLine(label=Entry(label, _at(label, path), label), key=key))
    if column not in FundingLine.__struct_fields__ or column in ("label", "key"):
        raise UnknownPlace(path)
    entry = _amount(path, text) if column in _AMOUNTS else _number(path, text)
    line = replace(lines[number], **{column: entry})
    if column in ("initial", "adjusted"):
        line = replace(line, amount=line.adjusted or line.initial)
    lines[number] = line
    chief: dict[str, Any] = {}
    for key in _CHIEF & {line.key}:
        chief[str(key)] = line.amount
    return replace(form, funding=replace(funding, lines=tuple(lines), **chief))


def _line_and_column(field: str) -> tuple[str, str]:
    key, _, column = field.rpartition(".")
    if key and column in FundingLine.__struct_fields__:
        return key, column
    return field, "amount"


def name_of_line(key: str) -> str:
    """What a line of money is usually called."""
    return _LINES.get(key, key)


_LINES = {
    "total": "年度资金总额",
    "fiscal": "财政拨款",
    "carry_over": "上年结转",
    "other": "其他资金",
    "special_account": "财政专户管理资金",
    "unit_funds": "单位资金",
    "whole.total": "中期资金总额",
    "whole.fiscal": "财政拨款",
    "whole.other": "其他资金",
}


def _indicator(form: Form, number: int, field: str, path: str, text: str) -> Form:
    return _row(form, ("indicators", number, field), path, text)


def _long_term(form: Form, number: int, field: str, path: str, text: str) -> Form:
    return _row(form, ("long_term_indicators", number, field), path, text)


def _row(form: Form, place: tuple[str, int, str], path: str, text: str) -> Form:
    block, number, field = place
    rows: tuple[Indicator, ...] = getattr(form, block)
    if number > len(rows):
        raise UnknownPlace(path)
    if number == len(rows):
        form = insert_row(form, block, number)
        rows = getattr(form, block)
    changed = _changed_row(rows[number], field, path, text)
    return _with_rows(form, block, (*rows[:number], changed, *rows[number + 1 :]))


def _changed_row(row: Indicator, field: str, path: str, text: str) -> Indicator:
    if field in ("level1", "level2"):
        return _with_level(row, field, path, text)
    if field in _PARTS:
        return _with_part(row, _PARTS[field], path, text)
    if field.startswith("remark."):
        return _with_remark(row, field.removeprefix("remark."), path, text)
    if field == "target" and row.value_cell is not None:
        row = replace(row, operator_cell=None, value_cell=None, unit_cell=None)
    if field in _QUANTITIES:
        return replace(row, **{field: _quantity(path, text, row)})
    if field in _NUMBERS:
        return replace(row, **{field: _number(path, text)})
    if field not in Indicator.__struct_fields__:
        raise UnknownPlace(path)
    return replace(row, **{field: typed(text, path)})


def _with_level(row: Indicator, field: str, path: str, text: str) -> Indicator:
    label = label_of(text)
    entry = Entry(text, _at(text, path), text.strip() or None)
    row = replace(row, **{field: entry})
    category = category_of(Levels(row.level1, row.level2))
    if field == "level2":
        row = replace(row, required=label.required, required_numeric=label.hard)
    return replace(row, category=category)


def _with_part(row: Indicator, attribute: str, path: str, text: str) -> Indicator:
    """Sign, number and unit in columns of their own; the target is the three in reading order."""
    row = replace(row, **{attribute: typed(text, path)})
    parts = (row.operator_cell, row.value_cell, row.unit_cell)
    whole = "".join(part.raw.strip() for part in parts if part is not None)
    return replace(row, target=_quantity(path, whole, row))


def _with_remark(row: Indicator, name: str, path: str, text: str) -> Indicator:
    remarks = [one for one in row.remarks if one.label != name]
    return replace(row, remarks=(*remarks, Remark(label=name, entry=typed(text, path))))


def _quantity(path: str, text: str, row: Indicator) -> Entry[Quantity]:
    value = read_quantity(text, money_expected=row.category in _COSTS)
    return Entry(text, _at(text, path), value, value.doubtful)


def _amount(path: str, text: str) -> Entry[Decimal]:
    amount = read_amount(text)
    return Entry(text, _at(text, path), amount.number, amount.doubtful)


def _number(path: str, text: str) -> Entry[Decimal]:
    plain = text.strip().rstrip("%％分")
    is_number = plain.replace(".", "", 1).removeprefix("-").isascii()
    is_number = is_number and plain.replace(".", "", 1).removeprefix("-").isdigit()
    return Entry(text, _at(text, path), Decimal(plain) if is_number else None)


_SECTIONS: dict[str, Callable[[Form, str, str, str], Form]] = {
    "header": _header,
    "funding": _funding,
    "narrative": _narrative,
    "review": _review,
}
_ITEMS: dict[str, Callable[[Form, int, str, str, str], Form]] = {
    "indicators": _indicator,
    "long_term_indicators": _long_term,
    "narrative.tasks": _task,
    "review.items": _review_item,
}
