"""Windows of the season: who may file for which year and round, and when."""

from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.lifecycle.holidays import SpecialDay
from jixiao.standards.layout import layout_of
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.places import agency_of, place
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.recorded_forms import known_profile
from jixiao.web.api.refusals import nothing, there, unless_taken
from jixiao.web.api.schemas.helping import DaysAsked, DaysSet
from jixiao.web.api.schemas.places import HolidayRow, WindowAsked, WindowChange, WindowRow
from jixiao.web.api.schemas.shared import Items, Pk, Year
from jixiao.web.filings.levels import county_journey
from jixiao.web.workflow.models import Holiday, Window
from jixiao.web.workflow.windows import (
    BadDays,
    change_window,
    open_window,
    remove_day,
    set_days,
    windows_of,
)

router = Router(tags=["申报窗口"])
_MOST = 1000


@router.get("/windows", auth=needs("read"), response=Items[WindowRow], summary="申报窗口")
def list_windows(
    request: HttpRequest, year: Annotated[Year | None, Query(description="预算年度")] = None
) -> HttpResponse:
    """适用于本人单位的（上级开的也算）和本人范围内的窗口，晚开始的在前。"""
    found = windows_of(actor(request))
    if year is not None:
        found = found.filter(budget_year=year)
    rows = found.order_by("-opens_on", "pk")[:_MOST]
    return answer({"items": [_shown(one) for one in rows]})


@router.post("/windows", auth=needs("admin"), response={201: WindowRow}, summary="开放窗口")
def add_window(request: HttpRequest, asked: WindowAsked) -> HttpResponse:
    """对一个机构及其下级开放；由预算股室办理。"""
    who = actor(request)
    if asked.stage != county_journey().stage.code:
        raise ApiProblem(422, "unknown_code", f"没有环节“{asked.stage}”")
    try:
        with unless_taken("这个机构、年度、轮次已有窗口"):
            made = open_window(
                actor=who,
                agency=agency_of(who, asked.agency),
                budget_year=asked.budget_year,
                stage=asked.stage,
                round_=asked.round,
                days=(asked.opens_on, asked.closes_on),
                layout=layout_of(asked.layout).id,
                profile=known_profile(asked.profile),
                now=timezone.now(),
            )
    except BadDays as fault:
        raise ApiProblem(422, "invalid", str(fault)) from None
    return answer(_shown(made), 201)


@router.patch("/windows/{pk}", auth=needs("admin"), response=WindowRow, summary="改窗口日期")
def patch_window(request: HttpRequest, pk: Pk, asked: WindowChange) -> HttpResponse:
    """提前、延后、关闭（截止日期改为过去），或换表样、口径；由预算股室办理。"""
    who = actor(request)
    found = there(windows_of(who).filter(pk=pk).first())
    days = (asked.opens_on or found.opens_on, asked.closes_on or found.closes_on)
    layout = found.layout if asked.layout is None else layout_of(asked.layout).id
    profile = found.profile if asked.profile is None else known_profile(asked.profile)
    try:
        moved = change_window(
            actor=who,
            window=found,
            days=days,
            layout=layout,
            profile=profile,
            now=timezone.now(),
        )
    except BadDays as fault:
        raise ApiProblem(422, "invalid", str(fault)) from None
    return answer(_shown(moved))


@router.get("/holidays", auth=needs("read"), response=Items[HolidayRow], summary="节假日和调休")
def list_holidays(
    request: HttpRequest, since: Annotated[date | None, Query(description="从这一天起")] = None
) -> HttpResponse:
    """与平常星期不同的日子，办理期限按此计算。"""
    actor(request)
    found = Holiday.objects.all() if since is None else Holiday.objects.filter(day__gte=since)
    return answer({"items": list(found.order_by("day").values("day", "is_workday", "name"))})


@router.post("/holidays", auth=needs("admin"), response=DaysSet, summary="设节假日和调休")
def set_holidays(request: HttpRequest, asked: DaysAsked) -> HttpResponse:
    """增加或改写一批日子；由预算股室办理。已经定下的办结日期不变。"""
    named = [
        SpecialDay(day=one.day, name=one.name, is_workday=one.is_workday) for one in asked.days
    ]
    return answer({"set": set_days(actor=actor(request), days=named, now=timezone.now())})


@router.delete(
    "/holidays/{day}", auth=needs("admin"), response={204: None}, summary="取消一个节假日"
)
def remove_holiday(request: HttpRequest, day: date) -> HttpResponse:
    """这一天恢复为平常的星期几；由预算股室办理。"""
    if not remove_day(actor=actor(request), day=day, now=timezone.now()):
        raise nothing()
    return HttpResponse(status=204)


def _shown(one: Window) -> dict[str, Any]:
    return {
        "id": one.pk,
        "agency": place(one.agency),
        "budget_year": one.budget_year,
        "stage": one.stage,
        "round": one.round,
        "opens_on": one.opens_on,
        "closes_on": one.closes_on,
        "layout": one.layout,
        "profile": one.profile,
    }
