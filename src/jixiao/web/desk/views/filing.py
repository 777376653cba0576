"""One filing: the official table, what the audit says, the way so far, and what to do next."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from jixiao.lifecycle.journey import journey_of
from jixiao.lifecycle.machine import Refused, open_actions
from jixiao.official.draw import Drawn, draw
from jixiao.web.desk.context import actor, today
from jixiao.web.filings.content import audited
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import filing_of, form_of
from jixiao.web.workflow.acting import Stale, act


@login_required
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a filing."""
    return _page(request, _filing(request, pk))


@login_required
@require_POST
def do(request: HttpRequest, pk: int) -> HttpResponse:
    """One step of the journey."""
    filing = _filing(request, pk)
    asked = request.POST
    version = asked.get("lock_version", "")
    outcome = act(
        actor=actor(request),
        filing_id=filing.pk,
        action=asked.get("action", ""),
        journey=journey_of(),
        now=timezone.now(),
        lock_version=int(version) if version.isdigit() else None,
        opinion=asked.get("opinion", ""),
    )
    if isinstance(outcome, Refused):
        return _page(request, filing, refused=outcome.reasons, status=409)
    if isinstance(outcome, Stale):
        reason = "这张表在您打开页面之后有了变化，请看过最新内容再办理"
        return _page(request, _filing(request, pk), refused=(reason,), status=409)
    return redirect("filing", pk=pk)


def _filing(request: HttpRequest, pk: int) -> Filing:
    found = filing_of(actor(request), pk)
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest, filing: Filing, *, refused: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    form, revision = form_of(filing)
    drawn = draw(form, filing.layout or None)
    report = audited(form, profile=filing.profile, as_of=today())
    stage = journey_of().stage
    roles = actor(request).roles_over(filing.agency_path)
    return render(
        request,
        "desk/filing.html",
        {
            "filing": filing,
            "revision": revision,
            "state": stage.state(filing.state),
            "states": stage.states,
            "actions": open_actions(stage, state=filing.state, roles=roles),
            "sheet": drawn.composition.sheet if isinstance(drawn, Drawn) else None,
            "findings": report.findings,
            "opinions": filing.opinions.all(),
            "events": filing.events.order_by("-sequence")[:50],
            "refused": refused,
        },
        status=status,
    )
