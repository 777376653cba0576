"""What a filing says: record, drawn table, findings, versions, what was said and done."""

import json
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.audit.report import AuditReport
from jixiao.audit.waiver import Waiver
from jixiao.form.forms import Form
from jixiao.intake.result import IntakeResult, Status
from jixiao.lifecycle.roles import ROLES, RoleCode
from jixiao.official.carry import Refusal
from jixiao.official.comparing import compare
from jixiao.official.draw import draw
from jixiao.pipeline import audit
from jixiao.report.audit_record import AuditRecord as AuditRecordValue
from jixiao.report.audit_record import audit_record
from jixiao.report.bundle import ReportBundle
from jixiao.report.records import form_record
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import needs
from jixiao.web.api.operations.filings import filing
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import nothing
from jixiao.web.api.schemas.filings import (
    Comparison,
    EventRow,
    OpinionRow,
    RecordAnswer,
    RevisionRow,
    SheetAnswer,
)
from jixiao.web.api.schemas.shared import AuditRecord, Items, Pk
from jixiao.web.api.tags import TAGGED, tagged
from jixiao.web.filings.models import Filing, Revision, Suppression
from jixiao.web.filings.selectors import form_of
from jixiao.web.workflow.models import Opinion

router = Router(tags=["申报内容"])
Number = Annotated[int | None, Query(ge=1, lt=2**31, description="版本号；不写为当前版本")]
_SHEET = (
    *("name", "title", "subtitle", "above", "unit_note", "notes", "landscape", "grid", "height"),
    "cells",
)


@router.get(
    "/filings/{pk}/record",
    auth=needs("read"),
    response=RecordAnswer,
    summary="表的内容",
    openapi_extra=TAGGED,
)
def get_record(request: HttpRequest, pk: Pk, revision: Number = None) -> HttpResponse:
    """一个版本的内容，即 jixiao.read/1 的 FORM。"""
    one = filing(request, pk)
    form, found = version(one, revision)
    data = {
        "number": found.number,
        "status": found.status,
        "lock_version": one.lock_version,
        "content_hash": found.content_hash,
        "form": form_record(form),
    }
    return tagged(data, one, found.content_hash)


@router.get(
    "/filings/{pk}/sheet",
    auth=needs("read"),
    response=SheetAnswer,
    summary="官方表样",
    openapi_extra=TAGGED,
)
def get_sheet(request: HttpRequest, pk: Pk, revision: Number = None) -> HttpResponse:
    """按官方版式画好的表：合并单元格、文字、每格对应的栏目路径。"""
    one = filing(request, pk)
    form, found = version(one, revision)
    drawn = draw(form, one.layout or None)
    if isinstance(drawn, Refusal):
        raise ApiProblem(409, "cannot_draw", drawn.message)
    sheet = drawn.composition.sheet
    data = {
        "layout": drawn.layout.id,
        "number": found.number,
        **{name: getattr(sheet, name) for name in _SHEET},
        "remarks": list(drawn.remarks),
    }
    return tagged(data, one, found.content_hash)


@router.get(
    "/filings/{pk}/findings",
    auth=needs("read"),
    response=AuditRecord,
    summary="校核结果",
    openapi_extra=TAGGED,
)
def get_findings(request: HttpRequest, pk: Pk, revision: Number = None) -> HttpResponse:
    """一个版本的校核结果（jixiao.audit/1）；有效的豁免列在 suppressed。"""
    one = filing(request, pk)
    form, found = version(one, revision)
    return tagged(audited(one, form, timezone.localdate()), one, found.content_hash)


