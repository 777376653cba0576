"""Pages by the place of their last row: as quick on the last page as on the first.

A page is a walk along an index from where the one before ended. Blanks are walked apart from the
rest, because no comparison of rows finds them.
"""

import base64
import binascii
import json
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from msgspec import Struct

from jixiao.web.filings.models import Filing
from jixiao.web.filings.narrowing import BLANKS, order_of, ordering


class Walked(Struct, frozen=True):
    """The rows of a page, and the marks by which the neighbouring pages are asked for."""

    rows: list[Filing]
    after: str
    before: str


class _Place(Struct, frozen=True):
    value: Any
    pk: int


def walk(
    found: "QuerySet[Filing]", order: str, *, after: str = "", before: str = "", size: int = 50
) -> Walked:
    """One page; a mark that is none, or of another order, begins at the beginning."""
    column, down = order_of(order)
    mark = _read(column, after or before)
    is_back = mark is not None and bool(before) and not after
    rows: list[Filing] = []
    found = found.select_related("agency").defer("words")
    for part in _parts(found, column, down=down is not is_back, mark=mark):
        rows += part[: size + 1 - len(rows)]
        if len(rows) > size:
            break
    has_more, rows = len(rows) > size, rows[:size]
    if is_back:
        rows.reverse()
    has_next, has_last = (True, has_more) if is_back else (has_more, mark is not None)
    return Walked(
        rows,
        _mark(column, rows[-1]) if rows and has_next else "",
        _mark(column, rows[0]) if rows and has_last else "",
    )


def is_mark(order: str, mark: str) -> bool:
    """Whether this is a mark of a list in this order."""
    return _read(order_of(order)[0], mark) is not None


def _parts(
    found: "QuerySet[Filing]", column: str, *, down: bool, mark: _Place | None
) -> Iterator["QuerySet[Filing]"]:
    """The stretches still ahead: those with a value and those without, as the order has them."""
    found = found.order_by(*ordering(column, down=down))
    if column not in BLANKS:
        yield found if mark is None else found.filter(_beyond(column, mark, down=down))
        return
    blank, filled = found.filter(**{column: None}), found.exclude(**{column: None})
    first, second = (filled, blank) if down else (blank, filled)
    if mark is None:
        yield first
        yield second
        return
    beyond = Q(_beyond(column, mark, down=down))
    if (mark.value is None) is (second is blank):
        yield second.filter(beyond)
    else:
        yield first.filter(beyond)
        yield second


def _beyond(column: str, mark: _Place, *, down: bool) -> Q:
    if mark.value is None or column == "pk":
        return Q(**{f"pk__{'lt' if down else 'gt'}": mark.pk})
    compare = TupleLessThan if down else TupleGreaterThan
    place = (Value(mark.value), Value(mark.pk))
    return Q(compare(Tuple(F(column), F("pk")), place))


def _mark(column: str, row: Filing) -> str:
    value = getattr(row, column)
    if isinstance(value, date):  # a moment is one as well
        value = value.isoformat()
    text = json.dumps([column, value, row.pk], default=str, ensure_ascii=False)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(column: str, mark: str) -> _Place | None:
    try:
        text = base64.urlsafe_b64decode(mark + "=" * (-len(mark) % 4))
        said, value, pk = json.loads(text)
        if said != column or not isinstance(pk, int) or abs(pk) >= 2**63:
            return None
        return _Place(_typed(column, value), pk)
    except (ValueError, TypeError, binascii.Error, InvalidOperation):
        return None


def _typed(column: str, value: object) -> object:
    """The value as the column has it. Raises ValueError for anything else."""
    if value is None and column in BLANKS:
        return None
    if column in ("errors", "indicator_count", "pk"):
        if isinstance(value, int) and abs(value) < 2**63:
            return value
        raise ValueError(value)
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    if column == "updated_at":
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise ValueError(value)
        return moment
    if column == "due_on":
        return date.fromisoformat(value)
    if column == "total":
        amount = Decimal(value)
        if not amount.is_finite() or abs(amount) >= 10**16:
            raise ValueError(value)
        return amount
    return value
