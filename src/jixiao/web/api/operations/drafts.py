"""Drafts: begun from a record, a document or nothing; saved cell by cell or as a whole."""

from typing import Any
from uuid import UUID

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jixiao.form.forms import Form
from jixiao.official.blank import next_year
from jixiao.official.editing import Operation, apply, change
from jixiao.report.records import form_record
from jixiao.standards.inheritance import load_profile
from jixiao.standards.layout import layout_of
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor, agencies_of
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations import filings
from jixiao.web.api.operations.documents import read_form
from jixiao.web.api.operations.filings import detail, filing
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.recorded_forms import blank_form, form_of_record, known_profile
from jixiao.web.api.refusals import nothing, refusal, there, unless_taken
from jixiao.web.api.schemas.filings import DraftChange, FilingDetail, NewFiling, NotSaved, Saved
from jixiao.web.api.schemas.shared import Pk
from jixiao.web.api.tags import is_expected, state_tag
from jixiao.web.filings.content import stored
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.selectors import filing_of, form_of
from jixiao.web.filings.similar import form_in
from jixiao.web.workflow.drafting import Drafted, Lacking, draft
from jixiao.web.workflow.filing import Conflict, begin, save_draft

#: One address has one router: what is posted to the list stands in that of the list.
router = filings.router
_TAGS = ["填报"]


@router.post(
    "/filings",
    tags=_TAGS,
    auth=needs("write"),
    response={(200, 201): FilingDetail},
    summary="新建草稿",
)
def begin_filing(request: HttpRequest, asked: NewFiling) -> HttpResponse:
    """从一份记录、已上传文件中的一张表、上年的申报，或按版式从空白表开始；写且只写一种。

    同一单位、年度已有同名项目时，从文件新建会返回已有的那张（状态 200），不重复新建。
    """
    who = actor(request)
    agency = reachable(who, asked.agency)
    blank_ = asked.layout is not None and asked.before is None
    given = [asked.record is not None, asked.document is not None, asked.before is not None, blank_]
    if sum(given) != 1:
        raise ApiProblem(422, "invalid", "record、document、before、layout 写且只写一项")
    if asked.document is not None:
        drafted = _from_document(who, agency, asked.document, asked)
        return answer(detail(who, drafted.filing), 201 if drafted.is_new else 200)
    form, key = _first_form(who, agency, asked)
    with unless_taken("这个项目在这个年度已有申报"):
        begun = begin(
            actor=who,
            agency=agency,
            form=form,
            journey=county_journey(),
            budget_year=asked.budget_year,
            now=timezone.now(),
            profile=known_profile(asked.profile),
            round_=asked.round,
            project_key=key,
        )
    return answer(detail(who, begun), 201)


@router.put(
    "/filings/{pk}/draft",
    tags=_TAGS,
    auth=needs("write"),
    response={200: Saved, 409: NotSaved},
    summary="保存草稿",
)
def save_filing(request: HttpRequest, pk: Pk, asked: DraftChange) -> HttpResponse:
    """按栏目逐格保存（operations）或整表保存（record）。

    lock_version 是读到内容时的值，有 If-Match 的可以不写；别人先保存了就不写入，返回 409，details
    里有双方的内容。If-Match 不符时 412。
    """
    one = filing(request, pk)
    lock_version = one.lock_version if asked.lock_version is None else asked.lock_version
    if asked.lock_version is None and not is_expected(request):
        raise ApiProblem(422, "invalid", "lock_version、If-Match 至少写一项")
    before, _ = form_of(one)
    form = _changed(before, asked)
    saved = save_draft(
        actor=actor(request),
        filing=one,
        form=form,
        lock_version=lock_version,
        journey=county_journey(),
        now=timezone.now(),
    )
    if isinstance(saved, Conflict):
        raise ApiProblem(409, "conflict", "别人已先保存，请合并后再存", _both(saved, form))
    current, digest = saved.filing, stored(form).digest
    return answer(
        {
            "lock_version": current.lock_version,
            "etag": state_tag(current, digest),
            "number": current.number,
            "content_hash": digest,
            "errors": current.errors,
            "warnings": current.warnings,
        }
    )


def reachable(who: Actor, code: str) -> Agency:
    """An agency within the actor's reach, by its code. Raises ApiProblem 404."""
    return there(agencies_of(who).filter(code=code, is_active=True).first(), agency=code)


def _first_form(who: Actor, agency: Agency, asked: NewFiling) -> tuple[Form, UUID | None]:
    """The form a draft begins with, and the key of the project it goes on with."""
    if asked.record is not None:
        return form_of_record(asked.record), None
    if asked.before is None:
        form = blank_form(asked.layout or "", asked.budget_year)
        form = change(form, "header.implementing_unit", agency.name)
        if asked.project_name:
            form = change(form, "header.project_name", asked.project_name)
        return form, None
    last = filing_of(who, asked.before)
    if last is None or last.agency_id != agency.pk:
        raise nothing(before=asked.before)
    if last.budget_year >= asked.budget_year:
        raise ApiProblem(422, "invalid", "上年表的年度应早于新表的年度")
    layout = layout_of(asked.layout or last.layout)
    profile = load_profile(asked.profile) if asked.profile else None
    form = next_year(form_in(last), layout, year=asked.budget_year, profile=profile)
    return form, last.project_key


def _from_document(who: Actor, agency: Agency, pk: int, asked: NewFiling) -> Drafted:
    drafted = draft(
        actor=who,
        read_form=read_form(who, pk, asked.form),
        agency=agency,
        budget_year=asked.budget_year,
        journey=county_journey(),
        now=timezone.now(),
    )
    if isinstance(drafted, Lacking):
        raise refusal((drafted.reason,))
    return drafted


def _changed(form: Form, asked: DraftChange) -> Form:
    if (asked.record is None) == (not asked.operations):
        raise ApiProblem(422, "invalid", "operations、record 写且只写一项")
    if asked.record is not None:
        return form_of_record(asked.record)
    rows: list[dict[str, Any]] = [one.model_dump() for one in asked.operations]
    operations: list[Operation] = msgspec.convert(rows, list[Operation])
    return apply(form, operations)


def _both(conflict: Conflict, mine: Form) -> dict[str, Any]:
    theirs, _ = form_of(conflict.theirs.filing, conflict.theirs.number)
    return {
        "lock_version": conflict.lock_version,
        "saved_by": conflict.theirs.author.full_name,
        "saved_at": conflict.theirs.saved_at.isoformat(),
        "theirs": msgspec.to_builtins(form_record(theirs)),
        "yours": msgspec.to_builtins(form_record(mine)),
    }
