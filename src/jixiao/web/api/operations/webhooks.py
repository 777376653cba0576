"""Webhooks: registered and watched by the system administrator of a subtree."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Router

from jixiao.lifecycle.roles import RoleCode
from jixiao.web.agencies.selectors import Actor
from jixiao.web.api.answers import answer
from jixiao.web.api.cursors import Order, page
from jixiao.web.api.identity import actor, needs, require
from jixiao.web.api.operations.places import agency_of, place
from jixiao.web.api.problems import ApiProblem
from jixiao.web.api.refusals import there
from jixiao.web.api.schemas.places import (
    DeliveryRow,
    WebhookAsked,
    WebhookChange,
    WebhookMade,
    WebhookRow,
)
from jixiao.web.api.schemas.shared import Cursor, Items, Limit, Page, Pk
from jixiao.web.workflow.announcing import secret_of
from jixiao.web.workflow.models import Delivery, Webhook
from jixiao.web.workflow.webhooks import BadWebhook, register, replay, switch, webhooks_of

router = Router(tags=["推送"])
_COLUMNS = ("status", "attempts", "due_at", "answered", "trouble", "delivered_at")


@router.get("/webhooks", auth=needs("admin"), response=Items[WebhookRow], summary="推送地址")
def list_webhooks(request: HttpRequest) -> HttpResponse:
    """范围内登记的推送地址；由系统管理员查看。"""
    who = actor(request)
    require(who, RoleCode.SYSTEM_ADMIN)
    return answer({"items": [_shown(one) for one in webhooks_of(who)]})


@router.post("/webhooks", auth=needs("admin"), response={201: WebhookMade}, summary="登记推送地址")
def add_webhook(request: HttpRequest, asked: WebhookAsked) -> HttpResponse:
    """该机构及其下级的状态变化会推送到这个地址；签名密钥只显示这一次。"""
    who = actor(request)
    require(who, RoleCode.SYSTEM_ADMIN)
    try:
        made = register(
            actor=who,
            agency=agency_of(who, asked.agency),
            url=asked.url,
            events=asked.events,
            now=timezone.now(),
        )
    except BadWebhook as fault:
        raise ApiProblem(422, "bad_webhook", str(fault)) from None
    return answer({**_shown(made), "secret": secret_of(made)}, 201)


@router.patch(
    "/webhooks/{pk}", auth=needs("admin"), response=WebhookRow, summary="停用或启用推送地址"
)
def patch_webhook(request: HttpRequest, pk: Pk, asked: WebhookChange) -> HttpResponse:
    """停用后不再推送，记录保留。"""
    who = actor(request)
    one = _webhook(who, pk)
    changed = switch(actor=who, webhook=one, is_active=asked.is_active, now=timezone.now())
    return answer(_shown(changed))


@router.get(
    "/webhooks/{pk}/deliveries",
    auth=needs("admin"),
    response=Page[DeliveryRow],
    summary="推送记录",
)
def list_deliveries(
    request: HttpRequest,
    pk: Pk,
    cursor: Cursor = None,
    limit: Limit = 50,
) -> HttpResponse:
    """每次推送的状态、次数和对方的回答，新的在前。"""
    found = Delivery.objects.filter(webhook=_webhook(actor(request), pk))
    order = Order("pk", is_descending=True, kind=int)
    columns = (*_COLUMNS, "event__code", "event__filing_id")
    got = page(found, order, columns=columns, limit=limit, cursor=cursor)
    return answer({"items": [_delivery(row) for row in got.rows], "next": got.next})


@router.post(
    "/webhooks/{pk}/deliveries/{delivery}/replay",
    auth=needs("admin"),
    response={201: DeliveryRow},
    summary="重新推送",
)
def replay_delivery(request: HttpRequest, pk: Pk, delivery: Pk) -> HttpResponse:
    """把同一件事再推送一次，作为新的一条记录。"""
    who = actor(request)
    found = Delivery.objects.filter(webhook=_webhook(who, pk), pk=delivery)
    old = there(found.select_related("webhook__agency", "event").first())
    made = replay(actor=who, delivery=old, now=timezone.now())
    row = {name: getattr(made, name) for name in _COLUMNS}
    row |= {"pk": made.pk, "event__code": old.event.code, "event__filing_id": old.event.filing_id}
    return answer(_delivery(row), 201)


def _webhook(who: Actor, pk: int) -> Webhook:
    require(who, RoleCode.SYSTEM_ADMIN)
    return there(webhooks_of(who).filter(pk=pk).first())


def _shown(one: Webhook) -> dict[str, Any]:
    return {
        "id": one.pk,
        "agency": place(one.agency),
        "url": one.url,
        "events": one.events,
        "is_active": one.is_active,
        "created_at": one.created_at,
    }


def _delivery(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["pk"],
        "event": row["event__code"],
        "filing": row["event__filing_id"],
        **{name: row[name] for name in _COLUMNS},
    }
