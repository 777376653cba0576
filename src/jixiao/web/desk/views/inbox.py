"""The first page after signing in: what waits for me, and what I was told."""

from collections import Counter

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from jixiao.lifecycle.deadlines import is_overdue
from jixiao.lifecycle.journey import journey_of
from jixiao.web.desk.context import actor, today
from jixiao.web.filings.selectors import waiting_for
from jixiao.web.workflow.models import Notice

_MOST = 200


@login_required
def inbox(request: HttpRequest) -> HttpResponse:
    """Filings whose turn is mine, oldest deadline first, counted by state."""
    who = actor(request)
    stage = journey_of().stage
    turns = {state.code: state.turn for state in stage.states}
    waiting = list(
        waiting_for(who, turns).select_related("agency").order_by("due_on", "-updated_at")[:_MOST]
    )
    labels = {state.code: state.label for state in stage.states}
    rows = [
        {"filing": one, "state": labels[one.state], "overdue": is_overdue(one.due_on, today())}
        for one in waiting
    ]
    counts = Counter(labels[one.state] for one in waiting)
    notices = Notice.objects.filter(user=who.user).select_related("filing").order_by("-pk")[:20]
    return render(
        request, "desk/inbox.html", {"rows": rows, "counts": dict(counts), "notices": list(notices)}
    )
