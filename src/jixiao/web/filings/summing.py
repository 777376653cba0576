"""Sums of what a list shows, and by department and category, from what is counted in advance.

What the counts cannot tell (words, grades, terms) is summed row by row; under a list not beyond a
bound unless somebody asks for it, for a list must not wait for its last line.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from msgspec import Struct

from jixiao.lifecycle.rights import may_read
from jixiao.web.agencies.models import STEP, Agency, in_subtree
from jixiao.web.agencies.selectors import Actor, reach
from jixiao.web.filings.models import Filing, Tally
from jixiao.web.filings.narrowing import is_counted, narrowed, path_of
from jixiao.web.filings.scoped import Scoped
from jixiao.web.filings.selectors import OWN_DRAFTS, reaches_everything

MOST_SUMMED = 500
_FIGURES = ("filings", "with_errors", "indicators", "errors", "warnings")


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


def tallied(actor: Actor, asked: Mapping[str, str]) -> "QuerySet[Tally]":
    """The sums within reach of what the address asks for, as far as they know."""
    if not may_read(actor.roles):
        return Tally.objects.none()
    found = Tally.objects.all()
    if not reaches_everything(actor):
        found = found.filter(reach(actor, "agency_path"))
    if not actor.roles & OWN_DRAFTS:
        found = found.filter(is_handed_in=True)
    if asked.get("year", "").isdecimal():
        found = found.filter(budget_year=int(asked["year"][:4]))
    for name in ("state", "round", "category"):
        if asked.get(name):
            found = found.filter(**{name: asked[name]})
    if asked.get("agency"):
        found = found.filter(agency__code=asked["agency"])
    if asked.get("under"):
        path = path_of(asked["under"])
        found = found.none() if path is None else found.filter(in_subtree("agency_path", path))
    return found


def _by_state(actor: Actor, asked: Mapping[str, str]) -> "QuerySet[Tally, tuple[Any, ...]]":
    sums = {f"{name}_": Sum(name) for name in ("total", *_FIGURES)}
    return (
        tallied(actor, asked)
        .order_by()
        .values("state")
        .annotate(**sums)
        .values_list("state", *sums)
    )


_TALLIED = Scoped(_by_state)
_YEARS = Scoped(
    lambda actor, asked: tallied(actor, asked).values_list("budget_year", "category").distinct()
)


def sums_of(
    actor: Actor,
    asked: Mapping[str, str],
    found: "QuerySet[Filing] | None" = None,
    *,
    whole: bool = False,
) -> Sums:
    """The sums under a list; `found` where it has been narrowed already."""
    if is_counted(asked):
        rows = _TALLIED.rows(actor, asked)
        return _together([dict(zip(("total", *_FIGURES), row[1:], strict=True)) for row in rows])
    found = narrowed(actor, asked) if found is None else found
    bounded = found.order_by() if whole else found.order_by()[: MOST_SUMMED + 1]
    counted = bounded.aggregate(
        filings=Count("pk"),
        total=Sum("total"),
        indicators=Sum("indicator_count"),
        errors_=Sum("errors"),
        warnings_=Sum("warnings"),
        with_errors=Count("pk", filter=Q(errors__gt=0)),
    )
    counted |= {"errors": counted.pop("errors_"), "warnings": counted.pop("warnings_")}
    if not whole and counted["filings"] > MOST_SUMMED:
        return Sums(filings=MOST_SUMMED, is_open=True)
    return _sums(counted)


def seen_years(actor: Actor) -> tuple[list[int], list[str]]:
    """Years and project categories there are within reach."""
    pairs = list(_YEARS.rows(actor, {}))
    years = sorted({year for year, _ in pairs}, reverse=True)
    return years, sorted({category for _, category in pairs if category})


def by_department(actor: Actor, asked: Mapping[str, str], depth: int = 2) -> list[Group]:
    """Sums of the branches at this depth of the tree (the departments)."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in _rows(actor, asked, "agency_path"):
        found.setdefault(row["agency_path"][: STEP * depth], []).append(row)
    named = {one.path: one for one in Agency.objects.filter(path__in=found)}
    return [
        Group(name=named[path].name, query=f"under={named[path].code}", sums=_together(rows))
        for path, rows in sorted(found.items())
    ]


def by_category(actor: Actor, asked: Mapping[str, str]) -> list[Group]:
    """Sums of the project categories; what states none comes last."""
    rows = sorted(
        _rows(actor, asked, "category"), key=lambda row: (not row["category"], row["category"])
    )
    return [
        Group(
            name=row["category"] or "（未填类别）",
            query=f"category={row['category']}" if row["category"] else "",
            sums=_sums(row),
        )
        for row in rows
    ]


def by_state(actor: Actor, asked: Mapping[str, str]) -> dict[str, Sums]:
    """Sums of each state."""
    return {row["state"]: _sums(row) for row in _rows(actor, asked, "state")}


def _rows(actor: Actor, asked: Mapping[str, str], field: str) -> list[dict[str, Any]]:
    if not is_counted(asked):
        return list(_summed(narrowed(actor, asked).order_by().values(field)))
    return list(
        tallied(actor, asked)
        .order_by()
        .values(field)
        .annotate(
            total_=Sum("total"),
            **{f"{name}_": Sum(name) for name in _FIGURES},
        )
    )


def _summed(groups: Any) -> Any:
    """The same figures of rows themselves, for what is not counted in advance."""
    return groups.annotate(
        filings_=Count("pk"),
        total_=Sum("total"),
        indicators_=Sum("indicator_count"),
        errors_=Sum("errors"),
        warnings_=Sum("warnings"),
        with_errors_=Count("pk", filter=Q(errors__gt=0)),
    )


def _sums(row: Mapping[str, Any]) -> Sums:
    def at(name: str) -> Any:
        return row.get(f"{name}_", row.get(name))

    return Sums(
        filings=at("filings") or 0,
        total=at("total"),
        indicators=at("indicators") or 0,
        errors=at("errors") or 0,
        warnings=at("warnings") or 0,
        with_errors=at("with_errors") or 0,
    )


def _together(rows: list[Mapping[str, Any]]) -> Sums:
    parts = [_sums(row) for row in rows]
    known = [one.total for one in parts if one.total is not None]
    return Sums(
        filings=sum(one.filings for one in parts),
        total=sum(known, Decimal(0)) if known else None,
        indicators=sum(one.indicators for one in parts),
        errors=sum(one.errors for one in parts),
        warnings=sum(one.warnings for one in parts),
        with_errors=sum(one.with_errors for one in parts),
    )
