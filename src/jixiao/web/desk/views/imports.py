"""The progress of a batch: each file with its outcome, renewed while work goes on."""

from io import BytesIO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.views.decorators.http import require_GET, require_POST

from jixiao.web.desk.context import actor
from jixiao.web.desk.views.documents import batches_of
from jixiao.web.filings.list_file import write_table
from jixiao.web.filings.models import Batch, Job, ReceivedFile
from jixiao.web.ui.downloads import download
from jixiao.web.ui.sentences import said
from jixiao.web.workflow.jobs_draft import open_forms, ready_forms, start_drafts

OUTCOMES = {
    "waiting": _lazy("等待读取"),
    "reading": _lazy("正在读取"),
    "read": _lazy("已读取"),
    "partial": _lazy("已读取，有问题"),
    "empty": _lazy("没有找到绩效表"),
    "failed": _lazy("没有读出"),
    "repeated": _lazy("以前上传过，没有重复读取"),
    "unpacked": _lazy("压缩包，已展开"),
}
_NAME = "导入结果"
_HEADINGS = ("序号", "文件", "结果", "读出的表", "待核对单元格", "已建草稿", "问题")
_WIDTHS = (6, 50, 22, 10, 12, 10, 80)
_MOST_SHOWN = 500


@require_GET
@login_required
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a batch; without scripts it is renewed by reloading."""
    batch = _batch(request, pk)
    files = list(batch.files.select_related("document")[: _MOST_SHOWN + 1])
    counts: dict[str, int] = {}
    for status in batch.files.values_list("status", flat=True):
        counts[status] = counts.get(status, 0) + 1
    still_open = counts.get("waiting", 0) + counts.get("reading", 0)
    whole = sum(counts.values()) - counts.get("unpacked", 0)
    return render(
        request,
        "desk/import.html",
        {
            "batch": batch,
            "files": [(one, OUTCOMES[one.status]) for one in files[:_MOST_SHOWN]],
            "is_cut": len(files) > _MOST_SHOWN,
            "whole": whole,
            "finished": max(whole - still_open, 0),
            "still_open": still_open,
            "bad": counts.get("failed", 0) + counts.get("empty", 0),
            "forms": sum(batch.files.values_list("form_count", flat=True)),
            "job": Job.objects.filter(key=f"import:{batch.pk}").first(),
            "ready": 0 if still_open else ready_forms(batch).count(),
            "unsettled": 0 if still_open else open_forms(batch).count(),
        },
    )


@require_POST
@login_required
def make_drafts(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the drafts of all forms of the batch that need no person any more."""
    batch = _batch(request, pk)
    job = start_drafts(actor=actor(request), batch=batch, now=timezone.now())
    if job is None:
        messages.warning(request, _("没有可以直接建立草稿的表。"))
        return redirect("import", pk=pk)
    messages.success(request, _("已在后台建立草稿，进度在这里。"))
    return redirect("jobs")


@require_GET
@login_required
def report(request: HttpRequest, pk: int) -> FileResponse:
    """What was read and what was not, as a workbook."""
    batch = _batch(request, pk)
    stream = BytesIO()
    write_table(_NAME, _HEADINGS, _WIDTHS, map(_line, _files(batch)), stream)
    stream.seek(0)
    return download(f"{said(_NAME)}-{batch.pk}.xlsx", stream)


def _files(batch: Batch) -> list[ReceivedFile]:
    return list(
        batch.files.exclude(status="unpacked")
        .select_related("document")
        .prefetch_related("document__read_forms")
    )


def _line(one: ReceivedFile) -> tuple[str | int, ...]:
    forms = [] if one.document is None else list(one.document.read_forms.all())
    return (
        one.position,
        one.name,
        str(OUTCOMES[one.status]),
        one.form_count,
        sum(form.doubtful for form in forms),
        sum(form.filing_id is not None for form in forms),
        "\n".join(said(problem["message"]) for problem in one.problems),
    )


def _batch(request: HttpRequest, pk: int) -> Batch:
    found = batches_of(actor(request)).select_related("agency", "created_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
