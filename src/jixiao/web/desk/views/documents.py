"""Handing files in, and what was read from them: the page beside the record."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import TooManyFieldsSent, TooManyFilesSent
from django.db.models import Count, Q, QuerySet, Sum
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_GET, require_POST

from jixiao.web.agencies.models import Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.desk.context import actor
from jixiao.web.desk.uploading import MOST_TOGETHER, guard, is_hopeless
from jixiao.web.filings.documents import document_of, path_of
from jixiao.web.filings.models import Batch, Document
from jixiao.web.filings.pages import page_of
from jixiao.web.ui.downloads import contained, download
from jixiao.web.workflow.drafting import units_for
from jixiao.web.workflow.intake import (
    Upload,
    is_read_at_once,
    posts_to_prepare,
    receive,
    too_large_words,
)
from jixiao.web.workflow.jobs_run import run

_RECENT = 30


@require_GET
@login_required
def documents(request: HttpRequest) -> HttpResponse:
    """The page for handing in, with what was handed in lately."""
    return _page(request)


def _page(
    request: HttpRequest, *, refused: tuple[str, ...] = (), status: int = 200
) -> HttpResponse:
    who = actor(request)
    posts = posts_to_prepare(who)
    batches = (
        batches_of(who)
        .annotate(
            file_count=Count("files", filter=~Q(files__status="unpacked")),
            form_count=Sum("files__form_count"),
            open_count=Count("files", filter=Q(files__status__in=("waiting", "reading"))),
            bad_count=Count("files", filter=Q(files__status__in=("failed", "empty"))),
        )
        .select_related("agency", "created_by")
        .order_by("-pk")[:_RECENT]
    )
    year = timezone.localdate().year
    return render(
        request,
        "desk/documents.html",
        {
            "units": units_for(who) if posts else [],
            "home": posts[0].agency_id if posts else None,
            "batches": batches,
            "years": range(year + 1, year - 6, -1),
            "next_year": year + 1,
            "most": settings.LARGEST_UPLOAD // (1 << 20),
            "most_bytes": settings.LARGEST_UPLOAD,
            "most_together": MOST_TOGETHER * settings.LARGEST_UPLOAD,
            "most_files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
            "refused": refused,
        },
        status=status,
    )


def batches_of(who: Actor) -> "QuerySet[Batch]":
    """The batches of the places the actor hands in for."""
    within = Q(pk__in=[])
    for post in posts_to_prepare(who):
        within |= in_subtree("agency__path", post.path)
    return Batch.objects.filter(within)


@csrf_exempt
@require_POST
def upload(request: HttpRequest) -> HttpResponse:
    """Take files in. The limits stand before anything of the request is read.

    The token is checked by `_take_in`; doing it out here would read the whole request first.
    """
    if not request.user.is_authenticated:
        return _trouble(request, "ended", 401)
    if is_hopeless(request):
        return _trouble(request, "large", 413)
    handler = guard(request)
    try:
        request.POST.get("agency")  # reads the request, and with it the files
        return _take_in(request, handler.dropped)
    except (TooManyFilesSent, TooManyFieldsSent):
        return _trouble(request, "many", 413)
    except OSError:
        return _trouble(request, "full", 507)


@csrf_protect
def _take_in(request: HttpRequest, dropped: list[str]) -> HttpResponse:
    who = actor(request)
    files = request.FILES.getlist("files")
    names = request.POST.getlist("paths")
    uploads = [
        Upload(_name_of(one.name, names[at] if at < len(names) else ""), one.chunks())
        for at, one in enumerate(files)
    ]
    uploads += [Upload(name, None) for name in dropped]
    if not uploads:
        return _page(request, refused=(_("没有选文件，请先选择文件再上传。"),), status=400)
    if dropped and not files:
        return _page(request, refused=tuple(map(too_large_words, dropped)), status=413)
    agency = _agency(request, who)
    year = request.POST.get("year", "")
    received = receive(
        actor=who,
        agency=agency,
        uploads=uploads,
        budget_year=int(year) if year.isdigit() and 2000 <= int(year) <= 2100 else None,
        now=timezone.now(),
    )
    if received.job is not None and is_read_at_once(received.batch):
        run(received.job.pk)
    rows = list(received.batch.files.select_related("document")[:2])
    only = rows[0].document if len(rows) == 1 else None
    if only is not None and only.status in ("read", "partial"):
        return redirect("document", pk=only.pk)
    return redirect("import", pk=received.batch.pk)


def _name_of(given: str | None, path: str) -> str:
    """The name within the folder where the browser tells it; never steps upwards."""
    steps = [step for step in path.replace("\\", "/").split("/") if step.strip(".")]
    name = given or _("无名文件")
    return "/".join(steps) if steps and steps[-1] == name else name


def _agency(request: HttpRequest, who: Actor) -> Agency:
    wanted = request.POST.get("agency", "")
    units = units_for(who)
    found = next((unit for unit in units if str(unit.pk) == wanted), None)
    if found is None and not wanted:
        posts = posts_to_prepare(who)
        found = next((unit for unit in units if posts and unit.pk == posts[0].agency_id), None)
    if found is None:
        raise Http404
    return found


def _trouble(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    back = f"{reverse('sign-in')}?next={reverse('documents')}"
    most = settings.LARGEST_UPLOAD // (1 << 20)
    context = {
        "kind": kind,
        "back": back,
        "most": most,
        "together": MOST_TOGETHER * most,
        "files": settings.DATA_UPLOAD_MAX_NUMBER_FILES,
    }
    return render(request, "desk/documents_trouble.html", context, status=status)


@require_GET
@login_required
def fetch(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was handed in, as a download that runs nothing."""
    found = known_document(request, pk)
    return download(found.name, path_of(found).open("rb"))


@require_GET
@login_required
def page(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """One page as a picture."""
    shown = page_of(known_document(request, pk), number)
    if shown is None:
        raise Http404
    response = HttpResponse(shown.picture, content_type="image/png")
    response.headers["Cache-Control"] = "private, max-age=3600"
    contained(response)
    return response


def known_document(request: HttpRequest, pk: int) -> Document:
    """The document, 404 where the actor cannot see it."""
    found = document_of(actor(request), pk)
    if found is None:
        raise Http404
    return found
