"""Carry out a proposed correction on a record, as a person would in the document."""

from decimal import Decimal
from typing import Any

import msgspec
from msgspec import Struct

from jixiao.audit.finding import Edit, Fix
from jixiao.form.entry import Coded, Entry
from jixiao.form.forms import Form
from jixiao.form.header import LabelledField
from jixiao.form.indicator import Indicator
from jixiao.foundation.quantity import Quantity
from tests.support.forms import read_coded, read_number, read_target


def apply_fix(form: Form, fix: Fix) -> Form:
    """The form with every edit of the fix made; an edit that meets no cell is refused."""
    for edit in fix.edits:
        changed = _changed(form, edit, None)
        if changed is form:
            raise AssertionError(f"the fix “{fix.title}” edits no cell: {edit}")
        form = changed
    return form


def _changed(thing: Any, edit: Edit, category: Any) -> Any:
    """The same object where nothing in it changes, so that a missed edit can be told."""
    if isinstance(thing, Entry):
        return _entry(thing, edit, category)
    if isinstance(thing, LabelledField):
        same = thing.at == edit.at and thing.raw == edit.old
        return msgspec.structs.replace(thing, raw=edit.new) if same else thing
    if isinstance(thing, tuple):
        found = tuple(_changed(one, edit, category) for one in thing)
        return (
            found if any(new is not old for new, old in zip(found, thing, strict=True)) else thing
        )
    if isinstance(thing, Struct):
        below = thing.category if isinstance(thing, Indicator) else category
        fields = {name: getattr(thing, name) for name in thing.__struct_fields__}
        new = {name: _changed(value, edit, below) for name, value in fields.items()}
        moved = {name: value for name, value in new.items() if value is not fields[name]}
        return msgspec.structs.replace(thing, **moved) if moved else thing
    return thing


def _entry(entry: Entry[Any], edit: Edit, category: Any) -> Entry[Any]:
    if entry.at != edit.at or entry.raw != edit.old:
        return entry
    value: Any = edit.new.strip() or None
    if isinstance(entry.value, Quantity):
        value = read_target(edit.new, category)
    elif isinstance(entry.value, Coded):
        value = read_coded(edit.new)
    elif isinstance(entry.value, Decimal):
        value = read_number(edit.new)
    elif isinstance(entry.value, int):
        value = entry.value
    return msgspec.structs.replace(entry, raw=edit.new, value=value)


def meaning(quantity: Quantity) -> tuple[Any, ...]:
    """What a value says, without how it was written."""
    return (
        quantity.kind,
        quantity.comparator,
        quantity.number,
        quantity.number_high,
        quantity.unit,
        quantity.per,
        quantity.earliest,
        quantity.latest,
    )
