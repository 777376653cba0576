"""Pages by cursor: where the last row stood, so that new rows neither double nor hide others."""

import base64
import binascii
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

import orjson
from django.db.models import Model, Q, QuerySet
from msgspec import Struct

from jixiao.web.api.problems import ApiProblem
from jixiao.web.filings.moments import moment_of

BAD_CURSOR = "翻页标记不对：请原样使用上一页 next 的值，并保持其他条件不变"
_M = TypeVar("_M", bound=Model)


class Order(Struct, frozen=True):
    """An order of rows: a column (never null) and the key, both the same way."""

    column: str
    is_descending: bool = False
    kind: type = str


class Page(Struct, frozen=True):
    """Rows, and the cursor of the next page; None where there is none."""

    rows: Sequence[dict[str, Any]]
    next: str | None


def page(
    found: "QuerySet[_M]", order: Order, *, columns: Sequence[str], limit: int, cursor: str | None
) -> Page:
    """One page of a queryset as plain rows, in one query."""
    if cursor:
        found = found.filter(_after(order, cursor))
    sign = "-" if order.is_descending else ""
    names = (order.column,) if order.column == "pk" else (order.column, "pk")
    ordered = found.order_by(*(f"{sign}{name}" for name in names))
    rows = list(ordered.values(*dict.fromkeys(("pk", order.column, *columns)))[: limit + 1])
    more = len(rows) > limit
    rows = rows[:limit]
    return Page(rows, _cursor(order, rows[-1]) if more else None)


def _cursor(order: Order, row: dict[str, Any]) -> str:
    value = row["pk"] if order.column == "pk" else row[order.column]
    if isinstance(value, datetime):
        value = value.isoformat()
    text = orjson.dumps([order.column, value, row["pk"]], default=str)
    return base64.urlsafe_b64encode(text).decode().rstrip("=")


def _after(order: Order, cursor: str) -> Q:
    """What comes after the row the cursor names. Raises ApiProblem for any other text."""
    value, pk = _read(order, cursor)
    way = "lt" if order.is_descending else "gt"
    if order.column == "pk":
        return Q(**{f"pk__{way}": pk})
    same = Q(**{order.column: value, f"pk__{way}": pk})
    return Q(**{f"{order.column}__{way}": value}) | same


def _read(order: Order, cursor: str) -> tuple[Any, int]:
    try:
        text = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        column, value, pk = orjson.loads(text)
        if column == order.column:
            return _KINDS[order.kind](value), _whole(pk)
    except (ValueError, TypeError, binascii.Error, InvalidOperation):
        pass  # no cursor of ours
    raise ApiProblem(422, "bad_cursor", BAD_CURSOR)


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def _whole(value: object) -> int:
    if not isinstance(value, int) or abs(value) >= 2**63:
        raise ValueError(value)
    return value


def _decimal(value: object) -> Decimal:
    read = Decimal(_text(value))
    if not read.is_finite() or abs(read) >= 10**16:
        raise ValueError(value)
    return read


def _moment(value: object) -> datetime:
    return moment_of(_text(value))


def _day(value: object) -> date:
    return date.fromisoformat(_text(value))


_KINDS = {str: _text, int: _whole, Decimal: _decimal, datetime: _moment, date: _day}
