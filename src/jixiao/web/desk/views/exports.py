"""What is seen leaves as a file: the official document, or the list as a workbook or text."""

from io import BytesIO
from urllib.parse import quote

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from jixiao.foundation.errors import MissingExtra
from jixiao.official.writer import WRITERS
from jixiao.web.agencies.models import Agency
from jixiao.web.desk.context import actor
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.list_file import name_of, rows, write_csv, write_workbook
from jixiao.web.filings.models import Filing
from jixiao.web.filings.narrowing import narrowed, ordered
from jixiao.web.filings.selectors import filing_of
from jixiao.web.ui.downloads import download
from jixiao.web.workflow.chain import write_event
from jixiao.web.workflow.jobs_export import (
    MOST_AT_ONCE,
    MOST_IN_ONE,
    Wanted,
    file_name,
    start_export,
    written,
)

_BATCH = 2000
_LONGEST_TITLE = 60


@require_GET
@login_required
def choose(request: HttpRequest) -> HttpResponse:
    """What to make of the filings the address asks for; the same address as the list's."""
    return _page(request, request.GET)


def _page(
    request: HttpRequest, asked: QueryDict, refused: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    count = narrowed(actor(request), _words(asked)).count()
    return render(
        request,
        "desk/exports.html",
        {
            "count": count,
            "query": asked.urlencode(),
            "writers": sorted(WRITERS, key=lambda one: one.code),
            "most_at_once": MOST_AT_ONCE,
            "most_in_one": MOST_IN_ONE,
            "is_too_many": count > MOST_IN_ONE,
            "refused": refused,
        },
        status=status,
    )


@require_POST
@login_required
def official(request: HttpRequest) -> HttpResponseBase:
    """The official document of what is seen: at once, or as a job where it is much."""
    asked = QueryDict(request.POST.get("query", ""))
    who = actor(request)
    order = asked.get("order") or "updated"
    found = list(ordered(narrowed(who, _words(asked)), order)[: MOST_IN_ONE + 1])
    wanted = Wanted(
        to=_format(request.POST.get("to", "docx")),
        as_annex=request.POST.get("annex") == "1",
        title=" ".join(request.POST.get("title", "").split())[:_LONGEST_TITLE],
    )
    if not found or len(found) > MOST_IN_ONE:
        words = _("没有可以导出的表。")
        if found:
            words = _("一次最多导出 {most} 张表。").format(most=MOST_IN_ONE)
        return _page(request, asked, refused=(words,), status=409)
    if len(found) <= MOST_AT_ONCE:
        return _at_once(request, found, wanted, asked)
    job = start_export(
        actor=who, agency=_home(request), filings=found, wanted=wanted, now=timezone.now()
    )
    if job.state != "done":
        messages.success(request, _("已在后台导出，完成后在这里下载。"))
    return redirect("jobs")


@require_GET
@login_required
def one(request: HttpRequest, pk: int, to: str) -> HttpResponseBase:
    """The official document of one filing."""
    filing = filing_of(actor(request), pk)
    if filing is None:
        raise Http404
    return _at_once(request, [filing], Wanted(to=_format(to)), QueryDict())


def _at_once(
    request: HttpRequest, filings: list[Filing], wanted: Wanted, asked: QueryDict
) -> HttpResponseBase:
    try:
        made = written(filings, wanted)
    except MissingExtra as error:
        return _page(request, asked, refused=(str(error),), status=501)
    if made.content is None:
        return _page(request, asked, refused=made.refusals, status=409)
    _tell(request, "document.exported", len(filings), wanted.to)
    return download(file_name(filings, wanted), BytesIO(made.content))


@require_GET
@login_required
def list_file(request: HttpRequest, to: str) -> HttpResponseBase:
    """The list as it is seen, without the limits of a page."""
    if to not in ("xlsx", "csv"):
        raise Http404
    asked = request.GET
    found = ordered(narrowed(actor(request), _words(asked)), asked.get("order") or "updated")
    labels = {state.code: state.label for state in county_journey().stage.states}
    lines = rows(found.iterator(chunk_size=_BATCH), labels)
    _tell(request, "list.exported", found.count(), to)
    name = name_of(timezone.localdate(), to)
    if to == "csv":
        response = StreamingHttpResponse(write_csv(lines), content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = (
            f"attachment; filename=\"list.csv\"; filename*=UTF-8''{quote(name)}"
        )
        return response
    stream = BytesIO()
    write_workbook(lines, stream)
    stream.seek(0)
    return download(name, stream)


def _words(asked: QueryDict) -> dict[str, str]:
    """The address as plain words; the last one counts where one is said twice."""
    return {name: str(value) for name, value in asked.items()}


def _tell(request: HttpRequest, code: str, count: int, to: str) -> None:
    """What leaves the system is written down, as what is changed in it is."""
    with transaction.atomic():
        write_event(
            actor=actor(request),
            agency=_home(request),
            code=code,
            at=timezone.now(),
            payload={"count": count, "to": to, "asked": request.META.get("QUERY_STRING", "")[:500]},
        )


def _home(request: HttpRequest) -> Agency:
    home = actor(request).home
    if home is None:
        raise Http404
    return Agency.objects.get(pk=home.agency_id)


def _format(code: str) -> str:
    if code not in {writer.code for writer in WRITERS}:
        raise Http404
    return code
