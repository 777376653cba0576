"""The indicator block of an official table, with level names merged as the form prints them."""

from collections.abc import Iterator, Sequence
from itertools import count

from jixiao.form.forms import Form
from jixiao.form.indicator import Indicator
from jixiao.report.indicator_columns import IndicatorColumn, indicator_columns
from jixiao.report.table_view import (
    FIRST,
    WHOLE,
    Row,
    TableCell,
    heading_cell,
    label_cell,
    shown,
    split_evenly,
)


def indicator_rows(form: Form) -> Iterator[Row]:
    """The rows over several years, then those of the year."""
    annual, long_term = form.indicators, form.long_term_indicators
    yield from _block("中长期绩效指标", "long_term_indicators", long_term, form, heads=not annual)
    yield from _block("绩效指标", "indicators", annual, form, heads=True)


def _block(
    label: str, path: str, rows: Sequence[Indicator], form: Form, *, heads: bool
) -> Iterator[Row]:
    """One block under its headings; `heads` where these are the headings that findings mean."""
    if not rows:
        return
    columns = indicator_columns(form.columns, rows)
    extents = split_evenly(FIRST, WHOLE, [column.weight for column in columns])
    whole = (path, "columns") if heads else (path,)
    corner = _corner(form, label) if heads else None
    yield (
        label_cell(label, 0, FIRST, *whole, rowspan=len(rows) + 1)
        if corner is None
        else heading_cell(corner, (0, FIRST), "columns[0]"),
        *(
            heading_cell(column.heading, extent, *(_heading_path(column) if heads else ()))
            for column, extent in zip(columns, extents, strict=True)
        ),
    )
    spans = _spans(columns, rows)
    for number, row in enumerate(rows):
        front: Row = ()
        if corner is not None and number == 0:
            # The block's label begins below a heading of its own, not beside the headings.
            front = (label_cell(label, 0, FIRST, *whole, rowspan=len(rows)),)
        yield front + tuple(
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


def _corner(form: Form, label: str) -> str | None:
    """What stands left of the headings where the form prints a word there, such as 名称."""
    if not form.columns or form.columns[0].value is not None:
        return None
    text = shown(form.columns[0].raw)
    known = any(one.label == form.columns[0].raw for row in form.indicators for one in row.remarks)
    return None if known or text in {"", label} else text


def _heading_path(column: IndicatorColumn) -> tuple[str, ...]:
    return () if column.number is None else (f"columns[{column.number}]",)


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
