"""Filing windows and the calendar of working days: the budget division opens, moves, closes."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from jixiao.lifecycle.holidays import read_days
from jixiao.lifecycle.roles import AgencyKind, RoleCode
from jixiao.lifecycle.rounds import ROUNDS, undone_states
from jixiao.standards.choice import all_profiles
from jixiao.standards.layout import Layout, layouts
from jixiao.web.agencies.models import Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.desk.context import actor, today
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Tally
from jixiao.web.workflow.models import Holiday, Window
from jixiao.web.workflow.windows import (
    BadDays,
    change_window,
    close_window,
    open_window,
    remove_day,
    set_days,
    windows_of,
)

_KINDS = (AgencyKind.COUNTY.value, AgencyKind.DEPARTMENT.value, AgencyKind.UNIT.value)
_MOST = 200


@login_required
def windows(request: HttpRequest) -> HttpResponse:
    """Windows that concern this person; posted, a new one."""
    who = actor(request)
    if request.method != "POST":
        return _page(request)
    _needs_keeper(who)
    asked = request.POST
    agency = _places(who).filter(code=asked.get("agency", "")).first()
    choice = _choice(asked)
    if agency is None or isinstance(choice, str):
        return _page(request, refused="请选择适用范围" if agency is None else str(choice))
    year = asked.get("year", "")
    if not (year.isdigit() and 2000 <= int(year) <= 2100) or asked.get("round") not in ROUNDS:
        return _page(request, refused="请填写预算年度和轮次")
    days, layout, profile = choice
    try:
        with transaction.atomic():
            open_window(
                actor=who,
                agency=agency,
                budget_year=int(year),
                stage=county_journey().stage.code,
                round_=asked["round"],
                days=days,
                layout=layout,
                profile=profile,
                now=timezone.now(),
            )
    except BadDays as wrong:
        return _page(request, refused=str(wrong))
    except IntegrityError:
        return _page(request, refused="这个范围、年度、轮次已有窗口，请直接改它的日期")
    return redirect("windows")


@login_required
@require_POST
def window(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a window, or close it."""
    who = actor(request)
    _needs_keeper(who)
    found = windows_of(who).filter(pk=pk).first()
    if found is None or not _keeps(who, found.agency.path):
        raise Http404
    if request.POST.get("close") == "1":
        close_window(actor=who, window=found, today=today(), now=timezone.now())
        return redirect("windows")
    choice = _choice(request.POST)
    if isinstance(choice, str):
        return _page(request, refused=choice)
    days, layout, profile = choice
    try:
        change_window(
            actor=who, window=found, days=days, layout=layout, profile=profile, now=timezone.now()
        )
    except BadDays as wrong:
        return _page(request, refused=str(wrong))
    return redirect("windows")


@login_required
def holidays(request: HttpRequest) -> HttpResponse:
    """Days unlike their weekday; posted, a list of more, or one taken out."""
    who = actor(request)
    if request.method != "POST":
        return _calendar(request)
    _needs_keeper(who)
    gone = request.POST.get("remove", "")
    if gone:
        remove_day(actor=who, day=_day(gone), now=timezone.now())
        return redirect("holidays")
    days, wrong = read_days(request.POST.get("days", "")[:20_000])
    if wrong or not days:
        return _calendar(request, wrong=wrong or ("empty",))
    set_days(actor=who, days=days, now=timezone.now())
    return redirect("holidays")


def _page(request: HttpRequest, *, refused: str = "") -> HttpResponse:
    who, day = actor(request), today()
    keeper = RoleCode.BUDGET_DIVISION in who.roles
    shown: dict[str, Any] = {
        "rows": [_row(who, one, day) for one in windows_of(who)[:_MOST]],
        "keeper": keeper,
        "places": list(_places(who)) if keeper else [],
        "layouts": _layouts(),
        "profiles": all_profiles(),
        "rounds": ROUNDS.values(),
        "year": day.year + 1,
        "today": day,
        "asked": request.POST,
        "refused": refused,
    }
    return render(request, "desk/windows.html", shown, status=409 if refused else 200)


def _row(who: Actor, one: Window, day: date) -> dict[str, Any]:
    undone = undone_states(county_journey(), one.round)
    waiting = Tally.objects.filter(
        in_subtree("agency_path", one.agency.path), budget_year=one.budget_year, state__in=undone
    )
    is_open = one.opens_on <= day <= one.closes_on
    return {
        "window": one,
        "state": "open" if is_open else "coming" if day < one.opens_on else "closed",
        "left": (one.closes_on - day).days,
        "keeps": _keeps(who, one.agency.path),
        "round": ROUNDS.get(one.round),
        "undone": sum(waiting.values_list("filings", flat=True)),
        "only_state": next(iter(undone)) if len(undone) == 1 else "",
    }


def _calendar(request: HttpRequest, wrong: Any = ()) -> HttpResponse:
    shown = {
        "days": list(Holiday.objects.order_by("-day")[:_MOST]),
        "keeper": RoleCode.BUDGET_DIVISION in actor(request).roles,
        "wrong": [one for one in wrong if one != "empty"],
        "is_empty": "empty" in wrong,
        "pasted": request.POST.get("days", ""),
    }
    return render(request, "desk/holidays.html", shown, status=409 if wrong else 200)


def _needs_keeper(who: Actor) -> None:
    if RoleCode.BUDGET_DIVISION not in who.roles:
        raise PermissionDenied


def _keeps(who: Actor, path: str) -> bool:
    return RoleCode.BUDGET_DIVISION in who.roles_over(path)


def _places(who: Actor) -> Any:
    wanted = Agency.objects.none()
    for post in who.posts:
        if post.role is RoleCode.BUDGET_DIVISION:
            wanted = wanted | Agency.objects.filter(in_subtree("path", post.path))
    return wanted.filter(kind__in=_KINDS, is_active=True).order_by("path")


def _layouts() -> list[Layout]:
    kind = county_journey().stage.kind
    return [one for one in layouts() if one.sheet is not None and one.kind == kind]


def _choice(asked: QueryDict) -> tuple[tuple[date, date], str, str] | str:
    """Days, form and profile, or what is wrong with them."""
    try:
        days = (
            date.fromisoformat(asked.get("opens_on", "")),
            date.fromisoformat(asked.get("closes_on", "")),
        )
    except ValueError:
        return "请填写开始和截止日期"
    layout, profile = asked.get("layout", ""), asked.get("profile", "")
    if layout not in {one.id for one in _layouts()}:
        return "请选择表样"
    if profile and profile not in {one.id for one in all_profiles()}:
        return "没有这个审核口径"
    return days, layout, profile


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None
