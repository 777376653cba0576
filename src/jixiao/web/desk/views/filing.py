"""One filing: the official table, what the audit says, the way so far, and what to do next."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from jixiao.form.forms import Form
from jixiao.lifecycle.control import SECOND, exceeded
from jixiao.lifecycle.journey import SUBMIT
from jixiao.lifecycle.machine import Refused, open_actions
from jixiao.lifecycle.rights import may_change
from jixiao.official.editing import row_counts
from jixiao.web.desk.context import actor, today
from jixiao.web.desk.drafting import choices, table
from jixiao.web.desk.head import head_of
from jixiao.web.desk.mark_words import mark_words
from jixiao.web.desk.onward import after_step, going_on
from jixiao.web.desk.reading import returned_lines
from jixiao.web.desk.shown import findings_shown
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing, Revision
from jixiao.web.filings.selectors import filing_of, form_of
from jixiao.web.statements import Read
from jixiao.web.workflow.acting import Stale, act
from jixiao.web.workflow.control_reading import against_at_submission
from jixiao.web.workflow.event_words import event_label
from jixiao.web.workflow.models import Event
from jixiao.web.workflow.thread import thread

#: Somebody else's save within this time is told when the draft is opened.
_RECENT_MINUTES = 10
_LONGEST_STORY, _SAVED = 300, "filing.saved"


def _events(pk: int) -> "QuerySet[Event, tuple[datetime, str, str]]":
    found = Event.objects.filter(filing=pk).order_by("-sequence")
    return found.values_list("at", "actor_name", "code")[:_LONGEST_STORY]


_EVENTS = Read(_events, 2_000_000_011)


@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a filing."""
    return page(request, found(request, pk))


@login_required
def printed(request: HttpRequest, pk: int) -> HttpResponse:
    """The official table and nothing else, for printing."""
    filing = found(request, pk)
    form, _ = form_of(filing)
    shown = {"filing": filing, "table": table(form, filing, editable=False)}
    return render(request, "desk/printed.html", shown)


@login_required
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of the journey."""
    filing = found(request, pk)
    asked = request.POST
    version, opinion = asked.get("lock_version", ""), asked.get("opinion", "")
    outcome = act(
        actor=actor(request),
        filing_id=filing.pk,
        action=asked.get("action", ""),
        journey=county_journey(),
        now=timezone.now(),
        lock_version=int(version) if version.isdigit() else None,
        opinion=opinion,
    )
    if isinstance(outcome, Refused):
        return page(request, filing, refused=outcome.reasons, status=409, opinion=opinion)
    if isinstance(outcome, Stale):
        reason = "这张表在您打开页面之后有了变化，请看过最新内容再办理"
        return page(request, found(request, pk), refused=(reason,), status=409, opinion=opinion)
    if asked.get("action") == SUBMIT and outcome.round == SECOND:
        for told in exceeded(against_at_submission(outcome)):
            messages.warning(request, f"已提交，请注意：{told}")
    return after_step(request, pk)


def found(request: HttpRequest, pk: int) -> Filing:
    """The filing, if the actor can see it."""
    filing = filing_of(actor(request), pk)
    if filing is None:
        raise Http404
    return filing


def is_editable(request: HttpRequest, filing: Filing) -> bool:
    """Whether this person may type into it now."""
    roles = actor(request).roles_over(filing.agency_path)
    return may_change(county_journey().stage, state=filing.state, path="indicators", roles=roles)


def page(
    request: HttpRequest,
    filing: Filing,
    *,
    refused: tuple[str, ...] = (),
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of a filing; `refused` says why something was not done."""
    form, revision = form_of(filing)
    stage = county_journey().stage
    state = stage.state(filing.state)
    editable = is_editable(request, filing)
    roles = actor(request).roles_over(filing.agency_path)
    digest = revision.content_hash
    drawn = table(form, filing, editable=editable, digest=digest)
    said = findings_shown(form, filing, today(), drawn, editable=editable, digest=digest)
    shown: dict[str, Any] = {
        "filing": filing,
        "head": head_of(filing, state, editable=editable),
        "actions": tuple(open_actions(stage, state=filing.state, roles=roles)),
        "table": drawn,
        "is_drawn": drawn is not None,
        "found": said,
        "thread": thread(filing),
        "events": tuple(_story(filing)),
        "refused": refused,
        "editable": editable,
        **(_editor(request, filing, form, revision) if editable else {"mark_words": mark_words()}),
        **more,
    }
    shown |= returned_lines(filing, form, drawn, editable=editable)
    shown |= going_on(request, filing)
    return render(request, "desk/filing.html", shown, status=status)


def _story(filing: Filing) -> Iterator[tuple[datetime, str, str]]:
    """What happened, the newest first; saves of one person in a row are one line."""
    before = ("", "")
    for at, name, code in _EVENTS.rows(filing.pk):
        if (name, code) != before or code != _SAVED:
            yield at, name, event_label(code)
        before = (name, code)


def _editor(request: HttpRequest, filing: Filing, form: Form, revision: Revision) -> dict[str, Any]:
    """What the editor of the page has to know."""
    minutes = (timezone.now() - revision.saved_at).total_seconds() / 60
    other = revision.author_id != actor(request).user.pk and minutes < _RECENT_MINUTES
    return {
        "draft": {
            "filing": filing.pk,
            "user": actor(request).user.pk,
            "lock_version": filing.lock_version,
            "categories": choices(form, filing),
            "rows": row_counts(form),
        },
        "beside": revision.author if other else None,
    }
