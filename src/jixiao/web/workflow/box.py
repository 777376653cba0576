"""What a person finds on the first page: what they sent on, notices, roles lent, windows open."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from msgspec import Struct

from jixiao.lifecycle.roles import RoleCode
from jixiao.lifecycle.rounds import work_in, working
from jixiao.web.agencies.models import Membership
from jixiao.web.agencies.selectors import Actor
from jixiao.web.filings.levels import county_journey
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
    work: str
    closes_on: date
    left: int


class Told(Struct, frozen=True):
    """A notice, as its reader sees it."""

    pk: int
    text: str
    filing_id: int | None
    settled: str
    created_at: datetime
    read_at: datetime | None


class Loan(Struct, frozen=True):
    """A role that somebody holds for somebody else."""

    role: str
    agency_name: str
    borrower: int
    borrower_name: str
    lender_name: str
    ends_on: date | None


def sent_on(actor: Actor, senders: Mapping[str, frozenset[RoleCode]]) -> list[Sent]:
    """What this person's roles sent on and the next level has not acted on yet, newest first.

    `senders` says which roles may take back what is in which state.
    """
    found = set(_SENT.rows(actor.user.pk))
    mine = [
        one
        for one in found
        if senders.get(one.state, frozenset()) & actor.roles_over(one.agency_path)
    ]
    return sorted(mine, reverse=True)[:_MOST_SENT]


def notices_of(actor: Actor) -> tuple[Told, ...]:
    """The newest notices of this person."""
    return tuple(_NOTICES.rows(actor.user.pk))


def unread_of(actor: Actor) -> int:
    """How many of all notices have not been read."""
    return next((count for (count,) in _UNREAD.rows(actor.user.pk)), 0)


def loans_of(actor: Actor) -> list[Loan]:
    """Roles held for somebody else, and those lent out, now or soon to end."""
    return list(_LOANS.rows(actor.user.pk, actor.today))


def closing_for(actor: Actor) -> tuple[Closing, ...]:
    """Windows that are open now, for those who work in them."""
    journey = county_journey()
    if not any(actor.roles & state.turn for state in journey.stage.states):
        return ()
    found = [
        Closing(
            budget_year=year,
            round=round_,
            work=work_in(round_),
            closes_on=last,
            left=(last - actor.today).days,
        )
        for year, round_, last, place in _OPEN.rows(actor.today)
        if _works_at(actor, place, working(journey, round_))
    ]
    return tuple(found[:_MOST_WINDOWS])


def _works_at(actor: Actor, place: str, roles: frozenset[RoleCode]) -> bool:
    mine = (post.path for post in actor.posts if post.role in roles)
    return any(place.startswith(path) or path.startswith(place) for path in mine)


def _sent(person: int) -> "QuerySet[Event, tuple[Any, ...]]":
    mine = Event.objects.filter(actor=person, code__in=_SENDING, filing__isnull=False)
    columns = ("updated_at", "pk", "project_name", "state", "lock_version", "agency_path")
    named = mine.order_by("-pk").values_list(*(f"filing__{column}" for column in columns))
    return named[:_MOST_LOOKED_AT]


def _unread(person: int) -> "QuerySet[Notice, tuple[int]]":
    unread = Notice.objects.filter(user=person, read_at=None).order_by().values("user")
    return unread.annotate(count=Count("pk")).values_list("count")


def _notices(person: int) -> "QuerySet[Notice, tuple[Any, ...]]":
    mine = Notice.objects.filter(user=person).order_by("-pk")
    return mine.values_list(*Told.__struct_fields__)[:_MOST_NOTICES]


def _loans(person: int, day: date) -> "QuerySet[Membership, tuple[Any, ...]]":
    lent = Membership.objects.filter(
        Q(user=person) | Q(delegated_by=person),
        Q(ends_on=None) | Q(ends_on__gte=day),
        delegated_by__isnull=False,
        starts_on__lte=day,
    )
    names = ("user", "user__full_name", "delegated_by__full_name")
    return lent.values_list("role", "agency__name", *names, "ends_on")


def _open(day: date) -> "QuerySet[Window, tuple[int, str, date, str]]":
    """Every window that is open: a handful; whom they concern is seen by their places."""
    now = Window.objects.filter(opens_on__lte=day, closes_on__gte=day)
    ordered = now.order_by("-budget_year", "-opens_on", "pk")
    return ordered.values_list("budget_year", "round", "closes_on", "agency__path")


_SENT, _UNREAD = Read(_sent, _PERSON, made=Sent), Read(_unread, _PERSON)
_NOTICES = Read(_notices, _PERSON, made=Told)
_LOANS = Read(_loans, _PERSON, _DAY, made=Loan)
_OPEN = Read(_open, _DAY)
