"""What a person finds on the first page: what they sent on, notices, roles lent, windows open."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from msgspec import Struct

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.models import Membership
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.objects import Objects
from jixiao.web.statements import Read
from jixiao.web.workflow.models import Event, Notice, Window

_SENDING = ("filing.submitted", "filing.passed")
_MOST_SENT, _MOST_LOOKED_AT, _MOST_NOTICES, _MOST_WINDOWS = 10, 60, 20, 5
_PERSON, _DAY = 2_000_000_011, date(2001, 1, 1)


class Sent(Struct, frozen=True, order=True):
    """A filing somebody sent on, and what takes it back: the state and version it has now."""

    updated: Any
    pk: int
    project_name: str
    state: str
    lock_version: int
    agency_path: str


class Closing(Struct, frozen=True, kw_only=True):
    """A window that is open, and the days that are left."""

    budget_year: int
    round: str
    closes_on: date
    left: int


def sent_on(actor: Actor, senders: Mapping[str, frozenset[RoleCode]]) -> list[Sent]:
    """What this person's roles sent on and the next level has not acted on yet, newest first.

    `senders` says which roles may take back what is in which state.
    """
    found = {Sent(*row) for row in _SENT.rows(actor.user.pk)}
    mine = [
        one
        for one in found
        if senders.get(one.state, frozenset()) & actor.roles_over(one.agency_path)
    ]
    return sorted(mine, reverse=True)[:_MOST_SENT]


def notices_of(actor: Actor) -> list[Notice]:
    """The newest notices of this person."""
    return _NOTICES.ask(actor.user.pk)


def unread_of(actor: Actor) -> int:
    """How many of all notices have not been read."""
    return next((count for (count,) in _UNREAD.rows(actor.user.pk)), 0)


def loans_of(actor: Actor) -> list[Membership]:
    """Roles held for somebody else, and those lent out, now or soon to end."""
    return _LOANS.ask(actor.user.pk, actor.today)


def closing_for(actor: Actor) -> list[Closing]:
    """Windows that are open now, for those who hand in."""
    if RoleCode.PREPARER not in actor.roles:
        return []
    return [
        Closing(budget_year=year, round=round_, closes_on=last, left=(last - actor.today).days)
        for year, round_, last, place in _OPEN.rows(actor.today)
        if any(place.startswith(one.path) or one.path.startswith(place) for one in actor.posts)
    ][:_MOST_WINDOWS]


def _sent(person: int) -> "QuerySet[Event, tuple[Any, ...]]":
    mine = Event.objects.filter(actor=person, code__in=_SENDING, filing__isnull=False)
    columns = ("updated_at", "pk", "project_name", "state", "lock_version", "agency_path")
    named = mine.order_by("-pk").values_list(*(f"filing__{column}" for column in columns))
    return named[:_MOST_LOOKED_AT]


def _unread(person: int) -> "QuerySet[Notice, tuple[int]]":
    unread = Notice.objects.filter(user=person, read_at=None).order_by().values("user")
    return unread.annotate(count=Count("pk")).values_list("count")


def _loans(person: int, day: date) -> "QuerySet[Membership]":
    return Membership.objects.filter(
        Q(user=person) | Q(delegated_by=person),
        Q(ends_on=None) | Q(ends_on__gte=day),
        delegated_by__isnull=False,
        starts_on__lte=day,
    )


def _open(day: date) -> "QuerySet[Window, tuple[int, str, date, str]]":
    """Every window that is open: a handful; whom they concern is seen by their places."""
    now = Window.objects.filter(opens_on__lte=day, closes_on__gte=day)
    ordered = now.order_by("-budget_year", "-opens_on", "pk")
    return ordered.values_list("budget_year", "round", "closes_on", "agency__path")


_SENT, _UNREAD = Read(_sent, _PERSON), Read(_unread, _PERSON)
_NOTICES = Objects(
    Notice,
    lambda person: Notice.objects.filter(user=person).order_by("-pk")[:_MOST_NOTICES],
    _PERSON,
)
_LOANS = Objects(Membership, _loans, _PERSON, _DAY, related=("user", "agency", "delegated_by"))
_OPEN = Read(_open, _DAY)
