"""Sums of what a list shows, and by department and category, from what is counted in advance.

What the counts cannot tell (words, grades, terms) is summed row by row; under a list not beyond a
bound unless somebody asks for it, for a list must not wait for its last line.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import reduce
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from msgspec import Struct
from msgspec.structs import replace

from jixiao.web.agencies.models import STEP
from jixiao.web.agencies.selectors import Actor, named
from jixiao.web.filings.models import Filing
from jixiao.web.filings.narrowing import NARROWING, is_counted, narrowed
from jixiao.web.filings.placed import (
    Placed,
    Scope,
    branches_of,
    plus,
    scope_of,
    shared_out,
)
from jixiao.web.filings.scoped import Scoped
from jixiao.web.filings.subtotals import SUMS
from jixiao.web.statements import Row

MOST_SUMMED = 500


class Sums(Struct, frozen=True, kw_only=True):
    """How many, how much. `is_open` where there are more than were summed."""

    filings: int = 0
    total: Decimal | None = None
    indicators: int = 0
    errors: int = 0
    warnings: int = 0
    with_errors: int = 0
    is_open: bool = False


class Group(Struct, frozen=True, kw_only=True):
    """One line of a table of sums."""

    name: str
    query: str
    sums: Sums


def _summed_by(found: "QuerySet[Any]", *fields: str) -> "QuerySet[Any, Row]":
    """Groups of what is counted in advance, those that count something."""
    sums = {f"sum_{name}": Sum(name) for name in SUMS}
    grouped = found.values(*fields).annotate(**sums).filter(sum_filings__gt=0)
    rows: QuerySet[Any, Row] = grouped.values_list(*fields, *sums)
    return rows


_SUMMED = Placed(_summed_by)
_NOTHING: Row = (0,) * len(SUMS)
#: The same figures from filings themselves.
_NOW: dict[str, Any] = {
    "sum_filings": Count("pk"),
    "sum_with_errors": Count("pk", filter=Q(errors__gt=0)),
    "sum_total": Sum("total"),
    "sum_indicators": Sum("indicator_count"),
    "sum_errors": Sum("errors"),
    "sum_warnings": Sum("warnings"),
    "sum_priced": Count("total"),
}


def sums_of(
    actor: Actor,
    asked: Mapping[str, str],
    found: "QuerySet[Filing] | None" = None,
    *,
    whole: bool = False,
) -> Sums:
    """The sums under a list; `found` where it has been narrowed already."""
    if is_counted(asked):
        rows = _SUMMED.rows(scope_of(actor, asked), asked, "state")
        return _sums(reduce(plus, [row[1:] for row in rows], _NOTHING))
    rows = _FILINGS.rows(actor, asked, whole) if found is None else iter(_bounded(found, whole))
    counted = _sums(next(rows, _NOTHING))
    if not whole and counted.filings > MOST_SUMMED:
        return Sums(filings=MOST_SUMMED, is_open=True)
    return counted


def _bounded(found: "QuerySet[Filing]", whole: bool) -> "QuerySet[Filing, Row]":
    """One row of sums of filings themselves, of not too many unless all are asked for."""
    if not whole:
        keys = found.order_by().values("pk")[: MOST_SUMMED + 1]
        found = Filing.objects.filter(pk__in=keys)
    together = found.order_by().annotate(every=Value(1)).values("every").annotate(**_NOW)
    rows: QuerySet[Filing, Row] = together.values_list(*(f"sum_{name}" for name in SUMS))
    return rows


_FILINGS = Scoped(
    lambda actor, asked, whole: _bounded(narrowed(actor, asked), whole), of_filings=True
)


def seen_years(actor: Actor) -> tuple[list[int], list[str]]:
    """Years and project categories there are within reach."""
    return _seen(_by_year(actor))


def overview(
    actor: Actor, asked: Mapping[str, str], *, whole: bool = False
) -> tuple[Sums, list[int], list[str]]:
    """The sums under a list, and the years and categories it can be narrowed to."""
    rows = _by_year(actor)
    if any(asked.get(name) for name in NARROWING):
        return sums_of(actor, asked, whole=whole), *_seen(rows)
    return _sums(reduce(plus, [row[2:] for row in rows], _NOTHING)), *_seen(rows)


def _by_year(actor: Actor) -> list[Row]:
    return list(_SUMMED.rows(scope_of(actor, {}), {}, "budget_year", "category"))


def _seen(rows: list[Row]) -> tuple[list[int], list[str]]:
    years = sorted({row[0] for row in rows}, reverse=True)
    return years, sorted({row[1] for row in rows if row[1]})


def whole_of(groups: Iterable[Group]) -> Sums:
    """The sums of all groups together."""
    return _together([one.sums for one in groups])


def by_department(actor: Actor, asked: Mapping[str, str], depth: int = 2) -> list[Group]:
    """Sums of the branches at this depth of the tree (the departments)."""
    counted: dict[tuple[str, Row], Row] = {}
    if is_counted(asked):
        counted = by_branch(scope_of(actor, asked), asked, depth)
    else:
        for path, *sums in _rows(actor, asked, "agency_path"):
            key = (path[: STEP * depth], ())
            counted[key] = plus(counted[key], sums) if key in counted else tuple(sums)
    found = {path: _sums(sums) for (path, _), sums in counted.items()}
    return [
        Group(name=one.name, query=f"under={one.code}", sums=found[one.path])
        for one in named(found)
    ]


def by_branch(
    scope: Scope, asked: Mapping[str, str], depth: int, *fields: str
) -> dict[tuple[str, Row], Row]:
    """The sums of branches, each by the values of these fields."""
    branches = branches_of(scope, depth)
    within = replace(scope, places=tuple(branches))
    place = "agency_path" if scope.is_own else "place_path"
    size = 1 + len(fields)
    rows = _SUMMED.rows(within, asked, place, *fields)
    return shared_out({(row[0], row[1:size]): row[size:] for row in rows}, branches, depth)


def by_category(actor: Actor, asked: Mapping[str, str]) -> list[Group]:
    """Sums of the project categories; what states none comes last."""
    rows = sorted(_rows(actor, asked, "category"), key=lambda row: (not row[0], row[0]))
    return [
        Group(
            name=category or "（未填类别）",
            query=f"category={category}" if category else "",
            sums=_sums(sums),
        )
        for category, *sums in rows
    ]


def by_state(actor: Actor, asked: Mapping[str, str]) -> dict[str, Sums]:
    """Sums of each state."""
    return {state: _sums(sums) for state, *sums in _rows(actor, asked, "state")}


def _rows(actor: Actor, asked: Mapping[str, str], field: str) -> "Iterable[Row]":
    """The sums of each value of a field, counted in advance or, where that cannot be, now."""
    if is_counted(asked):
        return _SUMMED.rows(scope_of(actor, asked), asked, field)
    groups = narrowed(actor, asked).order_by().values(field)
    columns = [f"sum_{name}" for name in SUMS]
    rows: Iterable[Row] = groups.annotate(**_NOW).values_list(field, *columns)
    return rows


def _sums(row: Sequence[Any]) -> Sums:
    said = dict(zip(SUMS, row, strict=True))
    priced, total = said.pop("priced"), said.pop("total")
    figures: dict[str, Any] = {name: amount or 0 for name, amount in said.items()}
    return Sums(**figures, total=(total or Decimal(0)) if priced else None)


def _together(parts: list[Sums]) -> Sums:
    known = [one.total for one in parts if one.total is not None]
    return Sums(
        filings=sum(one.filings for one in parts),
        total=sum(known, Decimal(0)) if known else None,
        indicators=sum(one.indicators for one in parts),
        errors=sum(one.errors for one in parts),
        warnings=sum(one.warnings for one in parts),
        with_errors=sum(one.with_errors for one in parts),
    )
