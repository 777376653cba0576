"""When a stage is open: windows of a county, kept by its budget division."""

from datetime import date, datetime

from django.db import transaction

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.models import Window


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
