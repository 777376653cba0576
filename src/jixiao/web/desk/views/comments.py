"""Saying something of a filing without a step, from the thread beside the table.

The page's script sends what is said and puts the thread anew, so that a form half filled in stays
as it is; without scripts the page comes back with the thread in it.
"""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from jixiao.lifecycle.machine import Refused
from jixiao.web.desk.context import actor
from jixiao.web.desk.views.filing import found, page
from jixiao.web.ui.sentences import said
from jixiao.web.workflow.commenting import comment
from jixiao.web.workflow.filing import NotYours
from jixiao.web.workflow.thread import thread

_PAGES = {"filing", "filing-review"}


@login_required
@require_POST
def say(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a comment; the thread for a script, else the page it was written on."""
    is_script = request.headers.get("Accept") == "application/json"
    filing, text = found(request, pk), request.POST.get("text", "")
    try:
        outcome = comment(actor=actor(request), filing_id=filing.pk, text=text, now=timezone.now())
    except NotYours:
        raise Http404 from None
    if isinstance(outcome, Refused):
        if is_script:
            return JsonResponse({"message": said("；".join(outcome.reasons))}, status=409)
        return page(request, filing, refused=outcome.reasons, status=409, comment=text)
    if is_script:
        return render(request, "desk/thread.html", {"thread": thread(filing)})
    asked = request.POST.get("page", "")
    name = asked if asked in _PAGES else "filing"
    return redirect(f"{reverse(name, args=[pk])}#thread")
