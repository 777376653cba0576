"""The cell in which a target's figure physically stands.

Some tables print operator, value and unit in three columns; the record joins them in `target`.
A correction must name the cell that is to change, not the joined text.
"""

from typing import NamedTuple

from jixiao.audit.view import Row
from jixiao.foundation.location import SourceRef


class Cell(NamedTuple):
    """What is written in a cell, and where."""

    raw: str
    at: SourceRef


def stands_apart(row: Row) -> bool:
    """Operator, value or unit of this row have columns of their own."""
    item = row.indicator
    return (
        item.operator_cell is not None or item.value_cell is not None or item.unit_cell is not None
    )


def value_cell(row: Row) -> Cell:
    """The cell of the figure: the value column if there is one, else the target itself."""
    entry = row.indicator.value_cell
    if entry is not None:
        return Cell(entry.raw, entry.at)
    return Cell(row.indicator.target.raw, row.indicator.target.at)


def unit_cell(row: Row) -> Cell | None:
    """The cell of the unit where units have a column."""
    entry = row.indicator.unit_cell
    return None if entry is None else Cell(entry.raw, entry.at)


def operator_cell(row: Row) -> Cell:
    """The cell of the operator: its own column if there is one, else the figure's cell."""
    entry = row.indicator.operator_cell
    return value_cell(row) if entry is None else Cell(entry.raw, entry.at)
