"""Roles lent to colleagues for a time; who may do what, and by name for one filing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from msgspec import to_builtins
from ninja import Router

from jixiao.lifecycle.rights import PARTS, table
from jixiao.lifecycle.roles import ADMINISTRATORS, RoleCode
from jixiao.lifecycle.stage import Stage
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Membership
from jixiao.web.agencies.people import colleagues, current, holders, not_over
from jixiao.web.agencies.selectors import Actor
from jixiao.web.agencies.services import RoleConflict
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.contents import role_label
from jixiao.web.api.operations.filings import filing
from jixiao.web.api.operations.people import post_row
from jixiao.web.api.operations.places import place
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import nothing, there
from jixiao.web.api.schemas.shared import Items, Pk
from jixiao.web.api.schemas.work import LoanAsked, LoanRow, Loans, RightRow, WhoCan
from jixiao.web.filings.levels import county_journey
from jixiao.web.workflow.administration import delegate, end_role

router = Router(tags=["委托和权限"])
_LENT = ("agency", "user", "delegated_by")


@router.get("/loans", auth=needs("read"), response=Loans, summary="委托")
def list_loans(request: HttpRequest) -> HttpResponse:
    """本人可以委托的角色和可以委托的人，已委托出去的，受别人委托的。"""
    who = actor(request)
    counted = Membership.objects.filter(not_over(who.today)).select_related(*_LENT).order_by("pk")
    return answer(
        {
            "own": [_own_post(who, one) for one in _own(who)],
            "lent": [_loan(one) for one in counted.filter(delegated_by=who.user)],
            "received": [
                _loan(one) for one in counted.filter(user=who.user).exclude(delegated_by=None)
            ],
        }
    )


@router.post("/loans", auth=needs("admin"), response={201: LoanRow}, summary="委托角色")
def lend_role(request: HttpRequest, asked: LoanAsked) -> HttpResponse:
    """把本人的一个角色委托给本机构或下属机构的同事，到期自动收回；受委托的角色不能再委托。"""
    who = actor(request)
    post = _own(who).filter(pk=asked.membership).first()
    to = User.objects.filter(username=asked.to, is_active=True).first()
    if post is None or to is None or to not in colleagues(who, post.agency):
        raise nothing()
    try:
        made = delegate(
            actor=who,
            role=RoleCode(post.role),
            agency=post.agency,
            to=to,
            until=asked.until,
            now=timezone.now(),
        )
    except RoleConflict as fault:
        raise ApiProblem(409, "role_conflict", str(fault)) from None
    return answer(_loan(made), 201)


@router.post("/loans/{pk}/end", auth=needs("admin"), response=LoanRow, summary="收回委托")
def end_loan(request: HttpRequest, pk: Pk) -> HttpResponse:
    """立即收回本人委托出去的角色。"""
    who = actor(request)
    lent = Membership.objects.filter(not_over(who.today), pk=pk, delegated_by=who.user)
    loan = there(lent.select_related(*_LENT).first())
    end_role(actor=who, membership=loan, on=None, now=timezone.now())
    return answer(_loan(loan))


@router.get("/rights", auth=needs("read"), response=Items[RightRow], summary="权限表")
def list_rights(request: HttpRequest) -> HttpResponse:
    """每个状态下每种角色能办什么、能改哪些部分。"""
    actor(request)
    rows = table(county_journey().stage)
    return answer({"items": [to_builtins(one) for one in rows]})


@router.get("/filings/{pk}/rights", auth=needs("read"), response=WhoCan, summary="谁现在能办")
def who_can_act(request: HttpRequest, pk: Pk) -> HttpResponse:
    """按姓名列出现在能办理或修改这张申报的人。"""
    one, today = filing(request, pk), timezone.localdate()
    stage = county_journey().stage
    state = stage.state(one.state)
    wanted = state.turn.union(*(action.roles for action in stage.actions_from(one.state)))
    held = list(holders(one.agency_path, wanted, today))
    known = {row.role for row in held}
    return answer(
        {
            "state": one.state,
            "state_label": state.label,
            "people": [_holder(stage, one.state, row, state.turn) for row in held],
            "missing": [role_label(role) for role in sorted(state.turn) if role not in known],
        }
    )


def _holder(
    stage: Stage, state: str, held: Membership, turn: frozenset[RoleCode]
) -> dict[str, Any]:
    mine = [right for right in table(stage) if right.state == state and right.role == held.role]
    parts = [right for right in mine if right.what in PARTS]
    changes = ["修改全表"] if len(parts) == len(PARTS) else [one.label for one in parts]
    lender = held.delegated_by
    return {
        "username": held.user.username,
        "full_name": held.user.full_name,
        "role": held.role,
        "role_label": role_label(held.role),
        "agency": place(held.agency),
        "is_turn": held.role in turn,
        "may": changes + [one.label for one in mine if one.what not in PARTS],
        "delegated_by": None if lender is None else lender.full_name,
    }


def _own(who: Actor) -> Any:
    """The roles one may lend: held oneself, and no administrator's."""
    own = Membership.objects.filter(current(who.today), user=who.user, delegated_by=None)
    kept = own.exclude(role__in=[role.value for role in ADMINISTRATORS])
    return kept.select_related("agency").order_by("agency__path", "pk")


def _own_post(who: Actor, held: Membership) -> dict[str, Any]:
    return {
        "id": held.pk,
        "role": held.role,
        "role_label": role_label(held.role),
        "agency": place(held.agency),
        "colleagues": [
            {"username": one.username, "full_name": one.full_name}
            for one in colleagues(who, held.agency)
        ],
    }


def _loan(held: Membership) -> dict[str, Any]:
    return {**post_row(held), "to": held.user.full_name}
