"""Lists of filings: the conditions and orders of the page, cursors, sums."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from jixiao.lifecycle.machine import open_actions
from jixiao.lifecycle.rights import PARTS, may_change
from jixiao.web.agencies.models import Agency
from jixiao.web.agencies.selectors import Actor
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import BAD_CURSOR
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.places import place
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import there
from jixiao.web.api.schemas.filings import FilingDetail, FilingQuery, FilingRow, Filters, Totals
from jixiao.web.api.schemas.shared import Page, Pk
from jixiao.web.api.tags import TAGGED, hold, tagged
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.narrowing import narrowed, state_labels
from jixiao.web.filings.numbering import number_of
from jixiao.web.filings.selectors import filing_of
from jixiao.web.filings.summing import Group, Sums, by_category, by_department, by_state, sums_of
from jixiao.web.filings.walking import is_mark, walk

router = Router(tags=["申报"])
_OWN = (
    *("project_key", "project_name", "project_code", "category", "budget_year", "stage", "state"),
    *("round", "layout", "profile", "total", "indicator_count", "errors", "warnings", "grade"),
    *("is_key", "due_on", "number", "approved_number", "lock_version"),
    *("created_at", "updated_at", "submitted_at"),
)
COLUMNS = (*_OWN, "agency__code", "agency__name")


@router.get("/filings", auth=needs("read"), response=Page[FilingRow], summary="申报列表")
def list_filings(request: HttpRequest, asked: Query[FilingQuery]) -> HttpResponse:
    """本人范围内的申报；条件和顺序与“申报列表”页面相同，按游标翻页，翻页时新增的不会打乱次序。"""
    if asked.cursor and not is_mark(asked.order, asked.cursor):
        raise ApiProblem(422, "bad_cursor", BAD_CURSOR)
    found = narrowed(actor(request), asked.words())
    got = walk(found, asked.order, after=asked.cursor or "", size=asked.limit)
    labels = state_labels()
    return answer({"items": [row_of(one, labels) for one in got.rows], "next": got.after or None})


@router.get("/filings/totals", auth=needs("read"), response=Totals, summary="合计")
def count_filings(request: HttpRequest, asked: Query[Filters]) -> HttpResponse:
    """按同样条件筛选出的全部申报：张数、金额（元）、指标、校核，按状态、主管部门和项目类别分开。"""
    who, words = actor(request), asked.words()
    states = by_state(who, words)
    return answer(
        {
            **_sums(sums_of(who, words, narrowed(who, words), whole=True)),
            "by_state": {code: one.filings for code, one in states.items()},
            "by_department": [_group(one) for one in by_department(who, words, _depth(words))],
            "by_category": [_group(one) for one in by_category(who, words)],
        }
    )


@router.get(
    "/filings/{pk}",
    auth=needs("read"),
    response=FilingDetail,
    summary="一张申报",
    openapi_extra=TAGGED,
)
def get_filing(request: HttpRequest, pk: Pk) -> HttpResponse:
    """所处环节、轮到谁办理、本人现在能办什么、能改哪些部分。"""
    one = filing(request, pk)
    return tagged(detail(actor(request), one), one)


def filing(request: HttpRequest, pk: int) -> Filing:
    """One filing within reach, and as the caller has seen it. Raises ApiProblem 404, 412."""
    found = there(filing_of(actor(request), pk))
    hold(request, found)
    return found


def detail(who: Actor, one: Filing) -> dict[str, Any]:
    """A filing with what the caller may do now."""
    stage = county_journey().stage
    roles = who.roles_over(one.agency_path)
    return {
        **row_of(one, state_labels()),
        "turn": sorted(stage.state(one.state).turn),
        "actions": [
            {"code": action.code, "label": action.label, "needs_opinion": action.needs_opinion}
            for action in open_actions(stage, state=one.state, roles=roles)
        ],
        "editable": [
            part for part in PARTS if may_change(stage, state=one.state, path=part, roles=roles)
        ],
    }


def row_of(one: Filing, labels: Mapping[str, str]) -> dict[str, Any]:
    """A filing as lists show it."""
    return {
        "id": one.pk,
        "reference": number_of(one),
        "agency": place(one.agency),
        "state_label": labels.get(one.state, one.state),
        **{name: getattr(one, name) for name in _OWN},
    }


def _depth(words: Mapping[str, str]) -> int:
    """One level below the branch asked for; departments where none is."""
    code = words.get("under")
    one = Agency.objects.filter(code=code).first() if code else None
    return 2 if one is None else one.depth + 2


def _group(one: Group) -> dict[str, Any]:
    return {"code": one.query.partition("=")[2], "name": one.name, **_sums(one.sums)}


def _sums(one: Sums) -> dict[str, Any]:
    return {
        "count": one.filings,
        "total": one.total,
        "indicators": one.indicators,
        "errors": one.errors,
        "warnings": one.warnings,
        "with_errors": one.with_errors,
    }
