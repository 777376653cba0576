"""Saved views: narrowings of the list people use again; and one's own tokens."""

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from ninja import Router

from jixiao.web.accounts.models import ApiToken
from jixiao.web.accounts.tokens import is_live, revoke
from jixiao.web.agencies.selectors import Actor
from jixiao.web.api.answers import answer
from jixiao.web.api.identity import actor, needs
from jixiao.web.api.operations.places import place
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import nothing
from jixiao.web.api.schemas.shared import Items, Pk
from jixiao.web.api.schemas.work import TokenRow, ViewAsked, ViewRow
from jixiao.web.filings.models import SavedView
from jixiao.web.workflow.saved_views import forget, remember, views_of

router = Router(tags=["常用查询和令牌"])


@router.get("/views", auth=needs("read"), response=Items[ViewRow], summary="常用查询")
def list_views(request: HttpRequest) -> HttpResponse:
    """本人的和本单位共用的；query 原样作为 /filings 的条件。"""
    who = actor(request)
    return answer({"items": [_shown(who, one) for one in views_of(who)]})


@router.post("/views", auth=needs("write"), response={201: ViewRow}, summary="保存常用查询")
def add_view(request: HttpRequest, asked: ViewAsked) -> HttpResponse:
    """同名的由新的代替；页面上的“常用查询”是同一份。"""
    who = actor(request)
    query = QueryDict(mutable=True)
    query.update({**asked.conditions.words(), "order": asked.order})
    kept = remember(
        actor=who,
        name=asked.name,
        query=query.urlencode(),
        is_shared=asked.is_shared,
        now=timezone.now(),
    )
    if kept is None:
        raise ApiProblem(422, "invalid", "请写明名称，条件不要太长")
    return answer(_shown(who, kept), 201)


@router.delete("/views/{pk}", auth=needs("write"), response={204: None}, summary="删除常用查询")
def remove_view(request: HttpRequest, pk: Pk) -> HttpResponse:
    """只能删除本人的。"""
    if not forget(actor=actor(request), pk=pk, now=timezone.now()):
        raise nothing()
    return HttpResponse(status=204)


@router.get("/tokens", auth=needs("read"), response=Items[TokenRow], summary="本人的令牌")
def list_tokens(request: HttpRequest) -> HttpResponse:
    """范围、到期和最近使用；令牌本身只在建立时显示一次。"""
    now = timezone.now()
    own = ApiToken.objects.filter(user=actor(request).user).order_by("-pk")
    return answer(
        {
            "items": [
                {
                    "id": one.pk,
                    "name": one.name,
                    "hint": one.hint,
                    "scopes": one.scopes.split(),
                    "created_at": one.created_at,
                    "expires_at": one.expires_at,
                    "last_used_at": one.last_used_at,
                    "is_live": is_live(one, now),
                }
                for one in own
            ]
        }
    )


@router.delete("/tokens/{pk}", auth=needs("write"), response={204: None}, summary="作废令牌")
def revoke_own_token(request: HttpRequest, pk: Pk) -> HttpResponse:
    """立即生效，也可以作废正在使用的这一个；新令牌由本人登录后在页面上建立。"""
    if not revoke(user=actor(request).user, token_id=pk, now=timezone.now()):
        raise nothing()
    return HttpResponse(status=204)


def _shown(who: Actor, one: SavedView) -> dict[str, Any]:
    return {
        "id": one.pk,
        "name": one.name,
        "query": one.query,
        "conditions": QueryDict(one.query).dict(),
        "is_shared": one.is_shared,
        "is_own": one.user_id == who.user.pk,
        "agency": place(one.agency),
    }
