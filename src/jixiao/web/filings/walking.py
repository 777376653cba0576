"""Pages by the place of their last row: as quick on the last page as on the first.

A page is a walk along an index from where the one before ended. Blanks are walked apart from the
rest, because no comparison of rows finds them.
"""

import base64
import binascii
import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from itertools import starmap
from typing import Any, Generic, TypeVar

from django.db.models import F, Q, QuerySet, Value
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan
from msgspec import Struct

from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.models import Filing
from jixiao.web.filings.moments import moment_of
from jixiao.web.filings.narrowing import BLANKS, narrowed, order_of, ordering
from jixiao.web.filings.scoped import Scoped
from jixiao.web.filings.sent_back import WAS_RETURNED


class Line(Struct, frozen=True, cache_hash=True):
    """What lists show of a filing; columns by which they are sorted have their own names."""

    pk: int
    project_name: str
    is_key: bool
    agency_name: str
    state: str
    total: Decimal | None
    errors: int
    warnings: int
    due_on: date | None
    number: int
    lock_version: int
    #: Sent back to its unit at any time; one the unit took back itself was not.
    was_returned: bool
    #: The inbox shows no more than that.
    agency_path: str = ""
    budget_year: int = 0
    round: str = ""
    indicator_count: int = 0
    grade: str = ""
    updated_at: datetime | None = None


R = TypeVar("R", Filing, Line)


class Walked(Struct, Generic[R], frozen=True):
    """The rows of a page, and the marks by which the neighbouring pages are asked for."""

    rows: list[R]
    after: str
    before: str


class _Place(Struct, frozen=True):
    value: Any
    pk: int


class _Way(Struct, frozen=True, kw_only=True):
    """Along which column, which way, from where; `is_back` towards the beginning of the list."""

    column: str
    down: bool
    mark: _Place | None
    is_back: bool


def walk(
    found: "QuerySet[Filing]", order: str, *, after: str = "", before: str = "", size: int = 50
) -> Walked[Filing]:
    """One page; a mark that is none, or of another order, begins at the beginning."""
    way = _way(order, after, before)
    parts = (picked(part, size + 1) for part in _stretches(found, way))
    return _page(way, size, (list(part.select_related("agency").defer("words")) for part in parts))


def lines(
    actor: Actor, asked: Mapping[str, str], order: str, *, after: str = "", before: str = ""
) -> Walked[Line]:
    """A page of the list as it is shown."""
    way = _way(order, after, before)
    if way.mark is None:
        stretches = 1 if way.column not in BLANKS else 2
        rows: Iterable[Iterator[Line]] = (
            _BEGINNING.rows(actor, asked, order, at) for at in range(stretches)
        )
    elif isinstance(way.mark.value, datetime):
        place = (way.mark.value, way.mark.pk)
        rows = (one.rows(actor, asked, order, way.is_back, place=place) for one in (_FURTHER,))
    else:
        found = _stretches(narrowed(actor, asked), way)
        parts = (picked(part, _SIZE + 1).values_list(*SHOWN) for part in found)
        rows = (starmap(Line, part) for part in parts)
    return _page(way, _SIZE, map(list, rows))


def _beginning(
    actor: Actor, asked: Mapping[str, str], order: str, stretch: int
) -> "QuerySet[Filing, tuple[Any, ...]]":
    part = _stretches(narrowed(actor, asked), _way(order, "", ""))[stretch]
    return picked(part, _SIZE + 1).values_list(*SHOWN)


def _further(
    actor: Actor, asked: Mapping[str, str], order: str, is_back: bool, *place: Any
) -> "QuerySet[Filing, tuple[Any, ...]]":
    column, down = order_of(order)
    way = _Way(column=column, down=down is not is_back, mark=_Place(*place), is_back=is_back)
    (part,) = _stretches(narrowed(actor, asked), way)
    return picked(part, _SIZE + 1).values_list(*SHOWN)


def picked(found: "QuerySet[Filing]", size: int) -> "QuerySet[Filing]":
    """The first rows of a list, asked for in two steps: keys from an index, then their rows.

    Both databases then look for the keys in one table alone, where its indexes keep the order.
    Asked together with the names of agencies, SQLite would rather begin with the few agencies, and
    sort everything they have; and what is sorted would be whole rows.
    """
    keys = found.values("pk")[:size]
    return Filing.objects.filter(pk__in=keys).order_by(*found.query.order_by)


_SIZE = 50
#: Where the fields of a line come from.
_ELSEWHERE: dict[str, Any] = {"agency_name": "agency__name", "was_returned": WAS_RETURNED}
SHOWN = [_ELSEWHERE.get(name, name) for name in Line.__struct_fields__]
WAITING = SHOWN[: Line.__struct_fields__.index("agency_path")]
_BEGINNING = Scoped(_beginning, Line, of_filings=True)
_FURTHER = Scoped(_further, Line, of_filings=True)


def _way(order: str, after: str, before: str) -> _Way:
    column, down = order_of(order)
    mark = _read(column, after or before)
    is_back = mark is not None and bool(before) and not after
    return _Way(column=column, down=down is not is_back, mark=mark, is_back=is_back)


def _page(way: _Way, size: int, stretches: Iterable[list[R]]) -> Walked[R]:
    rows: list[R] = []
    for part in stretches:
        rows += part
        if len(rows) > size:
            break
    has_more, rows = len(rows) > size, rows[:size]
    if way.is_back:
        rows.reverse()
    has_next, has_last = (True, has_more) if way.is_back else (has_more, way.mark is not None)
    return Walked(
        rows,
        _mark(way.column, rows[-1]) if rows and has_next else "",
        _mark(way.column, rows[0]) if rows and has_last else "",
    )


def is_mark(order: str, mark: str) -> bool:
    """Whether this is a mark of a list in this order."""
    return _read(order_of(order)[0], mark) is not None


def _stretches(found: "QuerySet[Filing]", way: _Way) -> "list[QuerySet[Filing]]":
    """The stretches still ahead: those with a value and those without, as the order has them."""
    column, down, mark = way.column, way.down, way.mark
    found = found.order_by(*ordering(column, down=down))
    if column not in BLANKS:
        return [found if mark is None else found.filter(_beyond(column, mark, down=down))]
    blank, filled = found.filter(**{column: None}), found.exclude(**{column: None})
    first, second = (filled, blank) if down else (blank, filled)
    if mark is None:
        return [first, second]
    beyond = Q(_beyond(column, mark, down=down))
    if (mark.value is None) is (second is blank):
        return [second.filter(beyond)]
    return [first.filter(beyond), second]


def _beyond(column: str, mark: _Place, *, down: bool) -> Q:
    if mark.value is None or column == "pk":
        return Q(**{f"pk__{'lt' if down else 'gt'}": mark.pk})
    compare = TupleLessThan if down else TupleGreaterThan
    place = (Value(mark.value), Value(mark.pk))
    # SQLite is told the comparison in pieces, in which it finds no place to begin at.
    begin = {f"{column}__{'lte' if down else 'gte'}": mark.value}
    return Q(**begin) & Q(compare(Tuple(F(column), F("pk")), place))


def _mark(column: str, row: Filing | Line) -> str:
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
        return moment_of(value)
    if column == "due_on":
        return date.fromisoformat(value)
    if column == "total":
        amount = Decimal(value)
        if not amount.is_finite() or abs(amount) >= 10**16:
            raise ValueError(value)
        return amount
    return value
