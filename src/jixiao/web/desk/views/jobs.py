"""Background work as people see it: what waits, what runs, what failed and why."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from jixiao.web.desk.context import actor
from jixiao.web.filings.documents import path_of
from jixiao.web.filings.jobs import OPEN, jobs_of, own_job
from jixiao.web.ui.downloads import download
from jixiao.web.workflow.jobs import retry

STATES = {
    "waiting": _lazy("等待"),
    "running": _lazy("进行中"),
    "done": _lazy("完成"),
    "failed": _lazy("失败"),
}
_PAGE = 50


@require_GET
@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    """The jobs of the actor and of what is within reach, newest first."""
    who = actor(request)
    found = jobs_of(who).order_by("-pk")
    state = request.GET.get("state", "")
    if state in STATES:
        found = found.filter(state=state)
    page = Paginator(found, _PAGE).get_page(request.GET.get("page"))
    rows = [
        {
            "job": one,
            "state": STATES[one.state],
            "is_own": one.created_by_id == who.user.pk,
            "batch": one.parameters.get("batch"),
        }
        for one in page
    ]
    return render(
        request,
        "desk/jobs.html",
        {
            "page": page,
            "rows": rows,
            "states": STATES,
            "state": state,
            "is_open": any(one.state in OPEN for one in page),
        },
    )


@require_POST
@login_required
def again(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin a failed job again."""
    job = own_job(actor(request), pk)
    if job is None:
        raise Http404
    if retry(actor=actor(request), job=job, now=timezone.now()):
        messages.success(request, _("已重新排队。"))
    return redirect("jobs")


@require_GET
@login_required
def result(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What a job made, for the person who asked for it only."""
    job = own_job(actor(request), pk)
    if job is None or not job.result:
        raise Http404
    try:
        stream = path_of(job).open("rb")
    except FileNotFoundError:
        raise Http404 from None
    return download(job.result_name, stream)
