"""Control figures: the table of a year, writing them, giving them out, and what a form comes to."""

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.lifecycle.control import Against
from jixiao.web.agencies.selectors import Actor
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.filings import filing
from jixiao.web.api.operations.places import agency_of, place
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import refusal, there
from jixiao.web.api.schemas.control import (
    AgainstRow,
    ControlAsked,
    ControlsAsked,
    ControlsWritten,
    ControlTable,
    IssueAsked,
    IssueRow,
)
from jixiao.web.api.schemas.shared import Items, Pk, Text, Year
from jixiao.web.filings.selectors import visible_to
from jixiao.web.workflow.control_reading import (
    PLACES,
    Row,
    against_of,
    issued_on,
    issues_of,
    places_of,
    projects_of,
    table_of,
)
from jixiao.web.workflow.controlling import Entry, NotIssued, enter, issue
from jixiao.web.workflow.models import ControlIssue

router = Router(tags=["控制数"])
_MOST = 200


@router.get("/control-figures", auth=needs("read"), response=ControlTable, summary="控制数")
def list_control_figures(
    request: HttpRequest,
    *,
    year: Annotated[Year, Query(description="预算年度")],
    under: Annotated[Text | None, Query(max_length=40, description="该机构及其下级")] = None,
    projects: Annotated[
        Text | None, Query(max_length=40, description="这个单位的各个项目，而不是各单位")
    ] = None,
    over: Annotated[bool, Query(description="只要超控制数的")] = False,
) -> HttpResponse:
    """各主管部门和单位的一上申报数、控制数、二上申报数；没有下达的，财政部门以外看不到草稿。"""
    who = actor(request)
    if projects is not None:
        agency = there(places_of(who).filter(code=projects).first(), agency=projects)
        table = projects_of(who, year, agency)
    else:
        if under is not None:
            there(places_of(who).filter(code=under).first(), agency=under)
        table = table_of(who, year, under=under or "", only_over=over)
    rows = [_shown(one) for one in table.rows]
    return answer({"budget_year": year, "items": rows, "is_cut": table.is_cut})


@router.put("/control-figures", auth=needs("act"), response=ControlsWritten, summary="填写控制数")
def put_control_figures(request: HttpRequest, asked: ControlsAsked) -> HttpResponse:
    """写成草稿，全部写入或全不写入；由财政业务股室、预算股室办理，下达前单位看不到。"""
    who = actor(request)
    entries = [_entry(who, asked.budget_year, one) for one in asked.figures]
    named = {(one.agency.pk, one.project) for one in entries}
    if len(named) < len(entries):
        raise ApiProblem(422, "invalid", "同一个单位或项目写了两次")
    done = enter(actor=who, year=asked.budget_year, entries=entries, now=timezone.now())
    if done.changed:
        changed = [
            {"agency": one.entry.agency.code, "by": one.by_name, "amount": one.amount}
            for one in done.changed
        ]
        words = "有的控制数刚才被别人改过，都没有写入"
        raise ApiProblem(409, "conflict", words, {"changed": changed})
    return answer({"written": done.count})


@router.get(
    "/control-issues", auth=needs("read"), response=Items[IssueRow], summary="历次下达的控制数"
)
def list_control_issues(
    request: HttpRequest, year: Annotated[Year, Query(description="预算年度")]
) -> HttpResponse:
    """与本人范围有关的下达，新的在前。"""
    found = issues_of(actor(request), year).select_related("agency")[:_MOST]
    return answer({"items": [_paper(one) for one in found]})


@router.post("/control-issues", auth=needs("act"), response={201: IssueRow}, summary="下达控制数")
def issue_control_figures(request: HttpRequest, asked: IssueAsked) -> HttpResponse:
    """下达这一年新填或改动的全部控制数，并通知有关单位；由预算股室办理。"""
    done = issue(
        actor=actor(request),
        year=asked.budget_year,
        number=asked.number,
        issued_on=asked.issued_on,
        note=asked.note,
        now=timezone.now(),
    )
    if isinstance(done, NotIssued):
        raise refusal(done.reasons)
    return answer(_paper(done), 201)


@router.get(
    "/filings/{pk}/control",
    auth=needs("read"),
    response=Items[AgainstRow],
    summary="对照控制数",
)
def get_control(request: HttpRequest, pk: Pk) -> HttpResponse:
    """这张表所占的控制数和已填报的合计；没有下达控制数的不列。"""
    one = filing(request, pk)
    return answer({"items": [_against(line) for line in against_of(actor(request), one)]})


def _entry(who: Actor, year: int, asked: ControlAsked) -> Entry:
    agency = agency_of(who, asked.agency)
    if agency.kind not in PLACES:
        raise ApiProblem(422, "invalid", "控制数只对主管部门和预算单位", {"agency": agency.code})
    project = "" if asked.project is None else str(asked.project)
    name = ""
    if asked.project is not None:
        seen = visible_to(who).filter(agency=agency, budget_year=year, project_key=asked.project)
        name = there(seen.order_by("-pk").first(), project=project).project_name
    return Entry(
        agency=agency,
        amount=asked.amount,
        note=asked.note,
        project=project,
        project_name=name,
        base=asked.base,
    )


def _shown(one: Row) -> dict[str, Any]:
    paper = None if one.given is None or one.control is None else one.given.issue
    return {
        "agency": place(one.agency),
        "kind": one.agency.kind,
        "project": one.project or None,
        "project_name": one.project_name,
        "first_total": one.first,
        "control": one.control,
        "second_total": one.second,
        "left": one.against.left,
        "is_over": one.against.is_over,
        "note": one.note,
        "number": None if paper is None else paper.number,
        "issued_on": None if paper is None else issued_on(one),
        "has_draft": one.draft is not None,
        "draft": None if one.draft is None else one.draft.amount,
        "base": one.base,
    }


def _paper(one: ControlIssue) -> dict[str, Any]:
    return {
        "id": one.pk,
        "agency": place(one.agency),
        "budget_year": one.budget_year,
        "number": one.number,
        "issued_on": one.issued_on,
        "note": one.note,
        "by": one.by_name,
        "at": one.at,
    }


def _against(one: Against) -> dict[str, Any]:
    return {
        "name": one.name,
        "control": one.control,
        "filed": one.filed,
        "left": one.left,
        "is_over": one.is_over,
    }
