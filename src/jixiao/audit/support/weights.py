"""The weights of a form on one scale of points.

Some tables print 10, some 10 %, some 0.1. Fractions are recognised by their sum (1 or 0.9) and
counted in points.
"""

from collections.abc import Mapping
from decimal import Decimal

from msgspec import Struct

from jixiao.audit.view import FormView, Row

_FRACTIONS = (Decimal("0.85"), Decimal("1.05"))


class WeightedRow(Struct, frozen=True):
    """A row with its weight in points and its level-1 prefix (`output`), "" where unknown."""

    row: Row
    points: Decimal
    level: str


def weighted_rows(form: FormView) -> tuple[WeightedRow, ...]:
    """Rows whose weight is a number; a blank weight is no zero and stays out."""
    found = [
        (row, row.indicator.weight.value)
        for row in form.rows
        if row.indicator.weight is not None and row.indicator.weight.value is not None
    ]
    added = sum((value for _, value in found), Decimal(0))
    scale = Decimal(100) if _FRACTIONS[0] <= added <= _FRACTIONS[1] else Decimal(1)
    return tuple(WeightedRow(row, value * scale, _level(row)) for row, value in found)


def _level(row: Row) -> str:
    return "" if row.category is None else row.category.partition(".")[0]


def level_sums(rows: tuple[WeightedRow, ...]) -> Mapping[str, Decimal]:
    """Points by level-1 prefix; empty if any row's category is unknown."""
    sums: dict[str, Decimal] = {}
    for each in rows:
        if not each.level:
            return {}
        sums[each.level] = sums.get(each.level, Decimal(0)) + each.points
    return sums
