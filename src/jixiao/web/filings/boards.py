"""Figures of the bureau's board, all from what is counted in advance."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from msgspec import Struct

from jixiao.lifecycle.journey import APPROVED, DRAFT, ISSUED, REFUSED, WITHDRAWN
from jixiao.lifecycle.rights import may_read
from jixiao.web.agencies.models import STEP, Agency
from jixiao.web.agencies.selectors import Actor, reach
from jixiao.web.filings.models import DayCount, Filing, FindingCount
from jixiao.web.filings.selectors import OWN_DRAFTS, reaches_everything
from jixiao.web.filings.summing import tallied

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
    found: dict[str, Branch] = {}
    rows = tallied(actor, asked).order_by().values("agency_path", "state")
    counted = list(rows.annotate(count=Sum("filings")))
    returned = (
        _days(actor, year).filter(code="filing.returned").order_by().values("agency_path")
        .annotate(count=Sum("count"))
    )  # fmt: skip
    late = _overdue(actor, year)
    paths = {row["agency_path"][: 2 * STEP] for row in counted}
    for one in Agency.objects.filter(path__in=paths).order_by("path"):
        found[one.path] = Branch(name=one.name, code=one.code)
    for row in counted:
        branch = found[row["agency_path"][: 2 * STEP]]
        _add(branch, row["state"], row["count"])
    for path, count in late.items():
        if path in found:
            found[path].overdue += count
    for sent_back in returned:
        branch_ = found.get(sent_back["agency_path"][: 2 * STEP])
        if branch_ is not None:
            branch_.returned += sent_back["count"]
    return list(found.values())


def days(actor: Actor, year: int, until: date) -> tuple[list[date], dict[str, list[int]]]:
    """What happened on each of the last days."""
    span = [until - timedelta(days=back) for back in range(_DAYS - 1, -1, -1)]
    rows = (
        _days(actor, year)
        .filter(day__gte=span[0], day__lte=until, code__in=EVENTS)
        .order_by()
        .values("day", "code")
        .annotate(count=Sum("count"))
    )
    known = {(row["day"], row["code"]): row["count"] for row in rows}
    return span, {code: [known.get((day, code), 0) for day in span] for code in EVENTS}


def by_rule(actor: Actor, year: int, titles: Mapping[str, str]) -> list[Spoken]:
    """The rules that speak most."""
    rows = _spoken(actor, year, "code")
    return _most(
        Spoken(name=titles.get(row["code"], ""), code=row["code"], **_figures(row)) for row in rows
    )


def by_unit(actor: Actor, year: int) -> list[Spoken]:
    """The units with the most findings."""
    rows = _spoken(actor, year, "agency_path")
    named = {
        one.path: one
        for one in Agency.objects.filter(path__in=[row["agency_path"] for row in rows])
    }
    return _most(
        Spoken(
            name=named[row["agency_path"]].name,
            code=named[row["agency_path"]].code,
            **_figures(row),
        )
        for row in rows
        if row["agency_path"] in named
    )


def _most(spoken: Iterable[Spoken]) -> list[Spoken]:
    ranked = sorted(spoken, key=lambda one: (-one.errors, -one.warnings, -one.others, one.code))
    return ranked[:_MOST]


def _spoken(actor: Actor, year: int, field: str) -> list[dict[str, Any]]:
    found = FindingCount.objects.filter(_reach(actor), budget_year=year)
    if not actor.roles & OWN_DRAFTS:
        found = found.exclude(filing__state=DRAFT, filing__number=1)
    return list(
        found.order_by()
        .values(field)
        .annotate(
            filings=Count("filing", distinct=True),
            errors=Sum("count", filter=Q(severity="error"), default=0),
            warnings=Sum("count", filter=Q(severity="warning"), default=0),
            all=Sum("count", default=0),
        )
    )


def _figures(row: Mapping[str, Any]) -> dict[str, int]:
    errors, warnings = row["errors"], row["warnings"]
    return {
        "filings": row["filings"],
        "errors": errors,
        "warnings": warnings,
        "others": row["all"] - errors - warnings,
    }


def _overdue(actor: Actor, year: int) -> dict[str, int]:
    found: dict[str, int] = {}
    late = Filing.objects.filter(_reach(actor), budget_year=year, due_on__lt=actor.today)
    for path, count in late.order_by().values_list("agency_path").annotate(count=Count("pk")):
        found[path[: 2 * STEP]] = found.get(path[: 2 * STEP], 0) + count
    return found


def _days(actor: Actor, year: int) -> "QuerySet[DayCount]":
    return DayCount.objects.filter(_reach(actor), budget_year=year)


def _reach(actor: Actor) -> Q:
    if not may_read(actor.roles):
        return Q(pk__in=[])
    return Q() if reaches_everything(actor) else reach(actor, "agency_path")


def _add(branch: Branch, state: str, count: int) -> None:
    if state == DRAFT:
        branch.drafts += count
    elif state in _DONE:
        branch.approved += count
    elif state in _OUT:
        branch.out += count
    else:
        branch.open += count
