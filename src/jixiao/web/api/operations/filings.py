"""Lists of filings: the filters of the page, cursors, sums; every page is one query."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.lifecycle.machine import open_actions
from jixiao.lifecycle.rights import PARTS, may_change
from jixiao.web.agencies.models import Agency, in_subtree
from jixiao.web.agencies.selectors import Actor
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.problems import NOT_FOUND, ApiProblem
from jixiao.web.api.schemas.filings import FilingDetail, FilingQuery, FilingRow, Filters, Totals
from jixiao.web.api.schemas.shared import Page, Pk
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.models import Filing
from jixiao.web.filings.selectors import containing, filing_of, visible_to, waiting_for

router = Router(tags=["申报"])
_OWN = (
    *("project_key", "project_name", "project_code", "budget_year", "stage", "state", "round"),
    *("layout", "profile", "total", "indicator_count", "errors", "warnings", "grade", "is_key"),
    *("due_on", "number", "approved_number", "lock_version"),
    *("created_at", "updated_at", "submitted_at"),
)
COLUMNS = (*_OWN, "agency__code", "agency__name")
_ORDERS = {
    "newest": Order("pk", is_descending=True, kind=int),
    "oldest": Order("pk", kind=int),
    "changed": Order("updated_at", kind=datetime),
    "updated": Order("updated_at", is_descending=True, kind=datetime),
    "name": Order("project_name"),
    "total": Order("known_total", is_descending=True, kind=Decimal),
    "errors": Order("errors", is_descending=True, kind=int),
    "due": Order("known_due", kind=date),
}
_NEVER = date(9999, 12, 31)


@router.get("/filings", auth=needs("read"), response=Page[FilingRow], summary="申报列表")
def list_filings(request: HttpRequest, asked: Query[FilingQuery]) -> HttpResponse:
    """本人范围内的申报，按条件筛选，按游标翻页；翻页时新增的不会打乱次序。"""
    _only_known(request, asked)
    found = narrowed(actor(request), asked)
    order = _ORDERS[asked.order]
    if asked.order == "total":
        found = found.annotate(known_total=Coalesce(F("total"), Value(Decimal(-1))))
    if asked.order == "due":
        found = found.annotate(known_due=Coalesce(F("due_on"), Value(_NEVER)))
    got = page(found, order, columns=COLUMNS, limit=asked.limit, cursor=asked.cursor)
    return answer({"items": [shown(row) for row in got.rows], "next": got.next})


@router.get("/filings/totals", auth=needs("read"), response=Totals, summary="合计")
def count_filings(request: HttpRequest, asked: Query[Filters]) -> HttpResponse:
    """按同样条件筛选出的全部申报的张数、金额（元）和各状态张数。"""
    _only_known(request, asked)
    found = narrowed(actor(request), asked)
    states = found.order_by().values("state").annotate(
        count=Count("pk"), total=Sum("total"), indicators=Sum("indicator_count")
    )  # fmt: skip
    rows = list(states)
    sums = [row["total"] for row in rows if row["total"] is not None]
    return answer(
        {
            "count": sum(row["count"] for row in rows),
            "total": sum(sums, Decimal(0)) if sums else None,
            "indicators": sum(row["indicators"] or 0 for row in rows),
            "by_state": {row["state"]: row["count"] for row in rows},
        }
    )


@router.get("/filings/{pk}", auth=needs("read"), response=FilingDetail, summary="一张申报")
def get_filing(request: HttpRequest, pk: Pk) -> HttpResponse:
    """所处环节、轮到谁办理、本人现在能办什么、能改哪些部分。"""
    return answer(detail(actor(request), filing(request, pk)))


def narrowed(who: Actor, asked: Filters) -> "QuerySet[Filing]":
    """What the actor can see of what is asked for."""
    found = visible_to(who)
    if asked.waiting:
        stage = county_journey().stage
        found = waiting_for(who, {state.code: state.turn for state in stage.states})
    exact = {
        "budget_year": asked.year,
        "state": asked.state,
        "agency__code": asked.agency,
        "updated_at__gte": asked.updated_since,
    }
    found = found.filter(**{name: value for name, value in exact.items() if value is not None})
    if asked.under is not None:
        path = Agency.objects.filter(code=asked.under).values_list("path", flat=True).first()
        found = found.filter(Q(pk__in=[]) if path is None else in_subtree("agency_path", path))
    if asked.trouble is not None:
        found = found.filter(**{f"{asked.trouble}__gt": 0})
    if asked.overdue:
        found = found.filter(due_on__lt=timezone.localdate())
    return containing(found, asked.q) if asked.q else found


def _only_known(request: HttpRequest, asked: Filters) -> None:
    """A condition nobody knows would answer with everything; it is refused instead."""
    unknown = sorted(set(request.GET) - set(type(asked).model_fields))
    if unknown:
        fields = [{"place": f"query.{name}", "reason": "不认识这一项"} for name in unknown]
        raise ApiProblem(422, "invalid", f"不认识的条件：{'、'.join(unknown)}", {"fields": fields})


def filing(request: HttpRequest, pk: int) -> Filing:
    """One filing within the caller's reach. Raises ApiProblem 404."""
    found = filing_of(actor(request), pk)
    if found is None:
        raise ApiProblem(404, "not_found", NOT_FOUND)
    return found


def detail(who: Actor, one: Filing) -> dict[str, Any]:
    """A filing with what the caller may do now."""
    stage = county_journey().stage
    roles = who.roles_over(one.agency_path)
    row = {name: getattr(one, name) for name in _OWN}
    row |= {"pk": one.pk, "agency__code": one.agency.code, "agency__name": one.agency.name}
    return {
        **shown(row),
        "turn": sorted(stage.state(one.state).turn),
        "actions": [
            {"code": action.code, "label": action.label, "needs_opinion": action.needs_opinion}
            for action in open_actions(stage, state=one.state, roles=roles)
        ],
        "editable": [
            part for part in PARTS if may_change(stage, state=one.state, path=part, roles=roles)
        ],
    }


def shown(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the database as the API shows it."""
    labels = {state.code: state.label for state in county_journey().stage.states}
    return {
        "id": row["pk"],
        "agency": {"code": row["agency__code"], "name": row["agency__name"]},
        "state_label": labels.get(row["state"], row["state"]),
        **{name: row[name] for name in _OWN},
    }
