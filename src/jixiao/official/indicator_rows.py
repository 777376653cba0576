"""Typing into a row of the indicator table, and a blank row like the one above."""

from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from jixiao.form.entry import Entry
from jixiao.form.indicator import Category, Indicator, Remark
from jixiao.foundation.location import SourceRef
from jixiao.foundation.quantity import Quantity
from jixiao.foundation.reading import read_quantity
from jixiao.intake.recognise.rows import Levels, category_of
from jixiao.official.blocks import PARTS, remark_name, taken_apart
from jixiao.official.typed import UnknownPlace, typed, typed_number, typed_quantity
from jixiao.standards.labels import label_of

_QUANTITIES = frozenset({"target", "actual", "forecast", "long_term_target", "adjusted_target"})
_NUMBERS = frozenset({"weight", "score"})
_COSTS = frozenset({Category.OUTPUT_COST, Category.COST_ECONOMIC})
_NO_TEXT = frozenset({"at", "category", "required", "required_numeric", "remarks", *PARTS.values()})
_SHAPE = ("operator_cell", "value_cell", "unit_cell", "direction", "core", "weight")


def blank_indicator(model: Indicator | None) -> Indicator:
    """A blank row; it stands under the headings of `model` and has its columns."""
    empty: Entry[str] = Entry("", SourceRef(quote=""))
    blank = Entry("", SourceRef(quote=""), read_quantity(""))
    if model is None:
        return Indicator(name=empty, target=blank, at=empty.at)
    fields: dict[str, Any] = {
        field: None if getattr(model, field) is None else empty for field in _SHAPE
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


def row_texts(row: Indicator) -> Iterator[tuple[str, str]]:
    """Every text of a row by the name of its field: what it takes to write the row again."""
    split = row.value_cell is not None
    for field in row.__struct_fields__:
        entry = getattr(row, field)
        if field not in _NO_TEXT and entry is not None and not (split and field == "target"):
            yield field, entry.raw
    for part, attribute in PARTS.items():
        entry = getattr(row, attribute)
        if entry is not None:
            yield part, entry.raw
    for remark in row.remarks:
        yield f"remark.{remark.label}", remark.entry.raw


def changed_row(row: Indicator, field: str, path: str, text: str) -> Indicator:
    """The row with one field typed anew. Raises UnknownPlace."""
    if field in ("level1", "level2"):
        return _with_level(row, field, path, text)
    if field in PARTS:
        return _with_part(row, field, path, text)
    if field.startswith("remark."):
        return _with_remark(row, field.removeprefix("remark."), path, text)
    if field == "target":
        row = replace(row, operator_cell=None, value_cell=None, unit_cell=None)
    if field in _QUANTITIES:
        return replace(row, **{field: _quantity(path, text, row)})
    if field in _NUMBERS:
        return replace(row, **{field: typed_number(text, path)})
    if field not in Indicator.__struct_fields__ or field in _NO_TEXT:
        raise UnknownPlace(path)
    return replace(row, **{field: typed(text, path)})


def _with_level(row: Indicator, field: str, path: str, text: str) -> Indicator:
    label = label_of(text)
    row = replace(row, **{field: typed(text, path)})
    if field == "level2":
        row = replace(row, required=label.required, required_numeric=label.hard)
    row = replace(row, category=category_of(Levels(row.level1, row.level2)))
    # What a number means depends on the category: 6000 under cost is money.
    return replace(row, target=_quantity(path, row.target.raw, row, row.target.at))


def _with_part(row: Indicator, part: str, path: str, text: str) -> Indicator:
    """Sign, number and unit in columns of their own; the target is the three in reading order."""
    texts = {name: getattr(row, attribute) for name, attribute in PARTS.items()}
    if all(entry is None for entry in texts.values()):
        texts = {name: typed(said, path) for name, said in taken_apart(row).items()}
    texts[part] = typed(text, path)
    row = replace(row, **{attribute: texts[name] for name, attribute in PARTS.items()})
    whole = "".join(entry.raw.strip() for entry in texts.values() if entry is not None)
    return replace(row, target=_quantity(path, whole, row))


def _with_remark(row: Indicator, name: str, path: str, text: str) -> Indicator:
    """A further column by its heading; it keeps its place and the way its heading is written."""
    wanted = remark_name(name)
    changed, found = [], False
    for one in row.remarks:
        same = not found and remark_name(one.label) == wanted
        found = found or same
        changed.append(Remark(label=one.label, entry=typed(text, path)) if same else one)
    if not found:
        changed.append(Remark(label=name, entry=typed(text, path)))
    return replace(row, remarks=tuple(changed))


def _quantity(path: str, text: str, row: Indicator, at: SourceRef | None = None) -> Entry[Quantity]:
    entry = typed_quantity(text, path, money=row.category in _COSTS)
    return entry if at is None else replace(entry, at=at)
