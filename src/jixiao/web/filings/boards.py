"""Figures of the bureau's board, all from what is counted in advance."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, TypeAlias

from django.db.models import Count, F, Q, QuerySet, Sum
from django.db.models.functions import Substr
from django.db.models.lookups import Exact
from msgspec import Struct

from jixiao.lifecycle.journey import APPROVED, DRAFT, ISSUED, REFUSED, WITHDRAWN
from jixiao.lifecycle.rights import may_read
from jixiao.web.agencies.models import STEP
from jixiao.web.agencies.selectors import Actor, named, reach
from jixiao.web.filings.models import DayCount, Filing, FindingSum
from jixiao.web.filings.placed import scope_of
from jixiao.web.filings.scoped import Scoped
from jixiao.web.filings.selectors import OWN_DRAFTS, reaches_everything
from jixiao.web.filings.spoken import told_to
from jixiao.web.filings.summing import by_branch

_DAYS, _MOST = 30, 15
_DONE = frozenset({APPROVED, ISSUED})
_OUT = frozenset({REFUSED, WITHDRAWN})
EVENTS = {
    "filing.submitted": "提交",
    "filing.returned": "退回",
    "filing.approved": "批复",
}


class Branch(Struct, kw_only=True):
    """One department: how its filings of the year stand. `open` are under review."""

    name: str
    code: str
    drafts: int = 0
    open: int = 0
    approved: int = 0
    out: int = 0
    returned: int = 0
    overdue: int = 0

    @property
    def filings(self) -> int:
        """All of them, drafts that were handed in once included."""
        return self.drafts + self.open + self.approved + self.out


class Spoken(Struct, frozen=True, kw_only=True):
    """How often a rule spoke, or a unit was spoken to."""

    name: str
    code: str
    filings: int
    errors: int
    warnings: int
    others: int


def branches(actor: Actor, year: int) -> list[Branch]:
    """Every department within reach with its figures."""
    asked = {"year": str(year)}
    counted = by_branch(scope_of(actor, asked), asked, 2, "state")
    paths = {path for path, _ in counted}
    found = {one.path: Branch(name=one.name, code=one.code) for one in named(paths)}
    for (path, (state,)), (count, *_) in counted.items():
        _add(found[path], state, count)
    for path, count in _LATE.rows(actor, asked, actor.today):
        if (branch := found.get(path)) is not None:
            branch.overdue += count
    for path, count in _RETURNED.rows(actor, asked):
        if (branch := found.get(path[: 2 * STEP])) is not None:
            branch.returned += count
    return list(found.values())


def days(actor: Actor, year: int, until: date) -> tuple[list[date], dict[str, list[int]]]:
    """What happened on each of the last days."""
    span = [until - timedelta(days=back) for back in range(_DAYS - 1, -1, -1)]
    rows = _HAPPENED.rows(actor, {"year": str(year)}, span[0], until)
    known = {(day, code): count for day, code, count in rows}
    return span, {code: [known.get((day, code), 0) for day in span] for code in EVENTS}


def by_rule(actor: Actor, year: int, titles: Mapping[str, str]) -> list[Spoken]:
    """The rules that speak most."""
    rows = _SPOKEN.rows(actor, {"year": str(year)}, "code")
    return _most(
        Spoken(name=titles.get(code, ""), code=code, **_figures(*figures))
        for code, *figures in rows
    )


def by_unit(actor: Actor, year: int) -> list[Spoken]:
    """The units with the most findings."""
    rows = {
        path: figures for path, *figures in _SPOKEN.rows(actor, {"year": str(year)}, "agency_path")
    }
    return _most(
        Spoken(name=one.name, code=one.code, **_figures(*rows[one.path])) for one in named(rows)
    )


def _most(spoken: Iterable[Spoken]) -> list[Spoken]:
    ranked = sorted(spoken, key=lambda one: (-one.errors, -one.warnings, -one.others, one.code))
    return ranked[:_MOST]


def _figures(filings: int, errors: int, warnings: int, every: int) -> dict[str, int]:
    return {
        "filings": filings,
        "errors": errors,
        "warnings": warnings,
        "others": every - errors - warnings,
    }


Asked = Mapping[str, str]
Rows: TypeAlias = "QuerySet[Any, tuple[Any, ...]]"


def _late(actor: Actor, asked: Asked, day: date) -> Rows:
    # Terms that are over are few: looked up by their days, not by the year or in order of places.
    year = Exact(F("budget_year") + 0, int(asked["year"]))
    late = Filing.objects.filter(_reach(actor), year, due_on__lt=day).order_by()
    place = Substr("agency_path", 1, 2 * STEP)
    rows = late.values(place=place).annotate(count_=Count("pk"))
    return rows.values_list("place", "count_")


def _returned(actor: Actor, asked: Asked) -> Rows:
    rows = _days(actor, asked).filter(code="filing.returned").order_by().values("agency_path")
    return rows.annotate(count_=Sum("count")).values_list("agency_path", "count_")


def _happened(actor: Actor, asked: Asked, first: date, last: date) -> Rows:
    found = _days(actor, asked).filter(day__gte=first, day__lte=last, code__in=EVENTS)
    rows = found.order_by().values("day", "code").annotate(count_=Sum("count"))
    return rows.values_list("day", "code", "count_")


def _spoken(actor: Actor, asked: Asked, field: str) -> Rows:
    found = FindingSum.objects.filter(_reach(actor), budget_year=int(asked["year"]))
    if not actor.roles & OWN_DRAFTS:
        found = found.filter(is_handed_in=True)
    return told_to(found, field)


def _days(actor: Actor, asked: Asked) -> "QuerySet[DayCount]":
    return DayCount.objects.filter(_reach(actor), budget_year=int(asked["year"]))


def _reach(actor: Actor) -> Q:
    if not may_read(actor.roles):
        return Q(pk__in=[])
    return Q() if reaches_everything(actor) else reach(actor, "agency_path")


_LATE, _RETURNED = Scoped(_late), Scoped(_returned)
_HAPPENED, _SPOKEN = Scoped(_happened), Scoped(_spoken)


def _add(branch: Branch, state: str, count: int) -> None:
    if state == DRAFT:
        branch.drafts += count
    elif state in _DONE:
        branch.approved += count
    elif state in _OUT:
        branch.out += count
    else:
        branch.open += count
