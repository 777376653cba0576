"""A form changed cell by cell, as somebody types into the official table: pure, never in place.

A cell is named by the path of its field (`header.project_name`, `funding.fiscal`,
`indicators[3].target`), the same that findings use and a drawn sheet carries; `indicators[3+].name`
first puts a row before the fourth. What is typed is kept as it stands and understood as the reader
would. Every operation can be undone by its inverse.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from jixiao.form.forms import Form
from jixiao.foundation.pattern import pattern
from jixiao.official.indicator_rows import blank_indicator, changed_row, row_texts
from jixiao.official.money_lines import change_funding
from jixiao.official.sections import (
    blank_task,
    change_header,
    change_narrative,
    change_review,
    change_review_item,
    change_task,
)
from jixiao.official.typed import UnknownPlace

__all__ = ["BLOCKS", "Insert", "Move", "Operation", "Remove", "UnknownPlace", "Write"]
__all__ += ["apply", "change", "insert_row", "inverse", "move_row", "remove_row", "row_counts"]

_ITEM = pattern(r"^([a-z_.]+)\[(\d{1,4})(\+?)\]\.(.+)$")
_TASKS, _REVIEW = "narrative.tasks", "review.items"
#: Blocks whose rows people add, remove and move.
BLOCKS = ("indicators", "long_term_indicators", _TASKS)
#: How far behind the last row somebody may type; a table shows a few blank rows at most.
_FURTHEST = 50


class Write(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="write"):
    """A text typed into the field at `path`."""

    path: str
    text: str


class Insert(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="insert"):
    """A row put at position `at`, like the row above but for what `texts` says by field."""

    block: str
    at: int
    texts: Mapping[str, str] = {}


class Remove(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="remove"):
    """The row at position `at` taken out."""

    block: str
    at: int


class Move(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag="move"):
    """The row at position `at` put where row `to` stands now."""

    block: str
    at: int
    to: int


Operation = Write | Insert | Remove | Move


def apply(form: Form, operations: Iterable[Operation]) -> Form:
    """The form after all of them, in order. Raises UnknownPlace."""
    for one in operations:
        match one:
            case Write():
                form = change(form, one.path, one.text)
            case Insert():
                form = insert_row(form, one.block, one.at, one.texts)
            case Remove():
                form = remove_row(form, one.block, one.at)
            case Move():
                form = move_row(form, one.block, one.at, one.to)
    return form


def inverse(form: Form, operation: Insert | Remove | Move) -> Operation:
    """What undoes an operation on rows of this form; a write is undone by the text before."""
    match operation:
        case Insert():
            return Remove(block=operation.block, at=operation.at)
        case Move():
            return Move(block=operation.block, at=operation.to, to=operation.at)
        case Remove():
            rows = _rows(form, operation.block)
            if not 0 <= operation.at < len(rows):
                raise UnknownPlace(f"{operation.block}[{operation.at}]")
            texts = _texts(rows[operation.at], operation.block)
            return Insert(block=operation.block, at=operation.at, texts=texts)


def change(form: Form, path: str, text: str) -> Form:
    """The form with one cell's text replaced. Raises UnknownPlace."""
    item = _ITEM.match(path)
    if item is not None and item.group(1) in (*BLOCKS, _REVIEW):
        block, number, field = item.group(1), int(item.group(2)), item.group(4)
        if item.group(3):
            form = insert_row(form, block, number)
        return _change_item(form, (block, number), field, path.replace("+]", "]", 1), text)
    section, _, field = path.partition(".")
    if section in _SECTIONS and field:
        return _SECTIONS[section](form, field, path, text)
    raise UnknownPlace(path)


def _change_item(form: Form, place: tuple[str, int], field: str, path: str, text: str) -> Form:
    block, number = place
    if block == _REVIEW:
        return change_review_item(form, number, field, path, text)
    count = len(_rows(form, block))
    if number >= count + _FURTHEST:
        raise UnknownPlace(path)
    for missing in range(count, number + 1):
        form = insert_row(form, block, missing)
    if block == _TASKS:
        return change_task(form, number, field, path, text)
    rows = list(_rows(form, block))
    rows[number] = changed_row(rows[number], field, path, text)
    return _with_rows(form, block, rows)


def insert_row(form: Form, block: str, at: int, texts: Mapping[str, str] | None = None) -> Form:
    """A blank row at position `at` under the headings of the row above, then `texts` typed."""
    rows = list(_rows(form, block))
    if not 0 <= at <= len(rows):
        raise UnknownPlace(f"{block}[{at}]")
    model = rows[at - 1] if at else (rows[0] if rows else None)
    rows.insert(at, blank_task() if block == _TASKS else blank_indicator(model))
    form = _with_rows(form, block, rows)
    for field, text in (texts or {}).items():
        form = change(form, f"{block}[{at}].{field}", text)
    return form


def remove_row(form: Form, block: str, at: int) -> Form:
    """The form without one row."""
    rows = list(_rows(form, block))
    if not 0 <= at < len(rows):
        raise UnknownPlace(f"{block}[{at}]")
    del rows[at]
    return _with_rows(form, block, rows)


def move_row(form: Form, block: str, at: int, to: int) -> Form:
    """One row moved; at its new place it keeps its own headings."""
    rows = list(_rows(form, block))
    if not (0 <= at < len(rows) and 0 <= to < len(rows)):
        raise UnknownPlace(f"{block}[{at}]")
    rows.insert(to, rows.pop(at))
    return _with_rows(form, block, rows)


def row_counts(form: Form) -> dict[str, int]:
    """How many rows each block has: the shape of the table."""
    return {block: len(_rows(form, block)) for block in BLOCKS}


def _rows(form: Form, block: str) -> tuple[Any, ...]:
    if block not in BLOCKS:
        raise UnknownPlace(block)
    rows: tuple[Any, ...] = form.narrative.tasks if block == _TASKS else getattr(form, block)
    return rows


def _with_rows(form: Form, block: str, rows: list[Any]) -> Form:
    if block == _TASKS:
        return replace(form, narrative=replace(form.narrative, tasks=tuple(rows)))
    return replace(form, **{block: tuple(rows)})


def _texts(row: Any, block: str) -> dict[str, str]:
    if block != _TASKS:
        return dict(row_texts(row))
    entries = {field: getattr(row, field) for field in row.__struct_fields__}
    return {field: entry.raw for field, entry in entries.items() if entry is not None}


_SECTIONS: dict[str, Callable[[Form, str, str, str], Form]] = {
    "header": change_header,
    "funding": change_funding,
    "narrative": change_narrative,
    "review": change_review,
}
