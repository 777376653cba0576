"""When a stage is open, and which days are worked: kept by the budget division of a county."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from jixiao.lifecycle.holidays import SpecialDay
from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, reach
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import Holiday, Window


class BadDays(ValueError):
    """The window would end before it begins."""


@transaction.atomic
def open_window(
    *,
    actor: Actor,
    agency: Agency,
    budget_year: int,
    stage: str,
    round_: str,
    days: tuple[date, date],
    layout: str,
    profile: str,
    now: datetime,
) -> Window:
    """A window for an agency and all below it. Raises BadDays, NotYours."""
    _allow(actor, agency)
    _ordered(days)
    made = Window.objects.create(
        agency=agency,
        budget_year=budget_year,
        stage=stage,
        round=round_,
        opens_on=days[0],
        closes_on=days[1],
        layout=layout,
        profile=profile,
    )
    _tell(actor, made, "window.opened", now)
    return made


@transaction.atomic
def move_window(*, actor: Actor, window: Window, days: tuple[date, date], now: datetime) -> Window:
    """Other days for a window. Raises BadDays, NotYours."""
    _allow(actor, window.agency)
    _ordered(days)
    window.opens_on, window.closes_on = days
    window.save(update_fields=["opens_on", "closes_on"])
    _tell(actor, window, "window.moved", now)
    return window


@transaction.atomic
def change_window(
    *,
    actor: Actor,
    window: Window,
    days: tuple[date, date],
    layout: str,
    profile: str,
    now: datetime,
) -> Window:
    """Other days, another form or another profile. Raises BadDays, NotYours."""
    window.layout, window.profile = layout, profile
    window.save(update_fields=["layout", "profile"])
    return move_window(actor=actor, window=window, days=days, now=now)


def close_window(*, actor: Actor, window: Window, today: date, now: datetime) -> Window:
    """Closed from today on; one that was opened today ends with the day. Raises NotYours."""
    last = max(window.opens_on, today - timedelta(days=1))
    return move_window(actor=actor, window=window, days=(window.opens_on, last), now=now)


def windows_of(actor: Actor) -> "QuerySet[Window]":
    """Windows below the actor's places, and those opened above them; the newest first."""
    above = {path for post in actor.posts for path in Agency(path=post.path).ancestor_paths()}
    concerning = reach(actor, "agency__path") | Q(agency__path__in=above)
    found = Window.objects.filter(concerning).select_related("agency")
    return found.order_by("-budget_year", "-opens_on", "pk")


@transaction.atomic
def set_days(*, actor: Actor, days: Iterable[SpecialDay], now: datetime) -> int:
    """Add days, or say anew what they are; how many. Terms already set stay. Raises NotYours."""
    agency = _place_of(actor)
    named = list(days)
    for one in named:
        Holiday.objects.update_or_create(
            day=one.day, defaults={"name": one.name, "is_workday": one.is_workday}
        )
    said = [[one.day.isoformat(), one.name, one.is_workday] for one in named]
    _tell_days(actor, agency, "holidays.set", {"days": said}, now)
    return len(named)


@transaction.atomic
def remove_day(*, actor: Actor, day: date, now: datetime) -> bool:
    """The day is as its weekday says again; whether it was not. Raises NotYours."""
    agency = _place_of(actor)
    gone, _ = Holiday.objects.filter(day=day).delete()
    if gone:
        _tell_days(actor, agency, "holidays.removed", {"day": day.isoformat()}, now)
    return bool(gone)


def _tell_days(
    actor: Actor, agency: Agency, code: str, payload: Mapping[str, object], now: datetime
) -> None:
    role = RoleCode.BUDGET_DIVISION.value
    write_event(actor=actor, agency=agency, code=code, at=now, role=role, payload=payload)


def _place_of(actor: Actor) -> Agency:
    """Where the actor keeps the calendar."""
    posts = [post for post in actor.posts if post.role is RoleCode.BUDGET_DIVISION]
    if not posts:
        raise NotYours
    return Agency.objects.get(pk=min(posts, key=lambda post: len(post.path)).agency_id)


def _allow(actor: Actor, agency: Agency) -> None:
    if RoleCode.BUDGET_DIVISION not in actor.roles_over(agency.path):
        raise NotYours


def _ordered(days: tuple[date, date]) -> None:
    if days[1] < days[0]:
        raise BadDays("截止日期早于开始日期")


def _tell(actor: Actor, window: Window, code: str, now: datetime) -> None:
    write_event(
        actor=actor,
        agency=window.agency,
        code=code,
        at=now,
        role=RoleCode.BUDGET_DIVISION.value,
        payload={
            "year": window.budget_year,
            "round": window.round,
            "opens_on": str(window.opens_on),
            "closes_on": str(window.closes_on),
        },
    )