@router.get(
    "/filings/{pk}/revisions", auth=needs("read"), response=Items[RevisionRow], summary="版本"
)
def list_revisions(request: HttpRequest, pk: Pk) -> HttpResponse:
    """全部版本，先旧后新。"""
    one = filing(request, pk)
    columns = ("number", "status", "content_hash", "author__full_name", "created_at", "saved_at")
    rows = Revision.objects.filter(filing=one).order_by("number").values(*columns, "document_id")
    return answer(
        {
            "items": [
                {
                    **{name: row[name] for name in columns if name != "author__full_name"},
                    "author": row["author__full_name"],
                    "document": row["document_id"],
                }
                for row in rows
            ]
        }
    )


@router.get(
    "/filings/{pk}/comparison", auth=needs("read"), response=Comparison, summary="两个版本逐格比较"
)
def compare_revisions(
    request: HttpRequest,
    pk: Pk,
    older: Annotated[int, Query(ge=1, lt=2**31, description="较早的版本号")],
    newer: Annotated[int, Query(ge=1, lt=2**31, description="较晚的版本号")],
    older_filing: Annotated[
        int | None,
        Query(ge=1, lt=2**63, description="较早的版本属于另一张申报（如上年的）时，其编号"),
    ] = None,
) -> HttpResponse:
    """只列不同之处；指标按内容配对，不按行号。"""
    one = filing(request, pk)
    before, _ = version(one if older_filing is None else filing(request, older_filing), older)
    after, _ = version(one, newer)
    return answer({"older": older, "newer": newer, "changes": compare(before, after)})


@router.get(
    "/filings/{pk}/opinions", auth=needs("read"), response=Items[OpinionRow], summary="意见"
)
def list_opinions(request: HttpRequest, pk: Pk) -> HttpResponse:
    """各环节的意见和各栏理由，先旧后新。"""
    one = filing(request, pk)
    return answer({"items": [said(row) for row in one.opinions.order_by("at", "pk")]})


@router.get(
    "/filings/{pk}/events", auth=needs("read"), response=Items[EventRow], summary="办理记录"
)
def list_events(request: HttpRequest, pk: Pk) -> HttpResponse:
    """只增不改的办理记录，每条带前一条的摘要。"""
    one = filing(request, pk)
    columns = ("sequence", "code", "actor_name", "role", "at", "previous_hash", "hash")
    rows = one.events.order_by("sequence").values(*columns, "payload")
    return answer({"items": [{**row, "payload": json.loads(row["payload"])} for row in rows]})


def said(one: Opinion) -> dict[str, Any]:
    """What somebody said, as the API shows it."""
    return {
        "id": one.pk,
        "revision_number": one.revision_number,
        "author_name": one.author_name,
        "role": one.role,
        "role_label": role_label(one.role),
        "action": one.action,
        "text": one.text,
        "reasons": one.reasons,
        "at": one.at,
    }


def version(one: Filing, number: int | None) -> tuple[Form, Revision]:
    """The form of a version. Raises ApiProblem 404."""
    try:
        return form_of(one, number)
    except Revision.DoesNotExist:
        raise nothing() from None


def audited(one: Filing, form: Form, today: date) -> AuditRecordValue:
    """The public audit of a filing's form, its suppressions applied."""
    kept = Suppression.objects.filter(filing=one).select_related("by")
    waivers = [
        Waiver(
            code=row.code,
            reason=row.reason,
            person=row.by.full_name,
            until=row.until,
            path=row.path or None,
        )
        for row in kept
        if row.until >= today
    ]
    return public_audit((form,), audit(
        (form,), profile=one.profile or None, as_of=today, waivers=waivers
    ))  # fmt: skip


def public_audit(forms: tuple[Form, ...], report: AuditReport, **more: Any) -> AuditRecordValue:
    """Forms and what the engine says of them, as `jixiao.audit/1`."""
    reading = IntakeResult(
        file="", media_type="application/json", status=Status.COMPLETE, forms=forms, **more
    )
    return audit_record(ReportBundle(reading=(reading,), report=report, title=""))


def role_label(code: str) -> str:
    """What a role is called."""
    return ROLES[RoleCode(code)].label if code in ROLES else code
