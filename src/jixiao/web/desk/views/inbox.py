"""The first page after signing in: what waits for me, what I may still take back, what I was told.

Several filings may be sent on at once; each is acted on by itself, and a report says which went
and why the others stayed.
"""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.web.agencies.selectors import Actor
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.rows import rows_now
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.waiting import soonest, waiting_counts
from jixiao.web.workflow.box import Loan, closing_for, loans_of, notices_of, sent_on, unread_of
from jixiao.web.workflow.bulk import FORWARD, MOST_AT_ONCE, pass_on
from jixiao.web.workflow.foreseeing import foresee_each
from jixiao.web.workflow.models import Notice

_DIGITS = 19


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
    rows = soonest(who, turns)
    taken_back = {one.source: one.roles for one in stage.actions if one.code == "cancel"}
    tabs = [(code, labels[code], counts[code]) for code in labels if counts.get(code)]
    shown: dict[str, Any] = {
        "rows": rows_now().waiting(rows),
        "shown": len(rows),
        "counts": tabs,
        "tabs": (*tabs, chosen),
        "count": sum(counts.values()),
        "chosen": chosen,
        "most": MOST_AT_ONCE,
        "forward": _forward_word(who),
        "sent": tuple((one, labels[one.state]) for one in sent_on(who, taken_back)),
        "notices": notices_of(who),
        "unread": unread_of(who),
        "loans": tuple(_loan(one, who) for one in loans_of(who)),
        "closing": closing_for(who),
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


def _forward_word(who: Actor) -> str:
    """What sending on is called for this person: the only word there is, or a general one."""
    words = {
        one.label
        for one in county_journey().stage.actions
        if one.code in FORWARD and one.roles & who.roles
    }
    return words.pop() if len(words) == 1 else "办理"


def _loan(one: Loan, who: Actor) -> str:
    """A role that is lent, in words."""
    role = ROLES[RoleCode(one.role)].label
    until = "" if one.ends_on is None else f"，至 {one.ends_on:%Y-%m-%d}"
    if one.borrower == who.user.pk:
        return f"您受{one.lender_name}委托，代行{one.agency_name}的{role}{until}"
    return f"您已把{one.agency_name}的{role}委托给{one.borrower_name}{until}"
