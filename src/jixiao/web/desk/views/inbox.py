"""The first page after signing in: what waits for me, what I may still take back, what I was told.

Several filings may be sent on at once; each is acted on by itself, and a report says which went
and why the others stayed.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jixiao.lifecycle.deadlines import is_overdue
from jixiao.lifecycle.journey import DRAFT
from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.web.agencies.models import Membership
from jixiao.web.agencies.selectors import Actor
from jixiao.web.desk.context import actor, today
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import waiting_for
from jixiao.web.filings.summing import waiting_counts
from jixiao.web.workflow.bulk import FORWARD, MOST_AT_ONCE, pass_on
from jixiao.web.workflow.foreseeing import foresee_each
from jixiao.web.workflow.models import Event, Notice
from jixiao.web.workflow.windows import windows_of

_MOST, _MOST_SENT, _MOST_LOOKED_AT, _SOON_DAYS = 50, 10, 60, 2
_DIGITS = 19
_SENDING = ("filing.submitted", "filing.passed")


@login_required
@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """Filings whose turn is mine, oldest deadline first, counted by state."""
    who = actor(request)
    stage = county_journey().stage
    labels = {state.code: state.label for state in stage.states}
    chosen = request.GET.get("state", "")
    turns = {state.code: state.turn for state in stage.states if chosen in ("", state.code)}
    every = {state.code: state.turn for state in stage.states}
    counts = waiting_counts(who, every)
    rows = [_row(one, labels) for one in _soonest(waiting_for(who, turns))]
    shown: dict[str, Any] = {
        "rows": rows,
        "counts": [(code, labels[code], counts[code]) for code in labels if counts.get(code)],
        "count": sum(counts.values()),
        "chosen": chosen,
        "most": MOST_AT_ONCE,
        "forward": _forward_word(who),
        "sent": [_row(one, labels) for one in _sent(who)],
        "notices": list(Notice.objects.filter(user=who.user).order_by("-pk")[:20]),
        "unread": Notice.objects.filter(user=who.user, read_at=None).count(),
        "loans": _loans(who),
        "closing": _closing(who),
    }
    return render(request, "desk/inbox.html", shown)


@login_required
@require_POST
def look_over(request: HttpRequest) -> HttpResponse:
    """What sending on the ticked filings would come to: which go, which stay and why."""
    chosen = _ticked(request)
    if not chosen:
        return redirect("inbox")
    opinion = request.POST.get("opinion", "").strip()[:2000]
    seen = foresee_each(
        actor=actor(request),
        chosen=chosen,
        journey=county_journey(),
        today=today(),
        opinion=opinion,
    )
    going = [one for one in seen if not one.reasons]
    shown = {
        "going": going,
        "staying": [one for one in seen if one.reasons],
        "total": sum((one.filing.total or 0 for one in going), 0),
        "with_warnings": sum(one.filing.warnings > 0 for one in going),
        "opinion": opinion,
        "forward": _forward_word(actor(request)),
    }
    return render(request, "desk/look_over.html", shown)


def _ticked(request: HttpRequest) -> list[tuple[int, int]]:
    """Keys and lock versions of the filings that were ticked."""
    chosen = []
    for ticked in request.POST.getlist("filing"):
        key, _, version = ticked.partition(":")
        if key.isdigit() and version.isdigit() and max(len(key), len(version)) < _DIGITS:
            chosen.append((int(key), int(version)))
    return chosen


@login_required
@require_POST
def pass_many(request: HttpRequest) -> HttpResponse:
    """Send on the filings that were ticked, and say what became of each."""
    chosen = _ticked(request)
    if not chosen:
        return redirect("inbox")
    outcomes = pass_on(
        actor=actor(request),
        chosen=chosen,
        journey=county_journey(),
        now=timezone.now(),
        opinion=request.POST.get("opinion", "").strip()[:2000],
    )
    shown = {
        "went": [one for one in outcomes if not one.reasons],
        "stayed": [one for one in outcomes if one.reasons],
    }
    return render(request, "desk/passed.html", shown)


@login_required
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """All notices are read."""
    Notice.objects.filter(user=actor(request).user, read_at=None).update(read_at=timezone.now())
    return redirect("inbox")


def _soonest(waiting: "QuerySet[Filing]") -> list[Filing]:
    """Those with a term first, the soonest at the top; then the newest of the others."""
    waiting = waiting.select_related("agency").defer("words")
    dated = list(waiting.filter(due_on__isnull=False).order_by("due_on", "pk")[:_MOST])
    if len(dated) < _MOST:
        rest = waiting.filter(due_on=None).order_by("-updated_at", "-pk")
        dated += rest[: _MOST - len(dated)]
    return dated


def _row(filing: Filing, labels: dict[str, str]) -> dict[str, Any]:
    left = None if filing.due_on is None else (filing.due_on - today()).days
    return {
        "filing": filing,
        "state": labels[filing.state],
        "overdue": is_overdue(filing.due_on, today()),
        "left": left,
        "soon": left is not None and 0 <= left <= _SOON_DAYS,
        "is_reviewed": county_journey().level(filing.state) is not None,
        "has_come_back": filing.state == DRAFT and filing.number > 1,
    }


def _sent(who: Actor) -> list[Filing]:
    """What this person's roles sent on and the next level has not acted on yet."""
    actions = county_journey().stage.actions
    senders = {one.source: one.roles for one in actions if one.code == "cancel"}
    mine = Event.objects.filter(actor=who.user, code__in=_SENDING, filing__isnull=False)
    recent = list(mine.order_by("-pk").values_list("filing", flat=True)[:_MOST_LOOKED_AT])
    found = waiting_for(who, senders).filter(pk__in=recent).select_related("agency").defer("words")
    return list(found.order_by("-updated_at", "-pk")[:_MOST_SENT])


def _forward_word(who: Actor) -> str:
    """What sending on is called for this person: the only word there is, or a general one."""
    words = {
        one.label
        for one in county_journey().stage.actions
        if one.code in FORWARD and one.roles & who.roles
    }
    return words.pop() if len(words) == 1 else "办理"


def _loans(who: Actor) -> list[str]:
    """Roles held for somebody else, and those lent out, in words."""
    held = Membership.objects.filter(
        Q(user=who.user) | Q(delegated_by=who.user),
        Q(ends_on=None) | Q(ends_on__gte=who.today),
        delegated_by__isnull=False,
        starts_on__lte=who.today,
    ).select_related("user", "agency", "delegated_by")
    said = []
    for one in held:
        role = ROLES[RoleCode(one.role)].label
        until = "" if one.ends_on is None else f"，至 {one.ends_on:%Y-%m-%d}"
        lender = one.delegated_by
        if one.user_id == who.user.pk and lender is not None:
            said.append(f"您受{lender.full_name}委托，代行{one.agency.name}的{role}{until}")
        else:
            said.append(f"您已把{one.agency.name}的{role}委托给{one.user.full_name}{until}")
    return said


def _closing(who: Actor) -> list[dict[str, Any]]:
    """Windows that are open now, for those who hand in."""
    if RoleCode.PREPARER not in who.roles:
        return []
    day = today()
    return [
        {"window": one, "left": (one.closes_on - day).days}
        for one in windows_of(who).filter(opens_on__lte=day, closes_on__gte=day)[:5]
    ]
