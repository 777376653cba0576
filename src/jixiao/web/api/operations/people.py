"""People and the roles they hold: accounts by the system administrator, roles by security's."""

from typing import Annotated, Any

from django.db.models import Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.accounts.models import User
from jixiao.web.agencies.models import Agency, Membership
from jixiao.web.agencies.people import home_of, people_kept_by
from jixiao.web.agencies.selectors import Actor, reach
from jixiao.web.agencies.services import RoleConflict
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.identity import actor, needs, require
from jixiao.web.api.operations.contents import role_label
from jixiao.web.api.operations.places import agency_of, place
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import there, unless_taken
from jixiao.web.api.schemas.places import (
    EndAsked,
    GrantAsked,
    PersonAsked,
    PersonChange,
    PersonMade,
    PersonRow,
    PostRow,
)
from jixiao.web.api.schemas.shared import Cursor, Limit, Page, Pk, Text
from jixiao.web.workflow.administration import (
    create_account,
    end_role,
    grant_role,
    reset_factor,
    reset_password,
    switch_account,
)

router = Router(tags=["人员和角色"])
_KEEPERS = (RoleCode.SYSTEM_ADMIN, RoleCode.SECURITY_ADMIN)


@router.get("/people", auth=needs("admin"), response=Page[PersonRow], summary="人员")
def list_people(
    request: HttpRequest,
    q: Annotated[Text | None, Query(max_length=60, description="姓名或登录名中的文字")] = None,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> HttpResponse:
    """范围内的人员和他们的角色；由系统管理员、安全管理员查看。"""
    found = people_of(actor(request))
    if q:
        found = found.filter(Q(full_name__contains=q) | Q(username__contains=q))
    got = page(found, Order("username"), columns=("username",), limit=limit, cursor=cursor)
    people = User.objects.filter(pk__in=[row["pk"] for row in got.rows]).order_by("username")
    shown = [_shown(one) for one in people.prefetch_related(_ROLES)]
    return answer({"items": shown, "next": got.next})


@router.get("/people/{username}", auth=needs("admin"), response=PersonRow, summary="一个人")
def get_person(request: HttpRequest, username: Text) -> HttpResponse:
    """按登录名取一个人。"""
    return answer(_shown(_person(actor(request), username)))


@router.post("/people", auth=needs("admin"), response={201: PersonMade}, summary="新建账号")
def add_person(request: HttpRequest, asked: PersonAsked) -> HttpResponse:
    """返回首次登录的口令，只显示这一次；角色由安全管理员另行授予。"""
    who = actor(request)
    agency = agency_of(who, asked.agency)
    with unless_taken("这个登录名已有人使用"):
        made, password = create_account(
            actor=who,
            agency=agency,
            username=asked.username,
            full_name=asked.full_name,
            now=timezone.now(),
        )
    said = {"username": made.username, "full_name": made.full_name, "password": password}
    return answer(said, 201)


@router.patch("/people/{username}", auth=needs("admin"), response=PersonRow, summary="停用账号")
def patch_person(request: HttpRequest, username: Text, asked: PersonChange) -> HttpResponse:
    """停用或启用；账号不删除。"""
    who = actor(request)
    one = _person(who, username)
    switch_account(
        actor=who,
        agency=_place_of(who, one),
        user=one,
        is_active=asked.is_active,
        now=timezone.now(),
    )
    return answer(_shown(_person(who, username)))


@router.post(
    "/people/{username}/password",
    auth=needs("admin"),
    response=PersonMade,
    summary="重设口令",
)
def reset_person_password(request: HttpRequest, username: Text) -> HttpResponse:
    """返回新的首次口令，只显示这一次；本人的登录随即结束，下次登录须改口令。由系统管理员办理。"""
    who = actor(request)
    one = _person(who, username)
    password = reset_password(actor=who, agency=_place_of(who, one), user=one, now=timezone.now())
    said = {"username": one.username, "full_name": one.full_name, "password": password}
    return answer(said)


@router.delete(
    "/people/{username}/second-factor",
    auth=needs("admin"),
    response={204: None},
    summary="解除动态口令",
)
def reset_person_factor(request: HttpRequest, username: Text) -> HttpResponse:
    """手机丢失时用；本人下次登录时重新启用。由系统管理员办理。"""
    who = actor(request)
    one = _person(who, username)
    reset_factor(actor=who, agency=_place_of(who, one), user=one, now=timezone.now())
    return HttpResponse(status=204)


@router.post(
    "/people/{username}/roles", auth=needs("admin"), response={201: PostRow}, summary="授予角色"
)
def add_role(request: HttpRequest, username: Text, asked: GrantAsked) -> HttpResponse:
    """由安全管理员授予；三员角色不能与其他角色由同一人担任。"""
    who = actor(request)
    one = _person(who, username)
    try:
        with unless_taken("从这一天起已有这个角色"):
            made = grant_role(
                actor=who,
                user=one,
                agency=agency_of(who, asked.agency),
                role=asked.role,
                starts_on=asked.starts_on,
                ends_on=asked.ends_on,
                now=timezone.now(),
            )
    except RoleConflict as fault:
        raise ApiProblem(409, "role_conflict", str(fault)) from None
    return answer(post_row(made), 201)


@router.post("/roles/{pk}/end", auth=needs("admin"), response=PostRow, summary="收回角色")
def end_post(request: HttpRequest, pk: Pk, asked: EndAsked) -> HttpResponse:
    """写明最后一天；记录保留。"""
    who = actor(request)
    require(who, *_KEEPERS)
    held = Membership.objects.select_related("agency", "user", "delegated_by")
    found = there(held.filter(reach(who, "agency__path"), pk=pk).first())
    end_role(actor=who, membership=found, on=asked.ends_on, now=timezone.now())
    return answer(post_row(found))


def people_of(who: Actor) -> "QuerySet[User]":
    """Whom the actor keeps, as one of the two administrators of people."""
    require(who, *_KEEPERS)
    found = User.objects.none()
    for role in _KEEPERS:
        if role in who.roles:
            found |= people_kept_by(who, role)
    return found.order_by("username")


_ROLES = Prefetch(
    "memberships",
    Membership.objects.select_related("agency", "delegated_by").order_by("pk"),
)


def _person(who: Actor, username: str) -> User:
    return there(people_of(who).filter(username=username).prefetch_related(_ROLES).first())


def _place_of(who: Actor, one: User) -> Agency:
    """The agency at which an account is kept. Raises ApiProblem 404 where it has none."""
    return there(home_of(one, who.today))


def _shown(one: User) -> dict[str, Any]:
    return {
        "username": one.username,
        "full_name": one.full_name,
        "is_active": one.is_active,
        "must_change_password": one.must_change_password,
        "roles": [post_row(held) for held in one.memberships.all()],
    }


def post_row(held: Membership) -> dict[str, Any]:
    """A role held at a place, as the API shows it."""
    lender = held.delegated_by
    return {
        "id": held.pk,
        "role": held.role,
        "role_label": role_label(held.role),
        "agency": place(held.agency),
        "starts_on": held.starts_on,
        "ends_on": held.ends_on,
        "delegated_by": None if lender is None else lender.full_name,
    }
