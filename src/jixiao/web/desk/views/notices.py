"""A notice that is opened: read from here on, with all others of the same filing."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from jixiao.web.desk.context import actor
from jixiao.web.workflow.notices import read_of


@login_required
@require_GET
def opened(request: HttpRequest, pk: int) -> HttpResponse:
    """To the filing it tells of; one that tells of several leads to what waits."""
    found = read_of(actor=actor(request), pk=pk, now=timezone.now())
    if found is None:
        raise Http404
    notice, _count = found
    if notice.filing_id is None:
        return redirect(f"{reverse('filings')}?waiting=1")
    return redirect("filing", pk=notice.filing_id)
