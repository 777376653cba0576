"""Who asks: roles and scopes, what waits, what was told; search over all one can see."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.lifecycle.roles import ROLES
from jixiao.web.agencies.selectors import agencies_of
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.identity import actor, admitted, needs
from jixiao.web.api.operations.filings import row_of
from jixiao.web.api.problems import NOT_FOUND, ApiProblem
from jixiao.web.api.schemas.own import Found, Marked, Me, NoticeRow, ReadAsked, StateRow
from jixiao.web.api.schemas.shared import Cursor, Items, Limit, Page
from jixiao.web.filings.levels import county_journey
from jixiao.web.filings.narrowing import state_labels
from jixiao.web.filings.numbering import found_by
from jixiao.web.filings.selectors import visible_to
from jixiao.web.workflow.models import Notice
from jixiao.web.workflow.notices import read_of

router = Router(tags=["本人"])
_FEW = 20


@router.get("/me", auth=needs("read"), response=Me, summary="本人")
def who_am_i(request: HttpRequest) -> HttpResponse:
    """令牌属于谁、有哪些角色、能做什么。"""
    who = actor(request)
    identity = admitted(request)
    return answer(
        {
            "username": who.user.username,
            "full_name": who.user.full_name,
            "posts": [
                {
                    "role": post.role.value,
                    "role_label": ROLES[post.role].label,
                    "agency": post.agency_name,
                }
                for post in who.posts
            ],
            "scopes": sorted(identity.scopes),
            "token": identity.token_name,
        }
    )


@router.get("/states", auth=needs("read"), response=Items[StateRow], summary="状态和办理动作")
def list_states(request: HttpRequest) -> HttpResponse:
    """流程的全部状态，以及每个状态下谁能办什么。"""
    actor(request)
    stage = county_journey().stage
    return answer(
        {
            "items": [
                {
                    "code": state.code,
                    "label": state.label,
                    "turn": sorted(state.turn),
                    "editable": state.editable,
                    "actions": [
                        {
                            "code": one.code,
                            "label": one.label,
                            "target": one.target,
                            "roles": sorted(one.roles),
                            "needs_opinion": one.needs_opinion,
                        }
                        for one in stage.actions_from(state.code)
                    ],
                }
                for state in stage.states
            ]
        }
    )


@router.get("/notices", auth=needs("read"), response=Page[NoticeRow], summary="通知")
def list_notices(
    request: HttpRequest,
    unread: Annotated[bool, Query(description="只要未读的")] = False,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> HttpResponse:
    """本人的通知，新的在前。"""
    found = Notice.objects.filter(user=actor(request).user)
    if unread:
        found = found.filter(read_at=None)
    columns = ("filing_id", "text", "settled", "created_at", "read_at")
    order = Order("pk", is_descending=True, kind=int)
    got = page(found, order, columns=columns, limit=limit, cursor=cursor)
    items = [
        {
            "id": row["pk"],
            "filing": row["filing_id"],
            **{name: row[name] for name in columns[1:]},
        }
        for row in got.rows
    ]
    return answer({"items": items, "next": got.next})


@router.post("/notices/read", auth=needs("write"), response=Marked, summary="通知标为已读")
def mark_read(request: HttpRequest, asked: ReadAsked | None = None) -> HttpResponse:
    """只影响本人的通知；不写内容时全部标为已读。"""
    if asked is not None and asked.notice is not None:
        found = read_of(actor=actor(request), pk=asked.notice, now=timezone.now())
        if found is None:
            raise ApiProblem(404, "not_found", NOT_FOUND)
        return answer({"marked": found[1]})
    waiting = Notice.objects.filter(user=actor(request).user, read_at=None)
    return answer({"marked": waiting.update(read_at=timezone.now())})


@router.get("/search", auth=needs("read"), response=Found, summary="检索")
def search(
    request: HttpRequest,
    q: Annotated[str, Query(min_length=1, max_length=100, description="几个词用空格分开")],
) -> HttpResponse:
    """在本人范围内检索申报（申报编号、项目、单位、目标、指标）和机构，各列前二十项。"""
    who = actor(request)
    filings = found_by(visible_to(who), q)
    rows = filings.select_related("agency").order_by("-pk")[:_FEW]
    labels = state_labels()
    places = agencies_of(who).filter(name__contains=q) | agencies_of(who).filter(code=q)
    return answer(
        {
            "filings": [row_of(row, labels) for row in rows],
            "agencies": list(places.order_by("path").values("code", "name")[:_FEW]),
        }
    )
