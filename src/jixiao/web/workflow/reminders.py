"""Reminders, once a day: drafts before a window closes, and terms that are over.

A background worker runs this every morning; running it twice tells nobody twice, because what
was told stands in the log.
"""

from collections import Counter
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from jixiao.lifecycle.roles import RoleCode
from jixiao.lifecycle.rounds import ROUNDS, undone_states, work_in
from jixiao.web.agencies.models import Agency, in_subtree
from jixiao.web.agencies.people import holders
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.models import Event, Notice, Window
from jixiao.web.workflow.queue import every_day

#: Days before the last one on which the preparers of drafts are told.
DAYS_BEFORE = (7, 3, 1, 0)
_MORNING = time(7, 30)
_REMIND = "jixiao.web.workflow.reminders.remind"


def remind(now: datetime | None = None) -> int:
    """Tell everybody concerned; how many notices were written."""
    now = now or timezone.now()
    today = timezone.localdate(now)
    written = sum(
        _before_closing(window, today, now)
        for window in Window.objects.filter(opens_on__lte=today).select_related("agency")
        if (window.closes_on - today).days in DAYS_BEFORE
    )
    return written + sum(
        _overdue(root, today, now) for root in Agency.objects.filter(parent=None, is_active=True)
    )


def keep_reminding() -> None:
    """Let the queue remind every morning."""
    now = timezone.localtime()
    first = datetime.combine(now.date(), _MORNING, tzinfo=now.tzinfo)
    if first <= now:
        first += timedelta(days=1)
    every_day("jixiao-remind", _REMIND, first)


@transaction.atomic
def _before_closing(window: Window, today: date, now: datetime) -> int:
    """One line for each person whose turn it is, with the number of forms not moved on."""
    left = (window.closes_on - today).days
    if _was_told(window.agency, f"window.reminded.{window.pk}.{left}", today, now):
        return 0
    journey = county_journey()
    known = ROUNDS.get(window.round)
    undone = "没有提交" if known is None else known.undone
    pass_work = work_in(window.round)
    day = "今天" if left == 0 else f"{window.closes_on:%m月%d日}"
    text = (
        f"{window.budget_year}年度{window.round}{pass_work}{day}截止，您还有 {{count}} 张表{undone}"
    )
    waiting = Filing.objects.filter(
        in_subtree("agency_path", window.agency.path),
        budget_year=window.budget_year,
        stage=window.stage,
    )
    written = 0
    for state in sorted(undone_states(journey, window.round)):
        paths = waiting.filter(state=state).values_list("agency_path", flat=True)
        written += _tell(Counter(paths), journey.stage.state(state).turn, text, today)
    return written


@transaction.atomic
def _overdue(root: Agency, today: date, now: datetime) -> int:
    """One line for each reviewer with filings whose term is over."""
    if _was_told(root, "overdue.reminded", today, now):
        return 0
    late = Filing.objects.filter(in_subtree("agency_path", root.path), due_on__lt=today)
    stage = county_journey().stage
    written = 0
    for state in stage.states:
        paths = late.filter(state=state.code).values_list("agency_path", flat=True)
        text = f"{state.label}：您有 {{count}} 张表已超过应办结日期"
        written += _tell(Counter(paths), state.turn, text, today)
    return written


def _was_told(agency: Agency, mark: str, today: date, now: datetime) -> bool:
    """Whether it was told today; the event that is written now says so from here on."""
    Agency.objects.select_for_update().get(pk=agency.pk)
    start = timezone.make_aware(datetime.combine(today, time.min))
    code = "reminder.sent"
    told = Event.objects.filter(
        agency=agency, code=code, at__gte=start, payload__contains=f"{mark};"
    )
    if told.exists():
        return True
    write_event(actor=None, agency=agency, code=code, at=now, payload={"about": f"{mark};"})
    return False


def _tell(paths: "Counter[str]", roles: frozenset[RoleCode], text: str, today: date) -> int:
    counts: Counter[int] = Counter()
    for path, count in paths.items():
        for user in {held.user_id for held in holders(path, roles, today)}:
            counts[user] += count
    Notice.objects.bulk_create(
        Notice(user_id=user, text=text.format(count=count))
        for user, count in sorted(counts.items())
    )
    return len(counts)
