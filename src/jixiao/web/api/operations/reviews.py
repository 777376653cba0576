"""The official review sheet of a step: read, filled in, suggested, and as a document."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.form.codec import decode
from jixiao.lifecycle.grading import CONSEQUENCES
from jixiao.official.writer import WRITERS
from jixiao.pipeline import convert
from jixiao.report.records import form_record
from jixiao.web.api.answers import answer
from jixiao.web.api.files import Leaving, described, written_file
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.contents import version
from jixiao.web.api.operations.filings import filing
from jixiao.web.api.refusals import refusal, there
from jixiao.web.api.schemas.filings import ReviewAnswer, ReviewAsked
from jixiao.web.api.schemas.helping import GradeAsked, GradeSuggested, SavedSheet
from jixiao.web.api.schemas.shared import Items, Pk
from jixiao.web.filings.acceptance import accepted, open_findings
from jixiao.web.filings.content import audited
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.narrowing import state_labels
from jixiao.web.workflow.models import ReviewSheet
from jixiao.web.workflow.reviewing import (
    Sheet,
    filled,
    proposed_opinion,
    save_review,
    sheet_of,
    suggestion,
)

router = Router(tags=["审核"])


@router.get("/filings/{pk}/review", auth=needs("read"), response=ReviewAnswer, summary="审核表")
def get_review(request: HttpRequest, pk: Pk) -> HttpResponse:
    """当前环节的审核表；没有保存过的是按表预填的空白审核表。"""
    one = _reviewed(request, pk)
    return answer(_review(one, sheet_of(one)))


@router.put("/filings/{pk}/review", auth=needs("act"), response=ReviewAnswer, summary="填审核表")
def put_review(request: HttpRequest, pk: Pk, asked: ReviewAsked) -> HttpResponse:
    """按审核表的栏目路径填写（answers），等级由人评定。"""
    one = filing(request, pk)
    saved = save_review(
        actor=actor(request),
        filing=one,
        answers=asked.answers,
        grade=asked.grade,
        journey=county_journey(),
        now=timezone.now(),
    )
    return answer(_review(one, saved))


@router.post(
    "/filings/{pk}/review/suggestion",
    auth=needs("read"),
    response=GradeSuggested,
    summary="按所填内容建议等级",
)
def suggest_grade(request: HttpRequest, pk: Pk, asked: GradeAsked) -> HttpResponse:
    """只计算，不保存；等级由人评定。"""
    one = _reviewed(request, pk)
    said = suggestion(filled(sheet_of(one), asked.answers))
    consequence = CONSEQUENCES.get(said.grade, "")
    return answer({"grade": said.grade, "why": said.why, "consequence": consequence})


@router.get(
    "/filings/{pk}/reviews",
    auth=needs("read"),
    response=Items[SavedSheet],
    summary="各环节的审核表",
)
def list_reviews(request: HttpRequest, pk: Pk) -> HttpResponse:
    """已经保存的审核表，新的在前。"""
    labels = state_labels()
    sheets = filing(request, pk).review_sheets.select_related("by").order_by("-saved_at", "-pk")
    return answer(
        {
            "items": [
                {
                    "id": one.pk,
                    "state": one.state,
                    "state_label": labels.get(one.state, one.state),
                    "revision_number": one.revision_number,
                    "grade": one.grade,
                    "by": one.by.full_name,
                    "saved_at": one.saved_at,
                    "form": form_record(decode(one.form)),
                }
                for one in sheets
            ]
        }
    )


@router.get(
    "/filings/{pk}/reviews/{sheet}/export",
    auth=needs("read"),
    summary="导出审核表",
    openapi_extra=described("官方审核表", *(one.media_type for one in WRITERS)),
)
def export_review(
    request: HttpRequest,
    pk: Pk,
    sheet: Pk,
    to: Annotated[str, Query(max_length=10, description="docx、xlsx 或 pdf")] = "docx",
) -> HttpResponse:
    """保存的审核表写成官方文件。"""
    one = filing(request, pk)
    kept = there(ReviewSheet.objects.filter(filing=one, pk=sheet).first())
    written = convert([decode(kept.form)], to, as_annex=False, title=None)
    leaves = Leaving(
        code="review.exported",
        asked=f"sheet={kept.pk}",
        name=f"{one.project_name[:60] or '绩效目标'}审核表",
    )
    return written_file(request, one, written, to, leaves)


def _reviewed(request: HttpRequest, pk: int) -> Filing:
    """A filing at a level that has a sheet. Raises ApiProblem 404, 409."""
    one = filing(request, pk)
    if county_journey().level(one.state) is None:
        raise refusal(("这一环节没有审核表",))
    return one


def _review(one: Filing, sheet: Sheet) -> dict[str, Any]:
    form, _ = version(one, None)
    today = timezone.localdate()
    report = audited(form, profile=one.profile, as_of=today)
    suggested = suggestion(sheet)
    return {
        "layout": sheet.layout.id,
        "state": one.state,
        "is_saved": sheet.is_saved,
        "grade": sheet.grade,
        "suggested_grade": suggested.grade,
        "why": suggested.why,
        "proposed_opinion": proposed_opinion(open_findings(report.findings, accepted(one, today))),
        "form": form_record(sheet.form),
    }
