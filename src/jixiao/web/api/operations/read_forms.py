"""Forms read from a document: doubtful cells confirmed or corrected, then drafts begun."""

from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from jixiao.form.codec import decode
from jixiao.report.records import form_record
from jixiao.web.agencies.models import in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.files import described
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.documents import known_document, read_form
from jixiao.web.api.operations.jobs import shown
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import refusal, there
from jixiao.web.api.schemas.helping import CellAsked, ReadFormDetail
from jixiao.web.api.schemas.places import UploadRow
from jixiao.web.api.schemas.shared import Cursor, Limit, Page, Pk
from jixiao.web.api.schemas.work import JobRow
from jixiao.web.filings.entries import open_doubts
from jixiao.web.filings.models import Batch, ReadForm
from jixiao.web.filings.pages import page_of
from jixiao.web.ui.downloads import contained
from jixiao.web.workflow.drafting import Settled, settle
from jixiao.web.workflow.intake import posts_to_prepare
from jixiao.web.workflow.jobs_draft import start_drafts

router = Router(tags=["文件"])
_COLUMNS = ("name", "created_at", "created_by__full_name", "agency__code", "agency__name")


@router.get("/uploads", auth=needs("read"), response=Page[UploadRow], summary="上传的批次")
def list_uploads(request: HttpRequest, cursor: Cursor = None, limit: Limit = 50) -> HttpResponse:
    """本人填报的单位的上传，新的在前。"""
    order = Order("pk", is_descending=True, kind=int)
    got = page(batches(actor(request)), order, columns=_COLUMNS, limit=limit, cursor=cursor)
    rows = [
        {
            "id": row["pk"],
            "name": row["name"],
            "created_at": row["created_at"],
            "created_by": row["created_by__full_name"],
            "agency": {"code": row["agency__code"], "name": row["agency__name"]},
        }
        for row in got.rows
    ]
    return answer({"items": rows, "next": got.next})


@router.post(
    "/uploads/{pk}/drafts", auth=needs("write"), response={202: JobRow}, summary="成批建立草稿"
)
def draft_upload(request: HttpRequest, pk: Pk) -> HttpResponse:
    """把这次上传中没有待核对单元格、写明年度的表全部建成草稿，在后台进行；已有同名申报的只关联。"""
    who = actor(request)
    batch = there(batches(who).select_related("agency").filter(pk=pk).first())
    job = start_drafts(actor=who, batch=batch, now=timezone.now())
    if job is None:
        raise refusal(("没有可以直接建立草稿的表",))
    return answer(shown(who, job), 202)


@router.get(
    "/documents/{pk}/forms/{number}",
    auth=needs("read"),
    response=ReadFormDetail,
    summary="文件中的一张表",
)
def get_form(request: HttpRequest, pk: Pk, number: Pk) -> HttpResponse:
    """内容、待核对的单元格及其在文件中的原文。"""
    return answer(_shown(read_form(actor(request), pk, number)))


@router.post(
    "/documents/{pk}/forms/{number}/cells",
    auth=needs("write"),
    response=ReadFormDetail,
    summary="核对一个单元格",
)
def settle_cell(request: HttpRequest, pk: Pk, number: Pk, asked: CellAsked) -> HttpResponse:
    """文字（text）与读出的相同即为确认，不同即为更正；已建立草稿的请改草稿（409）。"""
    who = actor(request)
    outcome = settle(
        actor=who,
        read_form=read_form(who, pk, number),
        path=asked.path,
        text=asked.text,
        now=timezone.now(),
    )
    if isinstance(outcome, Settled):
        raise refusal(("这张表已建立草稿，请到草稿里修改",), filing=outcome.filing.pk)
    return answer(_shown(outcome))


@router.get(
    "/documents/{pk}/pages/{number}",
    auth=needs("read"),
    summary="文件的一页",
    openapi_extra=described("这一页的图像", "image/png"),
)
def get_page(request: HttpRequest, pk: Pk, number: Pk) -> HttpResponse:
    """PDF 或图片的一页，从 1 起；没有页面的文件 404。"""
    shown_page = page_of(known_document(actor(request), pk), number)
    if shown_page is None:
        raise ApiProblem(404, "not_found", "没有这一页")
    response = HttpResponse(shown_page.picture, content_type="image/png")
    contained(response)
    return response


def batches(who: Actor) -> "QuerySet[Batch]":
    """The batches of the places the actor hands in for."""
    within = Q(pk__in=[])
    for post in posts_to_prepare(who):
        within |= in_subtree("agency__path", post.path)
    return Batch.objects.filter(within)


def _shown(one: ReadForm) -> dict[str, Any]:
    form = decode(one.form)
    return {
        "number": one.number,
        "project_name": one.name,
        "unit": one.unit,
        "budget_year": one.budget_year,
        "filing": one.filing_id,
        "settled": one.settled,
        "doubts": [
            {
                "path": doubt.path,
                "label": doubt.label,
                "text": doubt.text,
                "page": doubt.at.page,
                "quote": doubt.at.quote,
            }
            for doubt in open_doubts(form, one.settled)
        ],
        "record": form_record(form),
    }
