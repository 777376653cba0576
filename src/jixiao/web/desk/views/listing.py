"""The list of filings: filters, full-text search, any order, sums of what is seen, saved views."""

from collections.abc import Mapping
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST
from msgspec import Struct

from jixiao.lifecycle.grading import GRADES
from jixiao.lifecycle.roles import AgencyKind
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, agencies_of
from jixiao.web.desk.context import actor
from jixiao.web.desk.rows import rows_now
from jixiao.web.filings.narrowing import (
    ALIASES,
    COLUMNS,
    NARROWING,
    rounds,
    state_labels,
    words_of,
)
from jixiao.web.filings.scoped import Scoped
from jixiao.web.filings.summing import (
    by_category,
    by_department,
    overview,
    seen_years,
    whole_of,
)
from jixiao.web.filings.walking import lines
from jixiao.web.workflow.saved_views import forget, remember, views_of

_MOST_UNITS = 120
_HEADINGS = (
    ("name", "项目名称", ""),
    ("agency", "单位", ""),
    ("", "年度", ""),
    ("state", "状态", ""),
    ("total", "资金（元）", "number"),
    ("rows", "指标", "number"),
    ("errors", "校核", ""),
    ("grade", "等级", ""),
    ("due", "应办结", ""),
    ("updated", "更新时间", ""),
)


class Heading(Struct, frozen=True, kw_only=True):
    """A column: its words, and the address that sorts by it."""

    label: str
    style: str
    order: str = ""
    sorted: str = ""


class Branch(Struct, frozen=True, cache_hash=True):
    """A department or a unit to choose."""

    code: str
    kind: str
    name: str


class View(Struct, frozen=True, kw_only=True):
    """A saved view as the page shows it."""

    pk: int
    name: str
    query: str
    is_shared: bool
    is_mine: bool


@login_required
@require_GET
def filings(request: HttpRequest) -> HttpResponse:
    """What the actor can see, narrowed by what is asked for in the address."""
    asked, who = request.GET, actor(request)
    words = words_of(asked)
    order = asked.get("order", "updated")
    page = lines(who, words, order, after=asked.get("after", ""), before=asked.get("before", ""))
    sums, years, categories = overview(who, words, whole=asked.get("sum") == "1")
    units, states = _units(who), state_labels().items()
    shown: dict[str, Any] = {
        "page": page,
        "rows": rows_now().listed(page.rows),
        "sums": sums,
        "years": years,
        "categories": categories,
        "states": states,
        "rounds": rounds(),
        "grades": GRADES,
        "units": units,
        # What the form of conditions and the headings are drawn from, besides the language.
        "conditions": (*words.items(), *years, *categories, *units, *states, order),
        "asked": words,
        "is_narrowed": bool(words),
        "headings": partial(_headings, order),
        "order": order,
        "query": urlencode(words | ({"order": order} if asked.get("order") else {})),
        "narrowing": urlencode(words),
        "views": _views(who),
    }
    return render(request, "desk/filings.html", shown)


@login_required
@require_GET
def totals(request: HttpRequest) -> HttpResponse:
    """Sums by department and by project category."""
    asked, who = request.GET, actor(request)
    words = words_of(asked)
    years, _ = seen_years(who)
    depth = _depth_below(words.get("under", ""))
    departments, categories = by_department(who, words, depth), by_category(who, words)
    states = state_labels().items()
    shown = {
        # All that stands on the page, whatever is drawn from it.
        "figures": (*departments, *categories, *words.items(), *years, *states, depth),
        "departments": departments,
        "categories": categories,
        "sums": whole_of(categories),
        "asked": words,
        "kept": [(name, text) for name, text in words.items() if name not in ("year", "state")],
        "years": years,
        "states": states,
        "query": urlencode(words),
        "has_units": depth > 2,
    }
    return render(request, "desk/totals.html", shown)


@login_required
@require_POST
def keep_view(request: HttpRequest) -> HttpResponse:
    """Remember a narrowing under a name, or forget one."""
    who, asked = actor(request), request.POST
    if asked.get("forget", "").isdigit():
        forget(actor=who, pk=int(asked["forget"]), now=timezone.now())
        return redirect("filings")
    query = _kept(QueryDict(asked.get("query", "")), *NARROWING, "order")
    kept = remember(
        actor=who,
        name=asked.get("name", ""),
        query=query,
        is_shared=asked.get("shared") == "1",
        now=timezone.now(),
    )
    if kept is None:
        raise Http404
    return redirect(f"{reverse('filings')}?{query}")


def _views(who: Actor) -> tuple[View, ...]:
    return tuple(
        View(
            pk=one.pk,
            name=one.name,
            query=one.query,
            is_shared=one.is_shared,
            is_mine=one.user_id == who.user.pk,
        )
        for one in views_of(who)
    )


def _headings(order: str) -> list[Heading]:
    order = ALIASES.get(order, order)
    name = order.removeprefix("-")
    found = []
    for code, label, style in _HEADINGS:
        if not code:
            found.append(Heading(label=label, style=style))
            continue
        is_sorted = code == name or (name not in COLUMNS and code == "updated")
        is_down = COLUMNS[code][1] is not order.startswith("-")
        found.append(
            Heading(
                label=label,
                style=style,
                order=f"-{code}" if is_sorted and not order.startswith("-") else code,
                sorted=("descending" if is_down else "ascending") if is_sorted else "",
            )
        )
    return found


def _units(who: Actor) -> list[Branch]:
    """Branches to choose from: departments and, where there are not too many, their units."""
    found = list(_BRANCHES.rows(who, {}))
    if len(found) <= _MOST_UNITS:
        return found
    return [one for one in found if one.kind == AgencyKind.DEPARTMENT][: _MOST_UNITS * 3]


def _branches(who: Actor, _asked: Mapping[str, str]) -> "QuerySet[Agency, tuple[str, str, str]]":
    kinds = (AgencyKind.DEPARTMENT.value, AgencyKind.UNIT.value)
    within = agencies_of(who).filter(kind__in=kinds).order_by("path")
    return within.values_list("code", "kind", "name")


_BRANCHES = Scoped(_branches, Branch)


def _depth_below(code: str) -> int:
    """One level below the branch asked for; departments where none is."""
    one = Agency.objects.filter(code=code).first() if code else None
    return 2 if one is None else one.depth + 2


def _kept(asked: QueryDict, *names: str) -> str:
    kept = QueryDict(mutable=True)
    for name in names:
        if asked.get(name):
            kept[name] = str(asked[name])
    return kept.urlencode()
