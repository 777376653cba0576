"""The engine without the filing: audit a record, write it as an official document."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.official.convert import convert
from jixiao.official.writer import WRITERS
from jixiao.pipeline import audit
from jixiao.web.api.answers import answer
from jixiao.web.api.files import Leaving, described, written_file
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.contents import Number, public_audit, version
from jixiao.web.api.operations.filings import filing
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.recorded_forms import form_of_record, known_profile, read_document
from jixiao.web.api.schemas.filings import AuditAsked
from jixiao.web.api.schemas.shared import AuditRecord, Pk, Text
from jixiao.web.filings.content import audited

router = Router(tags=["校核和文件"])
_MOST_FORMS = 500
_MEDIA = tuple(WRITERS[code].media_type for code in ("docx", "xlsx", "pdf"))


@router.post("/audits", auth=needs("read"), response=AuditRecord, summary="校核一份记录")
def audit_record_posted(request: HttpRequest, asked: AuditAsked) -> HttpResponse:
    """只校核，不保存。document（整份 jixiao.read/1）和 form（一张表）写且只写一项。"""
    actor(request)
    if (asked.document is None) == (asked.form is None):
        raise ApiProblem(422, "invalid", "document、form 写且只写一项")
    if asked.document is not None:
        forms = read_document(asked.document).forms
    else:
        forms = (form_of_record(asked.form or {}),)
    if len(forms) > _MOST_FORMS:
        raise ApiProblem(413, "too_large", f"一次最多校核 {_MOST_FORMS} 张表")
    profile = known_profile(asked.profile or "") or None
    report = audit(forms, profile=profile, as_of=asked.as_of or timezone.localdate())
    return answer(public_audit(forms, report))


@router.get(
    "/filings/{pk}/export",
    auth=needs("read"),
    summary="导出官方表",
    openapi_extra=described("官方表文件", *_MEDIA),
)
def export_filing(
    request: HttpRequest,
    *,
    pk: Pk,
    to: Annotated[str, Query(max_length=10, description="docx、xlsx 或 pdf")] = "docx",
    layout: Annotated[Text | None, Query(max_length=80)] = None,
    revision: Number = None,
    findings: Annotated[bool, Query(description="附校核意见")] = False,
) -> HttpResponse:
    """一个版本写成官方表文件；写不进版式的表不导出（409 说明原因）。"""
    one = filing(request, pk)
    form, found = version(one, revision)
    drawn: dict[int, Any] | None = None
    if findings:
        report = audited(form, profile=one.profile, as_of=timezone.localdate())
        drawn = {0: report.findings}
    written = convert((form,), to, layout=layout or one.layout or None, findings=drawn)
    leaves = Leaving(
        code="document.exported",
        asked=f"filing={one.pk}&revision={found.number}",
        name=f"{one.project_name[:60] or one.pk}-v{found.number}",
    )
    return written_file(request, one, written, to, leaves)
